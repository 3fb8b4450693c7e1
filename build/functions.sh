# shellcheck shell=sh disable=SC2154
# What the launcher and the builds share. Expects the checkout in $root.

# True where a build is there that no source is newer than.
is_current() {
  is_newest "$1/.built"
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
