"""Rows in Spark: the tables that steps work on."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import Any

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from dechaff import DechaffError
from dechaff._dechaff import _columns
from dechaff._spread.tables import TESTS
from dechaff._spread.tasks import step

JOINS = {"inner": "inner", "left": "left", "semi": "left_semi", "anti": "left_anti"}


class Store:
    """What steps made, stored until others have read it: whatever becomes of a worker, nothing is worked out twice, and no plan grows with those
    before. It is a folder of its own below ``scratch``; below the checkpoints of the session, or in the folder for temporary files of one machine,
    without."""

    def __init__(self, spark: SparkSession, scratch: str | None) -> None:
        folder = scratch or spark.sparkContext.getCheckpointDir()
        if folder is None and not str(spark.sparkContext.master).startswith("local"):
            raise DechaffError("there is no folder to work in: give scratch=, a folder or its address that all workers see")
        if folder is None:
            folder = tempfile.mkdtemp(prefix="dechaff-")
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
        address = folder if ":/" in folder else Path(folder).absolute().as_uri()
        self.folder = f"{address.rstrip('/')}/dechaff-{uuid.uuid4().hex}"
        self.spark = spark

    def __call__(self, name: str, rows: DataFrame) -> DataFrame:
        """Works rows out and stores them."""
        path = f"{self.folder}/{name}"
        rows.write.parquet(path)
        return self.spark.read.schema(rows.schema).parquet(path)


class SparkTable:
    """A :class:`dechaff._spread.tables.Table` of Spark."""

    def __init__(self, rows: DataFrame, store: Store) -> None:
        self.rows = rows
        self.store = store

    def _with(self, rows: DataFrame) -> SparkTable:
        return SparkTable(rows, self.store)

    @property
    def columns(self) -> list[str]:
        return list(self.rows.columns)

    def step(self, name: str, **options: Any) -> SparkTable:
        return self._with(self.rows.mapInArrow(step(name, options), _columns(name)))

    def grouped(self, name: str, by: str, *then: str, **options: Any) -> SparkTable:
        return self._with(self.rows.repartition(by).sortWithinPartitions(by, *then)).step(name, **options)

    def select(self, *names: str, **renamed: str) -> SparkTable:
        return self._with(self.rows.select(*names, *[F.col(old).alias(new) for new, old in renamed.items()]))

    def where(self, column: str, test: str, value: Any) -> SparkTable:
        return self._with(self.rows.filter(TESTS[test](F.col(column), value)))

    def known(self, column: str) -> SparkTable:
        return self._with(self.rows.filter(F.col(column).isNotNull()))

    def differing(self, column: str, other: str) -> SparkTable:
        return self._with(self.rows.filter(F.col(column) != F.col(other)))

    def constant(self, column: str, value: str | float) -> SparkTable:
        return self._with(self.rows.withColumn(column, F.lit(value)))

    def either(self, column: str, first: str, second: str) -> SparkTable:
        return self._with(self.rows.withColumn(column, F.coalesce(first, second)))

    def join(self, other: SparkTable, *on: str, how: str = "inner", is_small: bool = False) -> SparkTable:
        return self._with(self.rows.join(F.broadcast(other.rows) if is_small else other.rows, list(on), JOINS[how]))

    def union(self, other: SparkTable) -> SparkTable:
        return self._with(self.rows.unionByName(other.rows, allowMissingColumns=True))

    def distinct(self) -> SparkTable:
        return self._with(self.rows.distinct())

    def counted(self, by: str, *, least: str | None = None, distinct: str | None = None) -> SparkTable:
        of_others = [F.min(least).alias("least")] if least else []
        of_others += [F.count_distinct(distinct).alias("distinct")] if distinct else []
        return self._with(self.rows.groupBy(by).agg(F.count("*").alias("rows"), *of_others))

    def stored(self, name: str) -> SparkTable:
        return self._with(self.store(name, self.rows))

    def made(self, rows: Any) -> SparkTable:
        return self._with(self.rows.sparkSession.createDataFrame(rows))

    def count(self) -> int:
        return self.rows.count()

    def fetch(self) -> Any:
        return self.rows.toArrow()


def check(spark: SparkSession) -> None:
    """Runs a first small task on the workers.

    Raises :class:`DechaffError` that says what they lack.
    """
    probe = spark.range(0, 64, 1, spark.sparkContext.defaultParallelism).selectExpr("encode(id, 'utf-8') key", "'' text")
    try:
        probe.mapInArrow(step("fingerprints", {}), _columns("fingerprints")).count()
    except PySparkException as error:
        raise said(error) from error


def remove(spark: SparkSession, folder: str) -> None:
    """Removes a folder, by its address, with all in it."""
    context: Any = spark.sparkContext
    path = context._jvm.org.apache.hadoop.fs.Path(folder)
    path.getFileSystem(context._jsc.hadoopConfiguration()).delete(path, True)


def said(error: PySparkException) -> DechaffError:
    """What a task says, without the frames of the engine."""
    lines = [line.strip() for line in str(error).splitlines()]
    of_task = [line for line in lines if line.startswith(("RuntimeError: ", "pyarrow.lib.Arrow", "dechaff.errors.", "ValueError: "))]
    return DechaffError(of_task[-1].split(": ", 1)[1] if of_task else next(iter(lines), "Spark gave no reason"))
