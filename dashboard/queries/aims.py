"""Aims: a year's targets that are no sum to be worked off: of a rate, of what should stay small.

A rate has no share of the year that has passed, and of what less is better a target is the most
that there may be: no per cent and no lamp, but how far there is to go, or by how much it is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.rows import rows

if TYPE_CHECKING:
    import duckdb

    from dashboard.queries.values import Measure, Value

PLACES = 6  # decimals of a difference: 0.30000000000000004 points are 0.3


class Aim(NamedTuple):
    """An area's figure and the year's target of it, in the base unit.

    ``ceiling``: the target is the most. ``done`` is None where nobody reported, ``sure`` false
    where a figure is not exact, contradicted, or lacks an area.
    """

    indicator: str
    time_period: str
    done: float | None
    target: float
    ceiling: bool
    sure: bool
    target_id: int

    @property
    def left(self) -> float | None:
        """Return how far the figure is on the wrong side of the target; at most 0: it is met."""
        if self.done is None:
            return None
        gap = self.done - self.target if self.ceiling else self.target - self.done
        return round(gap, PLACES)


AIMS = """
select t.indicator, i.kind = 'flow', i.direction = 'down', t.series_id, t.obs_value,
       t.qualifier = 'exact' and not t.conflict
from target t join indicator i using (indicator)
where t.dataset = $dataset and t.year = $year and t.ref_area = $area
  and list_contains($indicators, t.indicator) and (i.direction = 'down' or i.kind = 'rate')
  and t.n_reported >= t.n_expected
order by i.position
"""


def aims(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: tuple[str, ...],
    area: str,
    period: str,
) -> tuple[Aim, ...]:
    """Return those of an area's indicators that have such a target in the period's year."""
    choice = {"dataset": dataset, "indicators": list(indicators), "area": area}
    found = con.execute(AIMS, {**choice, "year": period[:4]}).fetchall()
    values: dict[str, Value] = {}
    for of_year in (False, True):
        codes = [code for code, flow, *_ in found if flow == of_year]
        measure: Measure = "ytd" if of_year else "value"
        asked = rows(con, dataset, codes, (area,), (period,), measure) if codes else ()
        values |= {value.indicator: value for value in asked}
    aimed = []
    for code, _, ceiling, target_id, target, exact in found:
        value = values.get(code)
        sure = exact and value is not None and value.qualifier == "exact" and not value.conflict
        whole = value is not None and value.n_reported >= value.n_expected
        done = value.obs_value if value else None
        aimed.append(Aim(code, period, done, target, ceiling, sure and whole, target_id))
    return tuple(aimed)
