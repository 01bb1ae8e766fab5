"""DuckDB: a query in, a table of articles out, in batches."""
# Needs: duckdb, pyarrow

import duckdb
import pyarrow as pa

import dechaff
from dechaff.samples import QUAY


def main() -> None:
    base = duckdb.connect()
    base.execute("CREATE TABLE pages (page VARCHAR, body VARCHAR)")
    base.execute("INSERT INTO pages VALUES ('a', $quay), ('b', 'Home')", {"quay": QUAY})
    stream = dechaff.Cleaner().clean_arrow(base.sql("SELECT * FROM pages"), text="body", keep=["page"])
    articles = pa.RecordBatchReader.from_stream(stream)
    # A connection streams one result at a time, so another one reads.
    reader = duckdb.connect()
    print(reader.sql("SELECT page, title, len(authors) FROM articles").fetchall())


if __name__ == "__main__":
    main()
