select status, count(*) as requests, round(avg(duration_us) / 1000, 2) as duration_ms
from logs('{file}')
group by status
order by status
