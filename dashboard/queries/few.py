"""How many indicators a page asks for in one question.

A question takes a millisecond before it reads its first row, and longer the more it reads. Of a
county office's vintage everything is asked for at once; of ten million values an indicator at a
time, so that no question holds the others up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from dashboard.queries.ask import Ask

ROWS = 100_000  # read by a question

AT_ONCE = "select $rows * count(distinct topic) // greatest(1, sum(n_values)) from available"


def few(ask: Ask, indicators: Sequence[str], least: int = 1) -> Iterator[tuple[str, ...]]:
    """Return as many indicators at a time as one question should ask for, ``least`` or more."""
    step = max(least, ask(at_once))
    for n in range(0, len(indicators), step):
        yield tuple(indicators[n : n + step])


def at_once(con: duckdb.DuckDBPyConnection) -> int:
    """Return of how many indicators a question reads no more rows than it should."""
    row = con.execute(AT_ONCE, {"rows": ROWS}).fetchone()
    return int(row[0]) if row else 0
