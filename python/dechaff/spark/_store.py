"""What steps made, stored until others have read it: whatever becomes of a worker, nothing is worked out twice, and no plan grows with those before."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import uuid
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

from dechaff import DechaffError


class Store:
    """A folder of its own below ``scratch``; below the checkpoints of the session, or in the folder for temporary files of one machine, without."""

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
