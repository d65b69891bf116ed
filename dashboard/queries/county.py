"""County: all that is known of one area, year by year: one county, one file (一县一档)."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries import choices, counties, gaps, issues, lineage, overview, progress
from dashboard.queries.areas import children
from dashboard.queries.definitions import definition_changes, parting
from dashboard.queries.few import few
from dashboard.queries.over_years import Total, last, rebuilt, summed
from dashboard.queries.periods import last_day
from dashboard.queries.rows import rows
from dashboard.queries.trend import trend

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import duckdb

    from dashboard.queries.ask import Ask
    from dashboard.queries.counties import Ranked
    from dashboard.queries.gaps import Expected
    from dashboard.queries.issues import Issue
    from dashboard.queries.progress import Progress
    from dashboard.queries.values import Measure, Value

    Found = Mapping[tuple[str, str], Value]  # by indicator and period

AT_ONCE = 4  # indicators of one area a question, however many values there are
CHARTS, ISSUES = 6, 10


class Entry(NamedTuple):
    """What the catalogue says of an indicator that an area reports or owes."""

    indicator: str
    kind: str
    direction: str
    numerator: str | None
    denominator: str | None


class Row(NamedTuple):
    """One indicator: its whole years, this year so far, the whole years as one value, its place.

    ``current`` is a measure (``value`` of stocks, ``ytd`` of flows) and the value, None where there
    is no such year or nothing is expected of it; ``progress`` is that of this year, else of the
    last whole one. ``ranked`` is the area's own line of the ranking
    of the last whole year, ``n_ranked`` how many took part; None where the catalogue does not say
    which way is better, or nobody ranks.
    """

    indicator: str
    years: tuple[Value | None, ...]
    current: tuple[Measure, Value] | None
    total: Total | None
    progress: Progress | None
    ranked: Ranked | None
    n_ranked: int


class Course(NamedTuple):
    """An indicator from period to period, and the files behind it."""

    values: tuple[Value, ...]
    files: tuple[str, ...]


class File(NamedTuple):
    """A file with reports of the area; days as 2024-07-10."""

    source_file: str
    n_observations: int
    reported_on: str


class County(NamedTuple):
    """What there is to say of one area over some years.

    ``years`` are whole ones; ``so_far`` is the last period of a year that is not over, or ''.
    """

    ref_area: str
    freq: str
    years: tuple[str, ...]
    so_far: str
    rows: tuple[Row, ...]
    courses: tuple[Course, ...]
    expected: tuple[Expected, ...]
    issue_counts: Mapping[str, int]
    issues: tuple[Issue, ...]
    files: tuple[File, ...]


# With a total, reported or owed: what was never sent is part of the file too.
INDICATORS = """
select indicator, kind, direction, numerator, denominator from indicator
where indicator in (
    select indicator from available
    where dataset = $dataset and ref_area = $area and freq in ('A', $freq) and breakdown = '_T')
order by position
"""

# Days are compared last: a filter of the scan would look at those of millions before the area.
FILES = """
select source_file::text, n, strftime(day, '%Y-%m-%d')
from (
    select source_file, max(reported_on) filter (inside) as day, count(*) filter (inside) as n
    from (select source_file, reported_on, period_end >= $start and period_start <= $end as inside
          from observation
          where dataset = $dataset and in_force
            and ref_area in (select descendant from area_within
                             where dataset = $dataset and ancestor = $area))
    group by source_file)
