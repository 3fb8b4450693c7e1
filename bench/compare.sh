#!/usr/bin/env bash
# shellcheck disable=SC2034
# Runs Millrace and its rivals on the same generated files and writes what it measured as Markdown. See bench/README.md.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")

runs=${RUNS:-3}
lines=${LINES:-10000000}
json_lines=${JSON_LINES:-$((lines * 3 / 10))}
search_lines=${SEARCH_LINES:-$lines}
lake_lines=${LAKE_LINES:-$((lines * 2))}
gz_files=${GZ_FILES:-16}
data=${DATA:-$root/artifacts/bench}
results=${RESULTS:-$here/results}
sections=${SECTIONS:-combined goaccess awkward json gzip search lake start memory threads}

for part in "$here"/compare/*.sh "$here"/compare/sections/*.sh; do
  # shellcheck disable=SC1090
  source "$part"
done

work=$(mktemp -d)
trap 'rm -rf "$work" "$data/four-times"' EXIT

# What users run: the native executable where it can be had.
build="a native executable"
"$root/build/native.sh" || {
  [ $? -eq 3 ] || fail "the native executable could not be built"
  build="run by the runtime, since the native executable cannot be had here"
}
prepare_rivals
load_before=$(cut -d' ' -f1 /proc/loadavg)
body=$work/body.md
for section in $sections; do
  "section_$section" >>"$body"
done
write_report "$body"
