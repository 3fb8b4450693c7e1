-- Requests, errors and durations per service, method and endpoint.
WITH buckets AS (
  SELECT
    service,
    method,
    endpoint,
    {duration_bucket} AS bucket,
    {requests} AS requests,
    {judged} AS judged,
    {errors} AS errors,
    {timed} AS timed,
    {duration_sum} AS duration_sum,
    {duration_max} AS duration_max
  FROM events
  WHERE endpoint IS NOT NULL
  GROUP BY 1, 2, 3, 4
), running AS (
  SELECT
    buckets.*,
    SUM(timed) OVER (PARTITION BY service, method, endpoint ORDER BY bucket ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS timed_so_far,
    SUM(timed) OVER (PARTITION BY service, method, endpoint) AS timed_total
  FROM buckets
)
SELECT
  service AS "service",
  method AS "method",
  endpoint AS "endpoint",
  CAST(SUM(requests) AS BIGINT) AS "requests",
  CAST(CASE WHEN SUM(judged) > 0 THEN SUM(errors) END AS BIGINT) AS "errors",
  CASE WHEN SUM(judged) > 0 THEN ROUND(CAST(SUM(errors) AS DOUBLE) / SUM(requests), 6) END AS "errorRate",
  {average_ms} AS "avgDurationMs",
  {p50_ms} AS "p50DurationMs",
  {p95_ms} AS "p95DurationMs",
  {p99_ms} AS "p99DurationMs",
  {max_ms} AS "maxDurationMs"
FROM running
GROUP BY service, method, endpoint
ORDER BY "requests" DESC, "service", "method", "endpoint"
