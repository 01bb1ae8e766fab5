#!/bin/sh
# Makes the models that are compiled in, but for those of splits: make.sh DATA WORK [--without SET...]. DATA is the folder of labelled sets, WORK gets what lies between, and
# the variable DECHAFF names the binary where it is not target/release/dechaff.
set -eu
data=$1 work=$2
shift 2
here=$(dirname "$0")
dechaff=${DECHAFF:-target/release/dechaff}
rm -rf "$work/made"
python3 "$here/augment.py" "$data" "$work/made" "$@"
python3 "$here/train.py" "$data" "$work/made" "$here/../src/clean/model/blocks.model" --cv "$work/cv" --cv-trees 300 --dechaff "$dechaff" "$@"
python3 "$here/train_boxes.py" "$data" "$work/made" "$here/../src/clean/model/blocks.model" --dechaff "$dechaff" "$@"
python3 "$here/train_html.py" "$data" "$work/made" "$here/../src/clean/model/blocks.model" "$work/cv" --dechaff "$dechaff" "$@"
python3 "$here/train_markdown.py" "$data" "$here/../src/clean/model/markdown.model" "$work/cv" --dechaff "$dechaff" "$@"
python3 "$here/compose.py" "$data" "$work/headlines" --count 45 --single 12 --seed 41 "$@"
python3 "$here/train_title.py" "$data" "$here/../src/clean/title" --composed "$work/headlines" --dechaff "$dechaff" "$@"
for seed in 51 52 53; do
    python3 "$here/compose.py" "$data" "$work/items/$seed" --count 90 --single 0 --seed $seed "$@"
done
python3 "$here/train_item.py" "$data" "$here/../src/clean/item/articles.model" --composed "$work/items" --dechaff "$dechaff"
python3 "$here/train_author.py" "$data" "$here/../src/clean/author/authors.model" --dechaff "$dechaff" "$@"
python3 "$here/train_source.py" "$data" "$here/../src/clean/publisher/sources.model" --dechaff "$dechaff" "$@"
