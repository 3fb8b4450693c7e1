#!/usr/bin/env bash
# Copies three figures from the newest file in bench/results into the README, between its two comments; with --check it only says whether they are there.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readme=$here/../README.md
results=${RESULTS:-$here/results}
begin='<!-- copied by bench, update-readme.sh -->'
end='<!-- end of what is copied -->'

# cell ROW COLUMN: a cell of the first table of the newest results; the row is told by what its name begins with.
cell() {
  awk -F' *[|] *' -v name="$1" -v column="$2" 'index($2, name) == 1 { print $(column + 2); exit }' "$newest"
}

section() {
  local machine lines
  machine=$(sed -nE 's/^- (.*), Linux .*/\1/p' "$newest" | head -n 1)
  lines=$(sed -nE 's/^Requests and bytes by status over (.*) lines, (.*)\.$/\1 lines (\2)/p' "$newest" | head -n 1)
  echo "## How fast"
  echo
  echo "Requests and bytes by status of an access log of $lines, as one whole process on $machine:"
  echo
  echo "- $(cell '**Millrace**' 1) s, which is $(cell '**Millrace**' 4 | sed 's/ M$/ million/') lines a second;"
  echo "- $(cell 'DuckDB, regexp_extract' 6) times as fast as DuckDB with \`regexp_extract\` of every field;"
  echo "- $(cell "DuckDB, read_csv" 6) times as fast as DuckDB with \`read_csv\` at spaces."
  echo
  echo "[All measurements](bench/results/$(basename "$newest")) were made by \`bench/compare.sh\`."
}

newest=''
if [ -d "$results" ]; then
  newest=$(find "$results" -name '*.md' ! -name '*-templates.md' ! -name '*-formats.md' | sort | tail -n 1)
fi

updated=$(mktemp)
trap 'rm -f "$updated"' EXIT
{
  sed "/^$begin\$/q" "$readme"
  if [ -n "$newest" ]; then
    section
  fi
  sed -n "/^$end\$/,\$p" "$readme"
} >"$updated"

if [ "${1:-}" = --check ]; then
  diff "$readme" "$updated"
else
  cat "$updated" >"$readme"
fi
