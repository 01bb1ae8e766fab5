"""Whole runs, and the index of what earlier ones saw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dechaff


@pytest.fixture
def dumps(tmp_path: Path, quay: str, page: str) -> Path:
    folder = tmp_path / "dumps"
    folder.mkdir()
    for name, text in [("quay.txt", quay), ("again.txt", quay), ("weir.html", page), ("broken.txt", "\0\1\2" * 9)]:
        (folder / name).write_text(text, newline="")
    return folder


def test_a_run_writes_what_the_command_writes(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = dechaff.run(dumps, out)
    assert (summary.inputs, summary.articles, summary.copies, summary.known) == (3, 3, 1, 0)
    assert [failure["dump"] for failure in summary.failures] == ["broken.txt"]
    assert summary.to_dict()["removed"] == summary.removed != {}
    lines = (out / "articles.jsonl").read_text().splitlines()
    first, second = map(dechaff.Article, lines)
    assert [copy.dump for copy in first.copies] == ["quay.txt"] and first.copies[0].relation == "exact"
    assert second.provenance.dump == "weir.html"
    assert json.loads((out / "manifest.json").read_text())["articles"] == 3


def test_a_run_without_a_ledger_and_of_one_language(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = dechaff.run(dumps, out, cleaner=dechaff.Cleaner(lang=["de"]), ledger=False)
    assert (summary.articles, summary.left_out["other_language"], summary.beside) == (0, 3, {})
    assert sorted(path.name for path in out.iterdir()) == ["articles.jsonl", "manifest.json"]


def test_a_folder_that_is_taken_is_left_as_it_is(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    dechaff.run([dumps / "quay.txt"], out)
    with pytest.raises(dechaff.OutputError, match="force=True"):
        dechaff.run(dumps, out)
    assert dechaff.run(dumps, out, force=True, keep_duplicates=True, format="parquet").articles == 3
    assert (out / "articles.parquet").exists()
    with pytest.raises(dechaff.DechaffError, match="no such file"):
        dechaff.run(tmp_path / "nowhere", out, force=True)
    for wrong in ({"format": "doc"}, {"loss": 2.0}, {"repeated": 1}, {"paragraphs": "burn"}):
        with pytest.raises(ValueError):
            dechaff.run(dumps, out, **wrong)


@pytest.mark.skipif(os.name == "nt", reason="signals of Windows differ")
def test_an_interrupt_ends_a_run_with_nothing_written(tmp_path: Path) -> None:
    script = """if True:
        import os, signal, threading, dechaff
        # A job in the background of a shell begins with interrupts ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        line = "The old quay was opened again on Monday, two weeks after the storm had torn away its railings.\\n"
        with open("dump.txt", "w") as file:
            file.writelines(line.replace("two", str(number)) for number in range(900_000))
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            dechaff.run("dump.txt", "out")
        except KeyboardInterrupt:
            print("interrupted")
    """
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.split() == ["interrupted"], done.stderr
    assert not (tmp_path / "out" / "articles.jsonl").exists()


def test_an_index_knows_what_it_took(tmp_path: Path, quay: str, page: str) -> None:
    path = tmp_path / "seen.index"
    quays, weirs = dechaff.clean(quay).articles, dechaff.clean(page).articles
    with dechaff.Index(path) as index:
        assert [found.standing for found in index.take(quays + quays)] == ["new", "copy"]
    with dechaff.Index(path) as index:
        known, new = index.take(quays + weirs)
        assert (known.standing, known.id, known.relation, new.standing) == ("copy", quays[0].id, "exact", "new")
        assert index.stats["articles"] == 2
    with pytest.raises(ValueError, match="closed"):
        index.take(quays)
    path.write_text("no index at all, and longer than nothing")
    with pytest.raises(dechaff.DechaffError, match="seen.index"):
        dechaff.Index(path)


@pytest.mark.skipif(os.name == "nt", reason="signals of Windows differ")
def test_an_interrupt_ends_an_index_with_nothing_taken(tmp_path: Path) -> None:
    script = """if True:
        import os, signal, threading, dechaff
        from dechaff.samples import QUAY
        signal.signal(signal.SIGINT, signal.default_int_handler)
        articles = [dechaff.clean(QUAY.replace("Monday", f"day {n}")).articles[0] for n in range(50)] * 20_000
        index = dechaff.Index("seen.index")
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            index.take(articles)
        except KeyboardInterrupt:
            print("interrupted", index.stats["articles"], index.take(articles[:50])[0].standing)
    """
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.split() == ["interrupted", "0", "new"], done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text there")
def test_a_path_need_not_be_text(dumps: Path, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.index")
    assert dechaff.run(dumps, tmp_path / "out", index=path).articles == 3
    assert os.path.exists(path)


@pytest.mark.skipif(os.name == "nt", reason="signals of Windows differ")
def test_code_that_a_signal_runs_does_not_wait_for_the_work_that_it_interrupts(tmp_path: Path) -> None:
    script = """if True:
        import os, signal, threading, dechaff
        from dechaff.samples import QUAY
        index = dechaff.Index("seen.index")

        def on_interrupt(*_):
            try:
                index.close()
            except RuntimeError as error:
                raise KeyboardInterrupt(str(error))

        articles = [dechaff.clean(QUAY.replace("Monday", f"day {n}")).articles[0] for n in range(50)] * 20_000
        signal.signal(signal.SIGINT, on_interrupt)
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            index.take(articles)
        except KeyboardInterrupt as error:
            print(error)
    """
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert "this signal interrupts" in done.stdout, done.stderr
