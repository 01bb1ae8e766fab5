"""Cleaning in Ray Data."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import Any

import pyarrow
import ray
from ray.data import Dataset

from dechaff import Cleaner
from dechaff._spread.cleaning import Type, dealt, has_columns, is_column, place_of
from dechaff._spread.tasks import cleaning
from dechaff.ray._tables import blocks, padded, schema_of, with_columns, worked

DUMPS = pyarrow.schema([("dump", pyarrow.string()), ("path", pyarrow.string()), ("nth", pyarrow.int64()), ("in_folder", pyarrow.int64())])

TEXTS = [getattr(pyarrow.types, f"is_{kind}") for kind in ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")]
"""What says that a type is one of texts or of bytes."""


def type_of(of: Any) -> Type:
    """What a column of such a type holds: one of Arrow, or ``object`` of a table of pandas, whose values Arrow looks at."""
    name, types = str(of), pyarrow.types
    if of is object or any(is_it(of) for is_it in TEXTS):
        return Type(name, "texts")
    if types.is_integer(of):
        return Type(name, "whole numbers")
    return Type(name, "other numbers" if types.is_floating(of) or types.is_decimal(of) else "other")


def clean(
    rows: Dataset,
    *,
    text: str = "text",
    id: str = "id",
    dump: str | None = None,
    place: str | None = None,
    url: str | None = None,
    format: str | None = None,
    cleaner: Cleaner | None = None,
) -> Dataset:
    """Cleans rows: each gives a row for every article in it, or one without (``article`` is null), which holds the ledger or says what is wrong.

    ``text`` is a column of texts or bytes, ``id`` what tells a row from all others of its ``dump``. Articles sort by ``dump`` (one for all rows
    without), by ``place`` (whole numbers; by ``id`` without, where that has such), by ``id`` as text, by article: of equal texts the first stands for
    all. ``format`` is one of ``"text"``, ``"html"``, ``"mail"``, ``"markdown"``, or the name of a column with such. ``cleaner`` goes to the workers
    as its options.
    It is worked out when the rows are stored or read.

    Raises :class:`KeyError` and :class:`TypeError` for columns that do not fit.
    """
    schema = rows.schema()
    made = schema_of("clean")
    if not schema:
        return ray.data.from_arrow(made.empty_table())
    types = {name: type_of(of) for name, of in zip(schema.names, schema.types)}
    by_column = format if is_column(format, list(types)) else None
    has_columns(list(types), (text, id, dump, place, url))
    place = place_of(types, text, id, place)

    def records(block: Any) -> Any:
        def named(name: str | None, other: Any, of: Any) -> Any:
            return pyarrow.repeat(pyarrow.scalar(other, of), block.num_rows) if name is None else block[name].cast(of)

        string = pyarrow.string()
        return pyarrow.table(
            {
                "dump": named(dump, "", string),
                "place": named(place, 0, pyarrow.int64()),
                "record": named(id, None, string),
                "text": block[text],
                "url": named(url, None, string),
                "format": named(by_column, None if by_column else format, string),
            }
        )

    work = worked(cleaning("_clean_rows", cleaner), made)
    return with_columns(blocks(rows, lambda block: work(records(block))), made)


def clean_dumps(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    cleaner: Cleaner | None = None,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    text_field: str | None = None,
    pass_fields: Iterable[str] = (),
    out: str | PathLike[str] | None = None,
) -> Dataset:
    """Cleans files and folders as the command does, whatever they hold: the same dumps, records and names. All workers must see the paths.

    A file is read by one task, since its records are named by their numbers. ``out`` is left out of the walk. It is worked out when the rows are
    stored or read.

    Raises :class:`DechaffError` where a path stands nowhere.
    """
    parts, left_out = dealt(paths, include, exclude, out)
    schema = schema_of("clean")
    left = [{"dump": dump, "error": error, "skipped": reason} for dump, error, reason in left_out]
    not_read = padded(pyarrow.Table.from_pylist(left, pyarrow.schema([(name, pyarrow.string()) for name in ("dump", "error", "skipped")])), schema)
    given = [pyarrow.table(list(map(pyarrow.array, zip(*part))), DUMPS) for part in parts]
    work = worked(cleaning("_clean_dumps", cleaner, text_field, list(pass_fields)), schema)
    found = blocks(ray.data.from_arrow(given or [DUMPS.empty_table()]), work)
    return found.union(ray.data.from_arrow(not_read))
