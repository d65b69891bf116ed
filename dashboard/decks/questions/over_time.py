"""Over time: indicators from period to period, as the page of trends draws them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from dashboard import charts
from dashboard.queries import trend as queries
from dashboard.queries.annotations import annotations_of
from dashboard.queries.per_head import denominators, per_head
from dashboard.queries.values import TOTAL

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.charts.chart import Axes
    from dashboard.charts.trend import Facet, Shape
    from dashboard.decks.setting import Wanted
    from dashboard.locale.sentences_trend import Shown
    from dashboard.queries.comparison import Against
    from dashboard.queries.per_head import Denominator
    from dashboard.queries.values import Measure, Value

SHAPES = ("lines", "bars", "years")
SHOWN = ("level", "growth", "previous", "to_date")


@dataclass(frozen=True)
class Course:
    """What is asked of every indicator of a trend."""

    wanted: Wanted
    first: str
    last: str
    shown: Shown
    measure: Measure

    def values(self, code: str, by: Denominator | None) -> tuple[Value, ...]:
        """Return an indicator's values, divided by a count where that is asked for."""
        w, breakdown = self.wanted, self.wanted.breakdown(code)
        against: Against = "previous" if self.shown == "previous" else "year"
        if by is None:
            return w.ask(queries.trend, w.dataset, (code,), w.areas, self.first, self.last,
                         self.measure, breakdown, against)  # fmt: skip
        return w.ask(per_head, w.dataset, code, by, w.areas, self.first, self.last,
                     self.measure, breakdown, against)  # fmt: skip

    def divided_by(self, code: str) -> Denominator | None:
        """Return by what an indicator is divided, None where nothing or nothing fitting is said."""
        per = self.wanted.said.get("per", "")
        declared = self.wanted.ask(denominators, self.wanted.dataset).get(code, ())
        return next((d for d in declared if d.indicator == per), None)

    def fits(self, code: str) -> bool:
        """Whether an indicator can be shown so: none on the period before where it has seasons."""
        w = self.wanted
        if w.said.get("per") and self.divided_by(code) is None:
            return False
        seasonal = w.labels.indicators[code].seasonal and w.said.get("seasonal") != "shown"
        return not (self.shown == "previous" and seasonal)


def trend(wanted: Wanted) -> Chart | None:
    """Draw ``indicators`` in ``areas`` from ``first`` to ``last``; switches as on the page."""
    course = _course(wanted)
    codes = [code for code in wanted.indicators if course.fits(code)]
    found = {code: course.values(code, course.divided_by(code)) for code in codes}
    known = [code for code in codes if any(v.obs_value is not None for v in found[code])]
    empty = [code for code in codes if found[code] and code not in known] if known else []
    codes = [code for code in codes if code not in empty]
    values = tuple(value for code in codes for value in found[code])
    if not values:
        return None
    labels = wanted.labels
    for code in codes:
        by = course.divided_by(code)
        labels = labels.divided(code, by) if by else labels
    chart = charts.trend(
        values,
        labels,
        wanted.origin_of(_keys(course, codes), wanted.areas, course.first, course.last),
        shape=cast("Shape", wanted.one("shape", SHAPES)),
        what=course.shown,
        measure=course.measure,
        facet=cast("Facet", wanted.one("facet", ("none", "area", "indicator"))),
        axes=cast("Axes", wanted.one("axes", ("shared", "free"))),
        annotations=wanted.ask(annotations_of, wanted.dataset),
    )
    if not empty:
        return chart
    # An empty panel beside full ones: 市本级 sends no recruits.
    names = wanted.words.listed([labels.indicator(code) for code in empty])
    return replace(chart, notes=(*chart.notes, wanted.words("topics.left_out", names=names)))


def _course(wanted: Wanted) -> Course:
    shown = cast("Shown", wanted.one("shown", SHOWN))
    # A change says itself whether it is the period's own or the year's to date.
    changes: Measure = "ytd" if shown == "to_date" else "value"
    measure = wanted.measure if shown == "level" else changes
    return Course(wanted, *wanted.span(), shown, measure)


def _keys(course: Course, codes: list[str]) -> list[tuple[str, str]]:
    """Return what stands behind some indicators: they, and what they are divided by."""
    keys = [(code, course.wanted.breakdown(code)) for code in codes]
    per = course.wanted.said.get("per", "")
    return [*keys, (per, TOTAL)] if per else keys
