"""Between which numbers the rows of an indicator stand, for some areas and their children."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

SQL = """
select coalesce(min(first_id), 0), coalesce(max(last_id), -1)
from span
where dataset = $dataset and indicator = $indicator and freq = $freq
  and ref_area in (select unnest($areas))
"""


def span(
    con: duckdb.DuckDBPyConnection, choice: Mapping[str, str], areas: Sequence[str]
) -> dict[str, int]:
    """Return ``first_id`` and ``last_id`` for a choice of dataset, indicator and frequency."""
    row = con.execute(SQL, {**choice, "areas": list(areas)}).fetchall()[0]
    return {"first_id": row[0], "last_id": row[1]}
