# shellcheck shell=bash disable=SC2154
# Valid lines of the combined format that are no CSV.

section_awkward() {
  echo "## Lines that are no CSV"
  echo
  echo "Each of these lines, followed by a plain one, in a file of its own: what \`read_csv(delim=' ', ignore_errors=true)\` makes of status and bytes."
  echo "Without \`ignore_errors\` the first line that it cannot read ends the query. In all lines it gives the time as two columns of text."
  echo
  if ! has_duckdb; then
    echo "Skipped: npm cannot install DuckDB."
    echo
    return
  fi

  write_awkward_lines "$work/awkward"
  "$root/millrace" sql --output csv --format combined "$(sql awkward.millrace "$work/awkward/*.log")" | tail -n +2 >"$work/awkward.millrace"
  node "$here/rivals/duckdb.mjs" "$(sql awkward.duckdb-csv "$work/awkward/*.log")" >"$work/awkward.duckdb"
  print_awkward
}

# write_awkward_lines FOLDER
write_awkward_lines() {
  local name line
  mkdir -p "$1"
  while IFS=$'\t' read -r name _ line; do
    printf "$(printf '%s' "$line" | sed 's/\\/\\\\/g; s/%/%%/g; s/{x\(..\)}/\\x\1/g')\n%s\n" \
      '203.0.113.9 - - [22/Nov/2026:10:00:01 +0000] "GET /plain HTTP/1.1" 200 1 "-" "curl/8.5"' >"$1/$name.log"
  done <"$here/compare/awkward.tsv"
}

print_awkward() {
  local name expected wrong=0 all=0
  echo "| line | is | Millrace reads | read_csv reads |"
  echo "|---|---|---|---|"
  while IFS=$'\t' read -r name expected _; do
    local right="200,1;$expected" millrace duckdb
    right=${right%;reject}
    millrace=$(readings "$work/awkward.millrace" "$name")
    duckdb=$(readings "$work/awkward.duckdb" "$name")
    echo "| ${name//-/ } | ${expected/,/, } | $(verdict "$millrace" "$right") | $(verdict "$duckdb" "$right") |"
    all=$((all + 1))
    [ "$duckdb" = "$(in_order "$right")" ] || wrong=$((wrong + 1))
  done <"$here/compare/awkward.tsv"
  echo
  echo "read_csv reads $wrong of $all wrongly or not at all."
  echo
}

# readings FILE NAME: "status,bytes" of the rows of a case, in order and joined.
readings() { in_order "$(awk -F, -v name="$2" '$1 == name { printf "%s%s,%s", sep, $2, $3 == "" ? "null" : $3; sep = ";" }' "$1")"; }

in_order() { tr ';' '\n' <<<"$1" | sort | paste -sd';'; }

# verdict READ RIGHT
verdict() {
  if [ "$1" = "$(in_order "$2")" ]; then
    echo "✓"
  else
    echo "✗ ${1:-nothing}"
  fi
}
