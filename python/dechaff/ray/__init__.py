"""Cleaning with Ray Data (``pip install dechaff 'ray[data]'`` on every machine), with the bytes that one machine gives.

>>> from dechaff.samples import QUAY
>>> from dechaff.ray import clean, deduplicate, publish
>>> rows = ray.data.from_items([{"id": 1, "text": QUAY}, {"id": 2, "text": QUAY}])
>>> cleaned = clean(rows).materialize()
>>> articles, ledger = publish(cleaned, deduplicate(cleaned))
>>> articles.select_columns(["record", "title"]).take_all()
[{'record': '1', 'title': 'Old quay reopens after storm'}]

docs/spark.md says when to take it.
"""

from __future__ import annotations

from importlib.util import find_spec as _find_spec

for _name in ("ray", "pyarrow"):
    if _find_spec(_name) is None:
        raise ModuleNotFoundError(f"dechaff.ray needs {_name}: pip install 'ray[data]'")

from dechaff.ray._clean import clean, clean_dumps
from dechaff.ray._flow import deduplicate, publish

__all__ = ["clean", "clean_dumps", "deduplicate", "publish"]
