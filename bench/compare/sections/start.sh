# shellcheck shell=bash disable=SC2154
# How long a process takes that does nothing.

section_start() {
  echo "## Starting"
  echo
  echo "Milliseconds of a whole process, median of $((runs * 5)). What an engine needs to start is part of its times above."
  echo
  echo "| | ms | peak MB |"
  echo "|---|--:|--:|"
  start_row "millrace --version (wanted ≤ 100)" "$root/millrace" --version
  start_row "millrace --help" "$root/millrace" --help
  start_row "millrace sql 'select 1'" "$root/millrace" sql "select 1"
  has_duckdb && start_row "DuckDB in Node, select 1" node "$here/rivals/duckdb.mjs" "select 1"
  has_clickhouse && start_row "ClickHouse in Node, select 1" node "$here/rivals/clickhouse.mjs" "select 1"
  echo
}

# start_row TITLE COMMAND…
start_row() {
  local title=$1 round
  shift
  printf '%q ' "$@" >"$work/command.start"
  rm -f "$work/runs.start"
  for ((round = 0; round < runs * 5; round++)); do
    measure "$work/command.start" "$work/runs.start" "$work/out.start"
  done
  awk -v title="$title" -v seconds="$(median "$work/runs.start" 1)" -v peak="$(median "$work/runs.start" 3)" \
    'BEGIN { printf "| %s | %.0f | %.0f |\n", title, seconds * 1000, peak / 1024 }'
}
