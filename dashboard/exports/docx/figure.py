"""Figures of a bulletin: a caption with its number, unit and period, the chart, its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.shared import Pt

from dashboard.exports.docx.heading import EMU, balanced
from dashboard.exports.docx.look import LOOKS
from dashboard.exports.docx.native import add_native, is_native
from dashboard.exports.docx.page import text_width
from dashboard.exports.docx.table import tables
from dashboard.exports.docx.text import add_text

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.locale import Words

GAP = "　"
ABOVE, BELOW = Pt(4), Pt(8)  # the notes below a figure


class Figures:
    """Writes charts and tables one after the other, and numbers each kind from 1."""

    def __init__(self, document: Any, words: Words) -> None:
        self.document, self.words = document, words
        self.written = {"figure": 0, "table": 0}

    def add(self, chart: Chart, name: str) -> None:
        """Add a chart under ``name``, natively where Word can draw it, else as a table."""
        width = text_width(self.document.sections[-1])
        if is_native(chart):
            self._above(chart, self._next("figure", chart.title), width)
            paragraph = add_text(self.document, "", "图表")
            add_native(self.document, paragraph, chart, name, width)
        else:
            first = self._next("table", chart.title)
            for n, table in enumerate(tables(self.document, chart, name, width, self.words)):
                again = self.words("bulletin.continued", n=self.written["table"])
                self._above(chart, again if n else first, width)
                self.document.element.body.insert_element_before(table, "w:sectPr")
        self._below(chart)

    def _next(self, kind: str, title: str) -> str:
        self.written[kind] += 1
        return self.words(f"bulletin.{kind}", n=self.written[kind], title=title)

    def _above(self, chart: Chart, caption: str, width: int) -> None:
        """Write caption, period and unit, which stay with what is below them in any template."""
        lines = balanced(caption, width / EMU, LOOKS["Caption"].size)
        for text, style in (("\n".join(lines), "Caption"), (_unit_line(chart), "单位")):
            paragraph = add_text(self.document, text, style)
            paragraph.paragraph_format.keep_with_next = True

    def _below(self, chart: Chart) -> None:
        foot = _foot(chart)
        for line in foot:
            paragraph = add_text(self.document, line, "说明")
            paragraph.paragraph_format.keep_together = True
            paragraph.paragraph_format.keep_with_next = line is not foot[-1]
            if line is foot[0]:
                paragraph.paragraph_format.space_before = ABOVE
            if line is foot[-1]:
                paragraph.paragraph_format.space_after = BELOW


def _unit_line(chart: Chart) -> str:
    """Say badge, period and unit, as they stand above a table of an office."""
    parts = (chart.provenance.badge, chart.period, chart.unit_line)
    return GAP.join(part for part in parts if part)


def _foot(chart: Chart) -> list[str]:
    """Say what the marks mean and how many reported, the files, and the vintage."""
    notes = GAP.join(note for note in (*chart.notes, chart.coverage) if note)
    origin = GAP.join(part for part in (chart.provenance.source, chart.provenance.footer) if part)
    return [line for line in (notes, origin) if line]
