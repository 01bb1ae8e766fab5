"""Cleaning on Spark (``pip install dechaff pyspark pyarrow`` on the driver and on every worker), with the bytes that one machine gives.

>>> from dechaff.samples import QUAY
>>> from dechaff.spark import clean, deduplicate, publish
>>> rows = spark.createDataFrame([(1, QUAY), (2, QUAY)], "id bigint, text string")
>>> cleaned = clean(rows).persist()
>>> articles, ledger = publish(cleaned, deduplicate(cleaned))
>>> articles.select("record", "title").collect()
[Row(record='1', title='Old quay reopens after storm')]

``python -m dechaff.spark --input … --output …`` is the same as a job, for ``spark-submit``. docs/spark.md says when to take it, and what it costs.
"""

from __future__ import annotations

from importlib.util import find_spec as _find_spec

for _name in ("pyspark", "pyarrow"):
    if _find_spec(_name) is None:
        raise ModuleNotFoundError(f"dechaff.spark needs {_name}: pip install pyspark pyarrow")

from dechaff.spark._clean import clean, clean_dumps
from dechaff.spark._flow import deduplicate, publish

__all__ = ["clean", "clean_dumps", "deduplicate", "publish"]
