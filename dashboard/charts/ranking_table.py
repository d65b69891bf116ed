"""Ranking table: a county a line with place, figure, change, climb and what is done of the target.

Who has no figure stands below without a place: not reporting is not coming last.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.charts.chart import Chart, Point, Series
from dashboard.charts.notes import mark_notes, redefined, reported
from dashboard.charts.points import ranked_point
from dashboard.locale.numbers import growth, moved, unit
from dashboard.locale.periods import period_name
from dashboard.locale.sentences import climbed, ranking_title
from dashboard.locale.sentences_progress import percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.charts.chart import Provenance
    from dashboard.locale.labels import Labels
    from dashboard.queries.counties import Ranked
    from dashboard.queries.progress import Progress
    from dashboard.queries.values import Measure

YEAR = 12  # a series_id of the year before is so much smaller: it ends in the month


def ranking_table(
    rows: Sequence[Ranked],
    progress: Mapping[str, Progress],
    indicator: str,
    period: str,
    labels: Labels,
    provenance: Provenance,
    measure: Measure = "value",
) -> Chart:
    """Describe a ranking as a table; ``progress`` by area, empty where there is no target."""
    entry, say = labels.indicators[indicator], labels.words
    when = period_name(period, say, measure)
    keys = ("place", "value", "growth", "climbed", *(("done",) if progress else ()))
    series = []
    for row in rows:
        line = _line(row, progress.get(row.ref_area), indicator, when, labels, measure)
        series.append(Series(labels.area(row.ref_area), tuple(line[key] for key in keys)))
    title = ranking_title(rows, indicator, when, labels)
    in_unit = say("pivot.in_unit", name=say("standing.columns.value"), unit=unit(entry, say))
    heads = {key: say(f"standing.columns.{key}") for key in keys if key not in ("value", "done")}
    heads |= {"value": in_unit, "done": say("bulletin.columns.done")}
    return Chart(
        kind="pivot",
        title=title,
        unit="",  # each column has its own
        unit_line=say("unit_line", unit=unit(entry, say)),
        decimals=entry.decimals,
        categories=tuple((key, heads[key]) for key in keys),
        series=tuple(series),
        notes=_notes(rows, entry.direction, labels, measure)
        + redefined(entry, period, period, say)
        + mark_notes([p for s in series for p in s.points if p.category == "value"], "pivot", say),
        alt=say("pivot.alt", title=title, rows=len(series), columns=len(keys)),
        provenance=provenance,
    )


def _line(
    row: Ranked,
    done: Progress | None,
    indicator: str,
    when: str,
    labels: Labels,
    measure: Measure,
) -> dict[str, Point]:
    """Return the cells of an area; all but its figure follow from figures, and rest on them."""
    say, entry = labels.words, labels.indicators[indicator]
    place = "—" if row.place is None else str(row.place)
    value = replace(
        ranked_point(row, indicator, when, labels, measure),
        category="value",
        short=labels.value(row, indicator, unit=False),
        change="",  # has a column of its own
    )
    both = (row.series_id, row.series_id - YEAR)
    return {
        "value": value,
        "place": _cell(value, "place", place, row.place, (row.series_id,)),
        "growth": _cell(
            value,
            "growth",
            growth(row.change, entry, say),
            moved(row.change, entry) if row.change else None,
            both,
        ),
        "climbed": _cell(value, "climbed", climbed(row.climbed, say) or "—", row.climbed, both),
        "done": _done(value, done, labels),
    }


def _cell(
    value: Point, category: str, text: str, number: float | None, rests_on: tuple[int, ...]
) -> Point:
    return replace(
        value,
        category=category,
        value=number,
        text=text,
        short=text,
        mark="gap" if number is None else "final",
        rests_on=rests_on if number is not None else (),
        series_id=value.series_id if number is not None else 0,
    )


def _done(value: Point, done: Progress | None, labels: Labels) -> Point:
    """Say what an area has done of its target, in per cent."""
    if done is None or done.completion is None:
        return _cell(value, "done", "—", None, ())
    text = percent(done.completion, labels.words, exact=done.exact)
    cell = _cell(value, "done", text, done.completion, tuple(n for n in (done.done_id,) if n))
    return replace(
        cell,
        mark="final" if done.exact else "inexact",
        measure="value" if done.planned is None else "ytd",
    )


def _notes(
    rows: Sequence[Ranked], direction: str, labels: Labels, measure: Measure
) -> tuple[str, ...]:
    came = reported(rows, labels, measure)
    notes = [text for text in (came, labels.words("bulletin.climbed")) if text]
    if direction == "down":
        notes.insert(0, labels.words("counties.low_is_good"))
    if any(row.place is None for row in rows):
        notes.insert(0, labels.words("bulletin.apart"))
    return tuple(notes)
