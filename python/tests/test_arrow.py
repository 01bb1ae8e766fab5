"""Tables in and out, over Arrow's PyCapsule interface."""

from __future__ import annotations

import os
import struct
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
    spans = [[{"start": span.start, "end": span.end} for span in paragraph.spans] for paragraph in article.paragraphs]
    assert row["paragraphs"] == spans


def test_blocks_are_nested_columns() -> None:
    page = (
        "<h1>Old quay reopens</h1><p>The old quay was opened again on Monday, two weeks after the storm had torn away its railings.</p>"
        "<h2>Depths</h2><ul><li>See the <a href='https://quay.example/tables'>tide tables</a> before you land.</li></ul>"
        "<table><tr><th>Mark</th><th>Depth</th></tr><tr><td>Low</td><td>2 m</td></tr></table>"
        "<p>Forty volunteers had carried the sand out of the hall in buckets, and nobody counted them.</p>"
    )
    table = pa.table({"text": ["<!DOCTYPE html>" + page, "Nothing here"]})
    [row] = pa.table(Cleaner().clean_arrow(table)).to_pylist()
    assert [block["type"] for block in row["blocks"]] == ["paragraph", "heading", "list_item", "table", "paragraph"]
    _, heading, item, depths, _ = row["blocks"]
    assert heading["level"] == 2 and item["depth"] == 1
    [link] = item["spans"]
    assert link["target"] == "https://quay.example/tables"
    assert [[cell["text"] for cell in cells] for cells in depths["rows"]] == [["Mark", "Depth"], ["Low", "2 m"]]


def test_pictures_are_blocks_with_columns_of_their_own() -> None:
    page = (
        "<h1>Quay reopens</h1><p>The old quay was opened again on Monday, two weeks after the storm had torn away its railings.</p>"
        "<p><img src=/quay.jpg alt='The quay'></p><p>Forty volunteers had carried the sand out of the hall in buckets until the evening.</p>"
    )
    table = pa.table({"text": [page]})
    found = pa.table(Cleaner(keep=["images"]).clean_arrow(table, format="html"))
    images = [block for block in found["blocks"][0].as_py() if block["type"] == "image"]
    assert [(image["alt"], image["target"]) for image in images] == [("The quay", "/quay.jpg")]


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


def texts_of(data: bytes, offsets: list[int], kind: str) -> Any:
    """A column that another library got wrong."""
    width = "q" if kind == "large_string" else "i"
    if kind == "string_view":
        views = [struct.pack("<iiii", end - start, 0, 0, start) for start, end in zip(offsets, offsets[1:])]
        return pa.Array.from_buffers(pa.string_view(), len(views), [None, pa.py_buffer(b"".join(views)), pa.py_buffer(data)])
    packed = struct.pack(f"<{len(offsets)}{width}", *offsets)
    return pa.Array.from_buffers(getattr(pa, kind)(), len(offsets) - 1, [None, pa.py_buffer(packed), pa.py_buffer(data)])


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view"])
def test_a_text_that_is_no_utf_8_is_an_error_of_its_row(quay: str, kind: str) -> None:
    good, bad = quay.encode(), b"caf\xe9 \xff\xfe on the quay"
    column = texts_of(good + bad + good, [0, len(good), len(good) + len(bad), 2 * len(good) + len(bad)], kind)
    found = pa.table(Cleaner().clean_arrow(pa.table({"text": column})))
    assert found["row"].to_pylist() == [0, 1, 2]
    assert [error and "is no UTF-8" in error for error in found["error"].to_pylist()] == [None, True, None]
    copies = dechaff.dedup(pa.table({"text": column}))
    assert pa.table(copies.canonical)["id"].to_pylist() == [0]
    assert [failure["row"] for failure in copies.failures] == [1]


def test_offsets_that_lead_out_of_the_data_are_an_error_of_their_row(quay: str) -> None:
    good = quay.encode()
    column = texts_of(good, [0, len(good), 7, len(good)], "string")
    errors = pa.table(Cleaner().clean_arrow(pa.table({"text": column}), rows="input"))["error"].to_pylist()
    assert [bool(error) for error in errors] == [False, True, False]
    with pytest.raises(Exception, match="[Oo]ffset"):
        pa.table(Cleaner().clean_arrow(pa.table({"text": [quay] * 3, "kept": column}), keep=["kept"]))


def test_rows_that_are_null_as_a_whole_are_refused() -> None:
    column = pa.StructArray.from_arrays([pa.array(["a", "b"])], names=["text"], mask=pa.array([True, False]))
    with pytest.raises(ValueError, match="whole rows of it are null"):
        Cleaner().clean_arrow(column)


def test_the_id_of_a_row_goes_into_its_articles(quay: str) -> None:
    for ids in (["page-7"], [7]):
        table = pa.table({"text": [quay], "key": ids})
        [row] = pa.table(Cleaner().clean_arrow(table, id="key")).to_pylist()
        assert row["source_id"] == str(ids[0])


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
    with pytest.raises(ValueError, match='"pdf" is not known: give one of "text", .*, or the name of a column'):
        Cleaner().clean_arrow(table, format="pdf")
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


def test_ids_that_are_numbers_sort_as_numbers(quay: str, page: str) -> None:
    table = pa.table({"text": [page, quay, None, quay, "The weir is open again."], "id": [10, 9, 3, 11, 9]})
    copies = dechaff.dedup(table, id="id")
    assert pa.table(copies.canonical)["id"].to_pylist() == [9, 10]
    assert [(copy["id"], copy["canonical"]) for copy in pa.table(copies.clusters).to_pylist()] == [(11, 9)]
    [failure] = copies.failures
    assert failure["row"] == 4 and "this id" in failure["error"]


@pytest.mark.skipif(os.name == "nt", reason="signals of Windows differ")
def test_an_interrupt_ends_the_reading_of_a_table() -> None:
    """The table is one of ours, which is cleaned as it is read: that takes many seconds."""
    script = """if True:
        import os, signal, threading, dechaff, pyarrow
        from dechaff.samples import QUAY
        signal.signal(signal.SIGINT, signal.default_int_handler)
        cleaner = dechaff.Cleaner()
        cleaner.clean("")
        table = pyarrow.table({"text": [QUAY] * 1_000_000})
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            dechaff.dedup(cleaner.clean_arrow(table))
        except KeyboardInterrupt:
            print("interrupted")
    """
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["interrupted"], done.stderr


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
