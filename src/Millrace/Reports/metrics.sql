-- Metric events, or windows of them, as windows of five minutes per component and metric. A window is named by its start. The average is known only
-- where single values are, and is one of those that a decimal can hold.
SELECT
  service AS "componentName",
  metric_name AS "metricName",
  unit AS "unit",
  DATE_TRUNC('hour', "timestamp") + INTERVAL '5' MINUTE * CAST(FLOOR(EXTRACT(MINUTE FROM "timestamp") / 5) AS INTEGER) AS "fromTimestamp",
  DATE_TRUNC('hour', "timestamp") + INTERVAL '5' MINUTE * CAST(FLOOR(EXTRACT(MINUTE FROM "timestamp") / 5) + 1 AS INTEGER) AS "toTimestamp",
  {lowest} AS "minValue",
  {highest} AS "maxValue",
  ROUND(CAST({value_sum} AS DOUBLE) / {value_count}, 6) AS "avgValue",
  {measurements} AS "count"
FROM events
WHERE metric_name IS NOT NULL AND "timestamp" IS NOT NULL
GROUP BY 1, 2, 3, 4, 5
ORDER BY "componentName", "metricName", "fromTimestamp", "unit"
