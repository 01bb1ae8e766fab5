"""Cleaning in Spark."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from os import PathLike
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import BinaryType, NumericType, StringType

from dechaff import Cleaner, DechaffError
from dechaff._dechaff import _columns, _walk
from dechaff.spark._steps import check, cleaned

FORMATS = ("text", "html", "mail", "markdown")

PART = 32 << 20
"""Bytes of dumps that a task reads, unless one dump is larger."""


def _columns_of(df: DataFrame, names: Iterable[str | None]) -> None:
    for name in names:
        if name is not None and name not in df.columns:
            raise KeyError(f"has no column {name!r}; its columns are {', '.join(df.columns)}")


def clean(
    df: DataFrame,
    *,
    text: str = "text",
    id: str = "id",
    dump: str | None = None,
    place: str | None = None,
    url: str | None = None,
    format: str | None = None,
    cleaner: Cleaner | None = None,
) -> DataFrame:
    """Cleans rows: each gives a row for every article in it, or one without (``article`` is null), which holds the ledger or says what is wrong.

    ``text`` is a column of texts or bytes, ``id`` what tells a row from all others of its ``dump``. Articles sort by ``dump`` (one for all rows
    without), by ``place`` (a number; by ``id`` without, where that is a number), by article: of equal texts the first stands for all. ``format``
    is one of ``"text"``, ``"html"``, ``"mail"``, ``"markdown"``, or the name of a column with such. ``cleaner`` goes to the workers as its options.

    Raises :class:`KeyError` and :class:`TypeError` for columns that do not fit, :class:`DechaffError` where a worker has no such package.
    """
    by_column = format if format not in (None, *FORMATS) else None
    if by_column is not None and by_column not in df.columns:
        raise ValueError(f"format {format!r} is not known: give one of {', '.join(map(repr, FORMATS))}, or the name of a column")
    _columns_of(df, (text, id, dump, place, url))
    types = {field.name: field.dataType for field in df.schema.fields}
    if not isinstance(types[text], (StringType, BinaryType)):
        raise TypeError(f"column {text!r} is of type {types[text].simpleString()}; cast it to string or binary")
    if place is None and isinstance(types[id], NumericType):
        place = id
    if place is not None and not isinstance(types[place], NumericType):
        raise TypeError(f"column {place!r} is of type {types[place].simpleString()}; cast it to bigint")
    none = F.lit(None).cast("string")

    def named(name: str | None, other: Column) -> Column:
        return other if name is None else F.col(f"`{name}`")

    rows = df.select(
        named(dump, F.lit("")).cast("string").alias("dump"),
        named(place, F.lit(0)).cast("bigint").alias("place"),
        named(id, none).cast("string").alias("record"),
        named(text, none).alias("text"),
        named(url, none).cast("string").alias("url"),
        named(by_column, none if format is None else F.lit(format)).cast("string").alias("format"),
    )
    check(df.sparkSession)
    return cleaned("_clean_rows", cleaner or Cleaner(), rows)


def clean_dumps(
    spark: SparkSession,
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    cleaner: Cleaner | None = None,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    text_field: str | None = None,
    pass_fields: Iterable[str] = (),
    out: str | PathLike[str] | None = None,
) -> DataFrame:
    """Cleans files and folders as the command does, whatever they hold: the same dumps, records and names. All workers must see the paths.

    A file is read by one task, since its records are named by their numbers. ``out`` is left out of the walk.

    Raises :class:`DechaffError` where a path stands nowhere, or a worker has no such package.
    """
    paths = [paths] if isinstance(paths, (str, PathLike)) else list(paths)
    missing = [path for path in paths if not os.path.lexists(path)]
    if missing:
        raise DechaffError(f"{os.fspath(missing[0])} does not exist")
    check(spark)
    dumps, skipped, failures = _walk(paths, include=include, exclude=exclude, out=out)
    nth: Counter[str] = Counter()
    parts: list[list[tuple[Any, ...]]] = []
    free = 0
    for dump, path, size, in_folder in dumps:
        if size > free or not parts:
            parts.append([])
            free = PART
        free -= size + (PART >> 10)
        parts[-1].append((dump, str(path), nth[dump], int(in_folder)))
        nth[dump] += 1
    rows = spark.sparkContext.parallelize(parts, max(len(parts), 1)).flatMap(lambda part: part)
    given = spark.createDataFrame(rows, "dump string, path string, nth bigint, in_folder bigint")
    found = cleaned("_clean_dumps", cleaner or Cleaner(), given, text_field, list(pass_fields))
    reasons = [(dump, error, None) for dump, error in failures] + [(dump, None, reason) for dump, reason in skipped]
    if not reasons:
        return found
    left = spark.createDataFrame(reasons, "dump string, error string, skipped string")
    return found.unionByName(left, allowMissingColumns=True).select(*spark.createDataFrame([], _columns("clean")).columns)
