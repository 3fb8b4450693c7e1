-- Every field by one regular expression, over whole lines: what reading the format means without a parser for it.
select cast(field.status as smallint) as status, count(*), cast(coalesce(sum(try_cast(field.bytes as bigint)), 0) as varchar)
from (
    select regexp_extract(
        line,
        '^(\S+) (\S+) (.+?) \[([^\]]+)\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-) "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"',
        ['host', 'ident', 'user', 'time', 'request', 'status', 'bytes', 'referrer', 'agent']) as field
    from read_csv('{file}', columns = {'line': 'varchar'}, delim = E'\x01', quote = '', escape = '', header = false, auto_detect = false)
)
where field.status <> ''
group by 1
order by 1
