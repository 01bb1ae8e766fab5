"""Ray gives the bytes of one machine: parts of the command that its tasks do, as docs/scale.md has it, and Ray Data."""

from __future__ import annotations

import doctest
import json
import logging
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import planted
import pytest
from planted import Lines, one_machine

import dechaff
from dechaff import DechaffError

ray = pytest.importorskip("ray", reason="ray does not install here")
pytest.importorskip("ray.data", reason="Ray Data does not install here")
pandas = pytest.importorskip("pandas", reason="pandas does not install here")

import dechaff.ray
from dechaff._spread import copies
from dechaff.ray import clean, clean_dumps, deduplicate, publish

ROOT = Path(__file__).parents[2]
COMMAND = os.environ.get("DECHAFF_COMMAND")


@pytest.fixture(scope="module", autouse=True)
def session() -> Iterator[None]:
    # Processes that are idle stay: its shuffles would wait for new ones again and again.
    kept = {"num_workers_soft_limit": 16, "idle_worker_killing_time_threshold_ms": 600_000, "worker_niceness": 0}
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error", _system_config=kept)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.default_hash_shuffle_parallelism = 2
    logging.getLogger("ray.data").setLevel("ERROR")
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    planted.write(folder, stories=75, chain=6, files=3)
    return folder


@pytest.fixture(scope="module")
def cleaned(corpus: Path) -> Any:
    return clean_dumps(corpus).materialize()


def lines(tables: tuple[Any, Any]) -> Lines:
    articles, ledger = ([row["line"] for row in sorted(table.select_columns(["key", "line"]).take_all(), key=lambda row: row["key"])] for table in tables)
    return articles, ledger


def test_articles_copies_and_ledger_are_those_of_one_machine(cleaned: Any, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "HOT", 12)
    articles, ledger = one_machine(corpus, tmp_path / "out")
    found = lines(publish(cleaned, deduplicate(cleaned)))
    assert found[0] == articles
    assert found[1] == ledger
    relations = [copy["relation"] for line in articles for copy in json.loads(line)["provenance"]["copies"]]
    assert {"exact", "near", "contained"} <= set(relations)
    assert any(span["kind"] == "repeated" for line in ledger for span in json.loads(line)["spans"])


def test_what_stories_share_is_that_of_one_machine(cleaned: Any, corpus: Path, tmp_path: Path) -> None:
    options: dict[str, Any] = {"paragraphs": "drop", "spans": "mark", "loss": 0.05, "keep_duplicates": True, "merge_own": True}
    articles, ledger = one_machine(corpus, tmp_path / "out", prefer=["Paper 3"], **options)
    found = lines(publish(cleaned, deduplicate(cleaned, loss=0.05, prefer=["Paper 3"]), **options))
    assert found[0] == articles
    assert found[1] == ledger
    assert any(json.loads(line)["provenance"].get("repeated_spans") for line in articles)


def test_rows_are_cleaned_as_texts_are(quay: str, page: str) -> None:
    rows = [{"id": 3, "text": quay, "url": None}, {"id": 1, "text": page, "url": "https://gazette.example/weir"}, {"id": 2, "text": "\x00\x01" * 9, "url": None}]
    found = sorted(clean(ray.data.from_items(rows), url="url").take_all(), key=lambda row: row["key"])
    assert [row["record"] for row in found] == ["1", "2", "3"]
    assert found[2]["text"] == dechaff.clean(quay).articles[0].text
    assert found[0]["url"] == "https://gazette.example/weir" and "binary" in found[1]["error"]


def test_rows_that_are_named_by_words_stay_apart(quay: str, page: str) -> None:
    rows = pandas.DataFrame({"name": ["weir", "quay", "hut", None], "text": [page, quay, "A hut.", quay]}, dtype=object)
    cleaned = clean(ray.data.from_pandas(rows), id="name").materialize()
    clusters = deduplicate(cleaned)
    assert clusters.take_all() == []
    articles, ledger = (list(map(json.loads, found)) for found in lines(publish(cleaned, clusters, repeated=0)))
    assert [(article["provenance"]["record"], article["title"]) for article in articles] == [("quay", "Old quay reopens after storm"), ("weir", "Mill gives the weir to the town")]
    assert [line["record"] for line in ledger] == ["hut", "quay", "weir"]
    assert [row["error"] for row in cleaned.take_all() if row["error"]] == ["has no id"]


def test_no_rows_give_tables_without_rows(cleaned: Any) -> None:
    nothing = clean(ray.data.from_items([]))
    assert nothing.columns() == cleaned.columns()
    filtered = clean(ray.data.from_items([{"id": 1, "text": "text"}]).filter(lambda row: False))
    assert filtered.materialize().columns() == cleaned.columns()
    clusters = deduplicate(nothing)
    assert clusters.columns() == ["key", "to", "relation", "similarity", "own", "other_own"]
    articles, ledger = publish(nothing, clusters, repeated=0)
    assert {"key", "line", "dump", "record", "title"} <= set(articles.columns()) and ledger.columns() == ["line", "key"]


def test_what_does_not_fit_is_named(cleaned: Any, tmp_path: Path) -> None:
    rows = ray.data.from_items([{"id": 1, "text": "text", "views": 2, "share": 0.5, "tags": ["text"]}])
    with pytest.raises(KeyError, match="its columns are id, text, views, share, tags"):
        clean(rows, text="body")
    with pytest.raises(TypeError, match="'views' is of type int64"):
        clean(rows, text="views")
    with pytest.raises(TypeError, match="'tags' is of type list.*; cast it to string or binary"):
        clean(rows, text="tags")
    with pytest.raises(TypeError, match="'share' is of type double; cast it to string, or to a whole number"):
        clean(rows, id="share")
    with pytest.raises(TypeError, match="'share' is of type double; cast it to a whole number"):
        clean(rows, place="share")
    with pytest.raises(ValueError, match="format 'pdf' is not known"):
        clean(rows, format="pdf")
    with pytest.raises(DechaffError, match="/nowhere does not exist"):
        clean_dumps("/nowhere")
    with pytest.raises(DechaffError, match="has no column 'key'"):
        deduplicate(rows)
    with pytest.raises(ValueError, match="a share from 0 to 1"):
        deduplicate(cleaned, loss=3)
    with pytest.raises(ValueError, match="repeated=1"):
        publish(cleaned, cleaned.limit(0), repeated=1)


def test_the_example_of_the_package_runs() -> None:
    example = doctest.DocTestParser().get_doctest(dechaff.ray.__doc__ or "", {"ray": ray}, "dechaff.ray", None, None)
    report: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=report.append)
    assert example.examples and not report, "".join(report)


@pytest.mark.skipif(not COMMAND, reason="DECHAFF_COMMAND does not name the command")
def test_tasks_that_do_parts_write_what_one_process_does(tmp_path: Path) -> None:
    once = subprocess.run([str(COMMAND), "clean", "-q", str(ROOT / "samples"), "-o", str(tmp_path / "once")])
    assert once.returncode == 0
    code = re.search(r"```python\n(import subprocess\n.*?)```", (ROOT / "docs" / "scale.md").read_text(), re.DOTALL)
    assert code is not None
    here = {"/shared/dumps": ROOT / "samples", "/shared/out": tmp_path / "out", '"dechaff"': f'"{COMMAND}"', "num_cpus=4": "num_cpus=1", "PARTS = 64": "PARTS = 3"}
    text = code[1]
    for shown, meant in here.items():
        assert shown in text
        text = text.replace(shown, str(meant))
    exec(text, {})
    for name in ("articles.jsonl", "ledger.jsonl"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "once" / name).read_bytes()
