#!/usr/bin/env python3
"""What each group of features is worth, and how accuracy falls with the size of the model, cross-validated like `train.py --cv`.

    ablate.py DATA MADE --dechaff target/release/dechaff [--score PART]... [--trees N] [--sizes]

Prints text F1 by characters of the dumps whose path holds PART, judged by the trees alone at the threshold of `judge.rs` (marks that bind and
the stretch of text are left out, so that figures are a little off those of a run). Without --sizes: with all features, without each group, with
each group alone. With --sizes: for each depth the score after 100, 200, … trees.
"""

import argparse
import pathlib

import numpy as np
from catboost import CatBoostClassifier, Pool

import lexical
import sets
import train

THRESHOLD = 0.4
WHOLE = {"blocks", "prose_blocks", "prose_share", "wrapped", "title_found"}
PLACE = {"indent", "gap", "gap_after", "index", "index_back", "place", "text_before", "text_after", "in_region", "region_edge", "to_title", "chars_before"} | WHOLE
WORDS = {"frequent", "in_text", "in_title"} | set(lexical.NAMES)
ALIKE = {"copies", "first_copy"}
MARKS = {"mark_debris", "mark_about", "mark_hint", "mark_kind", "after_end", "date"}
AROUND = {"to_prose_before", "to_prose_after", "prose_before", "prose_after", "between_dates"}
NEAREST = {"comments", "other_story", "share", "ask", "legal", "nav", "about"}


def group_of(name):
    if name in WORDS:
        return "words"
    if name in ALIKE:
        return "repetition"
    if name in MARKS or name.startswith("debris") or name[:-1] in NEAREST:
        return "marks of rules and detectors"
    if "date" in name:
        return "dates around"
    if name in PLACE:
        return "place"
    return "neighbours and windows" if name in AROUND or "@" in name or name[-1].isdigit() else "shape"


class Folds:
    """The features of each fold's model, and the score of held-out answers."""

    def __init__(self, data, parts):
        self.data = data
        self.words = [train.word_features(data, data.folds != fold)[1] for fold in range(sets.FOLDS)]
        self.rows = [(data.rows_of(data.folds != fold), data.rows_of(data.folds == fold)) for fold in range(sets.FOLDS)]
        self.scored = {part: data.rows_of(np.array([part in dump and not made for dump, made in zip(data.dumps, data.made)])) for part in parts}
        self.names = data.columns + lexical.NAMES

    def answers(self, columns, trees, at=(0,), **parameters):
        """For each number of trees in `at` the held-out log-odds of all blocks; 0 is all trees."""
        data, out = self.data, np.zeros((len(at), len(self.data.y)))
        for words, (own, held_out) in zip(self.words, self.rows):
            own = own[data.w[own] > 0]
            taken, weights = train.thinned(data.w[own], train.ROWS)
            own = own[taken]
            full = np.concatenate([data.x, words], axis=1)[:, columns]
            classifier = CatBoostClassifier(**dict(train.learning(trees), **parameters)).fit(Pool(full[own], data.y[own], weight=weights))
            for number, count in enumerate(at):
                out[number, held_out] = classifier.predict(full[held_out], prediction_type="RawFormulaVal", ntree_end=count)
        return out

    def score(self, log_odds):
        figures = []
        for rows in self.scored.values():
            share, chars = self.data.labels[rows].T
            kept = log_odds[rows] >= np.log(THRESHOLD / (1 - THRESHOLD))
            right = 2 * (chars * share * kept).sum()
            figures.append(right / (right + (chars * (1 - share) * kept).sum() + (chars * share * ~kept).sum()))
        return " | ".join(f"{figure:.4f}" for figure in figures)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("made", type=pathlib.Path)
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--score", nargs="+", default=[""])
    parser.add_argument("--sizes", action="store_true")
    parser.add_argument("--trees", type=int, default=train.TREES, help="fewer of them take larger steps")
    arguments = parser.parse_args()
    folds = Folds(train.load(arguments.dechaff, arguments.data, arguments.made), arguments.score)
    groups = np.array([group_of(name) for name in folds.names])
    everything = np.arange(len(groups))
    print(f"| | features | {' | '.join(arguments.score)} |")
    if arguments.sizes:
        for depth in (4, 5, 6):
            counts = range(100, arguments.trees + 1, 100)
            for count, log_odds in zip(counts, folds.answers(everything, arguments.trees, counts, depth=depth)):
                print(f"| depth {depth}, {count} trees | {len(everything)} | {folds.score(log_odds)} |", flush=True)
        return
    print(f"| all | {len(everything)} | {folds.score(folds.answers(everything, arguments.trees)[0])} |", flush=True)
    for group in dict.fromkeys(groups):
        for title, chosen in ((f"without {group}", groups != group), (f"{group} alone", groups == group)):
            print(f"| {title} | {chosen.sum()} | {folds.score(folds.answers(np.where(chosen)[0], arguments.trees)[0])} |", flush=True)


if __name__ == "__main__":
    main()
