"""Copies and publishing in Spark: the order of steps that all engines share, over its tables."""

from __future__ import annotations

from collections.abc import Iterable

from pyspark.sql import DataFrame

from dechaff._spread import copies, publishing
from dechaff.spark._tables import SparkTable, Store


def deduplicate(articles: DataFrame, *, loss: float = 0.10, prefer: Iterable[str] = (), scratch: str | None = None) -> DataFrame:
    """Finds the copies among articles, as the command does on one machine.

    ``articles`` is what :func:`clean` or :func:`clean_dumps` made; it is read several times, so store it before. The result has a row for each
    article that is a copy: its ``key``, the key ``to`` of the canonical article, the ``relation`` (``exact``, ``near`` or ``contained``) and the
    ``similarity``; and one for each that is alike and would lose too much (``alike``), with the share of each that the other lacks, ``own`` and
    ``other_own``. It is worked out at once; each step is stored in a folder of its own below ``scratch``, which all workers must see, and so is
    the result. On one machine it need not be given, nor where the session has a folder for checkpoints.

    Raises :class:`ValueError` where ``loss`` is no share, :class:`DechaffError` for another table.
    """
    publishing.needed(articles.columns, "key", "article", "text", "title", "published", "source")
    store = Store(articles.sparkSession, scratch)
    return copies.deduplicate(SparkTable(articles, store), loss, prefer).rows


def publish(
    articles: DataFrame,
    clusters: DataFrame,
    *,
    repeated: int = 4,
    keep_duplicates: bool = False,
    merge_own: bool = False,
    paragraphs: str = "keep",
    spans: str = "keep",
    loss: float = 0.10,
    scratch: str | None = None,
) -> tuple[DataFrame, DataFrame]:
    """The articles that are written, and the ledger, as the command writes them: the lines in the column ``line`` are those of ``articles.jsonl``
    and ``ledger.jsonl``, to the byte, when they are sorted by ``key``.

    ``articles`` is what :func:`clean` or :func:`clean_dumps` made, ``clusters`` what :func:`deduplicate` made of it. Sentences at the edge of
    ``repeated`` stories and more are cut as boilerplate; with 0 none are. ``keep_duplicates`` gives copies too, each with what it is a copy of;
    ``merge_own`` keeps what only they have with the canonical article. Paragraphs, and long stretches, that an earlier story has too are kept, named
    there or cut, as ``paragraphs`` and ``spans`` say, each ``"keep"``, ``"mark"`` or ``"drop"``; ``loss``, that of :func:`deduplicate`, is the
    share of a paragraph that may be lost with it. ``scratch`` is as for :func:`deduplicate`; what is stored there is read by
    the results, so it may go when these are stored.

    Raises :class:`ValueError` for options that mean nothing, :class:`DechaffError` for other tables.
    """
    options = publishing.Options(repeated, keep_duplicates, merge_own, paragraphs, spans, loss)
    publishing.needed(articles.columns, "key", "article", "meta", "text", "sentences", "ledger")
    publishing.needed(clusters.columns, "key", "to", "relation", "similarity", "own", "other_own")
    store = Store(articles.sparkSession, scratch)
    tables = SparkTable(articles, store), SparkTable(clusters, store)
    lines, ledger = publishing.publish(*tables, options)
    return lines.rows, ledger.rows
