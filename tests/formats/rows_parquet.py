#!/usr/bin/env python3
"""Writes rows.*.parquet, the two rows of rows.jsonl and one without a text, with pyarrow (26.0.1 wrote those that stand here).

    python3 rows_parquet.py FOLDER
"""
import datetime
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq

HARBOUR = (
    "The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.\n\n"
    "Forty volunteers had carried the sand out of the hall in buckets. The ferries to the islands will run twice a day until the autumn.\n"
)
MILL = (
    "<article><h1>Water mill grinds flour again</h1><p>After sixty years the water mill above the village grinds flour again, on Saturdays and for "
    "whoever brings grain.</p><p>The wheel was carved anew by two carpenters, who had found the plans in the attic of the school.</p></article>"
)
ROWS = [
    {"id": 1, "text": HARBOUR, "url": "https://news.example/harbour", "title": "A headline of the container", "source": "The Gazette",
     "date": datetime.datetime(2031, 6, 16, 15, 53), "authors": ["Ada Quill"], "seen": {"by": "a reader", "tags": ["sea", None]}, "score": 0.5},
    {"id": 2, "text": None, "url": None, "title": None, "source": None, "date": None, "authors": None, "seen": None, "score": None},
    {"id": 3, "text": MILL, "url": "https://news.example/mill", "title": None, "source": None, "date": None, "authors": ["Ben Reed", "Cy Moss"],
     "seen": {"by": None, "tags": []}, "score": 1.5},
]
COLUMNS = [
    ("id", pa.int64()), ("text", pa.string()), ("url", pa.string()), ("title", pa.string()), ("source", pa.dictionary(pa.int32(), pa.string())),
    ("date", pa.timestamp("ms")), ("authors", pa.list_(pa.string())), ("seen", pa.struct([("by", pa.string()), ("tags", pa.list_(pa.string()))])),
    ("score", pa.float64()),
]
KINDS = {
    "zstd": ("text", {"compression": "zstd", "data_page_version": "2.0"}),
    "snappy": ("text", {"compression": "snappy", "row_group_size": 2}),
    "gzip": ("large", {"compression": "gzip", "use_dictionary": False}),
    "brotli": ("text", {"compression": "brotli", "column_encoding": {"text": "DELTA_BYTE_ARRAY"}, "use_dictionary": False}),
    "lz4": ("large", {"compression": "lz4"}),
    "plain": ("bytes", {"compression": "none", "store_schema": False}),
}

folder = pathlib.Path(sys.argv[1])
for name, (text, options) in KINDS.items():
    kinds = {"text": pa.string(), "large": pa.large_string(), "bytes": pa.binary()}
    schema = pa.schema([(column, kinds[text] if column == "text" else kind) for column, kind in COLUMNS])
    rows = [row | {"text": row["text"].encode()} if text == "bytes" and row["text"] else row for row in ROWS]
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / f"rows.{name}.parquet", write_statistics=False, **options)
