"""A data set of Hugging Face: rows in, a row for each article out."""
# Needs: datasets, pyarrow

from typing import Any

import datasets
import pyarrow as pa

from dechaff import Cleaner
from dechaff.samples import QUAY

CLEANER = Cleaner(threads=1)


def articles(batch: pa.Table) -> pa.Table:
    """The articles of a batch. The columns differ, and so does the number of rows: ``remove_columns`` says so."""
    return pa.table(CLEANER.clean_arrow(batch, url="url", keep=["crawl"]))


def main() -> None:
    pages = {"text": [QUAY, "Home\nSport\n"], "url": ["https://gazette.example/quay", None], "crawl": [3, 3]}
    data: Any = datasets.Dataset.from_dict(pages).with_format("arrow")
    found = data.map(articles, batched=True, remove_columns=["text", "url", "crawl"]).with_format(None)
    for row in found:
        print(row["title"], row["url"], row["crawl"])


if __name__ == "__main__":
    main()
