"""Dumps record by record."""

from __future__ import annotations

import gzip
import io
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


def test_a_path_that_stands_nowhere_is_named() -> None:
    with pytest.raises(dechaff.OutputError, match="no-such.jsonl"):
        dechaff.records("no-such.jsonl")
