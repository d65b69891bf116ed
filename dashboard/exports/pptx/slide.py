"""A chart on one slide: native and editable, with its workbook, unit, notes, source and vintage."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from dashboard.exports.pptx.map_slide import add_map
from dashboard.exports.pptx.native import add_charts
from dashboard.exports.pptx.table import add_table
from dashboard.exports.pptx.typeface import typeface
from dashboard.exports.pptx.waterfall import add_waterfall
from dashboard.exports.svg.words import wrapped

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.exports.release import Released

# All other kinds are native charts of one type.
HANDS = {"heat_map": add_table, "pivot": add_table, "waterfall": add_waterfall, "map": add_map}
GREY = RGBColor(0x6B, 0x72, 0x80)
INK = RGBColor(0x1F, 0x23, 0x28)
RED = RGBColor(0xB5, 0x34, 0x2B)
TITLE, FOOT = (26, 22, 18, 16), (11, 9, 8)  # points: the first at which a text fits its box
MARGIN, LINE = 0.1, 1.2  # inches inside a box; height of a line in its size
BLANK = 6  # the layout without placeholders


def to_pptx(chart: Released) -> bytes:
    """Write a 16 : 9 slide; a heat map becomes a native table, everything else a native chart."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    _text(slide, chart.title, (0.6, 0.35, 12.1, 0.9), TITLE, INK, bold=True)
    _text(slide, _subtitle(chart), (0.6, 1.2, 12.1, 0.4), (14,), RED if _badge(chart) else GREY)
    HANDS.get(chart.kind, add_charts)(slide, chart, (0.6, 1.7, 12.1, 4.7))
    _text(slide, "\n".join(_foot(chart)), (0.6, 6.45, 12.1, 0.95), FOOT, GREY)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _badge(chart: Chart) -> str:
    return chart.provenance.badge


def _subtitle(chart: Chart) -> str:
    parts = [_badge(chart), chart.unit_line, _period(chart)]
    return "　".join(part for part in parts if part)


def _period(chart: Chart) -> str:
    """Return the periods that the points cover: the first, or from first to last."""
    periods = list(dict.fromkeys(p.period for p in chart.points))
    return (
        "" if not periods else periods[0] if len(periods) == 1 else f"{periods[0]} – {periods[-1]}"
    )


def _foot(chart: Chart) -> list[str]:
    coverage = next((p.coverage for p in reversed(chart.points) if p.coverage), "")
    notes = "　".join(note for note in (*chart.notes, coverage) if note)
    return [line for line in (notes, chart.provenance.source, chart.provenance.footer) if line]


def _text(
    slide: Any,
    text: str,
    box: tuple[float, float, float, float],
    sizes: tuple[int, ...],
    colour: RGBColor,
    *,
    bold: bool = False,
) -> None:
    size = next((n for n in sizes if _fits(text, box, n)), sizes[-1])
    frame = slide.shapes.add_textbox(*(Inches(n) for n in box)).text_frame
    frame.word_wrap = True
    for n, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
        typeface(run)


def _fits(text: str, box: tuple[float, float, float, float], size: int) -> bool:
    width, height = ((n - 2 * MARGIN) * 72 for n in box[2:])
    lines = sum(len(wrapped(line, width, size, len(line) + 1)) for line in text.split("\n"))
    return lines * size * LINE <= height
