#!/usr/bin/env python3
"""Trains the block model from labelled dumps, and measures it by cross-validation.

    train.py DATA MADE MODEL --dechaff target/release/dechaff [--without SET...] [--cv DIR] [--by site|set] [--trees N] [--cv-trees N]

DATA is the folder of labelled sets (sets.py), MADE that of pages made from them (augment.py). With --cv, a model per fold is written to the given folder with the list of
the dumps it was not trained on, for `crossvalidate.py`: folds by site, or a fold for each set. MODEL may be "none".
"""

import argparse
import pathlib

import numpy as np
from catboost import CatBoostClassifier, Pool

import modelfile
import sets
from blocks import features_of
from labels import after_text, labels_of, segment_labels
from lexical import Words, window_features

SEED = 7
TREES = 900
PARAMETERS = dict(depth=modelfile.DEPTH, border_count=128, rsm=0.3, l2_leaf_reg=8, leaf_estimation_iterations=3, random_seed=SEED,
                  thread_count=2, verbose=False, allow_writing_files=False)
# Characters that a block counts at most.
MOST = 1500
# How much of a difference in length between two pages counts.
BY_LENGTH = 0.6
# What a made page weighs against one of its set, and rows of one that are looked at.
MADE, MADE_ROWS = 0.5, 500
# How the names of made pages begin that have boxes amid their text: `train_boxes.py` alone learns from these.
BOXED = "boxed-"
# Rows that the trees are trained on.
ROWS = 250_000


def learning(trees):
    """Fewer trees take larger steps."""
    return dict(PARAMETERS, iterations=trees, learning_rate=min(0.2, 0.06 * TREES / trees))


class Data:
    """Blocks of all dumps: features, words, share kept, weight; and which set, site and file each dump is of, and whether it was made."""

    def __init__(self):
        self.dumps, self.sets, self.sites, self.weights, self.made, self.whole, self.boxed = [], [], [], [], [], [], []
        self.x, self.words, self.labels, self.text_before, self.starts, self.borders = [], [], [], [], [0], [0]
        self.fitted = {}

    def add(self, path, own, blocks, labels, made=False):
        """`labels`: (share kept, characters) of each block."""
        self.dumps.append(str(path))
        self.sets.append(own.name)
        self.sites.append(sets.site_of(path))
        self.weights.append(own.weight)
        self.made.append(made)
        self.boxed.append(made and path.name.startswith(BOXED))
        self.whole.append(own.name != sets.SEGMENTS)
        self.x.append(blocks.features)
        self.words += blocks.words
        self.labels.append(labels)
        self.text_before.append(blocks.text_before)
        first = self.starts[-1]
        self.borders += [first + at for at in np.where(np.diff(blocks.segments))[0] + 1] + [first + len(labels)]
        self.starts.append(first + len(labels))

    def close(self, columns):
        self.columns, self.x, self.text_before = columns, np.concatenate(self.x), np.concatenate(self.text_before)
        self.labels = np.concatenate(self.labels)
        self.sets, self.made, self.boxed = np.array(self.sets), np.array(self.made), np.array(self.boxed)
        self.folds = np.array([sets.fold_of(site) for site in self.sites])
        self.y = (self.labels[:, 0] > 0.5).astype(int)
        self.w = self.weigh()
        sizes = np.diff(self.starts)
        sides, distance = after_text(self.labels, self.borders)
        taught = np.repeat(~self.made, sizes)
        known = np.repeat(self.whole, sizes) & taught
        self.words = Words(self.words, self.y, self.w * taught, np.where(known, sides, -1), distance, SEED)
        return self

    def weigh(self):
        """What each block weighs: its characters, less in long pages, times what its set weighs."""
        weights, chance = np.minimum(self.labels[:, 1], MOST).astype(float), np.random.default_rng(SEED)
        chars = np.array([weights[a:b].sum() for a, b in zip(self.starts, self.starts[1:])])
        typical = np.median(chars[chars > 0])
        for at, (first, last) in enumerate(zip(self.starts, self.starts[1:])):
            share = 1.0
            if self.made[at] and last - first > MADE_ROWS:
                share = MADE_ROWS / (last - first)
                weights[first:last] *= chance.random(last - first) < share
            if chars[at] > 0:
                weights[first:last] *= self.weights[at] * (MADE if self.made[at] else 1.0) * (chars[at] / typical) ** (BY_LENGTH - 1) / share
        return weights / weights[weights > 0].mean()

    def words_of(self, chosen):
        """The weights of words, fitted to the chosen dumps; each fit is kept, as folds share them."""
        key = chosen.tobytes()
        if key not in self.fitted:
            self.fitted[key] = self.words.fit(self.rows_of(chosen))
        return self.fitted[key]

    def rows_of(self, chosen):
        return np.concatenate([np.arange(self.starts[d], self.starts[d + 1]) for d in np.where(chosen)[0]] or [np.array([], int)])


