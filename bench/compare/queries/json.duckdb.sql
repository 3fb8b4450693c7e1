select status, count(*), round(avg(duration_ms), 2)
from read_json('{file}', format = 'newline_delimited', columns = {'status': 'integer', 'duration_ms': 'double'})
group by status
order by status
