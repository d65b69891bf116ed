"""Titles of trends: the finding of one line; of several, what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dashboard.locale.periods import period_name
from dashboard.locale.sentences import change_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.locale.labels import Labels
    from dashboard.queries.values import Measure, Value

# Values, 同比 on the year before, 环比 on the period before, 累计同比 of the year to date.
Shown = Literal["level", "growth", "previous", "to_date"]


def trend_title(
    values: Sequence[Value], labels: Labels, *, shape: str, what: Shown, measure: Measure
) -> str:
    """Name the finding where there is one line of values, else say what is drawn."""
    codes, areas = {v.indicator for v in values}, {v.ref_area for v in values}
    plain = what == "level" and shape != "years"
    if plain and len(codes) == len(areas) == 1:
        return labels.words(
            "trend.title_one",
            area=labels.area(values[0].ref_area),
            indicator=labels.indicator(values[0].indicator, values[0].breakdown),
            finding=_finding(values, labels, measure),
        )
    title = _of_areas(_named(values, len(codes), labels, what), areas, labels)
    return labels.words("trend.title_years", title=title) if shape == "years" else title


def _named(values: Sequence[Value], n: int, labels: Labels, what: Shown) -> str:
    """Return what is drawn: 慰问金发放额, 慰问金发放额环比, 慰问金发放额等3项指标."""
    words = labels.words
    name = labels.indicator(values[0].indicator, values[0].breakdown)
    if n > 1:
        name = words("trend.several", indicator=name, n=n)
    return words("trend.growth_of", indicator=name, shown=words(f"trend.growths.{what}"))


def _of_areas(what: str, areas: set[str], labels: Labels) -> str:
    if len(areas) == 1:
        return labels.words("trend.of_area", what=what, area=labels.area(*areas))
    return labels.words("trend.title_many", indicator=what, n=len(areas))


def _finding(values: Sequence[Value], labels: Labels, measure: Measure) -> str:
    words = labels.words
    known = [v for v in values if v.obs_value is not None]
    if not known:
        first, last = (period_name(v.time_period, words) for v in (values[0], values[-1]))
        return words("trend.finding_none", first=first, last=last)
    last_value = known[-1]
    change = change_phrase(last_value.change, labels.indicators[last_value.indicator], words)
    return words(
        "trend.finding" if change else "trend.finding_plain",
        period=period_name(last_value.time_period, words, measure),
        figure=labels.value(last_value, last_value.indicator),
        change=change,
    )