def word_features(data, chosen):
    """The features of words, of every block: for the chosen dumps from weights that were fitted without the dump's fold, for others from all chosen."""
    scores = np.zeros((len(data.y), 3))
    for fold in range(sets.FOLDS):
        own = data.rows_of(chosen & (data.folds == fold))
        if len(own):
            scores[own] = data.words.scores(data.words_of(chosen & (data.folds != fold)), own)
    tables = data.words_of(chosen)
    rest = data.rows_of(~chosen)
    scores[rest] = data.words.scores(tables, rest)
    return tables, window_features(scores, data.text_before, data.borders)


def thinned(weights, most):
    """Which of the rows stand for all, about `most` of them, and what these weigh: a row of little weight is taken by chance, and then weighs more."""
    low, high = 0.0, weights.max()
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if np.minimum(1, weights / middle).sum() > most else (low, middle)
    chance = np.minimum(1, weights / high)
    taken = np.where(np.random.default_rng(SEED).random(len(weights)) < chance)[0]
    return taken, (weights / chance)[taken]


def train(data, chosen, trees):
    """(tables of words, trees) from the chosen dumps."""
    tables, words = word_features(data, chosen)
    rows = data.rows_of(chosen)
    rows = rows[data.w[rows] > 0]
    taken, weights = thinned(data.w[rows], ROWS)
    rows = rows[taken]
    full = np.concatenate([data.x[rows], words[rows]], axis=1).astype(np.float32)
    return tables, CatBoostClassifier(**learning(trees)).fit(Pool(full, data.y[rows], weight=weights))


def load(dechaff, root, made, without=(), boxed=False):
    """The blocks of all sets, and of the pages made from them, those with boxes amid the text only if `boxed`, with their labels."""
    data, segments = Data(), sets.segments_of(root)
    for own in sets.chosen(without):
        folder = root / own.text
        columns, dumps = features_of(dechaff, folder, "--model", "none")
        for dump, blocks in sorted(dumps.items()):
            path = folder / dump
            if own.name == sets.SEGMENTS:
                data.add(path, own, blocks, segment_labels(path, segments.get(path.stem, {}), blocks.spans))
            elif path.with_suffix(".tsv").exists():
                data.add(path, own, blocks, labels_of(path, blocks.spans))
        if made and (made / own.name).exists():
            for dump, blocks in sorted(features_of(dechaff, made / own.name, "--model", "none")[1].items()):
                path = made / own.name / dump
                if path.name.startswith(BOXED) and not boxed:
                    continue
                data.add(path, own, blocks, labels_of(path, blocks.spans), made=True)
    return data.close(columns)


def folds_of(data, by):
    """(name, dumps held out) of each fold."""
    if by == "set":
        return [(name, data.sets == name) for name in dict.fromkeys(data.sets)]
    return [(str(fold), data.folds == fold) for fold in range(sets.FOLDS)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("made", type=pathlib.Path)
    parser.add_argument("model")
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--cv", type=pathlib.Path)
    parser.add_argument("--by", choices=["site", "set"], default="site")
    parser.add_argument("--trees", type=int, default=TREES)
    parser.add_argument("--cv-trees", type=int, default=TREES)
    arguments = parser.parse_args()
    data = load(arguments.dechaff, arguments.data, arguments.made, arguments.without)
    print(f"{len(data.dumps)} dumps, {len(data.y)} blocks, {(data.w > 0).sum()} with weight, {len(data.columns)} features of their own", flush=True)
    if arguments.model != "none":
        lexical, trees = train(data, np.ones(len(data.dumps), bool), arguments.trees)
        modelfile.write(arguments.model, lexical, trees, data.x.shape[1])
    if arguments.cv:
        arguments.cv.mkdir(parents=True, exist_ok=True)
        for fold, held_out in folds_of(data, arguments.by):
            lexical, trees = train(data, ~held_out, arguments.cv_trees)
            modelfile.write(arguments.cv / f"{fold}.model", lexical, trees, data.x.shape[1])
            dumps = [dump for dump, own, made in zip(data.dumps, held_out, data.made) if own and not made]
            (arguments.cv / f"{fold}.txt").write_text("\n".join(dumps) + "\n", encoding="utf-8")
            print(f"fold {fold}: {len(dumps)} dumps held out", flush=True)


if __name__ == "__main__":
    main()
