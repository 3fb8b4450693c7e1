-- Calls per pair of services, with errors, durations and bytes where the logs have them.
WITH buckets AS (
  SELECT
    {source} AS source,
    service AS target,
    {duration_bucket} AS bucket,
    {requests} AS requests,
    {judged} AS judged,
    {errors} AS errors,
    {timed} AS timed,
    {duration_sum} AS duration_sum,
    {duration_max} AS duration_max,
    SUM(bytes) AS bytes
  FROM events
  WHERE {source} IS NOT NULL AND service IS NOT NULL
  GROUP BY 1, 2, 3
), running AS (
  SELECT
    buckets.*,
    SUM(timed) OVER (PARTITION BY source, target ORDER BY bucket ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS timed_so_far,
    SUM(timed) OVER (PARTITION BY source, target) AS timed_total
  FROM buckets
)
SELECT
  SUBSTR(MD5(CONCAT(source, target)), 1, 16) AS "id",
  source AS "source",
  target AS "target",
  CAST(SUM(requests) AS BIGINT) AS "totalRequests",
  CAST(CASE WHEN SUM(judged) > 0 THEN SUM(errors) END AS BIGINT) AS "errors",
  CASE WHEN SUM(judged) > 0 THEN ROUND(CAST(SUM(errors) AS DOUBLE) / SUM(requests), 6) END AS "errorRate",
  {average_ms} AS "avgDurationMs",
  {p95_ms} AS "p95DurationMs",
  CAST(SUM(bytes) AS BIGINT) AS "bytes"
FROM running
GROUP BY source, target
ORDER BY "totalRequests" DESC, "source", "target"
