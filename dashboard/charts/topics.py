"""Charts of topics: two stages beside each other, visits by festival, and from fairs to jobs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.charts.chart import PALETTE, Chart, Point, Provenance, Series
from dashboard.charts.notes import mark_notes
from dashboard.charts.points import point_of
from dashboard.locale.numbers import unit
from dashboard.locale.periods import period_name, ticks
from dashboard.locale.sentences_topics import paired_title, steps_title
from dashboard.queries.values import TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.locale.labels import Labels
    from dashboard.queries.topics import Part, Visits
    from dashboard.queries.values import Measure, Value


def paired(
    values: Sequence[Value],
    allocated: Part,
    paid: Part,
    area: str,
    periods: Sequence[str],
    labels: Labels,
    provenance: Provenance,
) -> Chart:
    """Describe what was allocated beside what was paid; the title says the last rate there is."""
    say = labels.words
    found = {(v.indicator, v.breakdown, v.time_period): v for v in values}
    series = tuple(
        Series(
            labels.indicator(*part.key),
            tuple(point_of(v, labels) for v in _in_order(found, part, periods)),
            colour,
        )
        for part, colour in ((allocated, PALETTE[5]), (paid, PALETTE[0]))
    )
    title = paired_title(found, allocated, paid, area, periods, labels)
    of = labels.indicators[paid.indicator]
    points = [p for s in series for p in s.points]
    return Chart(
        kind="bars",
        title=title,
        unit=unit(of, say),
        unit_line=say("unit_line", unit=unit(of, say)),
        decimals=of.decimals,
        categories=ticks(periods, say),
        series=series,
        notes=(*mark_notes(points, "bars", say), say("topics.paired_note")),
        alt=say("topics.alt_paired", title=title, unit=unit(of, say)),
        provenance=provenance,
    )


def _in_order(
    found: dict[tuple[str, str, str], Value], part: Part, periods: Sequence[str]
) -> list[Value]:
    keys = ((*part.key, period) for period in periods)
    return [found[key] for key in keys if key in found]


def visits(
    found: Sequence[Visits], indicator: str, area: str, labels: Labels, provenance: Provenance
) -> Chart:
    """Describe an indicator by festival, a series a year; the whole year stands last and apart."""
    say, of = labels.words, labels.indicators[indicator]
    having = {v.festival for v in found if v.value.obs_value is not None}
    keys = [f for f in (*labels.breakdowns, TOTAL) if f in having]
    years = list(dict.fromkeys(v.year for v in found))
    series = tuple(
        Series(
            year,
            tuple(_visit(v, labels) for v in found if v.year == year and v.festival in having),
            PALETTE[n % len(PALETTE)],
        )
        for n, year in enumerate(years)
    )
    points = [p for s in series for p in s.points]
    title = say(
        "topics.visits_title", area=labels.area(area), indicator=labels.indicator(indicator)
    )
    names = {TOTAL: say("topics.visits_total")}
    return Chart(
        kind="bars",
        title=title,
        unit=unit(of, say),
        unit_line=say("unit_line", unit=unit(of, say)),
        decimals=of.decimals,
        categories=tuple((key, names.get(key) or labels.breakdown(key)) for key in keys),
        series=series,
        notes=(
            *mark_notes(points, "bars", say),
            say("topics.visits_note" if TOTAL in having else "topics.visits_only"),
        ),
        alt=say("topics.alt_visits", title=title, unit=unit(of, say)),
        provenance=provenance,
    )


def _visit(visit: Visits, labels: Labels) -> Point:
    point = point_of(visit.value, labels)
    return replace(point, category=visit.festival, rests_on=visit.rests_on)


def job_steps(
    values: Sequence[Value],
    steps: Sequence[Part],
    area: str,
    period: str,
    labels: Labels,
    provenance: Provenance,
    measure: Measure = "value",
) -> Chart:
    """Describe fairs, posts and intentions; fairs are said and have no bar: another unit.

    Posts and intentions compare: one post takes one person. The ratios stand in the title alone,
    which an export drops with a figure that it withholds.
    """
    say = labels.words
    found = {(v.indicator, v.breakdown): v for v in values if v.time_period == period}
    points = [
        replace(_step(found[step.key], labels, measure), category=step.indicator)
        for step in steps
        if step.key in found
    ]
    names = {p.category: p.indicator for p in points}
    first = steps[0].indicator
    if first in names:
        names[first] = say("topics.why", name=names[first], why=points[0].text)
        points[0] = replace(points[0], value=None, short="")
    barred = [p for p in points if p.category != first]
    lacking = say.listed([labels.indicator(*s.key) for s in steps if s.key not in found])
    title = steps_title(found, steps, area, period_name(period, say, measure), labels)
    return Chart(
        kind="ranking",
        title=title,
        unit="",
        unit_line=say("topics.steps_units"),
        decimals=0,
        categories=tuple(names.items()),
        series=(Series(say("topic.jobs"), tuple(points), PALETTE[1]),),
        notes=(
            *mark_notes(barred, "ranking", say),
            *([say("topics.left_out", names=lacking)] if lacking else []),
            say("topics.steps_note"),
        ),
        alt=say("topics.alt_steps", title=title),
        provenance=provenance,
    )


def _step(value: Value, labels: Labels, measure: Measure) -> Point:
    """Describe a step with its own unit beside it."""
    point = point_of(value, labels, measure)
    return replace(point, short=point.text, change="")
