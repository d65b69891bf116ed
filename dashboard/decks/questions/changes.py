"""Changes: what moved between two windows, by county or by the parts of a dimension."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import charts
from dashboard.queries import contributions, dimensions
from dashboard.queries.contributions import Comparison
from dashboard.queries.months import month_text, read_window, window_of, year_earlier

if TYPE_CHECKING:
    from dashboard.charts import Chart, Provenance
    from dashboard.decks.setting import Wanted
    from dashboard.queries.months import Window


def changes(wanted: Wanted) -> Chart | None:
    """Explain how ``indicator`` of ``area`` moved on the year before, or on ``base``.

    ``against`` is ``year`` (with ``period`` and ``measure``) or ``windows`` (``now``, ``base``);
    ``by`` is the dimension whose parts explain it (festival), else the counties do.
    """
    code = wanted.indicator
    if not code:
        return None
    breakdown = wanted.breakdown(code)
    asked = Comparison(wanted.dataset, code, wanted.area, *_windows(wanted), breakdown)
    if "by" in wanted.said:
        return _by_dimension(wanted, asked)
    explained = wanted.ask(contributions.by_area, asked)
    if explained is None or not explained.parts:
        return None
    return charts.waterfall(explained, asked, wanted.labels, _origin(wanted, asked))


def _windows(wanted: Wanted) -> tuple[Window, Window]:
    now, base = (read_window(wanted.said.get(key, "")) for key in ("now", "base"))
    if wanted.one("against", ("year", "windows")) == "windows" and now and base:
        return now, base
    window = window_of(wanted.period, wanted.measure)
    return window, year_earlier(window)


def _by_dimension(wanted: Wanted, asked: Comparison) -> Chart | None:
    """Draw the parts of a dimension; those that overlap do not add up to a waterfall."""
    for dimension in wanted.ask(dimensions.by_dimension, asked):
        explained = dimension.explanation
        of = explained.parts[0].code.partition(":")[0]
        if of == wanted.said["by"] and not dimension.overlapping:
            name = wanted.words.pick(dimension.name, dimension.name_en)
            return charts.waterfall(explained, asked, wanted.labels, _origin(wanted, asked), name)
    return None


def _origin(wanted: Wanted, asked: Comparison) -> Provenance:
    first = month_text(min(asked.now.first, asked.base.first))
    last = month_text(max(asked.now.last, asked.base.last))
    return wanted.origin((asked.indicator,), (asked.area,), first, last, asked.breakdown)
