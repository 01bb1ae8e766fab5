"""Rows in Ray Data: the tables that steps work on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pyarrow
import pyarrow.compute as compute
import ray
from ray.data import Dataset

from dechaff._dechaff import _columns
from dechaff._spread.tables import TESTS
from dechaff._spread.tasks import Work, step

KINDS = {"binary": pyarrow.binary(), "string": pyarrow.string(), "bigint": pyarrow.int64(), "double": pyarrow.float64()}
JOINS = {"inner": "inner", "left": "left outer", "semi": "left semi", "anti": "left anti"}

SIDE = "_side"
"""The column that says from which of two tables a row is."""


def schema_of(name: str) -> Any:
    """What a step makes, or cleaning as ``"clean"``."""
    columns = (column.split(" ") for column in _columns(name).split(", "))
    return pyarrow.schema([(column, KINDS[kind]) for column, kind in columns])


def padded(rows: Any, schema: Any) -> Any:
    """Columns of a table, those that it lacks without values."""
    missing = [name for name in schema.names if name not in rows.column_names]
    for name in missing:
        rows = rows.append_column(name, pyarrow.nulls(rows.num_rows, schema.field(name).type))
    return rows.select(schema.names).cast(schema)


def worked(work: Work, schema: Any) -> Callable[[Any], Any]:
    """What a task does with a block."""

    def of_block(block: Any) -> Any:
        return pyarrow.Table.from_batches(list(work(iter(block.to_batches()))), schema)

    return of_block


def blocks(rows: Dataset, work: Callable[[Any], Any]) -> Dataset:
    """What is made of each block as a whole."""
    return rows.map_batches(work, batch_format="pyarrow", batch_size=None)


def with_columns(rows: Dataset, schema: Any) -> Dataset:
    """The same rows; where there are none Ray knows the columns all the same."""
    return rows.union(ray.data.from_arrow(schema.empty_table()))


@ray.remote
def size(block: Any) -> int:
    """How many rows a block has."""
    return int(block.num_rows)


def with_rows(rows: Dataset) -> list[Any]:
    """The blocks that have rows, worked out: Ray cannot bring others together with them, which have lost their columns."""
    found = rows.to_arrow_refs()
    sizes = ray.get([size.remote(block) for block in found])
    return [block for block, rows_of_it in zip(found, sizes) if rows_of_it]


class RayTable:
    """A :class:`dechaff._spread.tables.Table` of Ray Data, which does not know the columns of a table without rows: so they stand here."""

    def __init__(self, rows: Dataset, schema: Any) -> None:
        self.rows = rows
        self.schema = schema

    def _map(self, work: Callable[[Any], Any], schema: Any = None) -> RayTable:
        return RayTable(blocks(self.rows, work), schema or self.schema)

    def _brought_together(self, by: list[str], work: Callable[[Any], Any], schema: Any, then: tuple[str, ...] = ()) -> RayTable:
        """Works on blocks that have all rows of a value each, sorted: what ``groupby(by).map_groups`` does, but for many groups at a time."""
        parts = self.rows.context.default_hash_shuffle_parallelism
        order = [(name, "ascending") for name in (*by, *then)]
        given = with_rows(self.rows)
        if not given:
            return RayTable(ray.data.from_arrow(schema.empty_table()), schema)
        together = ray.data.from_arrow_refs(given).repartition(parts, keys=by, sort=True)
        return RayTable(blocks(together, lambda rows: work(rows.sort_by(order) if then else rows)), schema)

    @property
    def columns(self) -> list[str]:
        return list(self.schema.names)

    def step(self, name: str, **options: Any) -> RayTable:
        schema = schema_of(name)
        return self._map(worked(step(name, options), schema), schema)

    def grouped(self, name: str, by: str, *then: str, **options: Any) -> RayTable:
        schema = schema_of(name)
        return self._brought_together([by], worked(step(name, options), schema), schema, then)

    def select(self, *names: str, **renamed: str) -> RayTable:
        columns = {**{name: name for name in names}, **renamed}
        schema = pyarrow.schema([(new, self.schema.field(old).type) for new, old in columns.items()])
        return self._map(lambda rows: pyarrow.table([rows[old] for old in columns.values()], schema), schema)

    def where(self, column: str, test: str, value: Any) -> RayTable:
        return self._map(lambda rows: rows.filter(TESTS[test](compute.field(column), value)))

    def known(self, column: str) -> RayTable:
        return self._map(lambda rows: rows.filter(compute.field(column).is_valid()))

    def differing(self, column: str, other: str) -> RayTable:
        return self._map(lambda rows: rows.filter(compute.field(column) != compute.field(other)))

    def _with(self, column: str, of: Any, work: Callable[[Any], Any]) -> RayTable:
        names = [name for name in self.columns if name != column]
        schema = pyarrow.schema([*[self.schema.field(name) for name in names], (column, of)])
        return self._map(lambda rows: rows.select(names).append_column(column, work(rows)), schema)

    def constant(self, column: str, value: str | float) -> RayTable:
        scalar = pyarrow.scalar(value)
        return self._with(column, scalar.type, lambda rows: pyarrow.repeat(scalar, rows.num_rows))

    def either(self, column: str, first: str, second: str) -> RayTable:
        return self._with(column, self.schema.field(first).type, lambda rows: compute.coalesce(rows[first], rows[second]))

    def join(self, other: RayTable, *on: str, how: str = "inner", is_small: bool = False) -> RayTable:
        others = [] if how in ("semi", "anti") else [field for field in other.schema if field.name not in on]
        schema = pyarrow.schema([*self.schema, *others])
        own, its, keys = self.schema, other.schema, list(on)

        def joined(rows: Any, others: Any) -> Any:
            return rows.join(others, keys, join_type=JOINS[how]).select(schema.names).cast(schema)

        if is_small:
            given = ray.put(other.fetch())
            return self._map(lambda rows: joined(rows.select(own.names), ray.get(given)), schema)
        sides = [table.constant(SIDE, float(side)) for side, table in enumerate((self, other))]

        def work(rows: Any) -> Any:
            sides = (rows.filter(compute.field(SIDE) == float(side)) for side in (0, 1))
            return joined(*(side.select(of.names) for side, of in zip(sides, (own, its))))

        return sides[0].union(sides[1])._brought_together(keys, work, schema)

    def union(self, other: RayTable) -> RayTable:
        schema = pyarrow.schema([*self.schema, *[field for field in other.schema if field.name not in self.columns]])
        both = [blocks(table.rows, partial(padded, schema=schema)) for table in (self, other)]
        return RayTable(both[0].union(both[1]), schema)

    def distinct(self) -> RayTable:
        names = self.columns
        return self._brought_together(names, lambda rows: rows.group_by(names).aggregate([]), self.schema)

    def counted(self, by: str, *, least: str | None = None, distinct: str | None = None) -> RayTable:
        counts: list[Any] = [([], "count_all")]
        fields = [self.schema.field(by), ("rows", pyarrow.int64())]
        if least:
            counts.append((least, "min"))
            fields.append(("least", self.schema.field(least).type))
        if distinct:
            counts.append((distinct, "count_distinct"))
            fields.append(("distinct", pyarrow.int64()))
        schema = pyarrow.schema(fields)

        def work(rows: Any) -> Any:
            return rows.group_by(by).aggregate(counts).rename_columns(schema.names).cast(schema)

        return self._brought_together([by], work, schema)

    def stored(self, name: str) -> RayTable:
        return RayTable(self.rows.materialize(), self.schema)

    def made(self, rows: Any) -> RayTable:
        return RayTable(ray.data.from_arrow(rows), rows.schema)

    def count(self) -> int:
        return int(self.rows.count())

    def fetch(self) -> Any:
        found = [block.select(self.schema.names).cast(self.schema) for block in ray.get(self.rows.to_arrow_refs()) if block.num_rows]
        return pyarrow.concat_tables(found) if found else self.schema.empty_table()

