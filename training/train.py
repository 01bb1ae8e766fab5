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

import numpy as np
from catboost import CatBoostClassifier, Pool

import modelfile
from labels import after_text, labels_of, read_features, segment_labels
from lexical import Words, window_features

SEED = 7
PARAMETERS = dict(iterations=900, depth=modelfile.DEPTH, learning_rate=0.06, border_count=128, rsm=0.3, l2_leaf_reg=8, leaf_estimation_iterations=3, random_seed=SEED,
                  thread_count=2, verbose=False, allow_writing_files=False)


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
        self.dumps, self.groups = [], []
        self.x, self.words, self.labels, self.starts, self.borders = [], [], [], [0], [0]

    def add(self, name, group, places, x, labels, whole=True):
        """`whole`: every line has its label, not only some segments."""
        self.dumps.append(name)
        self.groups.append(group)
        self.x.append(x)
        self.words += [p[3] for p in places]
        self.labels.append((labels, whole))
        first = self.starts[-1]
        self.borders += [first + i for i in range(1, len(x)) if places[i][0] != places[i - 1][0]] + [first + len(x)]
        self.starts.append(first + len(x))

    def close(self, columns):
        labels, known = np.concatenate([l for l, _ in self.labels]), np.concatenate([np.full(len(l), whole) for l, whole in self.labels])
        self.columns, self.x = columns, np.concatenate(self.x)
        self.y = (labels[:, 0] > 0.5).astype(int)
        self.w = np.where(labels[:, 1] > 0, np.minimum(labels[:, 1], 1500), 0)
        self.w /= self.w[self.w > 0].mean()
        sides, distance = after_text(labels, self.borders)
        self.words = Words(self.words, self.y, self.w, np.where(known, sides, -1), distance, SEED)
        self.text_before = np.expm1(self.x[:, columns.index("chars_before")])
        self.labels = labels
        return self

    def rows_of(self, chosen):
        return np.concatenate([np.arange(self.starts[d], self.starts[d + 1]) for d in np.where(chosen)[0]] or [np.array([], int)])


def word_features(data, chosen, folds=4):
    """The features of words, of every block: for the chosen dumps from weights that were fitted without the dump, for others from all chosen."""
    scores = np.zeros((len(data.y), 3))
    inner = np.array([fold_of("inner " + group, folds) for group in data.groups])
    for fold in range(folds):
        other, own = data.rows_of(chosen & (inner != fold)), data.rows_of(chosen & (inner == fold))
        if len(own) and len(other):
            scores[own] = data.words.scores(data.words.fit(other), own)
    tables = data.words.fit(data.rows_of(chosen))
    rest = data.rows_of(~chosen)
    scores[rest] = data.words.scores(tables, rest)
    return tables, window_features(scores, data.text_before, data.borders)


def train(data, chosen):
    """(tables of words, trees) from the chosen dumps."""
    tables, words = word_features(data, chosen)
    rows = data.rows_of(chosen)
    rows = rows[data.w[rows] > 0]
    full = np.concatenate([data.x[rows], words[rows]], axis=1).astype(np.float32)
    return tables, CatBoostClassifier(**PARAMETERS).fit(Pool(full, data.y[rows], weight=data.w[rows]))


def load(arguments):
    data, columns = Data(), []
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
            data.add(f"{folder}/text/{dump}", dump, places, x, labels, whole=False)
    return data.close(columns)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--labelled", nargs="+", required=True)
    parser.add_argument("--segments")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--cv")
    arguments = parser.parse_args()
    data = load(arguments)
    print(f"{len(data.dumps)} dumps, {len(data.y)} blocks, {len(data.columns)} features of their own")
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
