"""Tables in and out, over Arrow's PyCapsule interface."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

import dechaff
from dechaff import Cleaner

pa = pytest.importorskip("pyarrow", reason="pyarrow does not install here")


@pytest.fixture
def table(quay: str, page: str) -> Any:
    newsletter = quay + "\n\n" + quay.replace("Old quay", "New mill").replace("quay", "mill")
    return pa.table(
        {
            "id": ["a", "b", "c", "d", "e"],
            "text": [quay, None, page, "", newsletter],
            "url": ["https://gazette.example/quay", None, None, None, None],
        }
    )


def test_a_row_gives_as_many_rows_as_it_holds_articles(table: Any) -> None:
    found = pa.table(Cleaner().clean_arrow(table, url="url", id="id", keep=["id", "url"]))
    texts = [dechaff.clean(text).articles if text else [] for text in table["text"].to_pylist()]
    expected = [(row, article.text) for row, articles in enumerate(texts) for article in articles]
    assert list(zip(found["row"].to_pylist(), found["text"].to_pylist())) == expected
    assert found["input_id"].to_pylist() == [table["id"][row].as_py() for row, _ in expected]
    assert found["url"].to_pylist()[:2] == ["https://gazette.example/quay", "https://gazette.example/weir"]
    article = dechaff.clean(table["text"][2].as_py()).articles[0]
    row = found.slice(1, 1).to_pylist()[0]
    assert row["authors"] == article.authors and row["published"] == article.published and row["error"] is None
    spans = [[{"start": span.start, "end": span.end} for span in block.spans] for block in article.blocks]
    assert row["paragraphs"] == spans


def test_a_row_may_stay_one(table: Any) -> None:
    found = pa.table(Cleaner().clean_arrow(table, rows="input", keep=["id"], ledger=True, threads=2))
    assert found["row"].to_pylist() == [0, 1, 2, 3, 4] and found["id"] == table["id"]
    lists = found["articles"].to_pylist()
    assert [None if row is None else len(row) for row in lists][:4] == [1, None, 1, 0]
    ledger = dechaff.clean(table["text"][0].as_py()).ledger
    assert [entry["kind"] for entry in found["ledger"][0].as_py()] == [entry.kind for entry in ledger]
    assert pa.table(ledger.to_arrow()).to_pylist() == found["ledger"][0].as_py()


def test_a_row_that_cannot_be_cleaned_says_why(quay: str) -> None:
    table = pa.table({"body": [quay.encode(), b"\x00\x01\x02" * 9]})
    found = pa.table(Cleaner().clean_arrow(table, text="body"))
    assert found["row"].to_pylist() == [0, 1] and found["text"][1].as_py() is None
    assert "binary" in found["error"][1].as_py()


def test_the_format_is_one_or_a_column(page: str) -> None:
    table = pa.table({"text": [page, page], "format": ["text", "html"]})
    by_row = pa.table(Cleaner().clean_arrow(table, format="format"))["text"].to_pylist()
    assert by_row[-1] == dechaff.clean(page, format="html").text
    assert by_row[0] != by_row[-1]
    bad = pa.table(Cleaner().clean_arrow(pa.table({"text": [page], "format": ["pdf"]}), format="format"))
    assert "pdf" in bad["error"][0].as_py()


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view"])
def test_texts_of_any_layout_in_any_pieces(quay: str, kind: str) -> None:
    texts = pa.chunked_array([pa.array(["no text", quay, quay])[1:], pa.array([quay])]).cast(getattr(pa, kind)())
    found = pa.table(Cleaner().clean_arrow(pa.table({"text": texts})))
    assert found["row"].to_pylist() == [0, 1, 2]
    batch = pa.record_batch({"text": texts.combine_chunks()})
    assert pa.table(Cleaner().clean_arrow(batch)) == found


def test_many_rows_come_in_pieces(quay: str) -> None:
    table = pa.table({"text": [quay] * 2500})
    reader = pa.RecordBatchReader.from_stream(Cleaner().clean_arrow(table, threads=2))
    batches = list(reader)
    assert len(batches) > 1
    assert pa.Table.from_batches(batches)["row"].to_pylist() == list(range(2500))


def test_what_does_not_fit_is_named(quay: str) -> None:
    table = pa.table({"text": [quay], "views": [7]})
    with pytest.raises(KeyError, match="its columns are text, views"):
        Cleaner().clean_arrow(table, text="body")
    with pytest.raises(TypeError, match="Int64"):
        Cleaner().clean_arrow(table, text="views")
    with pytest.raises(TypeError, match="not list"):
        Cleaner().clean_arrow([quay])  # type: ignore[arg-type]
    stream = Cleaner().clean_arrow(table)
    assert stream.column_names == pa.table(stream).column_names
    with pytest.raises(ValueError, match="read already"):
        pa.table(stream)


def test_copies_are_found_in_a_table(quay: str, page: str) -> None:
    table = pa.table({"text": [quay, page, quay.upper(), None], "id": ["q", "p", "r", "n"]})
    copies = dechaff.dedup(table, id="id")
    assert pa.table(copies.canonical)["id"].to_pylist() == ["p", "q"]
    [copy] = pa.table(copies.clusters).to_pylist()
    assert (copy["id"], copy["canonical"], copy["relation"], copy["similarity"]) == ("r", "q", "exact", 1.0)
    by_row = dechaff.dedup(table)
    assert pa.table(by_row.canonical)["id"].to_pylist() == [0, 1]
    assert pa.table(by_row.clusters)["id"].to_pylist() == [2]
    assert pa.table(by_row.related).num_rows == 0 and by_row.failures == []


def test_no_package_is_needed_for_a_table() -> None:
    script = """if True:
        import sys, dechaff
        from dechaff.samples import QUAY
        ledger = dechaff.clean(QUAY).ledger
        rows = dechaff.Cleaner().clean_arrow(ledger.to_arrow(), text="kind")
        assert rows.column_names[0] == "row"
        assert not {"pyarrow", "numpy", "polars"} & set(sys.modules)
    """
    subprocess.run([sys.executable, "-c", script], check=True)
