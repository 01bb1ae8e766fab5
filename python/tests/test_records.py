"""Dumps record by record."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import dechaff
from dechaff import Broken, Cleaner, Record, Skipped

LINES = b"""{"id": "page-7", "url": "https://gazette.example/quay", "crawl": 3, "text": "Old quay reopens after storm\\n\\nThe old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall."}
{"id": "page-8", "views": 12}
"""


def test_a_path_and_a_file_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl.gz"
    path.write_bytes(gzip.compress(LINES))
    record, broken = dechaff.records(path)
    assert isinstance(record, Record) and isinstance(broken, Broken)
    assert (record.dump, record.record, record.id, record.format) == ("pages.jsonl.gz", "1", "page-7", "text")
    assert (broken.dump, broken.record) == ("pages.jsonl.gz", "2")
    assert "text_field=" in broken.reason
    with path.open("rb") as file:
        assert next(iter(dechaff.records(file))) == record
    assert next(dechaff.records(io.BytesIO(LINES), name="pages.jsonl.gz")) == record


def test_records_are_cleaned_as_they_are_read() -> None:
    file = io.BytesIO(LINES)
    cleaned, error = Cleaner().clean_many(dechaff.records(file, name="pages.jsonl"), threads=2, errors="yield")
    assert isinstance(cleaned, dechaff.Cleaned) and isinstance(error, dechaff.RecordError)
    assert cleaned.articles[0].url == "https://gazette.example/quay"
    assert cleaned.articles[0].provenance.dump == "pages.jsonl"
    assert (error.dump, error.record) == ("pages.jsonl", "2")
    assert str(error).startswith("pages.jsonl, record 2: has no text")


def test_fields_come_along_that_are_asked_for() -> None:
    record = next(dechaff.records(io.BytesIO(LINES), pass_fields=["crawl"]))
    assert isinstance(record, Record) and record.fields == {"crawl": 3}
    assert dechaff.clean(record).articles[0].metadata == {"crawl": 3}


def test_what_is_left_out_is_counted() -> None:
    mail = b"From: ada@example.org\nSubject: Quay\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nThe quay is open again.\n--x\nContent-Type: image/png\nContent-Disposition: attachment\n\nx\n--x--\n"
    parts = list(dechaff.records(io.BytesIO(mail)))
    skipped = [part for part in parts if isinstance(part, Skipped)]
    assert [part.records for part in skipped] == [1]
    assert len(list(Cleaner().clean_many(parts))) == 1


def test_an_error_of_the_file_is_its_own() -> None:
    class Gone(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise ConnectionError("the store is gone")

    with pytest.raises(ConnectionError, match="store"):
        list(dechaff.records(Gone()))


def test_a_path_that_stands_nowhere_is_the_same_error_everywhere(tmp_path: Path) -> None:
    with pytest.raises(dechaff.OutputError, match="no-such.jsonl"):
        dechaff.records("no-such.jsonl")
    with pytest.raises(dechaff.OutputError, match="no-such"):
        dechaff.run("no-such", tmp_path / "out")
    with pytest.raises(dechaff.OutputError, match="no-such"):
        dechaff.Index(tmp_path / "no-such" / "seen.index")


def test_a_record_is_pickled(tmp_path: Path) -> None:
    for record in dechaff.records(io.BytesIO(LINES), name="pages.jsonl", pass_fields=["crawl"]):
        if isinstance(record, Record):
            other = pickle.loads(pickle.dumps(record))
            assert other == record and other.fields == {"crawl": 3}
            assert dechaff.clean(other) == dechaff.clean(record)


@pytest.mark.skipif(os.name == "nt", reason="signals of Windows differ")
def test_an_interrupt_ends_reading(tmp_path: Path) -> None:
    """The rows have no text and are passed over, all of them in one step that takes seconds."""
    script = """if True:
        import os, signal, threading, dechaff
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with open("rows.csv", "w") as file:
            file.write("text,url,views\\n")
            file.writelines([",,1\\n" * 1_000_000] * 40)
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            list(dechaff.records("rows.csv"))
        except KeyboardInterrupt:
            print("interrupted")
    """
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.split() == ["interrupted"], done.stderr
