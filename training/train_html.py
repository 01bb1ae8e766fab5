#!/usr/bin/env python3
"""Trains the trees that judge pages of HTML by what their elements say, and adds them to the models of `train.py --cv`.

    train_html.py MODEL CV --dechaff target/release/dechaff [--pages DIR...] [--segments DIR]

CV is the folder that `train.py --cv` wrote. Each DIR of --pages holds NAME.html.gz with NAME.json beside it (`text`: the article); --segments takes a
folder with html/NAME.html.gz and segments.json. The trees begin with the log-odds that the model of the page's fold gives to its text, so that
they learn from answers like those on pages not seen before. MODEL and each model in CV get trees; those of CV none of their fold. CV/N.html.txt
then lists the pages that N.model has not seen.
"""

import argparse
import gzip
import json
import pathlib
import shutil
import subprocess
import tempfile

import numpy as np
from catboost import CatBoostClassifier, Pool

import modelfile
from labels import hash_words, read_features, segment_words_labels, share_in
from lexical import NAMES
from train import PARAMETERS, fold_of, site_of

LEARNING = dict(PARAMETERS, iterations=160, learning_rate=0.06)
FOLDS = 5
# How much more a block weighs that holds a labelled segment: a page has but a few.
SEGMENT = 2.0


def pages_of(arguments):
    """(file, fold, what its blocks weigh, labels of its blocks given their words) of every page."""
    for folder in map(pathlib.Path, arguments.pages):
        for page in sorted(folder.glob("*.html.gz")):
            gold = json.loads((folder / page.name.replace(".html.gz", ".json")).read_text(encoding="utf-8"))
            text = gold["text"] + "\n" + (gold.get("title") or "")
            yield page, fold_of(site_of(page.name.replace(".html.gz", ".txt"), folder), FOLDS), 1.0, lambda blocks, text=text: share_in(blocks, text)
    if arguments.segments:
        folder = pathlib.Path(arguments.segments)
        for name, segments in json.loads((folder / "segments.json").read_text(encoding="utf-8")).items():
            page = folder / "html" / f"{name}.html.gz"
            if page.exists():
                good, bad = ([hash_words(s) for s in segments[key]] for key in ("with", "without"))
                yield page, fold_of(name + ".txt", FOLDS), SEGMENT, lambda blocks, good=good, bad=bad: segment_words_labels(blocks, good, bad)


def seen_by(dechaff, model, pages):
    """Columns, and per page what the model sees of its blocks."""
    with tempfile.TemporaryDirectory() as work:
        for page in pages:
            shutil.copy(page, pathlib.Path(work) / page.name)
        with open(pathlib.Path(work) / "features.tsv", "w") as out:
            subprocess.run([dechaff, "features", "--html", "--model", model, work, "--include", "*.html.gz"], stdout=out, check=False)
        return read_features(out.name)


class Data:
    """Blocks of all pages: what the model of the page's fold sees of them, share kept, weight, fold."""

    def __init__(self, dechaff, cv, pages):
        x, labels, weights, folds = [], [], [], []
        for fold in range(FOLDS):
            own = {page.name: (weight, label) for page, at, weight, label in pages if at == fold}
            files = [page for page, at, *_ in pages if at == fold]
            (cv / f"{fold}.html.txt").write_text("".join(f"{page}\n" for page in files), encoding="utf-8")
            self.columns, seen = seen_by(dechaff, cv / f"{fold}.model", files)
            for dump, (places, rows) in sorted(seen.items()):
                weight, label = own[pathlib.PurePosixPath(dump).name]
                x.append(rows)
                labels.append(label([words for *_, words in places]))
                weights.append(np.full(len(rows), weight))
                folds.append(np.full(len(rows), fold))
        self.x, labels, self.folds = np.concatenate(x), np.concatenate(labels), np.concatenate(folds)
        self.y, chars = (labels[:, 0] > 0.5).astype(int), np.minimum(labels[:, 1], 1500)
        self.w = chars / chars[chars > 0].mean() * np.concatenate(weights)

    def train(self, rows):
        odds = self.x[rows][:, self.columns.index("text_odds")]
        return CatBoostClassifier(**LEARNING).fit(Pool(self.x[rows], self.y[rows], weight=self.w[rows], baseline=odds))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("cv", type=pathlib.Path)
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--pages", nargs="*", default=[])
    parser.add_argument("--segments")
    arguments = parser.parse_args()
    pages = list(pages_of(arguments))
    data = Data(arguments.dechaff, arguments.cv, pages)
    print(f"{len(pages)} pages, {len(data.y)} blocks, {len(data.columns)} columns")
    modelfile.add_html(arguments.model, data.train(data.w > 0), len(data.columns), len(NAMES))
    for fold in range(FOLDS):
        modelfile.add_html(arguments.cv / f"{fold}.model", data.train((data.w > 0) & (data.folds != fold)), len(data.columns), len(NAMES))
        print(f"fold {fold}", flush=True)


if __name__ == "__main__":
    main()
