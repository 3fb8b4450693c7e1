@echo off
rem Runs Millrace from a checkout. Builds it on first use and whenever the sources have changed since.
setlocal
set "root=%~dp0"
set "app=%root%artifacts\app"
set "stamp=%app%\.built"
powershell -NoProfile -Command "$s = Get-Item -LiteralPath '%stamp%' -ErrorAction SilentlyContinue; if (-not $s -or (Get-ChildItem '%root%src' -Recurse -File | Where-Object LastWriteTime -gt $s.LastWriteTime | Select-Object -First 1)) { exit 1 }"
if errorlevel 1 (
  echo millrace: building, once ... 1>&2
  dotnet publish "%root%src\Millrace.Cli" -c Release -r win-x64 --self-contained false -p:PublishReadyToRun=true -o "%app%" -nologo -v quiet 1>&2 || exit /b 1
  type nul > "%stamp%"
)
dotnet "%app%\millrace.dll" %*
exit /b %errorlevel%