where n > 0
order by day desc, 1
"""


def county(
    ask: Ask, dataset: str, area: str, freq: str, window: tuple[str, str] | None = None
) -> County:
    """Gather what there is of an area; ``window``: first and last year, else the last four."""
    known = whole_years(ask, dataset)
    years = tuple(y for y in known if window is None or window[0] <= y <= window[1])
    years = years if window else years[-4:]
    so_far = _so_far(ask, dataset, area, freq, years, known)
    first, end = _bounds(ask, dataset, freq, years, so_far)
    found = _rows(ask, dataset, area, freq, years, so_far)
    reporting = ask(children, area) or (area,)
    chosen = issues.Chosen(dataset, ref_area=area)
    return County(
        area,
        freq,
        years,
        so_far,
        found,
        _courses(ask, dataset, area, first, end),
        gaps.all_expected(ask, dataset, [row.indicator for row in found], reporting, first, end),
        ask(issues.counts, chosen),
        ask(issues.issues, chosen, ISSUES),
        ask(files, dataset, area, f"{first[:4]}-01-01", str(last_day(end))),
    )


def whole_years(ask: Ask, dataset: str) -> tuple[str, ...]:
    """Return the years with values that were over when the latest report was made, else all."""
    until = dt.date.fromisoformat(ask(choices.vintage, dataset).as_of)
    years = ask(choices.periods, dataset, "A")
    return tuple(y for y in years if last_day(y) <= until) or years


def indicators(
    con: duckdb.DuckDBPyConnection, dataset: str, area: str, freq: str
) -> tuple[Entry, ...]:
    """Return what an area reports or owes a year, or at another frequency."""
    choice = {"dataset": dataset, "area": area, "freq": freq}
    return tuple(Entry(*row) for row in con.execute(INDICATORS, choice).fetchall())


def parent_of(con: duckdb.DuckDBPyConnection, area: str) -> str | None:
    """Return the area above one, None where there is none or it does not count there."""
    sql = "select parent from ref_area where ref_area = $area and in_total"
    row = con.execute(sql, {"area": area}).fetchone()
    return row[0] if row else None


def values(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    codes: tuple[str, ...],
    area: str,
    periods: tuple[str, ...],
    measure: Measure,
) -> dict[tuple[str, str], Value]:
    """Return an area's values by indicator and period, all of one frequency."""
    found = rows(con, dataset, codes, (area,), periods, measure)
    return {(v.indicator, v.time_period): v for v in found}


def files(
    con: duckdb.DuckDBPyConnection, dataset: str, area: str, start: str, end: str
) -> tuple[File, ...]:
    """Return the files that hold reports in force of an area and its parts, the latest first."""
    choice = {"dataset": dataset, "area": area, "start": start, "end": end}
    return tuple(File(*row) for row in con.execute(FILES, choice).fetchall())


# ── putting it together ─────────────────────────────────────────────────────────────────────────


def _so_far(
    ask: Ask, dataset: str, area: str, freq: str, years: Sequence[str], known: Sequence[str]
) -> str:
    """Return how far the year after the last whole one is; '' where the window ends before it."""
    latest = ask(overview.latest_period, dataset, area, freq)
    if latest is None or freq == "A" or (years and years[-1] != known[-1]):
        return ""
    return latest if not known or latest[:4] > known[-1] else ""


def _bounds(
    ask: Ask, dataset: str, freq: str, years: Sequence[str], so_far: str
) -> tuple[str, str]:
    """Return the first and the last period of the window, at the page's frequency."""
    shown = {*years, so_far[:4]}
    periods = [p for p in ask(choices.periods, dataset, freq) if p[:4] in shown]
    inside = tuple(p for p in periods if not so_far or p <= so_far)
    inside = inside or ask(choices.periods, dataset, freq)
    return inside[0], inside[-1]


def _rows(
    ask: Ask, dataset: str, area: str, freq: str, years: tuple[str, ...], so_far: str
) -> tuple[Row, ...]:
    entries = {e.indicator: e for e in ask(indicators, dataset, area, freq)}
    found = _found(ask, dataset, area, tuple(entries), years, "value")
    current = _current(ask, dataset, area, entries, so_far)
    changes = ask(definition_changes)
    done = _progress(ask, dataset, tuple(entries), area, so_far or next(reversed(years), ""))
    everyone = _everyone(ask, dataset, entries.values(), area, years)
    answer = []
    for code, entry in entries.items():
        own = tuple(found.get((code, year)) for year in years)
        total = None
        if len(years) > 1:
            redefined = bool(parting(changes.get(code, ()), years[0], years[-1]))
            total = _total(entry, entries, found, years, redefined=redefined)
        ranked, n = _ranked(everyone.get(code, ()), area)
        answer.append(Row(code, own, current.get(code), total, done.get(code), ranked, n))
    return tuple(answer)


