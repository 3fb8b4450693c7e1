#!/usr/bin/env bash
# Builds everything and checks it, as CI does. Needs the .NET SDK alone; with Node and, as root on Debian, apt-get, it checks more.
#   ./test.sh          all checks
#   ./test.sh --long   also those that take long (MILLRACE_LONG=1 for the tests)
# The last line counts checks: 'N passed, N failed, N skipped'.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

for argument in "$@"; do
  case $argument in
    --long) export MILLRACE_LONG=1 ;;
    *)
      echo "test.sh: There is no option '$argument'. Expected --long or nothing." >&2
      exit 2
      ;;
  esac
done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
passed=0 failed=0 skipped=0
logs=artifacts/test-logs
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$logs"

# Runs one check in silence; shows what it printed where it fails.
check() {
  local name=$1 log="$logs/${1// /-}.log" start=$SECONDS
  shift
  if "$@" >"$log" 2>&1 </dev/null; then
    passed=$((passed + 1))
    echo "passed   $name ($((SECONDS - start)) s)"
  else
    failed=$((failed + 1))
    echo "FAILED   $name ($((SECONDS - start)) s):"
    sed 's/^/  /' "$log"
    return 1
  fi
}

skip() {
  skipped=$((skipped + 1))
  echo "skipped  $1: $2"
}

finish() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
  exit
}

# Runs a test executable, which prints what failed and what it skipped, and takes its counts over.
run_tests() {
  local project=$1 log="$logs/$1.log" start=$SECONDS counts
  echo "running  $project"
  "artifacts/bin/$project/release/$project" -noColor >"$log" 2>&1 </dev/null
  local code=$?
  counts=$(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' "$log" | tail -n 1)
  if [ -z "$counts" ]; then
    failed=$((failed + 1))
    echo "FAILED   $project ended with $code before it had counted its tests:"
    sed 's/^/  /' "$log"
    return
  fi

  local total errors fails skips
  read -r total errors fails skips <<<"$counts"
  passed=$((passed + total - fails - skips))
  failed=$((failed + errors + fails))
  skipped=$((skipped + skips))
  if [ "$code" -ne 0 ] && [ $((errors + fails)) -eq 0 ]; then
    failed=$((failed + 1))
    echo "FAILED   $project ended with $code"
  fi

  if [ $((errors + fails + skips + code)) -gt 0 ]; then
    grep -vE '^(xUnit\.net|  (Discovering|Discovered|Starting|Finished):)' "$log" | sed 's/^/  /'
  fi
  echo "counted  $project: $total tests, $((errors + fails)) failed, $skips skipped ($((SECONDS - start)) s)"
}

install_packages() {
  local missing=()
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
  command -v npm >/dev/null || missing+=(nodejs npm)
  command -v clang >/dev/null || command -v gcc >/dev/null || missing+=(gcc libc6-dev)
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "note     not here: ${missing[*]}; tests that need them skip themselves"
    return 0
  fi

  check "packages ${missing[*]}" install_with_apt "${missing[@]}"
}

install_with_apt() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q && apt-get install -qy --no-install-recommends "$@"
}

install_stand_ins() {
  local installed=test/stand-ins/node_modules/.package-lock.json
  if [ -f "$installed" ] && [ ! test/stand-ins/package-lock.json -nt "$installed" ]; then
    return 0
  fi

  if ! command -v npm >/dev/null; then
    skip "stand-ins for AWS" "npm is not here"
  elif ! npm_install >"$logs/stand-ins.log" 2>&1; then
    skip "stand-ins for AWS" "npm could not install them (see $logs/stand-ins.log)"
  fi
}

# By the lock file; where this npm wants packages of every kind of machine in it, by the versions in package.json.
npm_install() {
  (cd test/stand-ins && { npm ci --prefer-offline --no-audit --no-fund --loglevel=error \
    || { npm install --no-package-lock --prefer-offline --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json; }; })
}

# The native executable, which the tests of the command line then run. Where it cannot be had they run the build.
compile_native() {
  local log="$logs/native-executable.log" start=$SECONDS code=0
  build/native.sh >"$log" 2>&1 </dev/null || code=$?
  if [ "$code" -eq 3 ]; then
    skip "native executable" "$(tail -n 1 "$log")"
  elif [ "$code" -ne 0 ]; then
    failed=$((failed + 1))
    echo "FAILED   native executable ($((SECONDS - start)) s):"
    sed 's/^/  /' "$log"
  else
    passed=$((passed + 1))
    echo "passed   native executable ($((SECONDS - start)) s)"
    export MILLRACE_PROGRAM=artifacts/native
  fi
}

# The two commands that the README begins with, the first as on a fresh checkout.
first_answer() {
  MILLRACE_NATIVE=no ./millrace demo --dir "$scratch/demo" && ./millrace report traffic "$scratch/demo/logs"
}

# The package of this machine's kind alone: the others differ in their native libraries.
installed_tool() {
  local kind
  kind=$(dotnet --info | sed -nE 's/^ *RID: *//p')
  dotnet pack src/Millrace.Cli -c Release -o "$scratch/packages" -v quiet "-p:ToolPackageRuntimeIdentifiers=$kind" \
    && dotnet tool install millrace --tool-path "$scratch/tool" --add-source "$scratch/packages" --version "$(sed -nE 's|.*<Version>(.+)</Version>.*|\1|p' Directory.Build.props)" \
    && "$scratch/tool/millrace" --version \
    && "$scratch/tool/millrace" sql "SELECT 42 AS answer" | grep -qx '{"answer":42}'
}

if ! command -v dotnet >/dev/null; then
  echo "test.sh: The .NET 10 SDK is needed and 'dotnet' is not on the PATH." >&2
  failed=1
  finish
fi

install_packages
install_stand_ins
check "restore" dotnet restore --locked-mode || finish
check "build" dotnet build -c Release --no-restore -warnaserror || finish
check "format" dotnet format --verify-no-changes --no-restore
run_tests Millrace.Tests
run_tests Millrace.App.Tests
run_tests Millrace.Mail.Tests
run_tests Millrace.Aws.Tests
compile_native
run_tests Millrace.Cli.Tests
check "first answer" first_answer
check "installed tool" installed_tool
finish
