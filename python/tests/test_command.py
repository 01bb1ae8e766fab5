"""The same results as the command, field by field."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

import dechaff
from dechaff import Cleaned, Cleaner

SAMPLES = Path(__file__).parents[2] / "samples"
FORMATS = Path(__file__).parents[2] / "tests" / "formats"
COMMAND = os.environ.get("DECHAFF_COMMAND")

pytestmark = pytest.mark.skipif(not COMMAND, reason="DECHAFF_COMMAND does not name the command to compare with")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def command(paths: list[Path], out: Path, *options: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    run = [str(COMMAND), "clean", *map(str, paths), "-o", str(out), "--quiet", *options]
    done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return lines(out / "articles.jsonl"), lines(out / "ledger.jsonl")


def dumps() -> list[Path]:
    files = sorted(path for path in [*SAMPLES.rglob("*"), *FORMATS.glob("*")] if path.is_file())
    return [path for path in files if path.suffix != ".py"]


def test_each_record_gives_the_articles_and_the_ledger_of_the_command(tmp_path: Path) -> None:
    cleaner = Cleaner()
    compared = 0
    for number, path in enumerate(dumps()):
        articles, ledgers = command([path], tmp_path / str(number), "--keep-duplicates", "--repeated", "0")
        results = list(cleaner.clean_many(dechaff.records(path), errors="yield", threads=2))
        cleaned = [result for result in results if isinstance(result, Cleaned)]
        for article in articles:
            for of_the_run in ("copy_of", "alike"):
                article["provenance"].pop(of_the_run, None)
            article["provenance"]["copies"] = []
        assert [article.to_dict() for result in cleaned for article in result.articles] == articles
        for result, line in zip(cleaned, ledgers, strict=True):
            made = {"dump": result.dump, "record": result.record, "bytes": result.ledger.bytes, "encoding": result.encoding}
            spans = result.ledger.to_list()
            for span in line["spans"]:
                span.pop("copy_of", None)
            assert made | {"format": result.format, "spans": spans} == {key: line[key] for key in [*made, "format", "spans"]}
        compared += len(cleaned)
    assert compared > 30


def test_a_whole_run_writes_the_same_bytes(tmp_path: Path) -> None:
    command([SAMPLES], tmp_path / "command")
    dechaff.run(SAMPLES, tmp_path / "python")
    for name in ("articles.jsonl", "ledger.jsonl"):
        assert (tmp_path / "python" / name).read_bytes() == (tmp_path / "command" / name).read_bytes()
