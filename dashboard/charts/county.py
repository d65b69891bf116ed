"""County: one area's file (一县一档) in words: a table of years, charts, gaps, issues, files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts.chart import Chart, Point, Provenance, mark_of
from dashboard.charts.notes import redefined
from dashboard.charts.points import point_of
from dashboard.charts.trend import trend
from dashboard.locale.numbers import number, shown, unit
from dashboard.locale.periods import period_name
from dashboard.locale.sentences import climbed
from dashboard.locale.sentences_progress import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dashboard.locale.labels import Labels
    from dashboard.queries.county import County, Row
    from dashboard.queries.gaps import Expected
    from dashboard.queries.issues import Issue
    from dashboard.queries.over_years import Total

    Origin = Callable[[tuple[str, ...]], Provenance]

WANTING = ("overdue", "missing", "unread", "withheld")
CAME = ("reported", "late", "unread", "withheld")
CLOSING = ("reported", "late", "unread", "withheld", "overdue", "missing")


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: a point a whole year, the year so far, all years as one, target, rank."""

    name: str
    unit: str
    years: tuple[Point, ...]
    current: Point | None
    total: Point | None
    target: Point | None
    rank: str


class Gap(NamedTuple):
    """What did not come, or came and gives no value."""

    state: str
    area: str
    indicators: str
    periods: str


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands above the columns; '' where there is no such column."""

    years: tuple[str, ...]
    current: str
    total: str
    target: str
    rank: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One area's file as every hand writes it; ``groups`` are aspects with their lines."""

    title: str
    facts: tuple[tuple[str, str], ...]
    heads: Heads
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    notes: tuple[str, ...]
    charts: tuple[Chart, ...]
    gaps: tuple[Gap, ...]
    issues: tuple[Issue, ...]
    issues_left: int
    files: tuple[tuple[str, ...], ...]
    provenance: Provenance

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return all lines of the table."""
        return tuple(line for _, lines in self.groups for line in lines)

    @property
    def points(self) -> tuple[Point, ...]:
        """Return the values of single series, line by line; totals over years rest on these."""
        return tuple(point for line in self.lines for point in (*line.years, line.current) if point)


def county(found: County, labels: Labels, origin: Origin) -> Dossier:
    """Describe what was gathered of an area; ``origin`` says where figures are from."""
    say = labels.words
    provenance = origin(tuple(f.source_file for f in found.files))
    heads = _heads(found, labels)
    by_aspect = groupby(found.rows, key=lambda row: labels.indicators[row.indicator].aspect)
    groups = tuple(
        (_aspect(rows[0], labels), tuple(_line(row, found, heads, labels) for row in rows))
        for rows in (list(same) for _, same in by_aspect)
    )
    n_issues = sum(found.issue_counts.values())
    return Dossier(
        title=labels.area(found.ref_area),
        facts=_facts(found, labels, groups),
        heads=heads,
        groups=groups,
        notes=_notes(found, groups, labels),
        charts=tuple(
            trend(c.values, labels, origin(c.files))
            for c in found.courses
        ),
        gaps=_gaps(found.expected, labels),
        issues=found.issues,
        issues_left=n_issues - len(found.issues),
        files=tuple((f.source_file, say("county.n", n=f.n_observations), f.reported_on)
                    for f in found.files),
        provenance=provenance,
    )  # fmt: skip


def _heads(found: County, labels: Labels) -> Heads:
    say, years = labels.words, found.years
    targeted = any(row.progress for row in found.rows)
    return Heads(
        tuple(period_name(year, say) for year in years),
        period_name(found.so_far, say, "ytd") if found.so_far else "",
        say("county.total", n=len(years)) if len(years) > 1 else "",
        say("county.target", period=_target_period(found, labels)) if targeted else "",
        say("county.rank", year=years[-1]) if any(row.ranked for row in found.rows) else "",
    )


def _aspect(row: Row, labels: Labels) -> str:
    entry = labels.indicators[row.indicator]
    return labels.words.pick(entry.aspect_name, entry.aspect_name_en)


def _line(row: Row, found: County, heads: Heads, labels: Labels) -> Line:
    measure, now = row.current or ("value", None)
    years = tuple(
        point_of(value, labels) if value else _blank(row, year, found, labels)
        for value, year in zip(row.years, found.years, strict=True)
    )
    current = _blank(row, found.so_far, found, labels)
    if now:
        current = replace(point_of(now, labels, measure), measure=measure)
    rank = (
        labels.words("county.place", place=row.ranked.place, n=row.n_ranked) if row.ranked else ""
    )
    if row.ranked:
        rank = f"{rank} {climbed(row.ranked.climbed, labels.words)}".rstrip()
    return Line(
        labels.indicator(row.indicator),
        unit(labels.indicators[row.indicator], labels.words),
        years,
        current if found.so_far else None,
        _whole(row.total, row, heads, found, labels) if heads.total else None,
        _target(row, found, labels) if heads.target else None,
        rank,
    )


def _blank(row: Row, period: str, found: County, labels: Labels) -> Point:
    """Describe a place in the table for which nothing was expected."""
    text = labels.words("county.not_expected")
    return Point(
        category=period,
        value=None,
        text=text,
        short=text,
        mark="gap",
        indicator=labels.indicator(row.indicator),
        area=labels.area(found.ref_area),
        period=period_name(period, labels.words) if period else "",
    )


def _whole(total: Total | None, row: Row, heads: Heads, found: County, labels: Labels) -> Point:
    """Describe the years as one; where no such value means anything, a dash."""
    text = labels.words("county.no_total")
    entry = labels.indicators[row.indicator]
    value = total.obs_value if total else None
    return Point(
        category="total",
        value=None if value is None else shown(value, entry),
        text=labels.value(total, row.indicator) if total else text,
        short=labels.short_value(total, row.indicator) if total else text,
        mark=mark_of(total, conflict=False) if total else "gap",
        indicator=labels.indicator(row.indicator),
        area=labels.area(found.ref_area),
        period=heads.total,
        rests_on=total.rests_on if total else (),
    )


def _target(row: Row, found: County, labels: Labels) -> Point:
    """Describe the target of the year and how much of it is done: 180.00，97.4%."""
    done, say, entry = row.progress, labels.words, labels.indicators[row.indicator]
    text = ""
    if done:
        figure = number(shown(done.target, entry), entry.decimals)
        share = "" if done.completion is None else percent(done.completion, say, exact=done.exact)
        text = say("county.done", target=figure, share=share) if share else figure
    return Point(
        category="target",
        value=done.completion if done else None,
        text=text,
        short=text,
        mark="final" if done and done.exact else "inexact" if done else "gap",
        indicator=labels.indicator(row.indicator),
        area=labels.area(found.ref_area),
        period=_target_period(found, labels),
        measure="value" if done and done.planned is None else "ytd",
        rests_on=(done.done_id,) if done and done.done_id else (),
    )


def _target_period(found: County, labels: Labels) -> str:
    period = found.so_far or found.years[-1]
    return period_name(period, labels.words, "ytd" if found.so_far else "value")


# ── beside the table ────────────────────────────────────────────────────────────────────────────


def _facts(
    found: County, labels: Labels, groups: tuple[tuple[str, tuple[Line, ...]], ...]
) -> tuple[tuple[str, str], ...]:
    """Say in a few lines what the area is, and what came from it."""
    say, area = labels.words, labels.areas[found.ref_area]
    above = labels.area(area.parent) if area.parent else ""
    facts = {
        "code": say("join.facts").join(part for part in (area.ref_area, above) if part),
        "reported": say("county.reported", n=len(found.rows), aspects=len(groups)),
        "coverage": _coverage(found.expected, labels),
        "issues": say("county.issues", **found.issue_counts),
    }
    return tuple((say(f"county.facts.{key}"), text) for key, text in facts.items() if text)


def _coverage(expected: Iterable[Expected], labels: Labels) -> str:
    states = Counter(e.state for e in expected)
    due = sum(states[s] for s in CLOSING)
    if not due:
        return ""
    came = sum(states[s] for s in CAME)
    missed = states["overdue"] + states["missing"]
    return labels.words("county.coverage", due=due, came=came, late=states["late"], missed=missed)


def _notes(
    found: County, groups: tuple[tuple[str, tuple[Line, ...]], ...], labels: Labels
) -> tuple[str, ...]:
    """Say what totals and ranks are, which marks occur, and where an indicator changed."""
    say = labels.words
    lines = [line for _, lines in groups for line in lines]
    used = {p.mark for line in lines for p in (*line.years, line.current, line.total) if p}
    notes = [say("county.notes.total")] if len(found.years) > 1 else []
    if any(line.rank for line in lines):
        notes.append(say("county.notes.rank"))
    for mark in ("provisional", "conflict"):
        if mark in used:
            notes.append(f"{say(f'sign.heat_map.{mark}')} {say(f'mark.{mark}')}")
    for row in found.rows if found.years else ():
        entry = labels.indicators[row.indicator]
        changed = redefined(entry, found.years[0], found.years[-1], say)
        notes.extend(f"{labels.indicator(row.indicator)} {change}" for change in changed)
    return tuple(notes)


def _gaps(expected: Iterable[Expected], labels: Labels) -> tuple[Gap, ...]:
    """List what is missing or gives no value; what lacks the same periods shares a line."""
    say = labels.words
    lacking: dict[tuple[str, str, str], list[str]] = {}
    for e in expected:
        if e.state in WANTING:
            lacking.setdefault((e.state, e.ref_area, e.indicator), []).append(e.time_period)
    together: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for (state, area, indicator), periods in lacking.items():
        together.setdefault((state, area, tuple(periods)), []).append(indicator)
    return tuple(
        Gap(
            say(f"data.gaps.states.{state}"),
            labels.area(area),
            say.listed([labels.indicator(code) for code in indicators]),
            say.listed([period_name(p, say) for p in periods]),
        )
        for (state, area, periods), indicators in sorted(
            together.items(), key=lambda item: WANTING.index(item[0][0])
        )
    )
