#!/usr/bin/env python3
"""Trains what tells articles from what stands around them in dumps of several, and measures it by cross-validation.

    train_item.py MODEL --composed DUMPS --dechaff target/release/dechaff [--cv]

DUMPS are those of many articles that compose.py made. MODEL may be "none". With --cv it prints how many parts of dumps are told rightly, by scorers that saw neither the sites nor the form.
"""

import argparse
import collections
import pathlib
import subprocess
import zlib

import numpy as np
from catboost import CatBoostClassifier, Pool

import modelfile
import sets
from titles import gold_of

SEED = 7
TREES = 150
PARAMETERS = dict(iterations=TREES, depth=modelfile.DEPTH, learning_rate=0.08, border_count=64, l2_leaf_reg=6, random_seed=SEED, thread_count=2,
                  verbose=False, allow_writing_files=False)
# Parts of which so much or more of an article's text stands in them are articles.
HOLDS = 0.5
# Parts are none where so little of their paragraphs, or less, is text of any.
FOREIGN = 0.1
# What is not an article weighs against one that is: there are few.
NONE = 3.0
# The thresholds of src/clean/item/mod.rs.
STRUCK, AROUND, LEAST = 0.35, 0.45, 0.25


class Parts:
    """The parts of a dump: features, labels (1 an article, 0 none), what each teaches."""

    def __init__(self, path, rows):
        self.form, self.fold = path.parent.name, int(sets.site_of(path))
        self.x = np.stack([x for *_, x in rows])
        lines, _ = gold_of(path)
        sizes, held = collections.Counter(), [collections.Counter() for _ in rows]
        for start, end, label, article in lines:
            if label != "body":
                continue
            sizes[article] += end - start
            for own, (first, last, _) in zip(held, rows):
                if first <= start < last:
                    own[article] += end - start
        share = [sum(own.values()) / max(last - first, 1) for own, (first, last, _) in zip(held, rows)]
        self.y = np.array([any(own[article] >= HOLDS * sizes[article] for article in own) for own in held])
        self.w = np.where(self.y, 1.0, np.where(np.array(share) <= FOREIGN, NONE, 0.0))


def load(dechaff, folder):
    """The names of the features, and the parts of each dump."""
    command = [dechaff, "features", "--items", folder, "--include", "*.txt"]
    found = collections.defaultdict(list)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        columns = next(process.stdout).rstrip("\n").split("\t")[3:]
        for line in process.stdout:
            dump, start, end, rest = line.split("\t", 3)
            found[dump].append((int(start), int(end), np.fromstring(rest, np.float32, sep="\t")))
    return columns, [Parts(folder / dump, rows) for dump, rows in sorted(found.items())]


def train(parts):
    x, y, w = (np.concatenate([getattr(own, name) for own in parts]) for name in "xyw")
    return CatBoostClassifier(**PARAMETERS).fit(Pool(x[w > 0], y[w > 0].astype(int), weight=w[w > 0]))


def form_of(own):
    return zlib.crc32(own.form.encode()) % sets.FOLDS


def cross_validate(parts, columns):
    around, kept = columns.index("around"), columns.index("kept")
    counts = collections.Counter()
    for fold in range(sets.FOLDS):
        scorer = train([own for own in parts if own.fold != fold and form_of(own) != fold])
        for own in parts:
            if own.fold != fold or form_of(own) != fold:
                continue
            for x, y, w, p in zip(own.x, own.y, own.w, scorer.predict_proba(own.x)[:, 1]):
                if w > 0:
                    kind, least = ("around", AROUND) if x[around] else ("kept", LEAST) if x[kept] else ("struck", STRUCK)
                    counts[kind, bool(y), bool(p >= least)] += 1
    for kind in ("around", "kept", "struck"):
        print(f"{kind:7} articles taken {counts[kind, True, True]:5} left {counts[kind, True, False]:4}; others taken {counts[kind, False, True]:4} left {counts[kind, False, False]:5}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--composed", type=pathlib.Path, required=True)
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--cv", action="store_true")
    arguments = parser.parse_args()
    columns, parts = load(arguments.dechaff, arguments.composed)
    print(f"{len(parts)} dumps, {sum(len(own.y) for own in parts)} parts, {len(columns)} features", flush=True)
    if arguments.model != "none":
        modelfile.write_trees(arguments.model, train(parts))
    if arguments.cv:
        cross_validate(parts, columns)


if __name__ == "__main__":
    main()
