#!/bin/sh
# Compiles the command line into artifacts/native: one executable for this machine's processor, which needs no runtime and starts in a fraction of the time.
# Needs a C compiler, which links it. Ends with 3 where that or the packages cannot be had, with 1 where the build fails.
#   build/native.sh                   waits where another builds it already
#   build/native.sh --unless-running  leaves it to the other
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
out=$root/artifacts/native
log=$root/artifacts/native.log
mkdir -p "$root/artifacts"
. "$root/build/functions.sh"

# One at a time. The lock is flock's alone: servers that a build leaves behind would keep it.
if [ -z "${MILLRACE_LOCKED-}" ] && command -v flock >/dev/null 2>&1; then
  export MILLRACE_LOCKED=1
  if [ "${1-}" = --unless-running ]; then
    exec flock --close --nonblock --conflict-exit-code 0 "$root/artifacts/.native-lock" "$0"
  fi
  exec flock --close "$root/artifacts/.native-lock" "$0"
fi

stop() {
  code=$1
  shift
  touch "$root/artifacts/.native-tried"
  echo "millrace: $*" >&2
  exit "$code"
}

if is_current "$out"; then
  exit 0
fi
if ! command -v clang >/dev/null 2>&1 && ! command -v gcc >/dev/null 2>&1; then
  stop 3 "No native executable: linking it needs clang or gcc, and neither is on the PATH."
fi

# In a place of its own, so that other builds of this checkout may go on beside it.
set -- "$root/src/Millrace.Cli" -r "$(machine)" -p:RuntimeIdentifiers="$(machine)" -p:PublishAot=true --artifacts-path "$root/artifacts/native-build" -nologo -v quiet
if ! dotnet restore "$@" >"$log" 2>&1; then
  stop 3 "No native executable: its compiler cannot be had (see $log)."
fi

begin_build "$out.new"
if ! dotnet publish "$@" -c Release --no-restore -p:RunAnalyzers=false -o "$out.new" >"$log" 2>&1; then
  cat "$log" >&2
  stop 1 "Compiling the native executable failed; what was printed is above and in $log."
fi
rm -rf "$out"
mv "$out.new" "$out"
