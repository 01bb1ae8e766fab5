#!/usr/bin/env python3
"""Trains the scorer of authors from pages of HTML whose authors are known, printed as text, and measures it by cross-validation.

    train_author.py DATA MODEL --dechaff target/release/dechaff [--without SET...] [--cv] [--trees N]

DATA is the folder of labelled sets (sets.py). With --cv it prints for how many pages the authors are right, by scorers that saw no page of the site.
MODEL may be "none".
"""

import argparse
import gzip
import json
import re

import named
import sets

# Sets whose labels name authors wherever a page states them.
NAMING = {"wcxb", sets.SEGMENTS}
# The least probability of the best candidate (src/clean/author/scorer.rs).
LEAST = 0.5


def decide(odds, by_rules):
    best = odds.argmax()
    return best if odds[best] >= LEAST else by_rules


# A page whose labels name nobody may print its authors all the same.
TASK = named.Task(right=3.0, kinds={"printed": 1.0, "not printed": 1.0, "unnamed": 0.4}, outcomes=["others", "right", "some"], decide=decide)


def authors_of(said):
    """The names of a page's authors, as names are compared."""
    said = re.sub(r"^(by|von|par|por)\s+", "", (said or "").strip(), flags=re.I)
    return {name for name in map(named.normalised, re.split(r",| and | und | et |&|;|\|", said)) if name}


def sources(root, without):
    told = root / "train/meta-segments/segments-meta.json"
    told = {number: page.get("author") for number, page in json.loads(told.read_text(encoding="utf-8")).items()} if told.exists() else {}
    for own, page, name, fold, text in named.pages_of(root, without):
        beside = page.with_name(f"{name}.json")
        said = told.get(name) if own == sets.SEGMENTS else json.loads(beside.read_text(encoding="utf-8")).get("author") if beside.exists() else None
        if said or own in NAMING:
            source = gzip.open(page, "rt", encoding="utf-8", errors="replace").read()
            yield named.Source(own, name, fold, authors_of(said), source, text)


def kind_of(gold, words):
    if not gold:
        return "unnamed"
    return "printed" if all(f" {author} " in words for author in gold) else "not printed"


def label_of(names, gold):
    names = {named.normalised(name) for name in names.split("; ")}
    return named.RIGHT if names == gold else named.SOME if names & gold else named.WRONG


def main():
    arguments = named.options(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter))
    columns, pages = named.load(arguments.dechaff, "--authors", 3, sources(arguments.data, arguments.without), kind_of, label_of)
    named.run(arguments, TASK, columns, pages)


if __name__ == "__main__":
    main()
