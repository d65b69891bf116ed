"""Rows into tables of DuckDB, as one arrow table: row by row would take seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from duckdb import DuckDBPyConnection


def insert(con: DuckDBPyConnection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Append rows that have the table's columns in the table's order."""
    columns = list(zip(*rows, strict=True))
    if columns:
        append(
            con, table, pa.table(list(map(pa.array, columns)), list(map(str, range(len(columns)))))
        )


def append(con: DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Append an arrow table by the order of its columns."""
    con.register("arriving", rows)
    con.execute(f"insert into {table} select * from arriving")
    con.unregister("arriving")
