"""The points of a chart, or any list, as a CSV that Excel opens in Chinese."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from dashboard.charts import panels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts import Chart, Point
    from dashboard.exports.release import Released
    from dashboard.locale import Words

BOM = "\ufeff"  # without it Excel reads UTF-8 as GBK
FORMULA = tuple("=+-@＝＋－＠\t\r\n")  # what a formula begins with, wide signs in Chinese Excel
COLUMNS = (
    "indicator", "area", "period", "value", "unit", "shown", "change", "coverage", "mark",
    "note", "source", "dataset", "vintage",
)  # fmt: skip


def to_csv(chart: Released, words: Words) -> bytes:
    """Write one row a point; a gap has an empty value and says why in its text."""
    rows = (_row(point, part, words) for part in panels(chart) for point in part.points)
    return rows_to_csv([words(f"table.{column}") for column in COLUMNS], rows)


def rows_to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table of texts as Excel opens it in Chinese, none of them as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(field) for field in row] for row in rows)
    return (BOM + text.getvalue()).encode("utf-8")


def safe(field: str) -> str:
    """Keep outside text from becoming a formula: Excel runs what begins with = + - @ or a tab."""
    return f"'{field}" if field.startswith(FORMULA) and not _is_number(field) else field


def _row(point: Point, chart: Chart, words: Words) -> tuple[str, ...]:
    origin = chart.provenance
    return (
        point.indicator,
        point.area,
        point.period,
        "" if point.value is None else f"{point.value:.10g}",
        chart.unit,
        point.text,
        point.change,
        point.coverage,
        words(f"mark.{point.mark}"),
        words("join.clauses").join(m.text for m in chart.markers if m.category == point.category),
        origin.source,
        origin.badge or origin.dataset,
        origin.vintage,
    )


def _is_number(field: str) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return True
