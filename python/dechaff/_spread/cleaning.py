"""What is cleaned: columns of rows, or files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from typing import Any, Literal

from dechaff import DechaffError
from dechaff._dechaff import _walk

FORMATS = ("text", "html", "mail", "markdown")

PART = 32 << 20
"""Bytes of dumps that a task reads, unless one dump is larger."""

Row = tuple[Any, ...]


def is_column(format: str | None, columns: list[str]) -> bool:
    """Whether a format is the name of a column, not of a format."""
    if format in (None, *FORMATS):
        return False
    if format not in columns:
        raise ValueError(f"format {format!r} is not known: give one of {', '.join(map(repr, FORMATS))}, or the name of a column")
    return True


def has_columns(columns: list[str], names: Iterable[str | None]) -> None:
    """Refuses names that no column has."""
    for name in names:
        if name is not None and name not in columns:
            raise KeyError(f"has no column {name!r}; its columns are {', '.join(columns)}")


@dataclass(frozen=True)
class Type:
    """The type of a column, as its engine calls it, and what that holds."""

    name: str
    holds: Literal["texts", "whole numbers", "other numbers", "other"]


def place_of(types: dict[str, Type], text: str, id: str, place: str | None) -> str | None:
    """The column of whole numbers that rows of a dump sort by, if there is one; refuses columns of other types than are wanted."""

    def refused(name: str, wanted: str) -> TypeError:
        return TypeError(f"column {name!r} is of type {types[name].name}; cast it to {wanted}")

    if types[text].holds != "texts":
        raise refused(text, "string or binary")
    # The same number may be written in several ways.
    if types[id].holds == "other numbers":
        raise refused(id, "string, or to a whole number")
    if place is None:
        return id if types[id].holds == "whole numbers" else None
    if types[place].holds != "whole numbers":
        raise refused(place, "a whole number")
    return place


def dealt(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]], include: Iterable[str], exclude: Iterable[str], out: str | PathLike[str] | None
) -> tuple[list[list[Row]], list[Row]]:
    """The dumps below paths, some for each task: name, path, which it is of those of its name, whether it was found in a folder. And those that are
    not read: name, error, reason why not."""
    paths = [paths] if isinstance(paths, (str, PathLike)) else list(paths)
    missing = [path for path in paths if not os.path.lexists(path)]
    if missing:
        raise DechaffError(f"{os.fspath(missing[0])} does not exist")
    dumps, skipped, failures = _walk(paths, include=include, exclude=exclude, out=out)
    nth: Counter[str] = Counter()
    parts: list[list[Row]] = []
    free = 0
    for dump, path, size, in_folder in dumps:
        if size > free or not parts:
            parts.append([])
            free = PART
        free -= size + (PART >> 10)
        parts[-1].append((dump, str(path), nth[dump], int(in_folder)))
        nth[dump] += 1
    return parts, [(dump, error, None) for dump, error in failures] + [(dump, None, reason) for dump, reason in skipped]
