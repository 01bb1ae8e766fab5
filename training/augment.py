#!/usr/bin/env python3
"""More dumps out of labelled ones: short articles between long menus, other renderings of the same page.

    augment.py OUT DIR... [--share 0.4]

For a share of the dumps of each DIR, OUT gets a variant with its labels: `cut` (the first two to five paragraphs of the article only), `tight`
(no blank lines, no indentation) or `spaced` (a blank line after every line). The .json goes along, so that variants stay with their site.
"""

import argparse
import pathlib
import random
import shutil

from labels import line_labels

KINDS = ("cut", "cut", "tight", "spaced")


def variant(kind, lines, labels, dice):
    """(line, label) of the variant; the label of a blank line is None."""
    rows = [(line, labels.get(number)) for number, line in enumerate(lines, 1)]
    if kind == "cut":
        left = dice.randint(2, 5)
        kept = []
        for line, label in rows:
            if label == "body":
                left -= len(line.split()) >= 12
                if left < 0:
                    continue
            kept.append((line, label))
        return kept
    filled = [(line, label) for line, label in rows if line.strip()]
    if kind == "tight":
        return [(line.strip(), label) for line, label in filled]
    return [row for line, label in filled for row in ((line, label), ("", None))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--share", type=float, default=0.4)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for folder in arguments.folders:
        for tsv in sorted(folder.rglob("*.tsv")):
            dice = random.Random(tsv.stem)
            if dice.random() >= arguments.share or not tsv.with_suffix(".txt").exists():
                continue
            lines = tsv.with_suffix(".txt").read_text(encoding="utf-8", errors="replace").split("\n")
            rows = variant(dice.choice(KINDS), lines, line_labels(tsv), dice)
            target = arguments.out / f"{tsv.stem}-variant.txt"
            target.write_text("\n".join(line for line, _ in rows), encoding="utf-8")
            labels = [f"{number}\t{label}\t-\n" for number, (_, label) in enumerate(rows, 1) if label]
            target.with_suffix(".tsv").write_text("".join(labels), encoding="utf-8")
            if tsv.with_suffix(".json").exists():
                shutil.copy(tsv.with_suffix(".json"), target.with_suffix(".json"))


if __name__ == "__main__":
    main()
