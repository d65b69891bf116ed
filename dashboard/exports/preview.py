"""Slides as pictures, before they are made: the same boxes and sizes of type, drawn as SVG."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from dashboard.charts import panels
from dashboard.exports.pptx import said
from dashboard.exports.pptx import slide as native
from dashboard.exports.pptx.boxes import INSET, LINE, MARGIN, POINTS, fitted
from dashboard.exports.pptx.deck import spread
from dashboard.exports.svg import HANDS
from dashboard.exports.svg.grid import columns_of, in_panels
from dashboard.exports.svg.marks import defined_patterns
from dashboard.exports.svg.paper import FONTS, PRINTED, Box, element, lines_of_text, rule, text
from dashboard.exports.svg.words import has_legend, legend_rows, width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts import Chart
    from dashboard.decks.deck import Deck, Slide
    from dashboard.exports.pptx.boxes import Box as Place
    from dashboard.exports.pptx.template import Template

TYPE, LEGEND = 11, 1.1  # points within a chart; lines between a chart's edge and its key
TILE = 11  # lines of type: how high a tile is
INK = replace(PRINTED, size=TYPE)


def pictures(deck: Deck, template: Template) -> tuple[tuple[str, ...], ...]:
    """Draw a released deck: the pages of each slide, more than one where its table is long.

    The template is measured and not written into.
    """
    body = template.rooms["content"].body
    pages = [tuple(spread(slide, body)) for slide in deck.slides]
    starts = [1 + sum(map(len, pages[:n])) for n in range(len(pages))]
    return tuple(
        tuple(_picture(deck, page, start + k, template) for k, page in enumerate(of))
        for of, start in zip(pages, starts, strict=True)
    )


def _picture(deck: Deck, slide: Slide, number: int, template: Template) -> str:
    width, height = (round(n * POINTS) for n in template.size)
    place = template.rooms[slide.layout].title
    sizes = native.COVER if slide.layout == "cover" else native.TITLE
    drawn = _words([slide.title], place, sizes, INK.text, low=True, weight=600)
    line = (place.top + place.height) * POINTS
    drawn += rule(place.left * POINTS, line, (place.left + place.width) * POINTS, line, INK.alert)
    body = template.rooms[slide.layout].body
    if slide.charts or slide.layout == "content":
        drawn += _content(deck, slide, body, number)
    else:
        drawn += _text(deck, slide, body, template.size[1])
    drawn += text(str(number), width - 44, height - 10, 9, INK.muted, "end")
    alt = element("title", slide.title) + element("desc", " ".join(c.alt for c in slide.charts))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="{FONTS}">{alt}<rect width="{width}" height="{height}" fill="{INK.ground}"/>'
        f"{drawn}</svg>"
    )


def _content(deck: Deck, slide: Slide, body: Place, number: int) -> str:
    head, box = body.take(native.HEAD)
    box, foot = box.take(box.height - native.FEET)
    drawn = _subtitle(deck, slide, head) + _foot(deck, slide, foot)
    if slide.lines:
        lines, box = box.take(native.high(slide, box))
        drawn += _words(slide.lines, lines, native.LINES, INK.text)
    for n, (chart, place) in enumerate(native.placed(slide, box)):
        if chart.title != slide.title:
            caption, place = place.take(native.NAMED)
            drawn += _words([chart.title, said.covered(chart)], caption, native.CAPTION, INK.text,
                            low=True)  # fmt: skip
        drawn += _chart(chart, place, f"p{number}-{n}")
    return drawn


def _text(deck: Deck, slide: Slide, body: Place, height: float) -> str:
    """Draw sentences, and of a cover what it is of below them."""
    foot = body._replace(top=height - native.FEET - 0.2, height=native.FEET)
    if slide.layout == "cover":
        head = body._replace(top=body.top + body.height, height=native.HEAD)
    else:
        head, body = body.take(native.HEAD)
        body, foot = body.take(body.height - native.FEET)
    said_in = _words(slide.lines, body, native.TEXT, INK.text)
    return said_in + _subtitle(deck, slide, head) + _foot(deck, slide, foot)


def _subtitle(deck: Deck, slide: Slide, box: Place) -> str:
    badge, covers = said.subtitle(deck, slide)
    covers = covers if slide.layout != "cover" else ""
    _, size = fitted([badge + said.GAP + covers], box, native.SUBTITLE)
    x, y = (box.left + MARGIN) * POINTS, (box.top + INSET) * POINTS + size
    drawn = text(badge, x, y, size, INK.alert, weight=600)
    return drawn + text(
        covers, x + width_of(badge + said.GAP * bool(badge), size), y, size, INK.muted
    )


def _foot(deck: Deck, slide: Slide, box: Place) -> str:
    return _words(said.foot(deck, slide), box, native.FOOT, INK.muted, low=True)


def _words(
    lines: Sequence[str], box: Place, sizes: Sequence[int], colour: str, *, low: bool = False,
    weight: int = 400,
) -> str:  # fmt: skip
    """Draw lines of text in the first size that fits; ``low`` ends at the foot of the box."""
    fits, size = fitted(lines, box, sizes)
    width = (box.width - 2 * MARGIN) * POINTS
    broken = [part for line in fits for part in wrapped(line, width, size, len(line) + 1)]
    high = size * LINE
    top = (box.top + INSET) * POINTS
    if low:
        top = (box.top + box.height - INSET) * POINTS - len(broken) * high
    x = (box.left + MARGIN) * POINTS
    return lines_of_text(broken, x, top + size, size, colour, LINE, weight=weight)


def _chart(chart: Chart, place: Place, prefix: str) -> str:
    """Draw a chart in its place, below its legend."""
    ink = replace(INK, prefix=prefix)
    x, y, width, height = (n * POINTS for n in place)
    end, drawn = y + height, defined_patterns(chart, ink)
    fullest = max(panels(chart), key=lambda part: len(part.series), default=chart)
    if has_legend(fullest):
        legend, y = legend_rows(fullest, Box(x, y, width, 0), ink, TYPE)
        drawn += legend
    if chart.kind == "tiles":
        rows = ceil(len(chart.series) / columns_of(chart, width, TYPE))
        ink = replace(ink, size=min(TYPE, height / rows / TILE))
    box = Box(x, y + LEGEND * TYPE, width, end - y - 1.5 * LEGEND * TYPE)
    return drawn + in_panels(chart, box, ink, HANDS[chart.kind])
