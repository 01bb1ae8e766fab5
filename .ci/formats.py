"""Checks that the programs that people read archives with see in each format what stands in articles.jsonl.

Usage: formats.py DECHAFF. Leaves out what is not installed of pyarrow, duckdb, polars and PyYAML.
"""

import gzip
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile


def pair(span):
    return span and {"start": span[0], "end": span[1]}


def inline(span):
    return {"target": None, **span, "range": pair(span["range"])}


def cell(cell):
    ranges, spans = [pair(span) for span in cell.get("ranges", [])], [inline(span) for span in cell.get("spans", [])]
    return {"is_header": False, "colspan": None, "rowspan": None, **cell, "ranges": ranges, "spans": spans}


def block(block):
    """A block as it is in a table: counts that are left out are 0."""
    left_out = {"depth": 0, "quoted": 0, "mark": 0, "begins_list": False, "level": None, "number": None, "language": None, "alt": None, "target": None}
    rows = [[cell(each) for each in row] for row in block.get("rows", [])]
    return left_out | block | {"paragraphs": pair(block["paragraphs"]), "rows": rows, "spans": [inline(span) for span in block.get("spans", [])]}


def row(article):
    """An article as it is in a table: every field is there, and ranges are pairs."""
    place = {"copy_of": None, "repeats": [], "source_id": None, "target": None, "alike": None, "repeated_spans": [], **article["provenance"]}
    place |= {"range": pair(place["range"]), "title": pair(place["title"])}
    place["paragraphs"] = [[pair(span) for span in paragraph] for paragraph in place["paragraphs"]]
    place["copies"] = [{**copy, "range": pair(copy["range"]), "own": [pair(span) for span in copy["own"]]} for copy in place["copies"]]
    blocks = [block(each) for each in article["blocks"]]
    return {"supersedes": None, "metadata": None, "appendix": [], **article, "blocks": blocks, "provenance": place}


def has(module):
    return importlib.util.find_spec(module) is not None


def main(dechaff, out):
    for form in ["jsonl", "parquet", "markdown", "dolma"]:
        subprocess.run([dechaff, "clean", "samples", "tests/formats", "--keep-duplicates", "--keep", "images", "-q", "-o", out / form, "--format", form], check=True)
    articles = [json.loads(line) for line in open(out / "jsonl/articles.jsonl", encoding="utf-8")]
    rows, table = [row(article) for article in articles], str(out / "parquet/articles.parquet")
    if has("pyarrow"):
        import pyarrow.parquet

        assert pyarrow.parquet.read_table(table).to_pylist() == rows
    if has("duckdb"):
        import duckdb

        found = duckdb.sql(f"FROM '{table}'")
        assert [dict(zip(found.columns, values)) for values in found.fetchall()] == rows
    if has("polars"):
        import polars

        assert polars.read_parquet(table).to_dicts() == rows
    if has("yaml"):
        import yaml

        pages = [page.read_text(encoding="utf-8") for page in (out / "markdown/articles").rglob("*.md")]
        fronts = [yaml.safe_load(page.removeprefix("---\n").split("\n---\n")[0]) for page in pages]
        bare = [{field: value for field, value in article.items() if field not in ("text", "blocks")} for article in articles]
        order = lambda article: json.dumps(article, sort_keys=True)
        assert sorted(fronts, key=order) == sorted(bare, key=order)
    with gzip.open(out / "dolma/documents/articles.jsonl.gz", "rt", encoding="utf-8") as documents:
        assert [json.loads(line)["text"] for line in documents] == [article["text"] for article in articles]
    print("formats agree, by", ", ".join(filter(has, ["pyarrow", "duckdb", "polars", "yaml"])) or "the standard library")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(sys.argv[1], pathlib.Path(folder))
