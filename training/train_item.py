#!/usr/bin/env python3
"""Trains what tells articles from what stands around them in dumps of several, and measures it by cross-validation.

    train_item.py DATA MODEL --composed DUMPS --dechaff target/release/dechaff [--cv]

DATA is the folder of labelled sets (sets.py), of which those of many articles teach, DUMPS those of many articles that compose.py made. MODEL may be "none". With --cv it prints how many parts of dumps are told rightly, by scorers that saw neither the sites nor the form.
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
# The labelled sets with dumps of many articles, and what a part of these weighs against one of a composed dump.
REAL, REAL_WEIGHT = {"debian", "mailman", "feeds", "pages", "seeds"}, 4.0
# The thresholds of src/clean/item/mod.rs.
STRUCK, AROUND, LEAST = 0.35, 0.6, 0.25


class Parts:
    """The parts of a dump: features, labels (1 an article, 0 none), what each teaches."""

    def __init__(self, path, rows, form, fold, weight):
        self.form, self.fold = form, fold
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
        self.w = np.where(self.y, 1.0, np.where(np.array(share) <= FOREIGN, NONE, 0.0)) * weight


def rows_of(dechaff, folder):
    """The names of the features, and the parts of each dump of a folder."""
    command = [dechaff, "features", "--items", folder, "--include", "*.txt"]
    found = collections.defaultdict(list)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        columns = next(process.stdout).rstrip("\n").split("\t")[3:]
        for line in process.stdout:
            dump, start, end, rest = line.split("\t", 3)
            found[dump].append((int(start), int(end), np.fromstring(rest, np.float32, sep="\t")))
    return columns, sorted(found.items())


def load(dechaff, data, composed):
    """The names of the features, and the parts of each dump, those of labelled sets and composed ones."""
    columns, found = rows_of(dechaff, composed)
    parts = [Parts(composed / dump, rows, (composed / dump).parent.name, int(sets.site_of(composed / dump)), 1.0) for dump, rows in found]
    for own in sets.SETS:
        if own.name in REAL:
            _, found = rows_of(dechaff, data / own.text)
            paths = [(data / own.text / dump, rows) for dump, rows in found]
            parts += [Parts(path, rows, own.name, sets.fold_of(sets.site_of(path)), REAL_WEIGHT) for path, rows in paths if path.with_suffix(".tsv").exists()]
    return columns, parts


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
            where = own.form if own.form in REAL else "composed"
            for x, y, w, p in zip(own.x, own.y, own.w, scorer.predict_proba(own.x)[:, 1]):
                if w > 0:
                    kind, least = ("around", AROUND) if x[around] else ("kept", LEAST) if x[kept] else ("struck", STRUCK)
                    counts[where, kind, bool(y), bool(p >= least)] += 1
    for where, kind in sorted({key[:2] for key in counts}):
        count = lambda is_article, is_taken: counts[where, kind, is_article, is_taken]
        print(f"{where:8} {kind:7} articles taken {count(True, True):5} left {count(True, False):4}; others taken {count(False, True):4} left {count(False, False):5}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("model")
    parser.add_argument("--composed", type=pathlib.Path, required=True)
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--cv", action="store_true")
    arguments = parser.parse_args()
    columns, parts = load(arguments.dechaff, arguments.data, arguments.composed)
    print(f"{len(parts)} dumps, {sum(len(own.y) for own in parts)} parts, {len(columns)} features", flush=True)
    if arguments.model != "none":
        modelfile.write_trees(arguments.model, train(parts))
    if arguments.cv:
        cross_validate(parts, columns)


if __name__ == "__main__":
    main()
