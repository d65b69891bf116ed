"""Windows of whole months: 2019-04..2023-03, for which a value is put together from the series.

A flow is added up from years, halves, quarters and months that tile the window, or is a difference
of years to date; a stock is the last count inside; a rate is rebuilt from its two parts. What
cannot be had so is a gap with its reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.comparison import whole
from dashboard.queries.definitions import definition_changes
from dashboard.queries.paths import Step, shortest
from dashboard.queries.periods import PER_YEAR, freq_of, month_number
from dashboard.queries.rows import scan, topics
from dashboard.queries.values import OWN, TOTAL, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import duckdb

    from dashboard.queries.definitions import DefinitionChange
    from dashboard.queries.paths import Signed
    from dashboard.queries.values import Measure

WRITTEN = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))\.\.(\d{4}-(?:0[1-9]|1[0-2]))")
FINER = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")

COLUMNS = """series_id, indicator, ref_area, breakdown, time_period, obs_value, low, high,
             obs_status, qualifier, conflict, method, n_reported, n_expected, reason,
             ytd_value, ytd_qualifier, ytd_method, ytd_n_reported"""
KIND = """
select kind, numerator, denominator, unit_measure = 'percent' from indicator
where indicator = $indicator
"""


class Window(NamedTuple):
    """Whole months, both ends included, each counted from January 1900 as 0."""

    first: int
    last: int

    def __str__(self) -> str:
        """Return the window as it stands in an address: 2019-04..2023-03."""
        return f"{month_text(self.first)}..{month_text(self.last)}"

    @property
    def n_months(self) -> int:
        """Return how many months the window has."""
        return self.last - self.first + 1


class Windowed(NamedTuple):
    """A value over a window, and the values of the series that it was put together from."""

    window: Window
    value: Value
    steps: tuple[Signed, ...] = ()


def month_text(month: int) -> str:
    """Return a month as 2019-04."""
    return f"{1900 + month // 12}-{month % 12 + 1:02d}"


def read_window(text: str) -> Window | None:
    """Read 2019-04..2023-03; None where it is no window of whole months."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        return None
    first, last = (month_number(f"{m[:4]}-M{m[5:]}") for m in found.groups())
    return Window(first, last) if first <= last else None


def is_finer(text: str) -> bool:
    """Return whether a text asks for days, which no report tells apart."""
    return FINER.search(text) is not None


def window_of(period: str, measure: Measure = "value") -> Window:
    """Return the months of a period, or of its year up to its end."""
    last = month_number(period) + 12 // PER_YEAR[freq_of(period)] - 1
    return Window(last - last % 12 if measure == "ytd" else month_number(period), last)


def year_earlier(window: Window) -> Window:
    """Return the same months of the year before."""
    return Window(window.first - 12, window.last - 12)


def values(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicator: str,
    areas: Collection[str],
    windows: Sequence[Window],
    breakdowns: Collection[str] = (TOTAL,),
) -> list[Windowed]:
    """Return an indicator over some windows, in areas for which anything was expected in them."""
    row = con.execute(KIND, {"indicator": indicator}).fetchone()
    if row is None:
        return []
    kind, numerator, denominator, percent = row
    known = _steps(con, dataset, indicator, areas, windows, breakdowns)
    changes = definition_changes(con).get(indicator, ())
    found = [
        _valued(window, rows, kind, changes)
        for rows in known.values()
        for window in windows
        if any(s.start <= window.last and s.end > window.first for s in rows)
    ]
    if not numerator or all(w.value.obs_value is not None for w in found):
        return found
    above, below = (
        {_key(w): w for w in values(con, dataset, part, areas, windows, breakdowns)}
        for part in (numerator, denominator)
    )
    factor = 100.0 if percent else 1.0
    return [_rebuilt(w, above.get(_key(w)), below.get(_key(w)), factor) for w in found]


def _key(found: Windowed) -> tuple[str, str, Window]:
    return found.value.ref_area, found.value.breakdown, found.window