def _found(
    ask: Ask, dataset: str, area: str, codes: tuple[str, ...], periods: tuple[str, ...],
    measure: Measure,
) -> Found:  # fmt: skip
    """Ask for a few indicators at a time."""
    if not periods:
        return {}
    return {
        key: value
        for some in few(ask, codes, AT_ONCE)
        for key, value in ask(values, dataset, some, area, periods, measure).items()
    }


def _current(
    ask: Ask, dataset: str, area: str, entries: Mapping[str, Entry], so_far: str
) -> dict[str, tuple[Measure, Value]]:
    """Return the year up to ``so_far``: of flows since January, of stocks what there is."""
    counted = {code for code, e in entries.items() if _on_a_day(e, entries)}
    groups: dict[Measure, tuple[str, ...]] = {
        "value": tuple(code for code in entries if code in counted),
        "ytd": tuple(code for code in entries if code not in counted),
    }
    periods = (so_far,) if so_far else ()
    return {
        code: (measure, value)
        for measure, codes in groups.items()
        for (code, _), value in _found(ask, dataset, area, codes, periods, measure).items()
    }


def _on_a_day(entry: Entry, entries: Mapping[str, Entry]) -> bool:
    """Whether an indicator says what there is on a day: a stock, or a rate of stocks."""
    parts = [entries.get(part or "") for part in (entry.numerator, entry.denominator)]
    of_stocks = all(part is not None and part.kind == "stock" for part in parts)
    return entry.kind == "stock" or entry.kind == "rate" and of_stocks


def _total(
    entry: Entry, entries: Mapping[str, Entry], found: Found, years: Sequence[str], *,
    redefined: bool,
) -> Total | None:  # fmt: skip
    """Return the years as one value; None where no such value means anything."""
    own = [found.get((entry.indicator, year)) for year in years]
    if _on_a_day(entry, entries):
        return last(own)
    if entry.kind == "flow":
        return summed(own, redefined=redefined)
    parts = [entries.get(part or "") for part in (entry.numerator, entry.denominator)]
    numerator, denominator = (
        _total(p, entries, found, years, redefined=redefined) if p and p.kind == "flow" else None
        for p in parts
    )
    return rebuilt(numerator, denominator) if numerator and denominator else None


def _progress(
    ask: Ask, dataset: str, codes: tuple[str, ...], area: str, period: str
) -> dict[str, Progress]:
    """Return how far the area is towards its targets of the period's year, by indicator."""
    having = ask(progress.targeted, dataset, period[:4])
    aimed = tuple(code for code in codes if code in having)
    return {
        done.indicator: done
        for some in few(ask, aimed)
        for done in ask(progress.progress, dataset, some, (area,), period)
    }


def _everyone(
    ask: Ask, dataset: str, entries: Iterable[Entry], area: str, years: Sequence[str]
) -> dict[str, tuple[Ranked, ...]]:
    """Return how the area and its siblings rank in the last whole year, by indicator."""
    parent = ask(parent_of, area)
    if not years or not parent:
        return {}
    codes = [entry.indicator for entry in entries if entry.direction != "none"]
    return {
        code: ranked
        for some in few(ask, codes)
        for code, ranked in ask(counties.rankings, dataset, some, parent, years[-1]).items()
    }


def _ranked(everyone: Sequence[Ranked], area: str) -> tuple[Ranked | None, int]:
    """Return the area's place, and how many have one; None where it is the only one."""
    n = sum(r.place is not None for r in everyone)
    own = next((r for r in everyone if r.ref_area == area and r.place is not None), None)
    return (own, n) if n > 1 else (None, 0)


def _courses(ask: Ask, dataset: str, area: str, first: str, end: str) -> tuple[Course, ...]:
    """Return the course of the indicators that a leader sees first."""
    codes = ask(overview.first_indicators, dataset, area, end, CHARTS)
    values = [
        value
        for some in few(ask, codes)
        for value in ask(trend, dataset, some, (area,), first, end)
    ]
    files = ask(lineage.by_indicator, dataset, codes, area)
    return tuple(
        Course(tuple(course), lineage.between(files[code], first, end))
        for code, course in groupby(values, key=lambda v: v.indicator)
    )
