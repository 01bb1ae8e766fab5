"""Copies and publishing in Ray Data: the order of steps that all engines share, over its tables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import pyarrow
from ray.data import Dataset

from dechaff._spread import copies, publishing
from dechaff.ray._tables import RayTable, blocks, padded, schema_of, with_columns

CLUSTERS = pyarrow.schema([*schema_of("choose"), ("own", pyarrow.float64()), ("other_own", pyarrow.float64())])


def table_of(rows: Dataset, schema: Any, *names: str) -> RayTable:
    """What was made before, perhaps stored and read again; it must have these columns, unless it has no rows."""
    publishing.needed(rows.columns() or list(names), *names)
    return RayTable(blocks(rows, partial(padded, schema=schema)), schema)


def deduplicate(articles: Dataset, *, loss: float = 0.10, prefer: Iterable[str] = ()) -> Dataset:
    """Finds the copies among articles, as the command does on one machine.

    ``articles`` is what :func:`clean` or :func:`clean_dumps` made; it is read several times, so store or materialize it before. The result has a
    row for each article that is a copy: its ``key``, the key ``to`` of the canonical article, the ``relation`` (``exact``, ``near`` or
    ``contained``) and the ``similarity``; and one for each that is alike and would lose too much (``alike``), with the share of each that the other
    lacks, ``own`` and ``other_own``. It is worked out at once; each step, and the result, is kept in Ray's store of objects, which goes to disk.

    Raises :class:`ValueError` where ``loss`` is no share, :class:`DechaffError` for another table.
    """
    table = table_of(articles, schema_of("clean"), "key", "article", "text", "title", "published", "source")
    found = copies.deduplicate(table, loss, prefer)
    return with_columns(found.rows, found.schema)


def publish(
    articles: Dataset,
    clusters: Dataset,
    *,
    repeated: int = 4,
    keep_duplicates: bool = False,
    merge_own: bool = False,
    paragraphs: str = "keep",
    spans: str = "keep",
    loss: float = 0.10,
) -> tuple[Dataset, Dataset]:
    """The articles that are written, and the ledger, as the command writes them: the lines in the column ``line`` are those of ``articles.jsonl``
    and ``ledger.jsonl``, to the byte, when they are sorted by ``key``.

    ``articles`` is what :func:`clean` or :func:`clean_dumps` made, ``clusters`` what :func:`deduplicate` made of it. Sentences at the edge of
    ``repeated`` stories and more are cut as boilerplate; with 0 none are. ``keep_duplicates`` gives copies too, each with what it is a copy of;
    ``merge_own`` keeps what only they have with the canonical article. Paragraphs, and long stretches, that an earlier story has too are kept, named
    there or cut, as ``paragraphs`` and ``spans`` say, each ``"keep"``, ``"mark"`` or ``"drop"``; ``loss``, that of :func:`deduplicate`, is the
    share of a paragraph that may be lost with it.

    Raises :class:`ValueError` for options that mean nothing, :class:`DechaffError` for other tables.
    """
    options = publishing.Options(repeated, keep_duplicates, merge_own, paragraphs, spans, loss)
    cleaned = table_of(articles, schema_of("clean"), "key", "article", "meta", "text", "sentences", "ledger")
    found = table_of(clusters, CLUSTERS, "key", "to", "relation", "similarity", "own", "other_own")
    lines, ledger = publishing.publish(cleaned, found, options)
    return with_columns(lines.rows, lines.schema), with_columns(ledger.rows, ledger.schema)
