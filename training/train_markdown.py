#!/usr/bin/env python3
"""Trains the trees that judge pages of Markdown, from what two converters make of the labelled pages of HTML.

    train_markdown.py DATA MODEL CV --dechaff target/release/dechaff [--without SET...]

MODEL is a file of trees alone, CV the folder that `train.py --cv` wrote, with folds by site. The trees begin with the log-odds that the model of the
page's fold gives to its text, as those of `train_html.py` do, and see the same columns.
"""

import argparse
import gzip
import pathlib
import tempfile

import html2text
import markdownify
import numpy as np
from bs4 import UnicodeDammit

import modelfile
from train_html import Data, pages_of


def by_html2text(source):
    """As its command writes it: lines wrapped, in addresses too. Letters stay as they are."""
    converter = html2text.HTML2Text()
    converter.unicode_snob = True
    return converter.handle(source)


CONVERTERS = {"html2text": by_html2text, "markdownify": lambda source: markdownify.markdownify(source, heading_style="ATX")}


def written(pages, folder):
    """The same pages as Markdown in `folder`, once by each converter. One that a converter breaks down on is left out."""
    for number, (page, fold, weight, labels) in enumerate(pages):
        source = UnicodeDammit(gzip.decompress(page.read_bytes()), is_html=True).unicode_markup or ""
        for name, convert in CONVERTERS.items():
            into = folder / f"{number}.{name}.md"
            try:
                into.write_text(convert(source), encoding="utf-8")
            except (AssertionError, RecursionError, ValueError):
                continue
            yield into, fold, weight, labels


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("cv", type=pathlib.Path)
    parser.add_argument("--dechaff", default="target/release/dechaff")
    parser.add_argument("--without", nargs="*", default=[])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # No made pages: they were made for what elements are called, of which Markdown knows nothing.
        pages = list(pages_of(arguments.data, pathlib.Path(folder), arguments.without))
        pages = list(written(pages, pathlib.Path(folder)))
        data = Data(arguments.dechaff, arguments.cv, pages, include="*.md")
    print(f"{len(pages)} pages, {len(data.y)} blocks, {len(data.columns)} columns", flush=True)
    modelfile.write_trees(arguments.model, data.train(np.where(data.w > 0)[0]))


if __name__ == "__main__":
    main()
