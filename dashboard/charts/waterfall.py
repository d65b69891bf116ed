"""Waterfall: from the value before, part by part, to the value now; what is not compared below."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Literal, NamedTuple

from dashboard.charts.chart import PALETTE, Chart, Mark, Point, Provenance, Series, mark_of
from dashboard.charts.notes import mark_notes
from dashboard.locale.numbers import number, shown, unit, unit_after
from dashboard.locale.periods import window_name
from dashboard.locale.sentences_changes import effect_text, moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.locale.labels import Labels
    from dashboard.queries.contributions import Comparison, Explanation, Part
    from dashboard.queries.values import Value

Role = Literal["level", "rise", "fall"]

BASE, REST, NOW = "base", "rest", "now"  # categories beside the codes of parts
COLOURS: dict[Role, str] = {"level": "#6B7280", "rise": PALETTE[1], "fall": PALETTE[2]}
SMALL = 0.3  # all steps within this share of the highest level: the axis does not start at nought


class Bar(NamedTuple):
    """Where a point's bar begins and ends, and what it is; points without a value have none."""

    point: Point
    start: float
    end: float
    role: Role


def waterfall(
    explained: Explanation,
    asked: Comparison,
    labels: Labels,
    provenance: Provenance,
    dimension: str = "",
) -> Chart:
    """Describe what each county, or each part of a ``dimension``, adds to a change."""
    entry = labels.indicators[asked.indicator]
    say = labels.words
    points = tuple(_points(explained, asked, labels))
    names = {
        BASE: window_name(asked.base, say), REST: say("changes.rest"),
        NOW: window_name(asked.now, say),
    }  # fmt: skip
    change = moved(explained.change, asked, labels) if explained.change else ""
    title = say(
        "changes.title_dimension" if dimension else "changes.title_area",
        period=names[NOW],
        area=labels.area(asked.area),
        indicator=labels.indicator(asked.indicator, asked.breakdown),
        moved=change,
        dimension=dimension,
    )
    chart_unit = unit(entry, say)
    return Chart(
        kind="waterfall",
        title=title,
        unit=chart_unit,
        unit_line=say("unit_line", unit=chart_unit),
        decimals=entry.decimals,
        categories=tuple((p.category, names.get(p.category) or _name(p, labels)) for p in points),
        series=(Series(say("changes.series"), points, COLOURS["level"]),),
        notes=(*_notes(explained, asked, points, labels), *mark_notes(points, "waterfall", say)),
        alt=say("changes.alt", title=title, base=names[BASE], now=names[NOW], unit=chart_unit),
        provenance=provenance,
    )


def bars(chart: Chart) -> tuple[Bar, ...]:
    """Place the bars: each part begins where the one above it ended.

    Below a value that is withheld nobody knows where that is: parts are written and not drawn.
    """
    placed = []
    level, known = 0.0, True
    for point in chart.points:
        known = point.mark != "withheld" and (known or point.category == NOW)
        if point.value is None or not known:
            continue
        if point.category in (BASE, NOW):
            placed.append(Bar(point, 0.0, point.value, "level"))
            level = point.value
        else:
            role: Role = "rise" if point.value >= 0 else "fall"
            placed.append(Bar(point, level, level + point.value, role))
            level += point.value
    return tuple(placed)


def axis_start(points: Iterable[Point]) -> float:
    """Return where the axis starts: near the levels where all steps are small beside them."""
    level, reached = 0.0, []
    for point in points:
        if point.value is not None:
            level = point.value if point.category in (BASE, NOW) else level + point.value
            reached.append(level)
    low, high = min(reached, default=0.0), max(reached, default=0.0)
    spread = high - low
    if low <= 0 or spread <= 0 or spread > SMALL * high:
        return 0.0
    step: float = 10.0 ** floor(log10(spread))
    return max(0.0, floor((low - spread / 2) / step) * step)


