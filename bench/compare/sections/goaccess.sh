# shellcheck shell=bash disable=SC2154
# GoAccess makes all its panels in one pass, which takes minutes on the whole log: both read a tenth of it.

section_goaccess() {
  local part=$((lines / 10)) file bytes
  file=$(generated combined "$part")
  bytes=$(bytes_of "$file")
  echo "## Combined access log, with GoAccess"
  echo
  echo "Requests and bytes by status over $(count "$part") lines, $(megabytes "$bytes")."
  echo
  race "$bytes" "$part"
  contend_millrace "" rows combined.millrace "$file"
  contend_program goaccess "GoAccess, all its panels" "$(command -v node >/dev/null && echo goaccess_rows || echo -)" goaccess "$file" --no-progress --log-format=COMBINED -o "$work/goaccess.json"
  run_race
}
