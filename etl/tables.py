"""The tables of a vintage, and rows into them as arrow: row by row would take seconds."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.dataset  # noqa: F401 (DuckDB asks for it, and without it for pandas: 0.2 s)

from etl.periods import every_period
from etl.records import OBSERVATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from etl.catalogue import Catalogue

SCHEMA = Path(__file__).with_name("schema.sql")
CHUNK = 122_880  # rows that DuckDB writes as one group; several threads take one each
CLOSED = ("obs_status", "qualifier")  # their words stand in schema.sql


def create(
    con: DuckDBPyConnection, catalogue: Catalogue, reported: Mapping[str, Iterable[str]]
) -> None:
    """Make the tables of schema.sql, and the enums of words that may stand in them.

    ``reported`` has the words of each column of ``OBSERVATION`` that repeats its words.
    """
    known: dict[str, Iterable[str]] = {
        "dataset": (entry.dataset for entry in catalogue.reporting),
        "indicator": catalogue.indicators,
        "ref_area": catalogue.areas,
        "breakdown": ("_T", *(f"{part}:{code}" for part, code in catalogue.breakdowns)),
        "time_period": every_period(),
    }
    for field in OBSERVATION:
        if pa.types.is_dictionary(field.type) and field.name not in CLOSED:
            _enum(con, field.name, chain(known.get(field.name, ()), reported[field.name]))
    _enum(con, "standing", reported["reason"])
    con.execute(SCHEMA.read_text("utf-8"))


def _enum(con: DuckDBPyConnection, name: str, words: Iterable[str]) -> None:
    """Make an enum that sorts as its words do."""
    with registered(con, "arriving", pa.table({"word": sorted({"", *words})})):
        con.execute(f"create type {name}_word as enum (select word from arriving)")


def words(reports: pa.Table) -> dict[str, set[str]]:
    """The words that may stand in each column of a table that repeats its words."""
    return {
        field.name: {
            word for chunk in reports[field.name].chunks for word in chunk.dictionary.to_pylist()
        }
        for field in reports.schema
        if pa.types.is_dictionary(field.type)
    }


def insert(con: DuckDBPyConnection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Insert rows that have the table's columns in the table's order."""
    columns = list(zip(*rows, strict=True))
    if columns:
        arrays = list(map(pa.array, columns))
        with registered(con, "arriving", pa.table(arrays, list(map(str, range(len(columns)))))):
            con.execute(f"insert into {table} select * from arriving")


def append(con: DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Append an arrow table that has the table's columns in the table's order.

    Words that repeat come as their numbers: DuckDB would look each of them up among those of its
    enum, and takes a word from a list in a fifth of the time.
    """
    rows = rows.unify_dictionaries()
    columns, values = rows.columns, [f'"{name}"' for name in rows.column_names]
    types = con.execute(f"select type from pragma_table_info('{table}')").fetchall()
    for at, column in enumerate(rows.columns if rows.num_rows else ()):
        if pa.types.is_dictionary(column.type):
            words = column.chunk(0).dictionary.to_pylist()
            known = f"list_transform($1, lambda word: try_cast(word as {types[at][0]}))"
            con.execute(f"set variable words_{at} = {known}", [words])  # null: no row has it
            columns[at] = pa.chunked_array([chunk.indices for chunk in column.chunks])
            values[at] = f"(getvariable('words_{at}'))[{values[at]} + 1]"
    with registered(con, "arriving", pa.table(columns, rows.column_names)):
        con.execute(f"insert into {table} select {', '.join(values)} from arriving")


@contextmanager
def registered(con: DuckDBPyConnection, name: str, rows: pa.Table) -> Iterator[None]:
    """Let queries see a table that is not the database's, in pieces that threads share out."""
    con.register(name, pa.Table.from_batches(rows.to_batches(max_chunksize=CHUNK), rows.schema))
    yield
    con.unregister(name)
