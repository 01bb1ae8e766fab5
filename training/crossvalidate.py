#!/usr/bin/env python3
"""Cleans every dump with a model that was not trained on it, so that a scorer can measure the whole set.

    crossvalidate.py CV OUT --dechaff target/release/dechaff --set NAME=DIR... [-- extra arguments of `dechaff clean`]

CV is the folder that `train.py --cv` wrote: N.model, and N.txt with the dumps that N.model has not seen (N.html.txt: with the pages, from train_html.py). For each set, OUT/NAME/ gets the
articles.jsonl and ledger.jsonl of all folds together.
"""

import argparse
import pathlib
import shutil
import subprocess
import tempfile


def clean(dechaff, model, dumps, extra):
    """(articles, ledger) of the dumps, as texts."""
    with tempfile.TemporaryDirectory() as work:
        source, out = pathlib.Path(work) / "in", pathlib.Path(work) / "out"
        source.mkdir()
        for dump in dumps:
            shutil.copy(dump, source / dump.name)
        done = subprocess.run([dechaff, "clean", source, "-o", out, "--model", model, "--keep-duplicates", "--quiet", *extra], check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(f"{model}: dechaff ended with status {done.returncode}")
        return [(out / name).read_text(encoding="utf-8") for name in ("articles.jsonl", "ledger.jsonl")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cv", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--set", action="append", required=True, metavar="NAME=DIR")
    parser.add_argument("extra", nargs="*")
    arguments = parser.parse_args()
    for name, folder in (s.split("=", 1) for s in arguments.set):
        folder, parts = pathlib.Path(folder).resolve(), [[], []]
        for fold in sorted(arguments.cv.glob("*.model")):
            lists = [file for file in (fold.with_suffix(".txt"), fold.with_suffix(".html.txt")) if file.exists()]
            held_out = [pathlib.Path(line).resolve() for file in lists for line in file.read_text(encoding="utf-8").splitlines()]
            dumps = [dump for dump in held_out if dump.is_relative_to(folder)]
            if dumps:
                for part, text in zip(parts, clean(arguments.dechaff, fold, dumps, arguments.extra)):
                    part.append(text)
        target = arguments.out / name
        target.mkdir(parents=True, exist_ok=True)
        for part, file in zip(parts, ("articles.jsonl", "ledger.jsonl")):
            (target / file).write_text("".join(part), encoding="utf-8")


if __name__ == "__main__":
    main()
