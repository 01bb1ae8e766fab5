"""A pipeline of datatrove: pages in, articles out, with what is known of each."""
# Needs: datatrove

from collections.abc import Iterator

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor

from dechaff.datatrove import Articles, HasArticle
from dechaff.samples import QUAY


def pages(data: object, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
    """A source; a reader of WARC or Parquet stands here otherwise."""
    yield Document(text=QUAY, id="page-7", metadata={"url": "https://gazette.example/quay", "crawl": 3})
    yield Document(text="Home\nSport\n", id="page-8")


def show(data: Iterator[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
    """A sink; a writer stands here otherwise."""
    for document in data:
        print(document.id, document.metadata["article"]["title"], document.metadata["crawl"])
        yield document


def main() -> None:
    LocalPipelineExecutor([pages, HasArticle(), Articles(), show], logging_dir="logs").run()


if __name__ == "__main__":
    main()
