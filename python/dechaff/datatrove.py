"""Steps of a pipeline of datatrove (``pip install datatrove``).

:class:`Articles` is the one to take: each document becomes as many as it holds articles, with what is known of each. :class:`Extractor` has the
place of ``Trafilatura`` in a pipeline that stands; it gives one text, and loses the rest. :class:`HasArticle` only drops documents.
"""

from __future__ import annotations

from abc import ABCMeta
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dechaff import Article, Cleaned, Cleaner, RecordError

try:
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.extractors.base import BaseExtractor
    from datatrove.pipeline.filters.base_filter import BaseFilter
except ModuleNotFoundError:
    raise ModuleNotFoundError("dechaff.datatrove needs datatrove: pip install datatrove")

if TYPE_CHECKING:
    from typing import Literal

__all__ = ["Articles", "Extractor", "HasArticle"]


def about(article: Article) -> dict[str, Any]:
    """What is known of an article beside its text."""
    known = article.to_dict()
    del known["text"]
    return known


class Articles(PipelineStep, metaclass=ABCMeta):  # type: ignore[misc]
    """Each document as its articles, none or several.

    A new document has the metadata of the old one, and ``article``: title, authors, date, language, provenance, as a line of ``articles.jsonl``
    has them. The id of the second article of a document ends with ``/2``. ``url`` names the field of the metadata with the address. Documents
    that cannot be read are counted (``unreadable``) and dropped. Workers of datatrove are processes, so each cleans with one thread.
    """

    name = "dechaff"
    type = "🛢 - EXTRAC"

    def __init__(
        self,
        cleaner: Cleaner | None = None,
        *,
        format: Literal["text", "html", "mail", "markdown"] | None = None,
        url: str = "url",
    ) -> None:
        super().__init__()
        self.cleaner = cleaner or Cleaner()
        self.format = format
        self.url = url

    def run(self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        for document in data or ():
            self.stat_update("total")
            with self.track_time():
                cleaned = self.clean(document)
            if not cleaned or not cleaned.articles:
                self.stat_update("dropped" if cleaned else "unreadable")
                continue
            for article in cleaned.articles:
                number = article.provenance.article
                made = Document(
                    text=article.text,
                    id=document.id if number == 1 else f"{document.id}/{number}",
                    media=document.media,
                    metadata={**document.metadata, "article": about(article)},
                )
                self.stat_update("forwarded")
                self.update_doc_stats(made)
                yield made

    def clean(self, document: Document) -> Cleaned | None:
        """The articles of a document; None where it cannot be read."""
        try:
            return self.cleaner.clean(document.text, url=document.metadata.get(self.url), format=self.format)
        except RecordError:
            return None


class Extractor(BaseExtractor, metaclass=ABCMeta):  # type: ignore[misc]
    """The text of all articles of a page, parted by empty lines: what ``Trafilatura`` gives in its place.

    An extractor of datatrove takes a text and gives one, in a process of its own with a timeout: headline, date, authors, the borders of articles
    and the ledger are lost. Take :class:`Articles` to keep them.
    """

    name = "dechaff"

    def __init__(self, cleaner: Cleaner | None = None, timeout: float = 1.0) -> None:
        super().__init__(timeout)
        self.cleaner = cleaner or Cleaner()

    def extract(self, text: str) -> str:
        return self.cleaner.clean(text).text


class HasArticle(BaseFilter, metaclass=ABCMeta):  # type: ignore[misc]
    """Keeps the documents in which an article is found, as they are."""

    name = "🧹 dechaff"

    def __init__(self, cleaner: Cleaner | None = None, exclusion_writer: Any = None) -> None:
        super().__init__(exclusion_writer)
        self.cleaner = cleaner or Cleaner()

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        try:
            return bool(self.cleaner.clean(doc.text).articles) or (False, "no_article")
        except RecordError:
            return False, "unreadable"
