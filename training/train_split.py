#!/usr/bin/env python3
"""Trains the choice among the sets of places at which a page may part, and measures it on forms and sources left out.

    train_split.py DATA COMPOSED MODELS --dechaff target/release/dechaff [--no-cv]

DATA is the folder of labelled sets (sets.py), COMPOSED what compose.py made of it. MODELS is the folder that gets splits.model and several.model, or "none". A row is a set of a dump: its
measures, and how well it parts the dump (B-cubed F1 over the lines of its articles). The first trees learn which set of a dump is the best, the second whether the dump is several
articles, of the measures of the set that the first choose.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import tempfile

import numpy as np
from catboost import CatBoostClassifier, Pool

import modelfile
import sets
from labels import line_spans

SEED = 7
# Trees that choose, trees that say whether there are several articles.
CHOICE, SEVERAL = 300, 200
PARAMETERS = dict(depth=modelfile.DEPTH, border_count=64, rsm=0.4, l2_leaf_reg=6, random_seed=SEED, thread_count=2, verbose=False, allow_writing_files=False)
# As in src/clean/split/items.rs; the lead that choose.rs gives to what a list of contents names is left out.
LEAD_OF_SPLIT, LEAD_OF_WEAK, LEAD_OF_RULES, SHARE_OF_CHOICE = 0.1, 3.2, 3.5, 0.3
# Of the sets that part a page in two those of other families are weak.
PART_TWO = ("rules", "separator", "formfeed", "contents")
# B-cubed F1 from which on a set parts a dump rightly enough to be an example, and what a labelled dump weighs beside a made one.
RIGHT, LABELLED = 0.6, 5.0
REAL = {"debian", "mailman", "feeds"}


def gold_of(path, labels):
    """(first byte that is no white space, article) of each line of an article that has one of the labels."""
    raw = path.read_bytes()
    rows, spans = [], {number: end - len(raw[start:end].lstrip()) for number, start, end in line_spans(raw)}
    for row in path.with_suffix(".tsv").read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            number, label, article = row.split("\t")[:3]
            if label.split("+")[0] in labels and article.strip() not in ("-", ""):
                rows.append((spans[int(number)], int(article)))
    return rows


def bcubed(gold, parts):
    both, by_gold, by_part = collections.Counter(zip(gold, parts)), collections.Counter(gold), collections.Counter(parts)
    precision = sum(n * n / by_part[p] for (g, p), n in both.items()) / len(gold)
    recall = sum(n * n / by_gold[g] for (g, p), n in both.items()) / len(gold)
    return 2 * precision * recall / (precision + recall)


def parted(gold, starts):
    """The part that each of those lines stands in."""
    return np.searchsorted(starts, [start for start, _ in gold], side="right").tolist() if starts else [0] * len(gold)


class Dump:
    """The sets of a dump: their forms, measures and F1, over the lines of text and over those about an article too; whether they have as many parts as there are articles."""

    def __init__(self, form, fold, made):
        self.form, self.fold, self.made = form, fold, made
        self.forms, self.rows, self.quality, self.whole, self.count, self.articles = [], [], [], [], [], 1

    def label(self, path, starts):
        has_labels = path.with_suffix(".tsv").exists()
        gold = gold_of(path, ("title", "body")) if has_labels else []
        whole = gold_of(path, ("title", "body", "meta")) if has_labels else []
        self.articles = len({article for _, article in gold}) or 1
        for own in starts:
            if not gold:
                self.quality.append(float(not own))
                self.whole.append(float(not own))
                self.count.append(not own)
                continue
            parts = parted(gold, own)
            self.quality.append(bcubed([article for _, article in gold], parts))
            self.whole.append(bcubed([article for _, article in whole], parted(whole, own)))
            self.count.append(len(set(parts)) == self.articles)
        self.quality, self.whole, self.count = np.array(self.quality), np.array(self.whole), np.array(self.count)
        self.rows = np.array(self.rows, np.float32)


def read(dechaff, folder):
    """dump -> (forms, starts, rows)."""
    found = {}
    with tempfile.NamedTemporaryFile(suffix=".tsv") as out:
        subprocess.run([dechaff, "features", folder, "--include", "*.txt", "--splits", "--model", "none"], stdout=out, check=False)
        with open(out.name, encoding="utf-8", newline="") as lines:
            columns = next(lines).rstrip("\n").split("\t")[3:]
            for line in lines:
                dump, form, starts, rest = line.rstrip("\n").split("\t", 3)
                entry = found.setdefault(dump, ([], [], []))
                entry[0].append(form)
                entry[1].append([int(s) for s in starts.split()])
                entry[2].append(np.array(rest.split("\t"), np.float32))
    return columns, found


def load(dechaff, root, composed, without=()):
    dumps = []
    for own in sets.chosen(without):
        columns, found = read(dechaff, root / own.text)
        for name, (forms, starts, rows) in sorted(found.items()):
            path = root / own.text / name
            if own.name != sets.SEGMENTS and not path.with_suffix(".tsv").exists():
                continue
            dump = Dump(own.name, sets.fold_of(sets.site_of(path)), False)
            dump.forms, dump.rows, dump.path = forms, rows, path
            dump.label(path, starts)
            if dump.articles > 1 and own.name not in REAL:
                dump.form = "several"
            dumps.append(dump)
    for folder in sorted(composed.iterdir()):
        for name, (forms, starts, rows) in sorted(read(dechaff, folder)[1].items()):
            path = folder / name
            fold = int(json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["site"])
            dump = Dump(folder.name, fold, True)
            dump.forms, dump.rows, dump.path = forms, rows, path
            dump.label(path, starts)
            dumps.append(dump)
    return columns, dumps


def targets(dump):
    """How right each set is, 0 to 1: of a dump of one article no split alone, else those as good as the best."""
    if dump.articles == 1:
        return np.array([1.0] + [0.0] * (len(dump.rows) - 1))
    lost = dump.whole.max() - dump.whole
    right = np.clip(1 - lost / 0.06, 0, 1) * (dump.whole > RIGHT)
    return right * np.where(dump.whole >= 0.9, 1, 0.7)


def weight_of(dump):
    return 1.0 if dump.made else LABELLED


def fit(rows, right, weights, trees):
    model = CatBoostClassifier(**PARAMETERS, iterations=trees, learning_rate=24 / trees, loss_function="CrossEntropy")
    return model.fit(Pool(rows, right, weight=weights))


def odds_of(choice, dump, columns):
    """The log-odds of all sets but "no split" to be the right one."""
    return np.array(choice.predict(dump.rows[1:], prediction_type="RawFormulaVal")) + LEAD_OF_RULES * dump.rows[1:, columns.index("rules")]


def train(dumps, columns):
    """The trees that choose a set, and those that say by that set whether there are several articles."""
    weights = np.concatenate([np.full(len(d.rows), weight_of(d)) for d in dumps])
    choice = fit(np.concatenate([d.rows for d in dumps]), np.concatenate([targets(d) for d in dumps]), weights, CHOICE)
    best = [(d, 1 + int(np.argmax(odds_of(choice, d, columns)))) for d in dumps if len(d.rows) > 1]
    is_several = [float(d.articles > 1 and d.whole[at] > RIGHT) for d, at in best]
    return choice, fit(np.array([d.rows[at] for d, at in best]), is_several, [weight_of(d) for d, _ in best], SEVERAL)


def are_sections(row, columns):
    """Whether most parts of a set begin as those of one text do, as sections.rs says."""
    value = lambda name: row[columns.index(name)]
    parts = np.expm1(value("parts"))
    most = lambda name, least: round(value(name) * parts) >= max(least, 0.75 * (parts - 1) - 0.01)
    return not value("rules") and (most("starts_question", 2) or most("starts_moment", 3) or value("opened") and most("starts_heading", 3))


def chosen(models, dump, columns):
    """The number of the set that the program takes, and the lead that it has over what is asked of it."""
    if len(dump.rows) == 1:
        return 0, -np.inf
    choice, several = models
    odds = odds_of(choice, dump, columns)
    at = 1 + int(np.argmax(odds))
    row = dump.rows[at]
    odds = SHARE_OF_CHOICE * odds[at - 1] + (1 - SHARE_OF_CHOICE) * several.predict([row], prediction_type="RawFormulaVal")[0]
    families = row[:next(i for i, name in enumerate(columns) if name.startswith("@"))]
    articles = np.expm1(row[columns.index("parts")]) + (row[columns.index("above_of_median")] >= 0.5)
    is_two = articles < 2.5 and not any(row[columns.index(family)] for family in PART_TWO)
    is_weak = is_two or families.sum() == 1 and (row[columns.index("cohesion")] or row[columns.index("text")]) or are_sections(row, columns)
    lead = odds - LEAD_OF_SPLIT - LEAD_OF_WEAK * bool(is_weak)
    return at if lead >= 0 else 0, lead


def report(name, results):
    """results: (dump, number of the set that is taken)."""
    rows = collections.defaultdict(list)
    for dump, at in results:
        rows[dump.form].append((dump.quality[at], dump.count[at], at > 0, dump.quality.max(), dump.quality[0]))
    print(f"== {name}: form, dumps, split F1, count right, parted, best set there is, no split")
    for form, values in sorted(rows.items(), key=lambda item: (item[0].startswith("one-"), item[0])):
        mean = np.mean(np.array(values, float), axis=0)
        print(f"{form:18} {len(values):4} {mean[0]:.3f} {mean[1]:.3f} {mean[2]:.4f} {mean[3]:.3f} {mean[4]:.3f}")
    several = [(d, at) for d, at in results if d.articles > 1 and d.made]
    single = [(d, at) for d, at in results if d.articles == 1 and not d.made]
    ones = [(d, at) for d, at in results if d.articles == 1 and d.made]
    real = [(d, at) for d, at in results if d.articles > 1 and not d.made]
    mean = lambda values: float(np.mean(list(values))) if values else 0
    for label, group in (("composed", several), ("real digests", real)):
        print(f"{label}: {len(group)} split {mean([d.quality[at] for d, at in group]):.4f} count right {mean([d.count[at] for d, at in group]):.4f} best {mean([d.quality.max() for d, _ in group]):.4f}")
    for label, group in (("single pages", single), ("hard single", ones)):
        print(f"{label}: {len(group)} parted {mean([at > 0 for _, at in group]):.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("composed", type=pathlib.Path)
    parser.add_argument("models")
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--no-cv", action="store_true")
    arguments = parser.parse_args()
    columns, dumps = load(arguments.dechaff, arguments.data, arguments.composed, arguments.without)
    print(f"{len(dumps)} dumps, {sum(len(d.rows) for d in dumps)} sets, {len(columns)} measures", flush=True)
    if not arguments.no_cv:
        forms = sorted({d.form for d in dumps if d.made})
        group = {form: at % sets.FOLDS for at, form in enumerate(forms)}
        results = []
        for fold in range(sets.FOLDS):
            held = [d for d in dumps if d.fold == fold and group.get(d.form, fold) == fold]
            models = train([d for d in dumps if d.fold != fold and group.get(d.form) != fold], columns)
            results += [(d, chosen(models, d, columns)[0]) for d in held]
        report("forms and sources left out", results)
    if arguments.models != "none":
        for name, model in zip(("splits", "several"), train(dumps, columns)):
            modelfile.write_trees(pathlib.Path(arguments.models) / f"{name}.model", model)
            print(f"{name}:", ", ".join(f"{name} {value:.1f}" for value, name in sorted(zip(model.get_feature_importance(), columns), reverse=True)[:20]))


if __name__ == "__main__":
    main()
