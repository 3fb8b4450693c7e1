# shellcheck shell=bash disable=SC2154
# Timing of whole processes, from outside. Contenders take turns, so that what else the machine does hits all of them.

# race BYTES LINES: begins a comparison on an input of that size. The first contender is what the others are measured against.
race() {
  race_bytes=$1 race_lines=$2
  contenders=0
  names=() filters=() wanted=() skipped=()
}

# contend NAME WANTED FILTER COMMAND…: adds a contender. WANTED is the ratio that it should reach at least (for the first one, millions of
# lines a second), or nothing; FILTER makes the lines that must be equal for all out of what the command prints, or is "-" where it answers
# something else.
contend() {
  names[contenders]=$1 wanted[contenders]=$2 filters[contenders]=$3 skipped[contenders]=""
  shift 3
  printf '%q ' "$@" >"$work/command.$contenders"
  contenders=$((contenders + 1))
}

# skip NAME REASON: a contender that cannot take part.
skip() {
  names[contenders]=$1 skipped[contenders]=$2 wanted[contenders]="" filters[contenders]=-
  contenders=$((contenders + 1))
}

# run_race: all contenders, in turns; prints the table.
run_race() {
  local round n
  rm -f "$work"/runs.*
  for ((round = 1; round <= runs; round++)); do
    for ((n = 0; n < contenders; n++)); do
      [ -n "${skipped[n]}" ] && continue
      say "run $round of $runs: ${names[n]}"
      measure "$work/command.$n" "$work/runs.$n" "$work/out.$n"
    done
  done
  print_race
}

# measure COMMAND-FILE RUNS-FILE OUT: runs a command and adds a line "seconds cpu-seconds peak-KiB".
measure() {
  local command began ended
  eval "command=($(cat "$1"))"
  began=$EPOCHREALTIME
  if ! /usr/bin/time -q -o "$work/usage" -f '%U %S %M' "${command[@]}" >"$3" 2>"$work/messages"; then
    cat "$work/messages" >&2
    fail "This failed: $(cat "$1")"
  fi
  ended=$EPOCHREALTIME
  awk -v began="$began" -v ended="$ended" '{ printf "%.4f %.2f %d\n", ended - began, $1 + $2, $3 }' "$work/usage" >>"$2"
}

# median RUNS-FILE FIELD
median() {
  awk -v field="$2" '{ print $field }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

print_race() {
  local n first answer
  first=$(median "$work/runs.0" 1)
  [ "${filters[0]}" = - ] || "${filters[0]}" "$work/out.0" >"$work/answer.0"
  echo "| | seconds | CPU s | MB/s | lines/s | peak MB | ratio | wanted | answer |"
  echo "|---|--:|--:|--:|--:|--:|--:|--:|---|"
  for ((n = 0; n < contenders; n++)); do
    if [ -n "${skipped[n]}" ]; then
      echo "| ${names[n]} | | | | | | | | skipped: ${skipped[n]} |"
      continue
    fi

    answer=$(answer_of "$n")
    awk -v name="${names[n]}" -v seconds="$(median "$work/runs.$n" 1)" -v cpu="$(median "$work/runs.$n" 2)" -v peak="$(median "$work/runs.$n" 3)" \
      -v n="$n" -v first="$first" -v bytes="$race_bytes" -v lines="$race_lines" -v wanted="${wanted[n]}" -v answer="$answer" 'BEGIN {
        ratio = seconds / first
        reached = n == 0 ? lines / seconds / 1e6 : ratio
        verdict = wanted == "" ? "" : sprintf("≥ %s%s %s", wanted, n == 0 ? " M lines/s" : "", reached >= wanted ? "✓" : "✗")
        printf "| %s | %.2f | %.2f | %.0f | %.2f M | %.0f | %.2f | %s | %s |\n",
          name, seconds, cpu, bytes / seconds / 1e6, lines / seconds / 1e6, peak / 1024, ratio, verdict, answer
      }'
  done
  echo
}

answer_of() {
  local n=$1
  if [ "${filters[n]}" = - ] || [ "$n" = 0 ]; then
    echo "–"
    return
  fi

  "${filters[n]}" "$work/out.$n" >"$work/answer.$n"
  if cmp -s "$work/answer.0" "$work/answer.$n"; then
    echo "the same"
  else
    echo "**differs** in $(diff "$work/answer.0" "$work/answer.$n" | grep -c '^[<>]') rows"
  fi
}

# rows OUT: rows of CSV that begin with a number, in order.
rows() { sed -n '/^"\{0,1\}[0-9]/ { s/"//g; p }' "$1" | sort; }

goaccess_rows() { node "$here/rivals/goaccess.mjs" "$work/goaccess.json" | sort; }

count() { sed ':next; s/\([0-9]\)\([0-9]\{3\}\)\($\|,\)/\1,\2\3/; t next' <<<"$1"; }

megabytes() { awk -v bytes="$1" 'BEGIN { printf "%.0f MB", bytes / 1e6 }'; }
