"""Spark gives the bytes of one machine, over real worker processes."""

from __future__ import annotations

import doctest
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import planted
import pytest
from planted import Lines, one_machine

import dechaff
from dechaff import DechaffError

pytest.importorskip("pyspark", reason="pyspark does not install here")
pytest.importorskip("pyarrow", reason="pyarrow does not install here")
if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
    pytest.skip("no Java here, which Spark needs", allow_module_level=True)

from pyspark.sql import DataFrame, SparkSession

import dechaff.spark
from dechaff._spread import copies
from dechaff._spread.tasks import step
from dechaff.spark import clean, clean_dumps, deduplicate, publish
from dechaff.spark.__main__ import arguments, job
from dechaff.spark._tables import SparkTable, Store


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.chdir(tmp_path_factory.mktemp("spark"))
    made = SparkSession.builder.master("local-cluster[2,1,1024]").appName("dechaff's tests")
    options = {"ui.enabled": "false", "ui.showConsoleProgress": "false", "sql.shuffle.partitions": "2", "driver.host": "127.0.0.1"}
    for name, value in options.items():
        made = made.config(f"spark.{name}", value)
    session = made.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    planted.write(folder, stories=360, chain=12, files=5)
    return folder


@pytest.fixture(scope="module")
def cleaned(spark: SparkSession, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> DataFrame:
    stored = tmp_path_factory.mktemp("cleaned") / "parquet"
    clean_dumps(spark, corpus).write.parquet(stored.as_uri())
    return spark.read.parquet(stored.as_uri())


def lines(tables: tuple[DataFrame, DataFrame]) -> Lines:
    articles, ledger = ([row["line"] for row in table.select("key", "line").orderBy("key").collect()] for table in tables)
    return articles, ledger


def test_articles_copies_and_ledger_are_those_of_one_machine(
    cleaned: DataFrame, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "HOT", 40)
    articles, ledger = one_machine(corpus, tmp_path / "out")
    found = lines(publish(cleaned, deduplicate(cleaned)))
    assert found[0] == articles
    assert found[1] == ledger
    provenance = [json.loads(line)["provenance"] for line in articles]
    relations = [copy["relation"] for of in provenance for copy in of["copies"]]
    assert {"exact", "near", "contained"} <= set(relations) and len(relations) > 60
    assert any("alike" in of for of in provenance)
    assert any(span["kind"] == "repeated" for line in ledger for span in json.loads(line)["spans"])
    errors = cleaned.filter("error is not null").select("dump", "record", "error").collect()
    summary = dechaff.run(corpus, tmp_path / "again")
    assert sorted(row.asDict()["error"] for row in errors) == sorted(failure["error"] for failure in summary.failures)


def test_options_are_those_of_one_machine(cleaned: DataFrame, corpus: Path, tmp_path: Path) -> None:
    options: dict[str, Any] = {"repeated": 0, "keep_duplicates": True, "merge_own": True, "paragraphs": "mark", "spans": "drop", "loss": 0.03}
    expected = one_machine(corpus, tmp_path / "out", prefer=["Paper 3"], **options)
    clusters = deduplicate(cleaned, loss=0.03, prefer=["Paper 3"])
    assert lines(publish(cleaned, clusters, **options)) == expected
    assert any(json.loads(line)["provenance"].get("repeats") for line in expected[0])


@pytest.mark.parametrize("most", [1000, 12])
def test_anchors_of_a_chain_are_found_on_the_driver_and_in_rounds(spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(copies, "EDGES", most)
    texts = [number.to_bytes(20, "big") for number in range(most if most > 12 else 17)]
    edges = spark.createDataFrame(list(zip(texts, texts[1:])), "anchor binary, text binary")
    members = copies.members(SparkTable(edges, Store(spark, str(tmp_path)))).fetch()
    assert sorted(members["text"].to_pylist()) == texts[1::2]


def executors(spark: SparkSession) -> list[int]:
    """The processes that run the tasks of this session."""
    application = str(spark.sparkContext.applicationId)
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if any(part.endswith("CoarseGrainedExecutorBackend") for part in command) and application in command:
            found.append(int(process.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are found in /proc")
def test_an_executor_that_is_killed_changes_nothing(spark: SparkSession, cleaned: DataFrame, corpus: Path, tmp_path: Path) -> None:
    expected = one_machine(corpus, tmp_path / "out")
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        """Kills one as soon as the search for copies is in its third job."""
        jobs = spark.sparkContext.statusTracker()
        seen: set[int] = set()
        while not over.is_set():
            seen.update(jobs.getActiveJobsIds())
            running = executors(spark)
            if len(seen) > 2 and len(running) > 1:
                os.kill(running[0], signal.SIGKILL)
                killed.append(running[0])
                return
            time.sleep(0.02)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        found = lines(publish(cleaned, deduplicate(cleaned)))
    finally:
        over.set()
        killer.join()
    assert killed
    assert found == expected


def test_the_example_of_the_package_runs(spark: SparkSession) -> None:
    example = doctest.DocTestParser().get_doctest(dechaff.spark.__doc__ or "", {"spark": spark}, "dechaff.spark", None, None)
    report: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=report.append)
    assert example.examples and not report, "".join(report)


def test_rows_are_cleaned_as_texts_are(spark: SparkSession, quay: str, page: str) -> None:
    rows = [(3, quay, None), (1, page, "https://gazette.example/weir"), (2, "\x00\x01" * 9, None)]
    found = clean(spark.createDataFrame(rows, "id bigint, text string, url string"), url="url").orderBy("key").collect()
    assert [row["record"] for row in found] == ["1", "2", "3"]
    assert found[2]["text"] == dechaff.clean(quay).articles[0].text
    assert found[0]["url"] == "https://gazette.example/weir" and "binary" in found[1]["error"]


def test_rows_that_are_named_by_words_stay_apart(spark: SparkSession, quay: str, page: str) -> None:
    rows = spark.createDataFrame([("weir", page), ("quay", quay), ("hut", "A hut."), (None, quay)], "name string, text string")
    cleaned = clean(rows, id="name")
    found = cleaned.orderBy("key").collect()
    assert [(row["record"], row["title"]) for row in found if row["title"]] == [("quay", "Old quay reopens after storm"), ("weir", "Mill gives the weir to the town")]
    assert [row["error"] for row in found if row["error"]] == ["has no id"]
    assert cleaned.filter("error is null").select("key").distinct().count() == 3


def test_what_does_not_fit_is_named(spark: SparkSession, cleaned: DataFrame) -> None:
    rows = spark.createDataFrame([(1, "text", 2, 0.5)], "id bigint, text string, views int, share double")
    with pytest.raises(KeyError, match="its columns are id, text, views, share"):
        clean(rows, text="body")
    with pytest.raises(TypeError, match="'views' is of type int"):
        clean(rows, text="views")
    with pytest.raises(TypeError, match="'share' is of type double; cast it to string, or to a whole number"):
        clean(rows, id="share")
    with pytest.raises(TypeError, match="'share' is of type double; cast it to a whole number"):
        clean(rows, place="share")
    with pytest.raises(ValueError, match="format 'pdf' is not known"):
        clean(rows, format="pdf")
    with pytest.raises(DechaffError, match="/nowhere does not exist"):
        clean_dumps(spark, "/nowhere")
    with pytest.raises(DechaffError, match="has no column 'key'"):
        deduplicate(rows)
    with pytest.raises(ValueError, match="a share from 0 to 1"):
        deduplicate(cleaned, loss=3)
    with pytest.raises(ValueError, match="spans 'cut' is not known"):
        publish(cleaned, cleaned, spans="cut")
    with pytest.raises(ValueError, match="repeated=1"):
        publish(cleaned, cleaned, repeated=1)


def test_a_worker_without_the_package_or_with_another_is_named(spark: SparkSession, quay: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = spark.createDataFrame([(1, quay)], "id bigint, text string")
    with monkeypatch.context() as patch:
        patch.setattr(dechaff, "__version__", "0.0.7")
        with pytest.raises(DechaffError, match=r"the worker on .* has dechaff .*, the driver has 0\.0\.7: install the same wheel"):
            clean(rows)
    # A worker sees what its session was told when it began; here its only folder of packages is one without dechaff.
    work = step("fingerprints", {})
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "dechaff", None)
        with pytest.raises(RuntimeError, match="has no package dechaff: install it there"):
            next(work(iter([])))


def test_the_job_writes_what_one_machine_writes(spark: SparkSession, tmp_path: Path) -> None:
    planted.write(tmp_path / "in", stories=24, chain=0, files=2)
    told = ["--paragraphs", "drop", "--spans", "mark", "--lang", "en", "--min-chars", "200", "--keep", "notes"]
    cleaner = dechaff.Cleaner(lang=["en"], min_chars=200, keep=["notes"])
    expected = one_machine(tmp_path / "in", tmp_path / "one", cleaner=cleaner, paragraphs="drop", spans="mark")
    options = arguments().parse_args(["--input", str(tmp_path / "in"), "--output", str(tmp_path / "out"), *told])
    said = job(options)
    tables = tuple(spark.read.parquet((tmp_path / "out" / name).as_uri()) for name in ("articles", "ledger"))
    assert lines((tables[0], tables[1])) == expected
    assert said.startswith(f"{len(expected[1])} records, {len(expected[0])} articles, ")
    assert not (tmp_path / "out" / "work").exists()
    with pytest.raises(DechaffError, match="holds files already"):
        job(options)


@pytest.mark.parametrize(("option", "value", "said"), [("--loss", "3", "loss is a share from 0 to 1"), ("--repeated", "1", "repeated=1: one story is no repetition")])
def test_a_bad_option_of_the_job_is_an_error_in_words(tmp_path: Path, option: str, value: str, said: str) -> None:
    command = [sys.executable, "-m", "dechaff.spark", "--input", str(tmp_path), "--output", str(tmp_path / "out"), option, value]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"error: {said}")
    assert not (tmp_path / "out").exists()
