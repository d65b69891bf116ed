"""Pivot: values by indicator, breakdown, area and period, with totals that are not added twice.

A total is what the coarser question answers: of areas, their parent's own value; of the periods of
a year, the year's. Only where there is none are the areas chosen added up. A rate is rebuilt from
its numerator and denominator, a stock is the last one, and what lacks a part says how many it has.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Literal, NamedTuple

from dashboard.queries.explore import breakdowns_of, with_years
from dashboard.queries.periods import PER_YEAR, between, freq_of, part_of_year
from dashboard.queries.rows import rows
from dashboard.queries.values import status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import duckdb

    from dashboard.queries.explore import Chosen
    from dashboard.queries.values import Value

Dim = Literal["indicator", "breakdown", "area", "period"]
DIMS: tuple[Dim, ...] = ("indicator", "breakdown", "area", "period")
CHOSEN = "+"  # behind an area or a year: those of its parts that were chosen, where not all are

MOST = 6000  # cells; more are no table for people

Cell = tuple[str, str, str, str]  # the codes of DIMS


class Pivot(NamedTuple):
    """The codes along each dimension, a total behind its parts; and a value for each cell.

    ``totals`` are the areas and years among them that stand for others before them, and for which.
    """

    members: Mapping[Dim, tuple[str, ...]]
    totals: Mapping[str, tuple[str, ...]]
    cells: Mapping[Cell, Value]
    rules: Mapping[str, Rule]


class Rule(NamedTuple):
    """How an indicator is added up; ``factor`` is 100 for a rate in per cent."""

    kind: str
    area_aggregation: str
    numerator: str | None
    denominator: str | None
    factor: float


RULES = """
select indicator, kind, area_aggregation, numerator, denominator,
       if(unit_measure = 'percent', 100, 1)
from indicator
"""
# The areas with values that make up the parents of those chosen.
SIBLINGS = """
select parent, ref_area from ref_area
where in_total
  and parent in (select parent from ref_area where in_total and list_contains($areas, ref_area))
  and ref_area in (select ref_area from available_area where dataset = $dataset)
order by ref_area
"""


def size(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> int:
    """Return how many values a pivot would hold at most, before it is asked."""
    breakdowns = chosen.breakdowns or breakdowns_of(con, chosen.dataset, chosen.indicators)
    periods = between(chosen.first, chosen.last)
    return prod(map(len, (chosen.indicators, breakdowns, chosen.areas, periods)))


def pivot(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> Pivot:
    """Return the values of a choice and their totals; of a choice only its keys are heeded."""
    rules = {row[0]: Rule(*row[1:]) for row in con.execute(RULES).fetchall()}
    parts = _parts(con, chosen.dataset, chosen.areas)
    operands = {
        code
        for indicator in chosen.indicators
        for code in (rules[indicator].numerator, rules[indicator].denominator)
        if code and any(area.endswith(CHOSEN) for area in parts)
    }
    plain = {area for area in (*chosen.areas, *parts) if not area.endswith(CHOSEN)}
    wider = chosen._replace(
        indicators=tuple(sorted({*chosen.indicators, *operands} & rules.keys())),
        areas=tuple(sorted(plain)),
        breakdowns=chosen.breakdowns or breakdowns_of(con, chosen.dataset, chosen.indicators),
    )
    periods = between(chosen.first, chosen.last)
    years = {} if chosen.measure == "ytd" else _years(periods)
    if years:
        cells, to_date, annual = map(_keyed, with_years(con, wider))
    else:
        cells, to_date, annual = _keyed(_of(con, wider, periods)), {}, {}
    _add_years(cells, to_date, annual, years, rules)
    _add_areas(cells, parts, rules, (*periods, *years))
    members: dict[Dim, tuple[str, ...]] = {
        "indicator": tuple(dict.fromkeys(chosen.indicators)),
        "breakdown": wider.breakdowns,
        "area": tuple(_in_order({*plain, *parts}, parts)),
        "period": tuple(_with_years(periods, years)),
    }
    return Pivot(members, {**parts, **years}, cells, rules)


def _of(con: duckdb.DuckDBPyConnection, chosen: Chosen, periods: Sequence[str]) -> list[Value]:
    return rows(
        con, chosen.dataset, chosen.indicators, chosen.areas, periods, chosen.measure,
        chosen.breakdowns,
    )  # fmt: skip


def _keyed(values: Iterable[Value]) -> dict[Cell, Value]:
    return {(v.indicator, v.breakdown, v.ref_area, v.time_period): v for v in values}


def _parts(
    con: duckdb.DuckDBPyConnection, dataset: str, areas: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return each total of areas with its parts: a parent of which all are chosen, or of some."""
    reporting: dict[str, list[str]] = {}
    choice = {"dataset": dataset, "areas": list(areas)}
    for parent, area in con.execute(SIBLINGS, choice).fetchall():
        reporting.setdefault(parent, []).append(area)
    found: dict[str, tuple[str, ...]] = {}
    for parent, below in reporting.items():
        picked = tuple(area for area in below if area in set(areas))
        if len(picked) > 1:
            found[parent if len(picked) == len(below) else parent + CHOSEN] = picked
    return found


