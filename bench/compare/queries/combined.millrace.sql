select status, count(*) as requests, coalesce(sum(bytes), 0) as bytes
from logs('{file}')
group by status
order by status