def _steps(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicator: str,
    areas: Collection[str],
    windows: Sequence[Window],
    breakdowns: Collection[str],
) -> dict[tuple[str, str], list[Step]]:
    """Return all that is known in the windows' years, by area and breakdown."""
    numbers = [
        topic for freq in PER_YEAR for topic in topics(con, dataset, (indicator,), freq, breakdowns)
    ]
    months = {
        month for w in windows for month in range(w.first - w.first % 12, w.last // 12 * 12 + 12)
    }
    known: dict[tuple[str, str], list[Step]] = defaultdict(list)
    for row in scan(con, COLUMNS, dataset, numbers, areas, months):
        known[row[2], row[3]] += _steps_of(Value(*row[:15]), *row[15:])
    return known


def _steps_of(
    value: Value, ytd: float | None, qualifier: str, method: str, n_reported: int
) -> Iterable[Step]:
    """Make a step of the period's own value, and one of the year's up to its end."""
    own = window_of(value.time_period)
    yield Step(own.first, own.last + 1, "value", value)
    start = own.first - own.first % 12
    if ytd is None or start == own.first:
        return
    status = "A" if value.obs_value is None else value.obs_status
    to_date = value._replace(
        obs_value=ytd, low=None, high=None, obs_status=status, qualifier=qualifier, method=method,
        n_reported=n_reported, reason="",
    )  # fmt: skip
    yield Step(start, own.last + 1, "ytd", to_date)


def _valued(
    window: Window, known: Sequence[Step], kind: str, changes: Sequence[DefinitionChange]
) -> Windowed:
    """Give a window its value: a period's own as it stands in the series, else put together."""
    for measure in ("value", "ytd"):
        for step in known:
            if step[:3] == (window.first, window.last + 1, measure):
                return Windowed(window, step.value._replace(time_period=str(window)), ((1, step),))
    inside = [s for s in known if window.first <= s.start and s.end <= window.last + 1]
    cut = any(
        month_text(window.first) < c.starts_on[:7] <= month_text(window.last) for c in changes
    )
    steps: tuple[Signed, ...] = ()
    if kind == "stock":
        steps = _last_count(inside)
    elif kind != "rate" and not cut:
        steps = shortest(known, window.first, window.last + 1)
    if steps:
        return Windowed(window, _added(window, steps), steps)
    return Windowed(window, _gap(window, inside or known))


def _last_count(inside: Iterable[Step]) -> tuple[Signed, ...]:
    """Return the last count, of the shortest period that ends with it."""
    counted = [s for s in inside if s.value.obs_value is not None and s.measure == "value"]
    last = max(counted, key=lambda s: (s.end, s.start), default=None)
    return ((1, last),) if last else ()


def _added(window: Window, steps: Sequence[Signed]) -> Value:
    """Add the steps up: the weakest qualifier holds for all, and the bounds are added too."""
    values = [step.value for _, step in steps]
    inexact = next((v.qualifier for v in values if v.qualifier != "exact"), "exact")
    provisional = next((v.obs_status for v in values if v.obs_status in ("P", "E")), "A")
    fewest = min(values, key=lambda v: v.n_reported)
    return values[0]._replace(
        series_id=values[0].series_id if len(values) == 1 else 0,
        time_period=str(window),
        obs_value=_sum([(sign, step.value.obs_value) for sign, step in steps]),
        low=_sum([(sign, bounds(step.value)[0]) for sign, step in steps]),
        high=_sum([(sign, bounds(step.value)[1]) for sign, step in steps]),
        obs_status=provisional,
        qualifier=inexact,
        conflict=any(v.conflict for v in values),
        method="derived" if all(v.method in OWN for v in values) else "summed",
        n_reported=fewest.n_reported,
        n_expected=fewest.n_expected,
        reason="",
    )


def bounds(value: Value) -> tuple[float | None, float | None]:
    """Return between what a value lies; an exact one is its own bounds, None is not known."""
    if value.qualifier == "exact":
        return value.obs_value, value.obs_value
    return value.low, value.high


def _sum(terms: Sequence[tuple[int, float | None]]) -> float | None:
    known = [sign * value for sign, value in terms if value is not None]
    return sum(known) if len(known) == len(terms) else None


def _gap(window: Window, near: Sequence[Step]) -> Value:
    """Say why there is no value: what is missing inside, a contradiction, or no way to it."""
    values = [s.value for s in near]
    missing = next((v for v in values if v.obs_value is None), None)
    reason = "conflict" if any(v.conflict for v in values) else "not_derivable"
    return values[0]._replace(
        series_id=0,
        time_period=str(window),
        obs_value=None,
        low=None,
        high=None,
        obs_status=missing.obs_status if missing else "O",
        qualifier="exact",
        conflict=False,
        method="",
        reason=missing.reason if missing else reason,
    )


def _rebuilt(
    rate: Windowed, above: Windowed | None, below: Windowed | None, factor: float
) -> Windowed:
    """Rebuild a rate that no period states, where both parts are whole and exact."""
    if rate.value.obs_value is not None or above is None or below is None:
        return rate
    parts = above.value, below.value
    exact = all(v.obs_value is not None and v.qualifier == "exact" for v in parts)
    if not exact or not whole(*parts) or not below.value.obs_value:
        return rate
    value = above.value._replace(
        series_id=0,
        indicator=rate.value.indicator,
        obs_value=factor * (above.value.obs_value or 0.0) / below.value.obs_value,
        conflict=any(v.conflict for v in parts),
        low=None,
        high=None,
        method="ratio",
    )
    return Windowed(rate.window, value, (*above.steps, *below.steps))
