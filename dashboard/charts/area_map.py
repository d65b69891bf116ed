"""Map: the counties of an area in one period, shaded by class; the silent hatched, not pale."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts.chart import Chart, Point, Series
from dashboard.charts.classes import class_names, class_of, limits, shades
from dashboard.charts.notes import mark_notes, redefined, reported
from dashboard.charts.points import ranked_point
from dashboard.locale.numbers import shown, unit
from dashboard.locale.periods import period_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.boundaries import Ground, MapRules
    from dashboard.charts.chart import Provenance
    from dashboard.locale.labels import Labels
    from dashboard.queries.choices import Indicator
    from dashboard.queries.counties import Ranked
    from dashboard.queries.values import Measure, Value

HATCHED, BLANK = "hatched", "blank"  # in place of a colour: no value though due; none applies


class Cut(NamedTuple):
    """Where values are cut into classes, and the note that says by what."""

    limits: tuple[float, ...]
    note: str


def area_map(
    rows: Sequence[Ranked],
    indicator: str,
    period: str,
    labels: Labels,
    provenance: Provenance,
    ground: Ground,
    rules: MapRules,
    measure: Measure = "value",
    over: Sequence[Value] = (),
) -> Chart:
    """Describe a map, a series a class; areas without an outline are boxes below it.

    With values ``over`` several periods the classes are cut by all of them, and so are the same
    for every period: two maps compare.
    """
    words, entry = labels.words, labels.indicators[indicator]
    when = period_name(period, words, measure)
    points = {row.ref_area: _point(row, indicator, when, labels, measure) for row in rows}
    unasked = tuple(
        _unasked(region.ref_area, points[rows[0].ref_area], labels)
        for region in ground.regions
        if region.ref_area not in points
    )
    cut = _cut(over or rows, entry, labels, rules, fixed=bool(over))
    title = words(
        "map.title", period=when, indicator=labels.indicator(indicator, rows[0].breakdown)
    )
    return Chart(
        kind="map",
        title=title,
        unit=unit(entry, words),
        unit_line=words("unit_line", unit=unit(entry, words)),
        decimals=entry.decimals,
        categories=tuple(
            (p.category, labels.short_area(p.category)) for p in (*points.values(), *unasked)
        ),
        series=_classes(rows, points, cut.limits, entry, labels, unasked),
        notes=_boxed(ground, labels)
        + (cut.note,)
        + (_redefined(over, entry, labels) if over else ())
        + mark_notes(points.values(), "map", words)
        + _credit(rules, labels),
        alt=words("map.alt", title=title, unit=unit(entry, words)),
        provenance=provenance,
        ground=ground,
        reported=reported(rows, labels, measure),
    )


def filling(point: Point, series: Series) -> str:
    """Return an area's colour; one whose value is withheld is hatched like one without."""
    return HATCHED if point.value is None and series.colour != BLANK else series.colour


def _cut(
    rows: Sequence[Ranked | Value],
    entry: Indicator,
    labels: Labels,
    rules: MapRules,
    *,
    fixed: bool,
) -> Cut:
    words = labels.words
    declared = rules.breaks.get(entry.indicator)
    if declared:
        cuts = tuple(shown(limit, entry) for limit in declared)
        return Cut(cuts, words("map.declared", n=len(cuts) + 1))
    known = [shown(row.obs_value, entry) for row in rows if row.obs_value is not None]
    cuts = limits(known, rules.classes, rules.method, entry.decimals)
    return Cut(cuts, words("map.fixed" if fixed else f"map.{rules.method}", n=len(cuts) + 1))


def _redefined(over: Sequence[Value], entry: Indicator, labels: Labels) -> tuple[str, ...]:
    periods = [v.time_period for v in over]
    return redefined(entry, min(periods), max(periods), labels.words)


def _classes(
    rows: Sequence[Ranked],
    points: dict[str, Point],
    cuts: tuple[float, ...],
    entry: Indicator,
    labels: Labels,
    unasked: tuple[Point, ...],
) -> tuple[Series, ...]:
    """Return the legend: every class, empty ones too, then those without a value if there are."""
    words, n = labels.words, len(cuts) + 1
    members: list[list[Point]] = [[] for _ in range(n)]
    silent: list[Point] = []
    outside = list(unasked)
    for row in rows:
        point = points[row.ref_area]
        if point.value is not None:
            members[class_of(point.value, cuts, entry.decimals)].append(point)
        else:
            (outside if row.obs_status == "M" else silent).append(point)
    found = [
        Series(name, tuple(inside), colour)
        for name, inside, colour in zip(
            class_names(cuts, entry.decimals, words), members, shades(n), strict=True
        )
    ]
    if silent:
        found.append(Series(words("map.no_value"), tuple(silent), HATCHED))
    if outside:
        found.append(Series(words("map.not_applicable"), tuple(outside), BLANK))
    return tuple(found)


def _point(row: Ranked, indicator: str, when: str, labels: Labels, measure: Measure) -> Point:
    """Describe an area; one without a base says nothing of a change."""
    point = ranked_point(row, indicator, when, labels, measure)
    return point if row.change else replace(point, change="")


def _unasked(code: str, like: Point, labels: Labels) -> Point:
    """Return an area that was not asked for a value and sent none."""
    say = labels.words
    return replace(
        like, category=code, value=None, text=say("map.not_asked"), short=say("change.none"),
        mark="gap", area=labels.area(code), change="", coverage="", series_id=0,
    )  # fmt: skip


def _boxed(ground: Ground, labels: Labels) -> tuple[str, ...]:
    """Say which areas have no place on the map: 市本级 and zones."""
    apart = [labels.short_area(region.ref_area) for region in ground.regions if region.boxed]
    return (labels.words("map.boxed", areas=labels.words.listed(apart)),) if apart else ()


def _credit(rules: MapRules, labels: Labels) -> tuple[str, ...]:
    words = labels.words
    number = rules.approval or words("map.no_approval")
    source = words.pick(rules.source, rules.source_en)
    return (words("map.credit", source=source, approval=number),)
