"""Says what the arithmetic of series found wrong, naming the cells that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.records import Issue

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from etl.catalogue import Catalogue
    from etl.series.loops import Contradiction


def contradicting(
    con: DuckDBPyConnection, found: list[tuple[int, Contradiction]], catalogue: Catalogue
) -> list[Issue]:
    return []


def negative(con: DuckDBPyConnection, catalogue: Catalogue) -> list[Issue]:
    return []


def totals(con: DuckDBPyConnection, catalogue: Catalogue) -> list[Issue]:
    return []
