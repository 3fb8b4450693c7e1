# shellcheck shell=bash disable=SC2154
# Reports on one and on two threads.

section_threads() {
  local report file
  echo "## The same bytes"
  echo
  echo "| report | 1 thread, s | 2 threads, s | output |"
  echo "|---|--:|--:|---|"
  for report in status endpoints traffic; do
    file=$(generated "$([ "$report" = traffic ] && echo service || echo combined)" "$lines")
    threads_row "$report" "$file"
  done
  echo
}

threads_row() {
  local threads
  rm -f "$work"/runs.threads.*
  for threads in 1 2; do
    say "$1 with $threads thread(s)"
    printf '%q ' "$root/millrace" report "$1" "$2" "${day[@]}" --output csv --threads "$threads" >"$work/command.threads"
    measure "$work/command.threads" "$work/runs.threads.$threads" "$work/out.threads.$threads"
  done
  printf '| %s | %.2f | %.2f | %s |\n' "$1" "$(median "$work/runs.threads.1" 1)" "$(median "$work/runs.threads.2" 1)" \
    "$(cmp -s "$work/out.threads.1" "$work/out.threads.2" && echo "the same, $(wc -c <"$work/out.threads.1") bytes" || echo "**differs**")"
}
