select regexp_extract(filename, '([^/]+)\.log$', 1) as "case", status, bytes
from read_csv('{file}', delim = ' ', quote = '"', escape = '\', header = false, nullstr = '-', auto_detect = false, ignore_errors = true, filename = true, columns = {
    'host': 'varchar', 'ident': 'varchar', 'user': 'varchar', 'day': 'varchar', 'zone': 'varchar', 'request': 'varchar',
    'status': 'smallint', 'bytes': 'bigint', 'referrer': 'varchar', 'agent': 'varchar'})
order by filename
