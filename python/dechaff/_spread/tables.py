"""What an engine can do with rows."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from typing_extensions import Self

TESTS: dict[str, Callable[[Any, Any], Any]] = {"==": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge, "<=": operator.le}
"""The tests of :meth:`Table.where`."""


class Table(Protocol):
    """Rows on many machines. What is done with them need not be worked out before they are stored, counted or fetched."""

    @property
    def columns(self) -> list[str]:
        """Their names."""

    def step(self, name: str, **options: Any) -> Self:
        """What a step of the library makes of the rows, each by itself."""

    def grouped(self, name: str, by: str, *then: str, **options: Any) -> Self:
        """The same of the rows that are equal in a column, sorted by others."""

    def select(self, *names: str, **renamed: str) -> Self:
        """Columns, and columns under other names."""

    def where(self, column: str, test: str, value: Any) -> Self:
        """The rows that pass a test of :data:`TESTS`."""

    def known(self, column: str) -> Self:
        """The rows that have a value in a column."""

    def differing(self, column: str, other: str) -> Self:
        """The rows that have two different values in two columns."""

    def constant(self, column: str, value: str | float) -> Self:
        """The rows with one more column, in which all have the same."""

    def either(self, column: str, first: str, second: str) -> Self:
        """The rows with a column that has the value of one of two others, the first that there is."""

    def join(self, other: Self, *on: str, how: Literal["inner", "left", "semi", "anti"] = "inner", is_small: bool = False) -> Self:
        """The rows of both that are equal in columns; ``"semi"`` and ``"anti"`` give rows of the first alone. A small table goes to all workers."""

    def union(self, other: Self) -> Self:
        """The rows of both, by the names of columns, which either may lack."""

    def distinct(self) -> Self:
        """Each row once."""

    def counted(self, by: str, *, least: str | None = None, distinct: str | None = None) -> Self:
        """For each value of a column how many ``rows`` have it, the ``least`` value that these have in another column, and how many ``distinct``."""

    def stored(self, name: str) -> Self:
        """The rows, worked out and stored until all have read them. No two have one name."""

    def made(self, rows: Any) -> Self:
        """Rows of a table of Arrow that is here."""

    def count(self) -> int:
        """How many rows there are."""

    def fetch(self) -> Any:
        """All rows, brought here as a table of Arrow."""
