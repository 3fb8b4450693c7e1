# shellcheck shell=bash disable=SC2154
# Peak memory of reports, on one and on four times the input.

section_memory() {
  echo "## Memory"
  echo
  echo "Peak resident memory of whole processes, wanted: under 400 MB, and no more on four times the input."
  echo
  echo "| report | input | seconds | peak MB | wanted |"
  echo "|---|--:|--:|--:|--:|"
  memory_rows "$(generated combined "$lines")" status endpoints
  memory_rows "$(generated service "$lines")" traffic
  echo
}

# memory_rows FILE REPORT…: each report on the file and on four times the file.
memory_rows() {
  local file=$1 report source
  shift
  for report in "$@"; do
    for source in "$file" "$(four_times "$file")"; do
      memory_row "$report" "$source"
    done
  done
}

memory_row() {
  local report=$1 source=$2 bytes round
  bytes=$(find "$source" -type f -printf '%s\n' | awk '{ bytes += $1 } END { printf "%.0f", bytes }')
  printf '%q ' "$root/millrace" report "$report" "$source" "${day[@]}" --output csv >"$work/command.memory"
  rm -f "$work/runs.memory"
  for ((round = 0; round < runs; round++)); do
    say "memory of $report on $(megabytes "$bytes")"
    measure "$work/command.memory" "$work/runs.memory" "$work/out.memory"
  done
  awk -v report="$report" -v size="$(megabytes "$bytes")" -v seconds="$(median "$work/runs.memory" 1)" -v peak="$(sort -k3n "$work/runs.memory" | tail -1 | cut -d' ' -f3)" \
    'BEGIN { printf "| %s | %s | %.2f | %.0f | < 400 %s |\n", report, size, seconds, peak / 1024, peak / 1024 < 400 ? "✓" : "✗" }'
}
