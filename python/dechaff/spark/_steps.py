"""How a step of the library runs in the tasks of Spark."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

import dechaff
from dechaff import Cleaner, DechaffError
from dechaff._dechaff import _columns

Batches = Iterator[Any]
Work = Callable[[Batches], Batches]


def _task(call: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Work:
    """What a task does with its batches: calls a function of the library. It goes to the workers as it is, so that it can say what these lack."""
    version = dechaff.__version__

    def work(batches: Batches) -> Batches:
        import itertools
        import platform
        import sys

        def lacks(what: str) -> RuntimeError:
            return RuntimeError(f"the worker on {platform.node()}, which runs {sys.executable}, {what}")

        try:
            import pyarrow
            from dechaff import __version__, _dechaff
        except ImportError as error:
            package = (error.name or "dechaff").split(".")[0]
            raise lacks(f"has no package {package}: install it there, and set PYSPARK_PYTHON before the session begins") from error
        if __version__ != version:
            raise lacks(f"has dechaff {__version__}, the driver has {version}: install the same wheel")
        first = next(batches, None)
        if first is None:
            return
        given = pyarrow.RecordBatchReader.from_batches(first.schema, itertools.chain([first], batches))
        made = getattr(_dechaff, call)(*before, given, *after)
        yield from pyarrow.RecordBatchReader.from_stream(made)

    return work


def step(name: str, rows: DataFrame, **options: Any) -> DataFrame:
    """A step over rows, each by itself."""
    return rows.mapInArrow(_task("_step", (name,), (json.dumps(options),)), _columns(name))


def grouped(name: str, rows: DataFrame, by: str, *then: str, **options: Any) -> DataFrame:
    """A step over the rows that are equal in a column, sorted by others."""
    return step(name, rows.repartition(by).sortWithinPartitions(by, *then), **options)


def cleaned(call: str, cleaner: Cleaner, rows: DataFrame, *after: Any) -> DataFrame:
    """Rows that are cleaned."""
    return rows.mapInArrow(_task(call, (cleaner,), after), _columns("clean"))


def check(spark: SparkSession) -> None:
    """Runs a first small task on the workers.

    Raises :class:`DechaffError` that says what they lack.
    """
    probe = spark.range(0, 64, 1, spark.sparkContext.defaultParallelism).selectExpr("encode(id, 'utf-8') key", "'' text")
    try:
        step("fingerprints", probe).count()
    except PySparkException as error:
        raise said(error) from error


def said(error: PySparkException) -> DechaffError:
    """What a task says, without the frames of the engine."""
    lines = [line.strip() for line in str(error).splitlines()]
    of_task = [line for line in lines if line.startswith(("RuntimeError: ", "pyarrow.lib.Arrow", "dechaff.errors.", "ValueError: "))]
    return DechaffError(of_task[-1].split(": ", 1)[1] if of_task else next(iter(lines), "Spark gave no reason"))
