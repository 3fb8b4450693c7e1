# shellcheck shell=bash disable=SC2154
# The report: what was measured, on what machine, with which versions.

# write_report BODY
write_report() {
  local file
  mkdir -p "$results"
  file=$results/$(date -u +%F)-$(slug "$(cpu_model)").md
  {
    echo "# Millrace and others, $(date -u +%F)"
    echo
    print_machine
    print_versions
    cat "$1"
  } >"$file"
  cat "$file"
  say "written to $file"
}

print_machine() {
  local load_after
  load_after=$(cut -d' ' -f1 /proc/loadavg)
  echo "Whole processes, files in the page cache, medians of $runs runs in turns. Ratio: the contender's seconds by Millrace's."
  echo
  echo "- $(cpu_model), $(nproc) processors, $(awk '/MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo) memory, $(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r)"
  echo "- load before the runs $load_before, after them $load_after$(awk -v load="$load_before" -v cores="$(nproc)" 'BEGIN { if (load > cores / 2) print ". **The load says that something else ran shortly before or during the runs: trust the ratios rather than the times**" }')"
}

print_versions() {
  echo "- Millrace $("$root/millrace" --version)$(revision), $build, .NET $(dotnet --list-runtimes | awk '/NETCore.App/ { v = $2 } END { print v }')"
  has_duckdb && echo "- DuckDB $(node "$here/rivals/duckdb.mjs" "select version()") from npm, the version that is inside Millrace$(same_engine)"
  has_clickhouse && echo "- ClickHouse $(node "$here/rivals/clickhouse.mjs" "select version()" | tr -d '"') (chdb from npm)"
  command -v goaccess >/dev/null && echo "- $(goaccess --version | sed -n '1 { s/ - / /; s/\.$//; p }')"
  command -v rg >/dev/null && echo "- $(rg --version | sed -n 1p)"
  echo
}

same_engine() {
  local inside
  inside=$("$root/millrace" sql --output csv "select version()" | tail -1)
  [ "$inside" = "$(node "$here/rivals/duckdb.mjs" "select version()")" ] || echo ": no, that is $inside"
}

revision() {
  git -C "$root" rev-parse --short HEAD >/dev/null 2>&1 || return 0
  echo " ($(git -C "$root" rev-parse --short HEAD)$(git -C "$root" diff --quiet HEAD -- src || echo ", changed"))"
}

cpu_model() { lscpu | sed -n 's/^Model name: *//p' | head -1; }

awk_name() { basename "$(readlink -f "$(command -v awk)")"; }

slug() { tr '[:upper:]' '[:lower:]' <<<"$1" | sed 's/([a-z]*)//g; s/[^a-z0-9]\{1,\}/-/g; s/^-//; s/-$//'; }
