"""A slide as a picture: what its page shows before the deck is made, drawn of the same deck."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from dashboard.charts import panels
from dashboard.exports.svg import HANDS
from dashboard.exports.svg.grid import in_panels
from dashboard.exports.svg.marks import defined_patterns
from dashboard.exports.svg.paper import FONTS, PRINTED, Box, element, lines_of_text, rule, text
from dashboard.exports.svg.words import legend_rows, shortened, width_of, wrapped

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.decks.deck import Deck, Slide

SIZES = {"16x9": (1280, 720), "4x3": (960, 720)}  # pixels, 96 an inch
MARGIN, TITLE, LINE, UNDER, FOOT, SMALLEST = 58, 33, 21, 15, 13, 10
FOOT_LINES = 2
NARROWEST = 340  # a chart is not narrower where it can stand below another
INK = replace(PRINTED, size=UNDER)


def slide_to_svg(deck: Deck, n: int, size: str = "16x9") -> str:
    """Draw the n-th slide of a released deck: title, sentences, charts, source and vintage."""
    slide, (width, height) = deck.slides[n], SIZES[size]
    inside = Box(MARGIN, 0, width - 2 * MARGIN, height)
    head, top = _cover(slide, inside) if slide.layout == "cover" else _title(slide, inside)
    foot = _foot(deck, n, inside)
    body = Box(MARGIN, top, inside.width, height - top - (FOOT_LINES + 1) * FOOT * 1.5)
    drawn = "".join(
        _chart(chart, part, f"p{n}-{k}", titled=len(slide.charts) > 1)
        for k, (chart, part) in enumerate(
            zip(slide.charts, _grid(body, len(slide.charts)), strict=True)
        )
    )
    patterns = "".join(
        defined_patterns(chart, replace(INK, prefix=f"p{n}-{k}"))
        for k, chart in enumerate(slide.charts)
    )
    alt = element("title", slide.title) + element("desc", " ".join(c.alt for c in slide.charts))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'role="img" font-family="{FONTS}">{alt}{patterns}'
        f'<rect width="{width}" height="{height}" fill="{INK.ground}"/>{head}{drawn}{foot}</svg>'
    )


def _cover(slide: Slide, inside: Box) -> tuple[str, float]:
    y, size = inside.height * 0.36, TITLE * 1.35
    title = wrapped(slide.title, inside.width, size, 3)
    drawn = lines_of_text(title, MARGIN, y, size, INK.text, 1.3, weight=600)
    y += len(title) * size * 1.3 - size * 0.4
    drawn += rule(MARGIN, y, MARGIN + inside.width, y, INK.alert)
    return drawn + lines_of_text(slide.lines, MARGIN, y + 48, LINE * 1.2, INK.muted, 1.6), y + 60


def _title(slide: Slide, inside: Box) -> tuple[str, float]:
    """Draw a title of at most two lines, the red line below it, and the sentences."""
    title = wrapped(slide.title, inside.width, TITLE, 2)
    drawn = lines_of_text(title, MARGIN, 64, TITLE, INK.text, 1.25, weight=600)
    y = 64 + (len(title) - 1) * TITLE * 1.25 + 22
    drawn += rule(MARGIN, y, MARGIN + inside.width, y, INK.alert)
    size = LINE if slide.charts else LINE * 1.15
    most = 2 if slide.charts else 12
    lines = [part for line in slide.lines for part in wrapped(line, inside.width, size, most)]
    drawn += lines_of_text(lines, MARGIN, y + size * 1.7, size, INK.text, 1.55)
    return drawn, y + len(lines) * size * 1.55 + 20


def _foot(deck: Deck, n: int, inside: Box) -> str:
    """Draw source, vintage and page number, and in red above the line what is no real data."""
    origin = deck.slides[n].charts[0].provenance if deck.slides[n].charts else deck.provenance
    y, right = inside.height - FOOT_LINES * FOOT * 1.5, MARGIN + inside.width
    room = inside.width - 60  # the page number's
    drawn = text(f"{n + 1} / {len(deck.slides)}", right, y + FOOT * 1.5, FOOT, INK.muted, "end")
    for k, line in enumerate((origin.source, origin.footer)):
        size = FOOT * min(1.0, room / max(width_of(line, FOOT), 1.0))
        fits = shortened(line, room, max(size, SMALLEST))
        drawn += text(fits, MARGIN, y + k * FOOT * 1.5, max(size, SMALLEST), INK.muted)
    return drawn + text(origin.badge, right, 28, UNDER, INK.alert, "end")


def _grid(box: Box, n: int) -> list[Box]:
    """Divide a box for some charts: side by side where there is room, else below each other."""
    if n == 0:
        return []
    columns = n if n <= 3 and box.width / n >= NARROWEST else ceil(n**0.5)
    width, height = box.width / columns, box.height / ceil(n / columns)
    return [
        Box(box.x + k % columns * width, box.y + k // columns * height, width - 20, height - 8)
        for k in range(n)
    ]


def _chart(chart: Chart, box: Box, prefix: str, *, titled: bool) -> str:
    """Draw a chart in its box, with unit and legend above and its notes below."""
    y, drawn = box.y, ""
    if titled:
        y += UNDER * 1.3
        name = shortened(chart.title, box.width, UNDER * 1.1)
        drawn += text(name, box.x, y, UNDER * 1.1, INK.text, weight=600)
    y += UNDER * 1.4
    coverage = next((p.coverage for p in reversed(chart.points) if p.coverage), "")
    said = "　".join(part for part in (chart.unit_line, coverage) if part)
    drawn += text(shortened(said, box.width, UNDER), box.x, y, UNDER, INK.muted)
    fullest = max(panels(chart), key=lambda part: len(part.series), default=chart)
    if len(fullest.series) > 1 and chart.kind in ("lines", "bars"):
        legend, y = legend_rows(fullest, Box(box.x, y + 6, box.width, 0), INK, UNDER)
        drawn += legend
    notes = wrapped("　".join(chart.notes), box.width, FOOT, 3) if chart.notes else []
    below = len(notes) * FOOT * 1.45
    plot = Box(box.x, y + 12, box.width, max(box.y + box.height - y - 16 - below, 40))
    drawn += in_panels(chart, plot, replace(INK, prefix=prefix), HANDS[chart.kind])
    at = box.y + box.height - below + FOOT
    return drawn + lines_of_text(notes, box.x, at, FOOT, INK.muted)
