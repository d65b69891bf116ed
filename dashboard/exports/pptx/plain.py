"""A deck as plain slides: titles, sentences and the first chart of each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pptx import Presentation
from pptx.util import Inches

from dashboard.exports.pptx.native import add_charts
from dashboard.exports.pptx.slide import BLANK, FOOT, GREY, HANDS, INK, TITLE, _foot, _text

if TYPE_CHECKING:
    from dashboard.exports.release import ReleasedDeck

DRAWN = ("tiles",)  # kinds without a hand


def write_deck(deck: ReleasedDeck, template: bytes | None = None, size: str = "16x9") -> bytes:
    """Write the slides of a deck."""
    del template, size
    made = Presentation()
    made.slide_width, made.slide_height = Inches(13.333), Inches(7.5)
    for slide in deck.slides:
        drawn = made.slides.add_slide(made.slide_layouts[BLANK])
        _text(drawn, slide.title, (0.6, 0.35, 12.1, 0.9), TITLE, INK, bold=True)
        if slide.lines:
            _text(drawn, "\n".join(slide.lines), (0.6, 1.2, 12.1, 0.5), (14,), GREY)
        for chart in [c for c in slide.charts if c.kind not in DRAWN][:1]:
            HANDS.get(chart.kind, add_charts)(drawn, chart, (0.6, 1.7, 12.1, 4.7))
            _text(drawn, "\n".join(_foot(chart)), (0.6, 6.45, 12.1, 0.95), FOOT, GREY)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
