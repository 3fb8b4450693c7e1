select status, count(*) as requests
from logs('{file}')
group by status
order by status
