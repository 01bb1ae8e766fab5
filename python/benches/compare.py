#!/usr/bin/env python3
"""Compares the package with the command, field by field, over folders of dumps.

    python python/benches/compare.py target/release/dechaff FOLDER...

The command runs with --keep-duplicates and --repeated 0, so that each record stands by itself; what only a run can say (copies, what is alike) is left
out of the comparison. Prints how many articles and ledgers are equal, and the first ones that are not.
"""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

import dechaff

OF_THE_RUN = ("copy_of", "alike")


def lines(path: pathlib.Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def by_the_command(program: str, folder: str, out: str) -> dict[tuple[str, str | None], tuple[Any, list[Any]]]:
    """For each record its line of the ledger, and its articles."""
    options = ["--keep-duplicates", "--repeated", "0", "--quiet"]
    done = subprocess.run([program, "clean", folder, "-o", out, *options], check=False, stderr=subprocess.PIPE, text=True)
    if done.returncode > 1:
        sys.exit(done.stderr)
    records: dict[tuple[str, str | None], tuple[Any, list[Any]]] = {}
    for line in lines(pathlib.Path(out) / "ledger.jsonl"):
        records[line["dump"], line["record"]] = (line, [])
    for article in lines(pathlib.Path(out) / "articles.jsonl"):
        provenance = article["provenance"]
        for field in OF_THE_RUN:
            provenance.pop(field, None)
        provenance["copies"] = []
        records[provenance["dump"], provenance["record"]][1].append(article)
    return records


def by_the_package(folder: str, dumps: list[str]) -> Iterator[dechaff.Cleaned]:
    root = pathlib.Path(folder)

    def records() -> Iterator[Any]:
        for dump in dumps:
            yield from dechaff.records(root / dump, name=dump)

    results = dechaff.Cleaner().clean_many(records(), errors="yield")
    return (result for result in results if isinstance(result, dechaff.Cleaned))


def main(program: str, *folders: str) -> None:
    for folder in folders:
        with tempfile.TemporaryDirectory() as out:
            expected = by_the_command(program, folder, out)
        dumps = list(dict.fromkeys(dump for dump, _ in expected))
        articles = equal = ledgers = 0
        for cleaned in by_the_package(folder, dumps):
            line, known = expected.pop((cleaned.dump, cleaned.record))
            spans = [{name: value for name, value in span.items() if name != "copy_of"} for span in line["spans"]]
            made = [article.to_dict() for article in cleaned.articles]
            articles += len(known)
            equal += sum(a == b for a, b in zip(made, known)) if len(made) == len(known) else 0
            about = (cleaned.encoding, cleaned.format, cleaned.ledger.bytes)
            ledgers += cleaned.ledger.to_list() == spans and about == (line["encoding"], line["format"], line["bytes"])
            if made != known:
                print("differs:", cleaned.dump, cleaned.record)
        count = len(dumps)
        print(f"{folder}: {count} dumps, {equal} of {articles} articles equal, {ledgers} ledgers equal, {len(expected)} records missing")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
