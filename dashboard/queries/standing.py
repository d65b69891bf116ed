"""Standing: how far each county is from the first and from the average, and its share of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.counties import Ranked, ranking
from dashboard.queries.rows import rows
from dashboard.queries.values import TOTAL, Measure
from dashboard.queries.windows import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

# On a base this small a growth in per cent says little: 2 persons more on 4 are 50 %.
FEW = 10  # of what is counted one by one
TENTH = 0.1  # of the average base, of anything


class Standing(NamedTuple):
    """A county's row, its value less that of the first and less the average, its share in per cent.

    What cannot be told is None. ``exact``: neither its own value nor the first's is 约 or 余.
    """

    row: Ranked
    to_first: float | None
    to_average: float | None
    share: float | None
    exact: bool
    small_base: bool


class Standings(NamedTuple):
    """Counties in their order, and the average: of a rate it is that of the whole area."""

    average: float | None
    exact: bool
    rows: tuple[Standing, ...]


def standings(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicator: str,
    parent: str,
    period: str,
    measure: Measure = "value",
    breakdown: str = TOTAL,
) -> Standings:
    """Return where the children of ``parent`` stand. Rates are never averaged, nor shared out."""
    ranked = ranking(con, dataset, indicator, parent, period, measure, breakdown)
    kind = kind_of(con, indicator)
    if kind.area_aggregation == "sum":
        known = [r.obs_value for r in ranked if r.obs_value is not None]
        average = sum(known) / len(known) if known else None
        return _standings(ranked, average, sum(known), counted=kind.unit_measure != "yuan")
    whole = rows(con, dataset, (indicator,), (parent,), (period,), measure, (breakdown,))
    ratio = kind.area_aggregation == "ratio"
    average = whole[0].obs_value if whole and ratio else None
    return _standings(ranked, average, 0.0, counted=False)


def _standings(
    ranked: Sequence[Ranked], average: float | None, whole: float, *, counted: bool
) -> Standings:
    first = next((r for r in ranked if r.place == 1), None)
    bases = [r.change.before for r in ranked if r.change]
    least = TENTH * sum(bases) / len(bases) if bases and whole else 0.0
    least = max(least, FEW) if counted else least
    standing = tuple(
        Standing(
            row=r,
            to_first=_less(r.obs_value, first.obs_value if first else None),
            to_average=_less(r.obs_value, average),
            share=100 * r.obs_value / whole if r.obs_value is not None and whole > 0 else None,
            exact=r.qualifier == "exact" and (first is None or first.qualifier == "exact"),
            small_base=r.change is not None and r.change.before < least,
        )
        for r in ranked
    )
    exact = all(r.qualifier == "exact" for r in ranked if r.obs_value is not None)
    return Standings(average, exact, standing)


def _less(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other
