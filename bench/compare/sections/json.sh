# shellcheck shell=bash disable=SC2154
# Status counts and durations of JSON lines.

section_json() {
  local file bytes
  file=$(generated json "$json_lines")
  bytes=$(bytes_of "$file")
  echo "## JSON lines"
  echo
  echo "Requests and average duration by status over $(count "$json_lines") objects, $(megabytes "$bytes")."
  echo
  race "$bytes" "$json_lines"
  contend_millrace "" rows json.millrace "$file"
  contend_duckdb "DuckDB, read_json with explicit columns" 1.5 rows json.duckdb "$file"
  run_race
}
