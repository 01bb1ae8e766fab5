#!/usr/bin/env python3
"""Silver labels: lines of a page's text on which two extractors, run on the page's HTML, agree.

    silver.py SEGMENTS OUT

SEGMENTS holds html/NAME.html.gz and text/NAME.txt. OUT gets NAME.txt and NAME.tsv: `body` where trafilatura and readability both keep a line,
`other` where both drop it, `?` (not scored) where they differ. Pages on which one of them finds next to nothing are left out.
"""

import gzip
import html
import pathlib
import re
import shutil
import sys

import readability
import trafilatura

LEAST = 200


def letters(text):
    return re.sub(r"\W+", "", text).lower()


def extracts(page):
    first = trafilatura.extract(page, include_comments=False) or ""
    second = readability.Document(page.decode("utf-8", "replace")).summary()
    return letters(first), letters(html.unescape(re.sub("<[^>]+>", " ", second)))


def label(line, first, second):
    key = letters(line)
    if len(key) < 4:
        return "?"
    kept = (key in first) + (key in second)
    return {0: "other", 1: "?", 2: "body"}[kept]


def main():
    source, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted((source / "html").glob("*.html.gz")):
        text = source / "text" / path.name.replace(".html.gz", ".txt")
        try:
            first, second = extracts(gzip.decompress(path.read_bytes()))
        except Exception as error:  # a page that an extractor chokes on has no silver label
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        if text.exists() and min(len(first), len(second)) >= LEAST:
            lines = text.read_text(encoding="utf-8", errors="replace").split("\n")
            rows = [f"{number}\t{label(line, first, second)}\t-\n" for number, line in enumerate(lines, 1) if line.strip()]
            (out / text.name).with_suffix(".tsv").write_text("".join(rows), encoding="utf-8")
            shutil.copy(text, out / text.name)


if __name__ == "__main__":
    main()
