# shellcheck shell=bash disable=SC2154
# What Millrace is measured against. Rivals that are missing are installed where that is possible; those that cannot be had are skipped.

prepare_rivals() {
  install_package time /usr/bin/time || fail "GNU time is needed to measure anything."
  install_package goaccess goaccess || true
  install_package ripgrep rg || true
  install_engines
  dotnet build "$here/Millrace.Benchmarks" -c Release -v quiet -nologo >&2
  "$root/millrace" --version >/dev/null
}

# install_package PACKAGE PROGRAM
install_package() {
  command -v "$2" >/dev/null && return
  [ "$(id -u)" = 0 ] || return
  say "installing $1"
  apt-get install -y -q "$1" >&2 || { apt-get update -q >&2 && apt-get install -y -q "$1" >&2; }
}

# DuckDB and ClickHouse as their makers publish them for Node.
install_engines() {
  command -v npm >/dev/null || return 0
  if [ ! -e "$here/rivals/node_modules" ]; then
    say "installing DuckDB and ClickHouse"
    # The lock file lists the packages of this kind of machine; where npm wants those of every kind in it, the versions in package.json hold.
    (cd "$here/rivals" && { npm ci --no-audit --no-fund || npm install --no-package-lock --no-audit --no-fund; } >&2) || say "they cannot be had"
  fi
}

has_duckdb() { [ -e "$here/rivals/node_modules/@duckdb/node-api" ]; }

has_clickhouse() { [ -e "$here/rivals/node_modules/chdb" ]; }

# sql NAME FILE: the text of a query over a file.
sql() { sed "s|{file}|$2|g" "$here/compare/queries/$1.sql"; }

# contend_duckdb TITLE WANTED FILTER QUERY FILE
contend_duckdb() {
  if has_duckdb; then
    contend "$1" "$2" "$3" node "$here/rivals/duckdb.mjs" "$(sql "$4" "$5")"
  else
    skip "$1" "npm cannot install it"
  fi
}

# contend_clickhouse TITLE WANTED FILTER QUERY FILE
contend_clickhouse() {
  if has_clickhouse; then
    contend "$1" "$2" "$3" node "$here/rivals/clickhouse.mjs" "$(sql "$4" "$5")"
  else
    skip "$1" "npm cannot install it"
  fi
}

# contend_program PROGRAM TITLE FILTER COMMAND…
contend_program() {
  local program=$1 title=$2 filter=$3
  shift 3
  if command -v "$program" >/dev/null; then
    contend "$title" "" "$filter" "$@"
  else
    skip "$title" "$program is not installed"
  fi
}

# contend_millrace WANTED FILTER QUERY FILE
contend_millrace() { contend "**Millrace**" "$1" "$2" "$root/millrace" sql --output csv "$(sql "$3" "$4")"; }

inflate() { echo dotnet "$root/artifacts/bin/Millrace.Benchmarks/release/Millrace.Benchmarks.dll" inflate; }
