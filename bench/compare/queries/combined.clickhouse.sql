-- A short regular expression that looks at the status and the bytes only.
with extractGroups(line, '" (\\d{3}) (\\d+|-) "') as found
select toUInt16(found[1]) as status, count(), sum(toInt64OrZero(found[2]))
from file('{file}', 'LineAsString')
where notEmpty(found)
group by status
order by status
