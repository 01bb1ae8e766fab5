"""Ray Data: batches of Arrow through ``map_batches``; each worker makes one cleaner."""
# Needs: ray, pyarrow

import pyarrow as pa
import ray

import dechaff
from dechaff.samples import QUAY


class Articles:
    """Cleans batches; made once in each worker."""

    def __init__(self) -> None:
        self.cleaner = dechaff.Cleaner(threads=1)

    def __call__(self, batch: pa.Table) -> pa.Table:
        return pa.table(self.cleaner.clean_arrow(batch, keep=["page"]))


def main() -> None:
    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False)
    pages = ray.data.from_arrow(pa.table({"page": ["a", "b"], "text": [QUAY, "Home\nSport\n"]}))
    found = pages.map_batches(Articles, batch_format="pyarrow", concurrency=1)
    for row in found.take_all():
        print(row["page"], row["title"])


if __name__ == "__main__":
    main()
