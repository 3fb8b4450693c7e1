# shellcheck shell=bash disable=SC2154
# A month of logs brought into a lake, and what is then asked of both.

month=(--since 2026-10-22T00:00:00Z --until 2026-11-21T00:00:00Z)
one_day=(--since 2026-11-05T00:00:00Z --until 2026-11-05T23:59:59.999999Z)

section_lake() {
  local folder raw stored
  folder=$(month_of_logs)
  raw=$(gzip -dc "$folder"/* | wc -c)
  echo "## A lake"
  echo
  echo "$(count "$lake_lines") combined lines of 30 days in 30 gzip files with no date in their names, $(megabytes "$raw") inflated, brought into a lake that is not there yet: the median of $runs runs."
  echo "Lines a second a core are lines by CPU seconds, reading, inflating and parsing included."
  echo
  printf '%q ' "$root/millrace" ingest "$folder" --lake "$data/lake" >"$work/command.ingest"
  local round
  for ((round = 1; round <= runs; round++)); do
    say "run $round of $runs: ingest"
    rm -rf "$data/lake"
    measure "$work/command.ingest" "$work/runs.ingest" "$work/out.ingest"
  done
  stored=$(find "$data/lake/events" -name '*.parquet' -printf '%s\n' | awk '{ bytes += $1 } END { printf "%.0f", bytes }')
  awk -v seconds="$(median "$work/runs.ingest" 1)" -v cpu="$(median "$work/runs.ingest" 2)" -v peak="$(median "$work/runs.ingest" 3)" \
    -v lines="$lake_lines" -v raw="$raw" -v stored="$stored" 'BEGIN {
      print "| seconds | CPU s | lines/s a core | wanted | peak MB | stored MB | of the raw bytes | wanted |"
      print "|--:|--:|--:|--:|--:|--:|--:|--:|"
      speed = lines / cpu
      printf "| %.1f | %.1f | %.0f | ≥ 250000 %s | %.0f | %.0f | 1/%.1f | ≤ 1/18 %s |\n\n",
        seconds, cpu, speed, (speed >= 250000 ? "✓" : "✗"), peak / 1024, stored / 1e6, raw / stored, (raw / stored >= 18 ? "✓" : "✗")
    }'
  echo "The status of one day of them (wanted: at most 0.35 s):"
  echo
  race_lake "$raw" 10 status "$folder" "${one_day[@]}"
  echo "The endpoints of all 30 days (wanted: at most 0.30 s):"
  echo
  race_lake "$raw" "" endpoints "$folder" "${month[@]}"
  rm -rf "$data/lake"
}

# race_lake BYTES WANTED REPORT FOLDER RANGE…: a report over the lake and over the raw files.
race_lake() {
  local bytes=$1 wanted=$2 report=$3 folder=$4
  shift 4
  race "$bytes" "$lake_lines"
  contend "**The lake**" "" cat "$root/millrace" report "$report" --lake "$data/lake" "$@" --output csv
  contend "The raw files" "$wanted" cat "$root/millrace" report "$report" "$folder" "$@" --output csv
  run_race
}

# month_of_logs: the path of a folder with the lines of 30 days.
month_of_logs() {
  local folder=$data/combined-$lake_lines-in-30-days
  if [ ! -e "$folder" ]; then
    mkdir -p "$data"
    require_space $((lake_lines * 40))
    say "generating a month of $lake_lines combined events"
    rm -rf "$folder.new"
    "$root/millrace" generate --kind combined --count "$lake_lines" --seed 1 "${month[@]}" --files 30 --gzip --out "$folder.new/" >&2
    local file number=0
    for file in "$folder.new"/*; do
      mv "$file" "$folder.new/log-$((number += 1)).gz"
    done
    mv "$folder.new" "$folder"
  fi
  echo "$folder"
}
