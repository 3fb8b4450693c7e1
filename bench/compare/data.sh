# shellcheck shell=bash disable=SC2154
# The input: generated once, the same bytes from the same seed, and used again where it is there.

# A day of logs; fixed, so that the bytes do not depend on when they are generated.
day=(--since 2026-11-21T00:00:00Z --until 2026-11-22T00:00:00Z)

say() { echo "compare: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# generated KIND COUNT: the path of a file of so many events.
generated() {
  local kind=$1 count=$2
  local file=$data/$kind-$count.log
  if [ ! -e "$file" ]; then
    mkdir -p "$data"
    require_space $((count * 450))
    say "generating $count $kind events"
    "$root/millrace" generate --kind "$kind" --count "$count" --seed 1 "${day[@]}" --out "$file" >&2
  fi
  echo "$file"
}

# compressed FILE: the path of the file as one gzip member.
compressed() {
  local file=$1
  if [ ! -e "$file.gz" ]; then
    require_space $(($(bytes_of "$file") / 4))
    say "compressing $(basename "$file")"
    gzip -c "$file" >"$file.gz.new"
    mv "$file.gz.new" "$file.gz"
  fi
  echo "$file.gz"
}

# in_parts FILE LINES: the path of a folder with the file in gz_files compressed parts of whole lines.
in_parts() {
  local file=$1 count=$2
  local folder=${file%.log}-in-$gz_files
  if [ ! -e "$folder" ]; then
    require_space $(($(bytes_of "$file") / 4))
    say "compressing $(basename "$file") in $gz_files parts"
    rm -rf "$folder.new"
    mkdir "$folder.new"
    # $FILE is split's own variable.
    # shellcheck disable=SC2016
    split -d -l $(((count + gz_files - 1) / gz_files)) --filter='gzip >$FILE.gz' "$file" "$folder.new/part-"
    mv "$folder.new" "$folder"
  fi
  echo "$folder"
}

# in_plain_parts FILE LINES: the path of a folder with the file in gz_files parts of whole lines.
in_plain_parts() {
  local file=$1 count=$2
  local folder=${file%.log}-in-$gz_files-plain
  if [ ! -e "$folder" ]; then
    require_space "$(bytes_of "$file")"
    say "splitting $(basename "$file") into $gz_files parts"
    rm -rf "$folder.new"
    mkdir "$folder.new"
    split -d -l $(((count + gz_files - 1) / gz_files)) --additional-suffix=.log "$file" "$folder.new/part-"
    mv "$folder.new" "$folder"
  fi
  echo "$folder"
}

# four_times FILE: a folder in which the file stands four times, at the cost of one. Gone when the script ends.
four_times() {
  local folder=$data/four-times
  rm -rf "$folder"
  mkdir "$folder"
  for copy in 1 2 3 4; do
    ln "$1" "$folder/$copy.log"
  done
  echo "$folder"
}

bytes_of() { stat -c %s "$@" | awk '{ bytes += $1 } END { printf "%.0f", bytes }'; }

require_space() {
  local free
  free=$(df --output=avail -B1 "$data" | tail -1)
  [ "$free" -gt "$1" ] || fail "$data has $((free >> 20)) MiB free, and $(($1 >> 20)) MiB are needed. Set DATA to a folder with more room, or LINES to fewer lines."
}
