#!/usr/bin/env python3
"""Trains the scorer of headlines from labelled dumps, and measures it by cross-validation.

    train_title.py DATA MODELS --composed DUMPS --dechaff target/release/dechaff [--without SET...] [--cv] [--by site|set] [--least P]

MODELS is the folder that gets alone.model (of labelled sets alone, blind to what tells of other articles) and items.model, or "none". DATA is the folder of labelled sets (sets.py), DUMPS that of the dumps of many articles that compose.py made of them. With --cv it prints how many headlines are right in each set,
by scorers that saw no page of the site, or none of the set; of composed dumps by scorers that saw neither the sites nor the forms.
"""

import argparse
import collections
import pathlib
import zlib

import numpy as np
from catboost import CatBoostClassifier, Pool

import modelfile
import sets
from titles import COMPOSED, composed, load

SEED = 7
# Trees of the scorer for an article alone, and of that for one of several.
TREES_ALONE, TREES = 220, 300
PARAMETERS = dict(depth=modelfile.DEPTH, learning_rate=0.08, border_count=64, l2_leaf_reg=6, leaf_estimation_iterations=3, random_seed=SEED,
                  thread_count=2, verbose=False, allow_writing_files=False)
# What a headline weighs against each other line.
HEADLINE = 4.0
# What a line of a set weighs where not as one of another: many articles of one form, labels by hand.
WEIGHTS = {"debian": 0.3, "mailman": 2.0, "feeds": 2.0, "pages": 2.0, COMPOSED: 0.6}
# What a made dump weighs against one of its set.
MADE = 0.5
# What a part of a composed dump weighs that holds no article.
LEFT_OVER = 0.5
# Sets whose labels say that an article has no headline because none stands there, and not because it is printed in other words.
TRUSTED = {"pages", "seeds"}
# What the scorer for an article alone is blind to: what parted the page, whether a line is whole, and what other articles have at the same place, the last columns of all.
BLIND = ("item", "head", "to_head", "name", "last_word", "next_goes_on")
PLACES = 18
# The least probability of a headline (src/clean/title/scorer.rs).
LEAST = 0.1
# The same in dumps of many articles.
LEAST_OF_ITEM = 0.35


def weights_of(text):
    """What each candidate teaches; a line that repeats the headline teaches nothing."""
    if text.articles and not text.has_title and text.set not in TRUSTED and (text.wanted or not text.made):
        return np.zeros(len(text.labels))
    weights = np.array([1.0, HEADLINE, 0.0])[text.labels]
    if text.set == COMPOSED and not text.articles:
        weights *= LEFT_OVER
    return weights * WEIGHTS.get(text.set, 1.0) * (MADE if text.made else 1.0)


def form_of(text):
    """The fold of the form of a composed dump, in a cross-validation that leaves forms out."""
    return zlib.crc32(text.dump.split("/")[0].encode()) % sets.FOLDS


class Scorers:
    """The scorer for an article alone, and that for one of several articles of one form."""

    def __init__(self, texts, columns):
        blind = [columns.index(name) for name in BLIND] + list(range(len(columns) - PLACES, len(columns)))
        self.item = columns.index("item")
        self.alone = train([text for text in texts if text.set != COMPOSED], TREES_ALONE, blind)
        self.items = train(texts, TREES)

    def probabilities(self, text):
        return (self.items if text.x[0, self.item] else self.alone).predict_proba(text.x)[:, 1]


def train(texts, trees, blind=()):
    """The trees, from the candidates of `texts`, that do not see the columns `blind`."""
    x = np.concatenate([text.x for text in texts])
    y = np.concatenate([text.labels for text in texts]) == 1
    w = np.concatenate([weights_of(text) for text in texts])
    return CatBoostClassifier(**PARAMETERS, iterations=trees, ignored_features=list(blind)).fit(Pool(x[w > 0], y[w > 0].astype(int), weight=w[w > 0]))


def is_right(text, probabilities, least):
    """Whether the headline is found, or none where the article has none."""
    best = probabilities.argmax()
    return text.right[best] if probabilities[best] >= least else not text.wanted


def cross_validate(texts, columns, by, least):
    """Prints for each set how many articles there are that begin alone, and for how many the right headline, or none, is found: of all, and of those
    that have one."""
    part = (lambda text: text.set) if by == "set" else (lambda text: text.fold)
    found = collections.defaultdict(list)
    leaves_out = lambda text, fold: part(text) == fold or by == "site" and text.set == COMPOSED and form_of(text) == fold
    for fold in sorted({part(text) for text in texts}):
        scorers = Scorers([text for text in texts if not leaves_out(text, fold)], columns)
        for text in texts:
            if by == "site" and text.set == COMPOSED and text.articles == 1 and part(text) == fold == form_of(text):
                is_one = text.name.startswith(f"{COMPOSED}/one-")
                name = f"{COMPOSED}, {'one article' if is_one else 'many'}"
                found[name].append((is_right(text, scorers.probabilities(text), LEAST if is_one else LEAST_OF_ITEM), text.wanted))
        for text in texts:
            if text.set != COMPOSED and part(text) == fold and text.articles == 1 and (not text.made or text.dump.startswith("bare-")):
                found[f"{text.name} bare" if text.made else text.name].append((is_right(text, scorers.probabilities(text), least), text.wanted))
    for name, own in sorted(found.items()):
        right, wanted = np.array(own).T
        print(f"{name:15} {len(own):4} articles  right {right.mean():.3f}  of those with a headline {right[wanted].mean():.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("models")
    parser.add_argument("--composed", type=pathlib.Path, required=True)
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--cv", action="store_true")
    parser.add_argument("--by", choices=["site", "set"], default="site")
    parser.add_argument("--least", type=float, default=LEAST)
    arguments = parser.parse_args()
    columns, texts = load(arguments.dechaff, arguments.data, arguments.without)
    texts += composed(arguments.dechaff, arguments.composed)
    print(f"{len(texts)} articles, {sum(len(text.labels) for text in texts)} candidates, {len(columns)} features", flush=True)
    if arguments.models != "none":
        scorers, folder = Scorers(texts, columns), pathlib.Path(arguments.models)
        modelfile.write_trees(folder / "alone.model", scorers.alone)
        modelfile.write_trees(folder / "items.model", scorers.items)
    if arguments.cv:
        cross_validate(texts, columns, arguments.by, arguments.least)


if __name__ == "__main__":
    main()
