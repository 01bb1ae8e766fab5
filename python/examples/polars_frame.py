"""A DataFrame of Polars: each row stays, with a list of its articles."""
# Needs: polars

import polars as pl

import dechaff
from dechaff.samples import QUAY


def main() -> None:
    pages = pl.DataFrame({"page": ["a", "b"], "text": [QUAY, "Home\nSport\n"]})
    found = pl.DataFrame(dechaff.Cleaner().clean_arrow(pages, rows="input", keep=["page"]))
    print(found.select("page", pl.col("articles").list.len().alias("found")).rows())
    print(found.explode("articles").unnest("articles").drop_nulls("title").select("title").to_series().to_list())


if __name__ == "__main__":
    main()
