#!/usr/bin/env bash
# Measures dechaff beside other tools in one run: whole commands, one thread, medians. Prints a Markdown table.
#
#     benches/compare.sh [-n RUNS] [-m MEGABYTES] [-w FOLDER] [PROGRAM]
#
# RUNS are five, corpora of 10 MB each (benches/corpus.py makes them). FOLDER (target/compare) keeps the corpora and the peers, which come from PyPI;
# one that cannot be installed is left out. Without PROGRAM dechaff is built.
set -euo pipefail

runs=5 megabytes=10 folder=''
while getopts n:m:w: option; do
  case $option in
    n) runs=$OPTARG ;;
    m) megabytes=$OPTARG ;;
    w) folder=$OPTARG ;;
    *) sed -n '4s/^# *//p' "$0" >&2; exit 2 ;;
  esac
done
shift $((OPTIND - 1))

benches=$(cd "$(dirname "$0")" && pwd)
folder=${folder:-$benches/../target/compare}
program=${1:-}
if [[ -z $program ]]; then
  cd "$benches/.."
  cargo build --release
  program=$(realpath "${CARGO_TARGET_DIR:-target}")/release/dechaff
  cd "$OLDPWD"
fi

mkdir -p "$folder"
if ! cmp -s "$benches/requirements.txt" "$folder/venv/installed"; then
  python3 -m venv "$folder/venv"
  all=yes
  while read -r peer; do
    if ! "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "$peer" >&2; then
      echo "$peer cannot be installed" >&2
      all=no
    fi
  done < "$benches/requirements.txt"
  # The others are tried again next time.
  if [[ $all = yes ]]; then cp "$benches/requirements.txt" "$folder/venv/installed"; fi
fi

for kind in text html jsonl small; do
  corpus=$folder/$megabytes/$kind
  # It gets its name once it is whole.
  if [[ ! -d $corpus ]]; then
    rm -rf "$corpus.part"
    python3 "$benches/corpus.py" --megabytes "$megabytes" --kind "$kind" "$corpus.part"
    mv "$corpus.part" "$corpus"
  fi
done

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1 || true)
echo "$("$program" --version | head -n 1), $(uname -sm), ${model:-unknown processor}; $(uptime | sed 's/.*load/load/'); medians of $runs"
echo
"$folder/venv/bin/python" "$benches/compare.py" "$program" "$folder/$megabytes" "$runs"
