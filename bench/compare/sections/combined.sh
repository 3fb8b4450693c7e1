# shellcheck shell=bash disable=SC2154
# Status counts and byte sums of a combined access log.

section_combined() {
  local file bytes
  file=$(generated combined "$lines")
  bytes=$(bytes_of "$file")
  echo "## Combined access log"
  echo
  echo "Requests and bytes by status over $(count "$lines") lines, $(megabytes "$bytes")."
  echo
  race "$bytes" "$lines"
  contend_millrace 15 rows combined.millrace "$file"
  contend_duckdb "DuckDB, regexp_extract of every field" 30 rows combined.duckdb-regex "$file"
  contend_duckdb "DuckDB, read_csv(delim=' ')" 3 rows combined.duckdb-csv "$file"
  contend_clickhouse "ClickHouse, LineAsString and a short regular expression" 6 rows combined.clickhouse "$file"
  # shellcheck disable=SC2016
  contend_program awk "awk ($(awk_name)), split at quotes" rows awk -F'"' \
    '{ split($3, f, " "); n[f[1]]++; b[f[1]] += f[2] } END { for (s in n) printf "%d,%d,%.0f\n", s, n[s], b[s] }' "$file"
  contend_program rg "rg -c '\" 500 ' (one text only)" - rg -c '" 500 ' "$file"
  contend_program wc "wc -l (reading alone)" - wc -l "$file"
  run_race
}
