"""How a call of the library runs in the tasks of an engine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import dechaff
from dechaff import Cleaner

Batches = Iterator[Any]
Work = Callable[[Batches], Batches]


def task(call: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Work:
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
            raise lacks(f"has no package {package}: install it there, in the Python that runs it") from error
        if __version__ != version:
            raise lacks(f"has dechaff {__version__}, the driver has {version}: install the same wheel")
        first = next(batches, None)
        if first is None:
            return
        given = pyarrow.RecordBatchReader.from_batches(first.schema, itertools.chain([first], batches))
        made = getattr(_dechaff, call)(*before, given, *after)
        yield from pyarrow.RecordBatchReader.from_stream(made)

    return work


def step(name: str, options: dict[str, Any]) -> Work:
    """A step of the library over rows."""
    return task("_step", (name,), (json.dumps(options),))


def cleaning(call: str, cleaner: Cleaner | None, *after: Any) -> Work:
    """Cleans records or dumps."""
    return task(call, (cleaner or Cleaner(),), after)
