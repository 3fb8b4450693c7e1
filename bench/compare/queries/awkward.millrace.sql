select regexp_extract(file, '([^/]+)\.log$', 1) as "case", status, bytes
from logs('{file}')
order by file
