"""A ranking in plain HTML: bars that grow with the type, for a screen read from far away."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dashboard.charts import mark_of, with_sign
from dashboard.locale.numbers import growth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.queries.counties import Ranked
    from dashboard.ui.view import View


def ranked(view: View, rows: Sequence[Ranked], indicator: str) -> str:
    """Draw a row an area: place, name, bar, value, change; what is missing says why."""
    longest = max((abs(row.obs_value or 0.0) for row in rows), default=0.0) or 1.0
    entry = view.labels.indicators[indicator]
    lines = []
    for row in rows:
        moved = growth(row.change, entry, view.words) if row.obs_value is not None else ""
        value = with_sign(view.labels.value(row, indicator), mark_of(row, conflict=row.conflict))
        width = 100 * max(row.obs_value or 0.0, 0.0) / longest
        lines.append(
            f"<tr><td>{row.place or ''}</td>"
            f'<th scope="row">{escape(view.labels.short_area(row.ref_area))}</th>'
            f'<td class="bar"><i style="width:{width:.1f}%"></i></td>'
            f'<td class="figure">{escape(value)}</td>'
            f'<td class="figure">{escape(moved)}</td></tr>'
        )
    area, figure, change = (escape(view.words(f"table.{c}")) for c in ("area", "value", "change"))
    return (
        f'<table class="ranked"><thead><tr><td></td><th scope="col">{area}</th><td></td>'
        f'<th scope="col">{figure}</th><th scope="col">{change}</th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )
