# shellcheck shell=sh disable=SC2154
# What the launcher and the builds share. Expects the checkout in $root.

# True where a build is there that no source is newer than. Mostly neither a file nor a folder is, which the shell sees without a process of its own; a
# folder is newer where a file has come or gone, or an editor was there, and then each file is asked.
is_current() {
  if [ -f "$1/.sources" ]; then
    . "$1/.sources"
    untouched_since "$1/.built" && return 0
  fi
  is_newest "$1/.built"
}

# Begins a build in a folder, with a list of what it is made from. What changes from now on is newer.
begin_build() {
  rm -rf "$1"
  mkdir -p "$1"
  touch "$1/.built"
  {
    echo 'untouched_since() { for source in \'
    (cd "$root" && find src Directory.Build.props Directory.Packages.props global.json) | sed "s/'/'\\\\''/g; s/.*/'&' \\\\/"
    echo '; do if [ "$root/$source" -nt "$1" ]; then return 1; fi; done; }'
  } >"$1/.sources"
}

# True where the file is there and no source is newer.
is_newest() {
  [ -f "$1" ] && find "$root/src" "$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json" -newer "$1" -type f -exec false {} +
}

# The kind of this machine, as .NET names it.
machine() {
  case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=osx ;;
    *) os=win ;;
  esac
  case $(uname -m) in
    arm64 | aarch64) cpu=arm64 ;;
    *) cpu=x64 ;;
  esac
  echo "$os-$cpu"
}
