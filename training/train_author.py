#!/usr/bin/env python3
"""Trains the scorer of authors from pages of HTML whose authors are known, printed as text, and measures it by cross-validation.

    train_author.py DATA MODEL --dechaff target/release/dechaff [--without SET...] [--cv] [--trees N] [--least P]

DATA is the folder of labelled sets (sets.py). With --cv it prints for how many pages the authors are right, by scorers that saw no page of the site.
MODEL may be "none".
"""

import argparse
import collections
import dataclasses
import gzip
import json
import pathlib
import re
import subprocess
import tempfile

import numpy as np
from catboost import CatBoostClassifier, Pool

import modelfile
import render
import sets

SEED = 7
TREES = 200
PARAMETERS = dict(depth=modelfile.DEPTH, learning_rate=0.06, border_count=64, l2_leaf_reg=8, leaf_estimation_iterations=3, random_seed=SEED,
                  thread_count=2, verbose=False, allow_writing_files=False)
# Sets whose labels name authors wherever a page states them.
NAMING = {"wcxb", sets.SEGMENTS}
FORMS = {"line": render.one_a_line, "copied": render.copied, "lynx": render.lynx}
# The forms whose figures stand in training/README.md: that of the set, and what a browser copies.
MEASURED = {"set", "copied"}
OUTCOMES = ["others", "right", "some"]
# What the right names weigh against others, and what a page weighs whose labels name nobody: its authors may be printed all the same.
RIGHT, UNNAMED = 3.0, 0.4
# The least probability of the best candidate (src/clean/author/scorer.rs).
LEAST = 0.5


def normalised(name):
    return re.sub(r"\W+", " ", name or "").casefold().strip()


def authors_of(said):
    """The names of a page's authors, as names are compared."""
    said = re.sub(r"^(by|von|par|por)\s+", "", (said or "").strip(), flags=re.I)
    return {name for name in map(normalised, re.split(r",| and | und | et |&|;|\|", said)) if name}


@dataclasses.dataclass
class Page:
    """The candidates of a page in one form: features, labels (1 right, 0 wrong, 2 some of the names), who its authors are and whether they are printed."""
    set: str
    form: str
    fold: int
    gold: set
    is_printed: bool
    x: np.ndarray
    labels: np.ndarray


def sources(root, without):
    """Set, name, fold, authors and source of each page, and its text where the set has one."""
    told = root / "train/meta-segments/segments-meta.json"
    told = {number: page.get("author") for number, page in json.loads(told.read_text(encoding="utf-8")).items()} if told.exists() else {}
    for own in [*sets.chosen(without), *(own for own in sets.NAMED if own.name not in without)]:
        if not own.html:
            continue
        for page in sorted((root / own.html).glob("*.html.gz")):
            name = page.name.split(".")[0]
            beside = page.with_name(f"{name}.json")
            said = told.get(name) if own.name == sets.SEGMENTS else json.loads(beside.read_text(encoding="utf-8")).get("author") if beside.exists() else None
            if not said and own.name not in NAMING:
                continue
            text = root / own.text / f"{name}.txt" if own.text else None
            yield own.name, name, sets.fold_of(sets.site_of(page)), authors_of(said), page, text


def printed(source):
    for form, lines in FORMS.items():
        yield form, "\n".join(line for own, _ in lines(source) for line in own)


def load(dechaff, root, without):
    """The names of the features, and the pages in all forms."""
    with tempfile.TemporaryDirectory() as folder:
        known = {}
        for own, name, fold, gold, page, text in sources(root, without):
            source = gzip.open(page, "rt", encoding="utf-8", errors="replace").read()
            forms = dict(printed(source))
            if text and text.exists():
                forms["set"] = text.read_text(encoding="utf-8", errors="replace")
            for form, shown in forms.items():
                dump = f"{own}-{form}-{name}.txt"
                pathlib.Path(folder, dump).write_text(shown, encoding="utf-8")
                words = f" {normalised(shown)} "
                known[dump] = (own, form, fold, gold, bool(gold) and all(f" {author} " in words for author in gold))
        found = collections.defaultdict(list)
        with subprocess.Popen([dechaff, "features", "--authors", folder], stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
            columns = next(process.stdout).rstrip("\n").split("\t")[3:]
            for line in process.stdout:
                dump, _, names, rest = line.split("\t", 3)
                found[dump].append(({normalised(name) for name in names.split("; ")}, np.fromstring(rest, np.float32, sep="\t")))
    pages = []
    for dump, rows in found.items():
        own, form, fold, gold, is_printed = known[dump]
        labels = np.array([1 if names == gold else 2 if names & gold else 0 for names, _ in rows])
        pages.append(Page(own, form, fold, gold, is_printed, np.stack([x for _, x in rows]), labels))
    return columns, pages


def weights_of(page):
    weights = np.array([1.0, RIGHT, 0.0])[page.labels]
    return weights * (1.0 if page.gold else UNNAMED) / len(FORMS)


def train(pages, trees):
    x, y, w = (np.concatenate(parts) for parts in zip(*((page.x, page.labels == 1, weights_of(page)) for page in pages)))
    return CatBoostClassifier(**PARAMETERS, iterations=trees).fit(Pool(x[w > 0], y[w > 0].astype(int), weight=w[w > 0]))


def told_by_rules(page, columns):
    """What becomes of a page by the rules alone."""
    own = np.flatnonzero(page.x[:, columns.index("told")])
    if len(own):
        return OUTCOMES[page.labels[own[0]]]
    return "others" if page.x[:, columns.index("others_told")].any() else "nobody"


def cross_validate(columns, pages, trees, least):
    """Prints for each set and form, and for the forms that are no renderings of ours, on how many pages that print their authors these are named, on how
    many nobody, on how many somebody else, by rules and with the scorer; and on how many others somebody is named."""
    found = collections.defaultdict(collections.Counter)
    for fold in range(sets.FOLDS):
        scorer = train([page for page in pages if page.fold != fold], trees)
        for page in (page for page in pages if page.fold == fold):
            odds = scorer.predict_proba(page.x)[:, 1]
            best, rules = odds.argmax(), told_by_rules(page, columns)
            outcome = rules if odds[best] < least else OUTCOMES[page.labels[best]]
            kind = "printed" if page.is_printed else "not printed" if page.gold else "unnamed"
            found[f"{page.set}/{page.form}"][kind, outcome] += 1
            if page.form in MEASURED:
                found["all by rules"][kind, rules] += 1
                found["all"][kind, outcome] += 1
    for name, counts in sorted(found.items()):
        print(name, "  ".join(f"{kind}: " + " ".join(f"{outcome} {n}" for (k, outcome), n in sorted(counts.items()) if k == kind) for kind in ("printed", "not printed", "unnamed")))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("model")
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--cv", action="store_true")
    parser.add_argument("--trees", type=int, default=TREES)
    parser.add_argument("--least", type=float, default=LEAST)
    arguments = parser.parse_args()
    columns, pages = load(arguments.dechaff, arguments.data, arguments.without)
    print(f"{len(pages)} pages, {sum(len(page.labels) for page in pages)} candidates, {len(columns)} features", flush=True)
    if arguments.cv:
        cross_validate(columns, pages, arguments.trees, arguments.least)
    if arguments.model != "none":
        modelfile.write_trees(arguments.model, train(pages, arguments.trees))


if __name__ == "__main__":
    main()
