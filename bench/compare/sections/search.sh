# shellcheck shell=bash disable=SC2154
# Free text in many files, plain and compressed.

section_search() {
  local file bytes plain packed
  file=$(generated json "$search_lines")
  bytes=$(bytes_of "$file")
  plain=$(in_plain_parts "$file" "$search_lines")
  packed=$(in_parts "$file" "$search_lines")
  echo "## Search"
  echo
  echo "A text that few lines have, in $gz_files files of JSON lines: how many lines have it, and then the lines themselves."
  echo "MB/s are of the inflated text."
  echo
  echo "Plain, counted:"
  echo
  race_search "$bytes" 0.8 "$plain" -c
  echo "Plain, printed:"
  echo
  race_search "$bytes" 0.8 "$plain"
  echo "gzip, counted:"
  echo
  race_search "$bytes" 1.5 "$packed" -c
}

# race_search BYTES WANTED FOLDER [-c]
race_search() {
  local text='timed out' filter=count_of_lines printed="-o table"
  [ "${4:-}" = -c ] && filter=sum_of_lines && printed=-c
  race "$1" "$search_lines"
  # shellcheck disable=SC2086
  contend "**Millrace**" "" "$filter" "$root/millrace" search "$text" --in "$3" $printed
  if command -v rg >/dev/null; then
    # shellcheck disable=SC2086
    contend "rg -z" "$2" "$filter" rg -z -F --no-filename ${4:-} "$text" "$3"
    # shellcheck disable=SC2086
    [ "$2" = 0.8 ] && contend "rg" "$2" "$filter" rg -F --no-filename ${4:-} "$text" "$3"
    [ "$2" = 0.8 ] && [ -z "${4:-}" ] && contend "rg -nH, with the name and the line number that Millrace prints" "$2" "$filter" rg -F -nH "$text" "$3"
  else
    skip "rg" "ripgrep is not installed"
  fi
  run_race
}

# What must be equal: rg counts by file, and prints lines alone.
sum_of_lines() { awk '{ n += $1 } END { print n }' "$1"; }
count_of_lines() { wc -l <"$1"; }
