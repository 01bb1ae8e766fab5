#!/usr/bin/env python3
"""Trains the trees that judge pages of HTML by what their elements say, and adds them to the models of `train.py --cv`.

    train_html.py DATA MADE MODEL CV --dechaff target/release/dechaff [--without SET...] [--model-only] [--more N]

CV is the folder that `train.py --cv` wrote, with folds by site. The trees begin with the log-odds that the model of the page's fold gives to its text, so that they learn
from answers like those on pages not seen before. MODEL and each model in CV get trees; those of CV none of their fold. CV/N.html.txt then lists the
pages that N.model has not seen. With --more, the trees for HTML that MODEL has stay, and N are added that begin with the log-odds of these; CV stays as it is.
"""

import argparse
import json
import pathlib
import shutil
import tempfile

import numpy as np
from catboost import CatBoostClassifier, Pool

import modelfile
import sets
from blocks import features_of
from labels import hash_words, segment_words_labels, share_in
from lexical import NAMES
from train import BY_LENGTH, MOST, PARAMETERS, ROWS, thinned

LEARNING = dict(PARAMETERS, iterations=160, learning_rate=0.06)
# How much more a block weighs that holds a labelled segment: a page has but a few.
SEGMENT = 2.0


def labels_of(gold):
    """Labels of blocks, given their words, of a page whose whole text is known."""
    text = gold["text"] + "\n" + (gold.get("title") or "")
    return lambda blocks: share_in(blocks, text)


def labels_of_segments(segments):
    """The same of one of which some segments are."""
    good, bad = ([hash_words(s) for s in segments[key]] for key in ("with", "without"))
    return lambda blocks: segment_words_labels(blocks, good, bad)


def pages_of(root, made, without):
    """(file, fold, what it weighs, labels of its blocks given their words) of every page."""
    for own in sets.chosen(without):
        folders = [root / own.html] if own.html else []
        segments = sets.segments_of(root) if own.name == sets.SEGMENTS else {}
        for folder in folders + [made / "html" / own.name]:
            for page in sorted(folder.glob("*.html.gz")):
                name = page.name.removesuffix(".html.gz")
                if own.name != sets.SEGMENTS:
                    gold = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
                    yield page, sets.fold_of(sets.site_of(page)), own.weight, labels_of(gold)
                elif name in segments:
                    yield page, sets.fold_of(name), SEGMENT, labels_of_segments(segments[name])


def seen_by(dechaff, model, pages, include):
    """Columns, and per page what the model sees of its blocks."""
    with tempfile.TemporaryDirectory() as work:
        for page in pages:
            shutil.copy(page, pathlib.Path(work) / page.name)
        return features_of(dechaff, work, "--html", "--model", model, include=include)


class Data:
    """Blocks of all pages: what the model of the page's fold sees of them, share kept, weight, fold."""

    def __init__(self, dechaff, cv, pages, include="*.html.gz"):
        x, labels, weights, folds = [], [], [], []
        for fold in range(sets.FOLDS):
            own = {page.name: (weight, label) for page, at, weight, label in pages if at == fold}
            files = [page for page, at, *_ in pages if at == fold]
            self.columns, seen = seen_by(dechaff, cv / f"{fold}.model", files, include)
            for dump, blocks in sorted(seen.items()):
                weight, label = own[pathlib.PurePosixPath(dump).name]
                x.append(blocks.features)
                labels.append(label([words.tolist() for words in blocks.words]))
                chars = np.minimum(labels[-1][:, 1], MOST)
                weights.append(weight * chars * max(1.0, chars.sum()) ** (BY_LENGTH - 1))
                folds.append(np.full(len(chars), fold))
        self.x, self.w, self.folds = np.concatenate(x), np.concatenate(weights), np.concatenate(folds)
        self.y = (np.concatenate(labels)[:, 0] > 0.5).astype(int)
        self.w /= self.w[self.w > 0].mean()

    def train(self, rows, before=None, **learning):
        """Trees that begin with the log-odds of the text, and of the model `before` them if there is one."""
        taken, weights = thinned(self.w[rows], ROWS)
        x, y = self.x[rows][taken], self.y[rows][taken]
        odds = x[:, self.columns.index("text_odds")] + (before.odds(x) if before else 0)
        return CatBoostClassifier(**{**LEARNING, **learning}).fit(Pool(x, y, weight=weights, baseline=odds))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("made", type=pathlib.Path)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("cv", type=pathlib.Path)
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--model-only", action="store_true", help="leave the models of CV as they are")
    parser.add_argument("--more", type=int)
    arguments = parser.parse_args()
    pages = list(pages_of(arguments.data, arguments.made, arguments.without))
    data = Data(arguments.dechaff, arguments.cv, pages)
    for fold in range(sets.FOLDS):
        unseen = "".join(f"{page}\n" for page, at, *_ in pages if at == fold)
        (arguments.cv / f"{fold}.html.txt").write_text(unseen, encoding="utf-8")
    print(f"{len(pages)} pages, {len(data.y)} blocks, {len(data.columns)} columns", flush=True)
    if arguments.more:
        model = modelfile.Model.read(arguments.model, len(NAMES))
        html = model.of_html()
        html.add(data.train(np.where(data.w > 0)[0], html, iterations=arguments.more, border_count=96))
        model.write(arguments.model, html)
        return
    modelfile.add_html(arguments.model, data.train(np.where(data.w > 0)[0]), len(NAMES))
    for fold in [] if arguments.model_only else range(sets.FOLDS):
        modelfile.add_html(arguments.cv / f"{fold}.model", data.train(np.where((data.w > 0) & (data.folds != fold))[0]), len(NAMES))
        print(f"fold {fold}", flush=True)


if __name__ == "__main__":
    main()
