"""Cleaning in Spark."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import BinaryType, DataType, IntegralType, NumericType, StringType

from dechaff import Cleaner
from dechaff._dechaff import _columns
from dechaff._spread.cleaning import Type, dealt, has_columns, is_column, place_of
from dechaff._spread.tasks import cleaning
from dechaff.spark._tables import check


def type_of(of: DataType) -> Type:
    """What a column of such a type holds."""
    name = of.simpleString()
    if isinstance(of, (StringType, BinaryType)):
        return Type(name, "texts")
    if isinstance(of, IntegralType):
        return Type(name, "whole numbers")
    return Type(name, "other numbers" if isinstance(of, NumericType) else "other")


def clean(
    rows: DataFrame,
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
    without), by ``place`` (whole numbers; by ``id`` without, where that has such), by ``id`` as text, by article: of equal texts the first stands for
    all. ``format`` is one of ``"text"``, ``"html"``, ``"mail"``, ``"markdown"``, or the name of a column with such. ``cleaner`` goes to the workers
    as its options.

    Raises :class:`KeyError` and :class:`TypeError` for columns that do not fit, :class:`DechaffError` where a worker has no such package.
    """
    by_column = format if is_column(format, rows.columns) else None
    has_columns(rows.columns, (text, id, dump, place, url))
    place = place_of({field.name: type_of(field.dataType) for field in rows.schema.fields}, text, id, place)
    none = F.lit(None).cast("string")

    def named(name: str | None, other: Column) -> Column:
        return other if name is None else F.col(f"`{name}`")

    given = rows.select(
        named(dump, F.lit("")).cast("string").alias("dump"),
        named(place, F.lit(0)).cast("bigint").alias("place"),
        named(id, none).cast("string").alias("record"),
        named(text, none).alias("text"),
        named(url, none).cast("string").alias("url"),
        named(by_column, none if format is None else F.lit(format)).cast("string").alias("format"),
    )
    check(rows.sparkSession)
    return given.mapInArrow(cleaning("_clean_rows", cleaner), _columns("clean"))


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
    parts, left_out = dealt(paths, include, exclude, out)
    check(spark)
    rows = spark.sparkContext.parallelize(parts, max(len(parts), 1)).flatMap(lambda part: part)
    given = spark.createDataFrame(rows, "dump string, path string, nth bigint, in_folder bigint")
    found = given.mapInArrow(cleaning("_clean_dumps", cleaner, text_field, list(pass_fields)), _columns("clean"))
    if not left_out:
        return found
    left = spark.createDataFrame(left_out, "dump string, error string, skipped string")
    return found.unionByName(left, allowMissingColumns=True).select(*spark.createDataFrame([], _columns("clean")).columns)