def _points(explained: Explanation, asked: Comparison, labels: Labels) -> Iterable[Point]:
    change, area = explained.change, labels.area(asked.area)
    if change is None:
        return
    base, now = (window_name(w, labels.words) for w in (asked.base, asked.now))
    yield _level(BASE, explained.before, change.before, base, asked, labels, exact=change.exact)
    for part in explained.parts:
        yield _step(part, asked, labels, f"{base} → {now}")
    if explained.rest:
        entry = labels.indicators[asked.indicator]
        exact = change.exact and all(part.exact for part in explained.parts)
        yield Point(
            REST, shown(explained.rest, entry),
            effect_text(explained.rest, entry, labels, exact=exact),
            effect_text(explained.rest, entry, labels, exact=exact, unit=False),
            "final" if exact else "inexact",
            labels.words("changes.rest"), area, f"{base} → {now}",
        )  # fmt: skip
    yield _level(NOW, explained.now, change.now, now, asked, labels, exact=change.exact)
    for code, value in explained.apart:
        yield _absent(code, value, asked, labels, f"{base} → {now}")


def _level(
    category: str,
    own: Value,
    level: float,
    when: str,
    asked: Comparison,
    labels: Labels,
    *,
    exact: bool,
) -> Point:
    """Describe where the change starts or ends: over the areas compared."""
    entry = labels.indicators[asked.indicator]
    whole = own.obs_value is not None and abs(own.obs_value - level) <= 1e-9 * abs(level)
    if whole:
        text, short = labels.value(own, asked.indicator), labels.short_value(own, asked.indicator)
    else:
        short = number(shown(level, entry), entry.decimals)
        text = short + unit_after(entry, labels.words)
    return Point(
        category, shown(level, entry), text, short,
        mark_of(own, conflict=own.conflict) if whole else "final" if exact else "inexact",
        labels.indicator(asked.indicator, asked.breakdown), labels.area(asked.area), when,
        coverage=labels.coverage(own) if whole else "", series_id=own.series_id if whole else 0,
    )  # fmt: skip


def _step(part: Part, asked: Comparison, labels: Labels, when: str) -> Point:
    entry = labels.indicators[asked.indicator]
    effect = effect_text(part.effect, entry, labels, exact=part.exact)
    before, now = (labels.value(v, asked.indicator) for v in (part.before, part.now))
    return Point(
        part.code, shown(part.effect, entry),
        labels.words("changes.step", effect=effect, before=before, now=now),
        effect_text(part.effect, entry, labels, exact=part.exact, unit=False),
        _mark(part), labels.indicator(asked.indicator, part.now.breakdown),
        labels.area(part.now.ref_area), when,
        rests_on=tuple(v.series_id for v in (part.before, part.now) if v.series_id),
    )  # fmt: skip


def _mark(part: Part) -> Mark:
    """Return the gravest mark of the two values that a step lies between."""
    marks = {mark_of(v, conflict=v.conflict) for v in (part.now, part.before)}
    order: tuple[Mark, ...] = ("conflict", "inexact", "provisional")
    return next((mark for mark in order if mark in marks), "final")


def _absent(code: str, value: Value, asked: Comparison, labels: Labels, when: str) -> Point:
    unknown = value.obs_value is not None
    return Point(
        code, None,
        labels.words("changes.unclear") if unknown else labels.missing(value),
        labels.words("changes.unclear") if unknown else labels.short_value(value, asked.indicator),
        "gap", labels.indicator(asked.indicator, value.breakdown), labels.area(value.ref_area),
        when,
    )  # fmt: skip


def _name(point: Point, labels: Labels) -> str:
    if ":" in point.category:
        return labels.breakdown(point.category)
    return labels.short_area(point.category)


def _notes(
    explained: Explanation, asked: Comparison, points: Sequence[Point], labels: Labels
) -> Iterable[str]:
    """Say what is compared, how a rate is divided, what the rest is, where the axis starts."""
    say, entry = labels.words, labels.indicators[asked.indicator]
    if explained.change and 0 < explained.change.n_areas < explained.now.n_expected:
        yield say("changes.like_note", n=explained.change.n_areas)
    if entry.kind == "rate":
        yield say("changes.rate_note")
    if explained.rest:
        yield say("changes.rest_note")
    start = axis_start(points)
    if start:
        yield say("changes.axis_note", start=f"{start:,.10g}{unit_after(entry, say)}")
