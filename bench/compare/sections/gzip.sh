# shellcheck shell=bash disable=SC2154
# Compressed files, against inflating alone.

section_gzip() {
  local file bytes
  file=$(generated combined "$lines")
  bytes=$(bytes_of "$file")
  echo "## Compressed files"
  echo
  echo "Requests by status over the same combined lines, against a program that inflates with \`GZipStream\` and does nothing else."
  echo "MB/s are of the inflated text."
  echo
  echo "$gz_files files:"
  echo
  race_inflate "$bytes" 2 0.75 "$(in_parts "$file" "$lines")"
  echo "One file:"
  echo
  race_inflate "$bytes" 1 0.8 "$(compressed "$file")"
}

# race_inflate BYTES THREADS WANTED SOURCE
race_inflate() {
  race "$1" "$lines"
  contend_millrace "" - gzip.millrace "$4"
  # shellcheck disable=SC2046
  contend "GZipStream alone, threads: $2" "$3" - $(inflate) "$2" "$4"
  run_race
}
