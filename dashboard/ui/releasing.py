"""Makes what may leave the house: files are written of released charts and rows, on being asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from dashboard import exports
from dashboard.queries import disclosure
from dashboard.queries.periods import months_of
from dashboard.ui.asking import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.charts import Chart
    from dashboard.locale import Words
    from dashboard.queries.values import Measure
    from dashboard.ui.asking import Ask


class Reported(Protocol):
    """A report of an area's own, whoever lists it."""

    @property
    def indicator(self) -> str: ...  # noqa: D102
    @property
    def ref_area(self) -> str: ...  # noqa: D102
    @property
    def breakdown(self) -> str: ...  # noqa: D102
    @property
    def time_period(self) -> str: ...  # noqa: D102
    @property
    def obs_value(self) -> float | None: ...  # noqa: D102


class Report(NamedTuple):
    """One version of a report that was changed."""

    indicator: str
    ref_area: str
    breakdown: str
    time_period: str
    obs_value: float | None


def releasing(chart: Chart, measure: Measure, words: Words) -> Callable[[], exports.Released]:
    """Return what releases a chart; a download calls it later, where there is no session."""
    return partial(_release, later(), chart, measure, words)


def _release(ask: Ask, chart: Chart, measure: Measure, words: Words) -> exports.Released:
    return exports.release(chart, exports.behind_charts(ask, [chart], measure), words)


def withheld_values(ask: Ask, series_ids: Sequence[int], measure: Measure) -> set[int]:
    """Return the positions of values that a file must not show."""
    counts = ask(disclosure.counts_behind, tuple(sorted(set(series_ids))), measure)
    return exports.withheld_rows([counts[s] for s in series_ids], ask(disclosure.structure))


def withheld_reports(ask: Ask, reports: Sequence[Reported]) -> set[int]:
    """Return the positions of reports that a file must not show."""
    counted = ask(disclosure.counted)
    rows = [
        [
            disclosure.Count(
                r.indicator, r.ref_area, r.breakdown, *months_of(r.time_period),
                counted[r.indicator], r.obs_value,
            )
        ]
        if r.indicator in counted and r.obs_value is not None
        else []
        for r in reports
    ]  # fmt: skip
    return exports.withheld_rows(rows, ask(disclosure.structure))
