-- Requests per status code; with {by}, per service, endpoint, hour or day as well.
WITH buckets AS (
  SELECT
    {by} AS part,
    status,
    {duration_bucket} AS bucket,
    {requests} AS requests,
    {timed} AS timed,
    {duration_sum} AS duration_sum,
    {duration_max} AS duration_max,
    SUM(bytes) AS bytes
  FROM events
  WHERE status IS NOT NULL
  GROUP BY 1, 2, 3
), running AS (
  SELECT
    buckets.*,
    SUM(timed) OVER (PARTITION BY part, status ORDER BY bucket ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS timed_so_far,
    SUM(timed) OVER (PARTITION BY part, status) AS timed_total,
    SUM(requests) OVER (PARTITION BY part) AS part_total
  FROM buckets
)
SELECT
  part AS "{by_name}",
  status AS "status",
  CAST(SUM(requests) AS BIGINT) AS "requests",
  ROUND(CAST(SUM(requests) AS DOUBLE) / MAX(part_total), 6) AS "share",
  {average_ms} AS "avgDurationMs",
  {p50_ms} AS "p50DurationMs",
  {p95_ms} AS "p95DurationMs",
  {p99_ms} AS "p99DurationMs",
  CAST(SUM(bytes) AS BIGINT) AS "bytes"
FROM running
GROUP BY part, status
ORDER BY "{by_name}", "status"
