#!/usr/bin/env python3
"""Trains the scorer of publishers from pages of HTML that name their site, printed as text, and measures it by cross-validation.

    train_source.py DATA MODEL --dechaff target/release/dechaff [--without SET...] [--cv] [--trees N]

DATA is the folder of labelled sets (sets.py). With --cv it prints for how many pages the publisher is right, by scorers that saw no page of the site.
MODEL may be "none".
"""

import argparse
import gzip
import html
import re

import named

# The least probability of the best name, and of that which rules find (src/clean/publisher/scorer.rs).
LEAST = 0.3
LEAST_TOLD = 0.2
SITE_NAMES = [re.compile(pattern, re.I) for pattern in (
    r"""<meta[^>]+property=["']?og:site_name["']?[^>]*?content=(["'])(?P<name>.+?)\1""",
    r"""<meta[^>]+content=(["'])(?P<name>[^"'<>]+)\1[^>]+property=["']?og:site_name""",
    r'''"publisher"\s*:\s*\{[^{}]*?"name"\s*:\s*(")(?P<name>[^"\\]+)"''',
)]


def decide(odds, by_rules):
    best = odds.argmax()
    if odds[best] >= LEAST:
        return best
    return named.NOBODY if by_rules >= 0 and odds[by_rules] < LEAST_TOLD else by_rules


TASK = named.Task(right=2.0, kinds={"printed": 1.0, "not printed": 0.5}, outcomes=["others", "right", "near"], decide=decide)


def without_article(name):
    return named.normalised(name).removeprefix("the ")


def site_name(source):
    """What a page says that its site is called, or None."""
    found = next((found for pattern in SITE_NAMES if (found := pattern.search(source))), None)
    return without_article(html.unescape(found["name"])) or None if found else None


def sources(root, without):
    for own, page, name, fold, text in named.pages_of(root, without):
        source = gzip.open(page, "rt", encoding="utf-8", errors="replace").read()
        gold = site_name(source)
        if gold:
            yield named.Source(own, name, fold, gold, source, text)


def kind_of(gold, words):
    return "printed" if f" {gold} " in words else "not printed"


def label_of(name, gold):
    """A part of the name, and more than it, is neither right nor wrong."""
    name = without_article(name)
    if name == gold:
        return named.RIGHT
    is_near = f" {name} " in f" {gold} " or f" {gold} " in f" {name} " or name.replace(" ", "") == gold.replace(" ", "")
    return named.SOME if name and is_near else named.WRONG


def main():
    arguments = named.options(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter))
    columns, pages = named.load(arguments.dechaff, "--sources", 2, sources(arguments.data, arguments.without), kind_of, label_of)
    named.run(arguments, TASK, columns, pages)


if __name__ == "__main__":
    main()
