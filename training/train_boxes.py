#!/usr/bin/env python3
"""Adds trees to a block model that learn from pages with boxes of others amid their paragraphs.

    train_boxes.py DATA MADE MODEL --dechaff target/release/dechaff [--without SET...]

They begin with the log-odds of the trees of MODEL, which `train.py` taught without such pages, and see all pages: so what those trees know stays. MODEL keeps its weights of
words and its trees for HTML.
"""

import argparse
import pathlib

import numpy as np
from catboost import CatBoostClassifier, Pool

import modelfile
from lexical import NAMES
from train import PARAMETERS, ROWS, load, thinned, word_features

LEARNING = dict(PARAMETERS, iterations=100, learning_rate=0.06, border_count=96)
# How much more a row of a page with boxes weighs.
WEIGHT = 2.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("made", type=pathlib.Path)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--without", nargs="*", default=[])
    arguments = parser.parse_args()
    data = load(arguments.dechaff, arguments.data, arguments.made, arguments.without, boxed=True)
    every = np.ones(len(data.dumps), bool)
    _, words = word_features(data, every)
    rows = data.rows_of(every)
    rows = rows[data.w[rows] > 0]
    taken, weights = thinned(data.w[rows], ROWS)
    rows = rows[taken]
    boxed = np.repeat(data.boxed, np.diff(data.starts))[rows]
    x = np.concatenate([data.x[rows], words[rows]], axis=1).astype(np.float32)
    model = modelfile.Model.read(arguments.model, len(NAMES))
    trees = CatBoostClassifier(**LEARNING).fit(Pool(x, data.y[rows], weight=weights * np.where(boxed, WEIGHT, 1.0), baseline=model.odds(x)))
    model.add(trees)
    model.write(arguments.model)


if __name__ == "__main__":
    main()
