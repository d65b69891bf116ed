"""Between which numbers the rows of indicators stand, for some areas and their children."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

SQL = """
select min(first_id), max(last_id)
from span
where dataset = $dataset and freq = $freq and indicator in (select unnest($indicators))
  and ref_area in (select unnest($areas))
group by indicator
"""


def spans(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: Sequence[str],
    freq: str,
    areas: Sequence[str],
) -> list[tuple[int, int]]:
    """Return the first and the last number of each indicator's rows."""
    choice = {"dataset": dataset, "freq": freq}
    lists = {"indicators": list(indicators), "areas": list(areas)}
    return con.execute(SQL, {**choice, **lists}).fetchall()


def rows_within(found: Sequence[tuple[int, int]]) -> str:
    """Return the SQL of the rows within some spans: one scan each, where an or would read all."""
    return " union all ".join(
        f"select * from series where series_id between {int(first)} and {int(last)}"
        for first, last in found or [(0, -1)]
    )
