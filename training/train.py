#!/usr/bin/env python3
"""Trains the block model from labelled dumps, and measures it by cross-validation.

    train.py MODEL --dechaff target/release/dechaff --labelled DIR... [--segments DIR] [--folds 5] [--cv DIR]

Each DIR holds NAME.txt with NAME.tsv (line number, label) beside it, at any depth. --segments takes a folder with text/NAME.txt and
segments.json: partial labels from text that belongs to the article (`with_in_text`) and that does not (`without_in_text`).
With --cv, a model per fold is written to the given folder with the list of the dumps it was not trained on, for `crossvalidate.py`.
"""

import argparse
import hashlib
import json
import pathlib
import subprocess
import tempfile
import urllib.parse

import lightgbm as lgb
import numpy as np
from sklearn.linear_model import LogisticRegression

import modelfile
from labels import labels_of, read_features, segment_labels
from lexical import SHORT, bucket_rows, window_features

TREES = 200
SEED = 7
PARAMETERS = dict(objective="binary", learning_rate=0.1, num_leaves=31, min_data_in_leaf=80, feature_fraction=0.5, bagging_fraction=0.8, bagging_freq=1,
                  lambda_l2=5, num_threads=2, verbose=-1, seed=SEED, deterministic=True, force_row_wise=True)


def fold_of(text, folds):
    return int(hashlib.md5(text.encode()).hexdigest(), 16) % folds


def site_of(dump, folder):
    meta = (pathlib.Path(folder) / dump).with_suffix(".json")
    url = json.loads(meta.read_text(encoding="utf-8")).get("url") if meta.exists() else None
    return urllib.parse.urlparse(url).netloc.removeprefix("www.") if url else pathlib.Path(dump).name.replace("-variant", "")


def features_of(dechaff, folder):
    with tempfile.NamedTemporaryFile(suffix=".tsv") as out:
        subprocess.run([dechaff, "features", folder, "--include", "*.txt"], stdout=out, check=False)
        return read_features(out.name)


class Data:
    """Blocks of all dumps: features, words, share kept, weight, and which dump and group each belongs to."""

    def __init__(self):
        self.dumps, self.groups, self.places = [], [], []
        self.x, self.words, self.y, self.w, self.starts, self.borders = [], [], [], [], [0], [0]

    def add(self, name, group, places, x, labels):
        self.dumps.append(name)
        self.groups.append(group)
        self.x.append(x)
        self.words += [p[3] for p in places]
        self.y.append(labels[:, 0])
        self.w.append(np.where(labels[:, 1] > 0, np.minimum(labels[:, 1], 1500), 0))
        first = self.starts[-1]
        self.borders += [first + i for i in range(1, len(x)) if places[i][0] != places[i - 1][0]] + [first + len(x)]
        self.starts.append(first + len(x))

    def close(self):
        self.x, self.y, self.w = np.concatenate(self.x), np.concatenate(self.y), np.concatenate(self.w)
        self.y = (self.y > 0.5).astype(int)
        self.w /= self.w[self.w > 0].mean()
        self.short = np.array([0 < len(words) <= SHORT for words in self.words])
        self.buckets = bucket_rows(self.words, self.short)
        return self

    def rows_of(self, chosen):
        return np.concatenate([np.arange(self.starts[d], self.starts[d + 1]) for d in np.where(chosen)[0]] or [np.array([], int)])


def fit_lexical(data, rows):
    """Weights of hashed words and pairs of words of short blocks, quantised as the model file holds them."""
    rows = rows[data.short[rows] & (data.w[rows] > 0)]
    model = LogisticRegression(C=0.3, max_iter=60, solver="liblinear", random_state=SEED).fit(data.buckets[rows], data.y[rows])
    return modelfile.quantise(model.coef_[0])


def lexical_scores(data, weights, rows):
    return np.asarray(data.buckets[rows] @ modelfile.dequantise(weights)).ravel() * data.short[rows]


def train(data, chosen, folds=4):
    """(lexical weights, trees) from the chosen dumps. The trees see lexical scores that were made without the dump they stand for."""
    rows = data.rows_of(chosen)
    scores = np.zeros(len(data.y))
    inner = np.array([fold_of("inner " + group, folds) for group in data.groups])
    for fold in range(folds):
        other, own = data.rows_of(chosen & (inner != fold)), data.rows_of(chosen & (inner == fold))
        if len(own) and len(other):
            scores[own] = lexical_scores(data, fit_lexical(data, other), own)
    full = np.concatenate([data.x, window_features(scores, data.borders)], axis=1).astype(np.float32)
    rows = rows[data.w[rows] > 0]
    trees = lgb.train(PARAMETERS, lgb.Dataset(full[rows], data.y[rows], weight=data.w[rows]), TREES)
    return fit_lexical(data, rows), trees


def load(arguments):
    data, columns = Data(), None
    for folder in arguments.labelled:
        columns, dumps = features_of(arguments.dechaff, folder)
        for dump, (places, x) in sorted(dumps.items()):
            if (pathlib.Path(folder) / dump).with_suffix(".tsv").exists():
                data.add(f"{folder}/{dump}", site_of(dump, folder), places, x, labels_of(folder, dump, places))
    if arguments.segments:
        folder = pathlib.Path(arguments.segments)
        segments = json.loads((folder / "segments.json").read_text(encoding="utf-8"))
        columns, dumps = features_of(arguments.dechaff, str(folder / "text"))
        for dump, (places, x) in sorted(dumps.items()):
            labels = segment_labels(folder / "text" / dump, segments.get(dump.removesuffix(".txt"), {}), places)
            data.add(f"{folder}/text/{dump}", dump, places, x, labels)
    return data.close(), columns


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--labelled", nargs="+", required=True)
    parser.add_argument("--segments")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--cv")
    arguments = parser.parse_args()
    data, columns = load(arguments)
    print(f"{len(data.dumps)} dumps, {len(data.y)} blocks, {len(columns)} features of their own")
    lexical, trees = train(data, np.ones(len(data.dumps), bool))
    modelfile.write(arguments.model, lexical, trees, data.x.shape[1])
    if arguments.cv:
        out = pathlib.Path(arguments.cv)
        out.mkdir(parents=True, exist_ok=True)
        folds = np.array([fold_of(group, arguments.folds) for group in data.groups])
        for fold in range(arguments.folds):
            lexical, trees = train(data, folds != fold)
            modelfile.write(out / f"{fold}.model", lexical, trees, data.x.shape[1])
            held_out = [dump for dump, f in zip(data.dumps, folds) if f == fold]
            (out / f"{fold}.txt").write_text("\n".join(held_out) + "\n", encoding="utf-8")
            print(f"fold {fold}: {len(held_out)} dumps held out", flush=True)


if __name__ == "__main__":
    main()