def _years(periods: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the years of which several periods are chosen; 2024+ where not all are."""
    years: dict[str, tuple[str, ...]] = {}
    for period in periods:
        years[period[:4]] = (*years.get(period[:4], ()), period)
    return {
        year if len(several) == PER_YEAR[freq_of(several[0])] else year + CHOSEN: several
        for year, several in years.items()
        if len(several) > 1
    }


def _add_years(
    cells: dict[Cell, Value],
    to_date: Mapping[Cell, Value],
    annual: Mapping[Cell, Value],
    years: Mapping[str, tuple[str, ...]],
    rules: Mapping[str, Rule],
) -> None:
    """Add each year's value: the year's own, up to its last period chosen, or of those chosen."""
    for indicator, breakdown, area in {key[:3] for key in cells}:
        for year, several in years.items():
            if part_of_year(several[0]) == 1:
                made = to_date.get((indicator, breakdown, area, several[-1]))
            else:
                those = [cells.get((indicator, breakdown, area, period)) for period in several]
                made = _over_time(those, rules[indicator])
            value = annual.get((indicator, breakdown, area, year))
            value = value or (made and made._replace(series_id=0, time_period=year))
            if value:
                cells[indicator, breakdown, area, year] = value


def _over_time(values: Sequence[Value | None], rule: Rule) -> Value | None:
    """Add up a flow's periods, all of them or none; of a stock take the last."""
    known = [v for v in values if v is not None and v.obs_value is not None]
    if rule.kind == "stock":
        return values[-1]
    if rule.kind != "flow" or not any(values):
        return None
    whole = _sum(known, len(known)) if known else next(v for v in values if v is not None)
    if len(known) < len(values):
        return whole._replace(obs_value=None, reason="incomplete", qualifier="", series_id=0)
    coverage = min(v.n_reported for v in known), max(v.n_expected for v in known)
    return whole._replace(n_reported=coverage[0], n_expected=coverage[1])


def _add_areas(
    cells: dict[Cell, Value],
    parts: Mapping[str, tuple[str, ...]],
    rules: Mapping[str, Rule],
    periods: Iterable[str],
) -> None:
    """Add up areas where they have no parent's value; the smaller totals first."""
    columns = {key[:2] for key in cells}
    for total in (area for area in _in_order(set(parts), parts) if area in parts):
        for indicator, breakdown in columns:
            for period in periods:
                key = (indicator, breakdown, total, period)
                if key in cells:
                    continue
                value = _over_areas(cells, key, parts[total], rules[indicator])
                if value is not None:
                    cells[key] = value._replace(ref_area=total)


def _over_areas(
    cells: Mapping[Cell, Value], key: Cell, areas: tuple[str, ...], rule: Rule
) -> Value | None:
    """Add up what some areas have; rebuild a rate from those that have both its parts."""
    indicator, breakdown, _, period = key

    def of(code: str | None, area: str) -> Value | None:
        return cells.get((code or "", breakdown, area, period))

    expected = [v for v in (of(indicator, area) for area in areas) if v is not None]
    if rule.area_aggregation == "sum":
        known = [v for v in expected if v.obs_value is not None]
        of_all = sum(v.n_expected for v in expected)
        return _sum(known, of_all) if known else next(iter(expected), None)
    if rule.area_aggregation != "ratio" or not expected:
        return None
    pairs = [(of(rule.numerator, area), of(rule.denominator, area)) for area in areas]
    both = [(n, d) for n, d in pairs if n and d and None not in (n.obs_value, d.obs_value)]
    below = sum(d.obs_value or 0 for _, d in both)
    if not below:
        return expected[0]._replace(
            obs_value=None, reason="incomplete", obs_status="O", qualifier="", series_id=0
        )
    above = _sum([n for n, _ in both], len(expected))
    exact = all(v.qualifier == "exact" for pair in both for v in pair)
    return above._replace(
        indicator=indicator,
        obs_value=rule.factor * (above.obs_value or 0) / below,
        qualifier="exact" if exact else "about",
        conflict=any(v.conflict for pair in both for v in pair),
        method="ratio",
        n_reported=len(both),
    )


def _sum(known: Sequence[Value], n_expected: int) -> Value:
    """Add up values; the sum is as sure as the least sure of them, and has no row of its own."""
    qualifiers = {v.qualifier for v in known} - {"exact"}
    return known[0]._replace(
        series_id=0,
        obs_value=sum(v.obs_value or 0 for v in known),
        low=None,
        high=None,
        obs_status=status_of(known),
        qualifier=qualifiers.pop() if len(qualifiers) == 1 else "about" if qualifiers else "exact",
        conflict=any(v.conflict for v in known),
        method="summed",
        n_reported=sum(v.n_reported for v in known),
        n_expected=n_expected,
        reason="",
    )


def _in_order(areas: set[str], parts: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """Return areas by code, each total behind its parts."""
    below = {area for several in parts.values() for area in several}

    def emit(area: str) -> Iterable[str]:
        for part in parts.get(area, ()):
            yield from emit(part)
        yield area

    for area in sorted(areas - below):
        yield from emit(area)


def _with_years(periods: Sequence[str], years: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """Return periods, each year behind its last."""
    last = {several[-1]: year for year, several in years.items()}
    for period in periods:
        yield period
        if period in last:
            yield last[period]
