#!/bin/sh
# Publishes the command line into a folder, compiled ahead of time for the runtime of this machine; where the compiler for that cannot be had, without.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
out=$1
log=$root/artifacts/publish.log
mkdir -p "$root/artifacts"
. "$root/build/functions.sh"

publish() {
  dotnet publish "$root/src/Millrace.Cli" -c Release -r "$(machine)" --self-contained false -p:RunAnalyzers=false -o "$out.new" -nologo -v quiet "$@" >"$log" 2>&1
}

echo "millrace: building, once …"
begin_build "$out.new"
if ! publish -p:PublishReadyToRun=true && ! publish; then
  cat "$log"
  echo "millrace: The build failed; what it printed is above and in $log."
  exit 1
fi
rm -rf "$out"
mv "$out.new" "$out"
