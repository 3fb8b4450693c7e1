-- As if the format were CSV with spaces: the time falls apart into two columns.
select status, count(*), cast(coalesce(sum(bytes), 0) as varchar)
from read_csv('{file}', delim = ' ', quote = '"', escape = '\', header = false, nullstr = '-', auto_detect = false, columns = {
    'host': 'varchar', 'ident': 'varchar', 'user': 'varchar', 'day': 'varchar', 'zone': 'varchar', 'request': 'varchar',
    'status': 'smallint', 'bytes': 'bigint', 'referrer': 'varchar', 'agent': 'varchar'})
group by status
order by status
