"""Definition changes: from which day on an indicator counts otherwise, and what that parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.periods import last_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb


class DefinitionChange(NamedTuple):
    """From a day on, as 2023-01-01, an indicator counts otherwise; why, in both languages."""

    starts_on: str
    reason: str
    reason_en: str


def definition_changes(
    con: duckdb.DuckDBPyConnection,
) -> Mapping[str, tuple[DefinitionChange, ...]]:
    """Return the changes of the indicators that have any, the earliest first."""
    sql = """
        select indicator, strftime(starts_on, '%Y-%m-%d'), reason, reason_en
        from definition_change order by all
    """
    found: dict[str, tuple[DefinitionChange, ...]] = {}
    for indicator, *change in con.execute(sql).fetchall():
        found[indicator] = (*found.get(indicator, ()), DefinitionChange(*change))
    return found


def parting(
    changes: Iterable[DefinitionChange], before: str, now: str
) -> tuple[DefinitionChange, ...]:
    """Return the changes that lie between two periods, so that they cannot be compared."""
    return tuple(c for c in changes if last_month(before) < c.starts_on[:7] <= last_month(now))
