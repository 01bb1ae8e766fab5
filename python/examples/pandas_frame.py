"""A DataFrame of pandas: articles beside what was known of their pages."""
# Needs: pandas, pyarrow

import pandas as pd
import pyarrow as pa

import dechaff
from dechaff.samples import QUAY


def main() -> None:
    pages = pd.DataFrame({"page": ["a", "b"], "text": [QUAY, "Home\nSport\n"]})
    found = pa.table(dechaff.Cleaner().clean_arrow(pages, keep=["page"])).to_pandas()
    print(found[["page", "title", "published", "language"]].to_string())


if __name__ == "__main__":
    main()
