"""Builds the table series, and what lineage needs, from the table observation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from etl.series import issues, world
from etl.series.segments import arrived, segments, table
from etl.series.shapes import Shapes
from etl.series.topics import Topics, topics
from etl.tables import registered

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from etl.catalogue import Catalogue
    from etl.records import Issue
    from etl.series.topics import Batch

SQL = {path.stem: path.read_text("utf-8") for path in Path(__file__).parent.glob("sql/*.sql")}

OUTLINE = ("series", "base", "since", "until", "months")  # what the keys need of the segments
WORDS = {"dataset", "indicator", "breakdown"}  # enums: they join as numbers

# Each batch makes and drops the same tables: memory given back between them costs a tenth. Blocks
# that are on the disk already need not stay in memory.
MEMORY = (
    "set allocator_flush_threshold = '4GB'",
    "set allocator_bulk_deallocation_flush_threshold = '4GB'",
    "set memory_limit = '{} MB'",
)
LEAST_MB, BYTES_A_REPORT = 550, 200

# From how many reports on sorted series are worth a tenth of what they take to build.
MANY_REPORTS = 4_000_000


def build(con: DuckDBPyConnection, catalogue: Catalogue) -> list[Issue]:
    """Fill the series of a database that holds the tables of schema.sql and its observations.

    Returns what the arithmetic found wrong: contradicting reports, negative remainders, totals
    that differ from their parts.
    """
    found = topics(con, catalogue)
    limit = max(LEAST_MB, found.reports * BYTES_A_REPORT // 1_000_000)
    for setting in MEMORY:
        con.execute(setting.format(limit))
    depth = _prepare(con, catalogue, found)
    changed = any(indicator.breaks for indicator in catalogue.indicators.values())
    order = "order by 1" if found.reports >= MANY_REPORTS else ""
    shapes = Shapes(con)
    wrong: list[Issue] = []
    n_segments = 0
    for batch in found.batches:
        n_segments += _read(con, batch, shapes, n_segments)
        pa.default_memory_pool().release_unused()  # DuckDB does not take what numpy frees
        wrong += issues.contradicting(con, shapes.doubt(), catalogue)
        wrong += issues.beyond(con, shapes.beyond(), catalogue)
        wrong += issues.unseen(con, shapes.unseen(), catalogue)
        con.execute(SQL["point"])
        if changed:
            con.execute(SQL["definition"])
        wrong += issues.negative(con, catalogue)
        con.execute(SQL["forget"])
        if batch.rates:
            con.execute(SQL["ratio"])
        else:
            _sum(con, found.steps, depth)
            wrong += issues.totals(con, catalogue)
        con.execute(SQL["series"].format(order=order))
    con.execute(SQL["finish"])
    if changed:
        con.execute(SQL["break"])
    return wrong + issues.missing(con, catalogue)


def doubt(con: DuckDBPyConnection, warned: pa.Table) -> None:
    """Give the values that rest on cells of which a check warns the status U: to be verified.

    ``warned`` has source_id, sheet and cell of each.
    """
    with registered(con, "warned", warned):
        con.execute(SQL["doubt"])


def _prepare(con: DuckDBPyConnection, catalogue: Catalogue, found: Topics) -> int:
    """Lay out the working tables; return the depth of the tree of areas."""
    for name, rows in (("topic", found.topic), ("part_of", found.part_of), ("ratio", found.ratio)):
        words = ", ".join(f"{word}::{word}_word as {word}" for word in WORDS & {*rows.column_names})
        columns = f"* replace ({words})" if words else "*"
        with registered(con, "arriving", rows):
            con.execute(f"create or replace temp table {name} as select {columns} from arriving")
    con.execute("set variable as_of = (select max(reported_on) from observation)")
    depth = world.areas(con, catalogue)
    world.words(con, catalogue)
    world.expectations(con, catalogue)
    con.execute(SQL["working"])
    return depth


def _read(con: DuckDBPyConnection, batch: Batch, shapes: Shapes, before: int) -> int:
    """Group a batch's reports into segments and solve their shapes; return how many there are."""
    first, last = batch.span()
    for name, value in (("batch", batch.number), ("first_id", first), ("last_id", last)):
        _set(con, name, value)
    found = segments(arrived(con, SQL["report"]))
    bounds = con.execute(SQL["bounds"]).to_arrow_table()
    with registered(con, "cut", pa.table({name: getattr(found, name) for name in OUTLINE})):
        con.execute(SQL["key"])
        silent = con.execute(SQL["silent"]).to_arrow_table()
    expected = con.execute(SQL["expected"]).to_arrow_table()
    cut = table(found, bounds, silent, expected, before)
    with registered(con, "cut", cut):
        con.execute(SQL["segments"])
    shapes.solve()
    return len(cut)


def _sum(con: DuckDBPyConnection, steps: int, depth: int) -> None:
    """Own parts first, then areas from the bottom up."""
    for step in range(steps):
        _set(con, "step", step)
        con.execute(SQL["parts"])
    con.execute(SQL["levels"])
    for level in range(depth, -1, -1):
        _set(con, "depth", level)
        con.execute(SQL["level"])
    con.execute(SQL["done"])


def _set(con: DuckDBPyConnection, name: str, value: int) -> None:
    con.execute(f"set variable {name} = $1", [value])
