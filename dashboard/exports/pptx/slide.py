"""Draws one slide of a deck: title, what it covers, sentences, charts in a grid, foot, notes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from pptx.oxml.ns import qn

from dashboard.exports.pptx import said
from dashboard.exports.pptx.boxes import (
    EMU,
    INSET,
    LINE,
    MARGIN,
    POINTS,
    Box,
    fitted,
    grid,
    lines_of,
)
from dashboard.exports.pptx.map_slide import add_map
from dashboard.exports.pptx.native import add_charts
from dashboard.exports.pptx.notes import add_notes
from dashboard.exports.pptx.table import add_table
from dashboard.exports.pptx.text import (
    GREY,
    INK,
    RED,
    Run,
    add_text,
    fill_placeholder,
    number_slide,
    paragraph,
)
from dashboard.exports.pptx.tiles import add_tiles, height_of
from dashboard.exports.pptx.waterfall import add_waterfall
from dashboard.locale import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.charts import Chart
    from dashboard.decks import Deck, Slide
    from dashboard.exports.pptx.template import Room, Template
    from dashboard.locale import Language

    Hand = Callable[[Any, Chart, Box, str], None]

# All other kinds are native charts of one type.
HANDS: dict[str, Hand] = {
    "heat_map": add_table,
    "pivot": add_table,
    "waterfall": add_waterfall,
    "map": add_map,
}
# Points: the first size in which a text fits its box.
TITLE, COVER = (26, 24, 22, 20, 18, 16, 14), (40, 36, 32, 28, 24)
LINES, TEXT, FOOT = (16, 14, 12, 11), (20, 18, 16, 14), (11, 10, 9, 8)
SUBTITLE, CAPTION = (14, 12, 11, 10), (13, 12, 11, 10, 9)
HEAD, FEET, NAMED = 0.38, 0.95, 0.62  # inches of height


def draw(template: Template, deck: Deck, slide: Slide) -> Any:
    """Add a slide to the template's presentation; each shape is named after what it says."""
    room = template.rooms[slide.layout]
    drawn = template.presentation.slides.add_slide(room.layout)
    title, words = _placeholders(drawn, room)
    sizes = COVER if slide.layout == "cover" else TITLE
    text, size = fitted([slide.title], room.title, sizes)
    fill_placeholder(title, slot(slide, "title"), [paragraph([Run(text[0], size)], "")])
    if slide.charts or slide.layout == "content":
        if words is not None:
            words.getparent().remove(words)
        _content(drawn, deck, slide, room.body)
    else:
        _text(drawn, deck, slide, words, room.body, template.size[1])
    number_slide(drawn, room.number)
    add_notes(drawn, slot(slide, "notes"), said.notes(deck, slide))
    return drawn


def slot(slide: Slide, part: str) -> str:
    """Return the name by which a part of a slide is known again: visits/title."""
    return f"{slide.key}/{part}"


def _placeholders(drawn: Any, room: Room) -> tuple[Any, Any]:
    """Return a new slide's title and its place for words, if any; others are taken away."""
    title = words = None
    for shape in list(drawn.shapes._spTree.iter(qn("p:sp"))):
        place = shape.find(f"{qn('p:nvSpPr')}/{qn('p:nvPr')}/{qn('p:ph')}")
        if place.get("type") in ("title", "ctrTitle"):
            title = shape
        elif int(place.get("idx", 0)) == room.words:
            words = shape
        else:
            shape.getparent().remove(shape)
    return title, words


def _content(drawn: Any, deck: Deck, slide: Slide, box: Box) -> None:
    """Draw charts with what must stand beside them."""
    head, box = box.take(HEAD)
    box, foot = box.take(box.height - FEET)
    _subtitle(drawn, deck, slide, head)
    if slide.lines:
        lines, box = box.take(high(slide, box))
        text, size = fitted(slide.lines, lines, LINES)
        add_text(drawn, slot(slide, "lines"), [paragraph([Run(t, size, INK)]) for t in text], lines)
    for n, (chart, place) in enumerate(placed(slide, box), start=1):
        if chart.title != slide.title:
            caption, place = place.take(NAMED)
            _caption(drawn, chart, caption, slot(slide, f"caption-{n}"))
        _hand(deck, chart)(drawn, chart, place, slot(slide, f"chart-{n}"))
    _foot(drawn, deck, slide, foot)


def _hand(deck: Deck, chart: Chart) -> Hand:
    """Return what draws a chart; tiles say in the deck's language what their change is one on."""
    if chart.kind == "tiles":
        return partial(add_tiles, say=words(cast("Language", deck.choice.lang)))
    return HANDS.get(chart.kind, add_charts)


def high(slide: Slide, box: Box) -> float:
    """Return how high sentences may stand: all there is, or about a third beside charts."""
    if not slide.charts:
        return box.height
    most = box._replace(height=box.height * 0.35)
    _, size = fitted(slide.lines, most, LINES)
    n = lines_of(slide.lines, (box.width - 2 * MARGIN) * POINTS, size)
    return min(n * size * LINE / POINTS + 2 * INSET + 0.02, most.height)


def placed(slide: Slide, box: Box) -> Iterator[tuple[Chart, Box]]:
    """Yield each chart with its place: tiles across the top, the others in a grid below."""
    others = [chart for chart in slide.charts if chart.kind != "tiles"]
    places: dict[int, Box] = {}
    for chart in slide.charts:
        if chart.kind == "tiles":
            named = NAMED if chart.title != slide.title else 0.0
            wanted = height_of(chart, box.width) + named + 0.1
            places[id(chart)], box = box.take(min(wanted, box.height / 2) if others else box.height)
    places |= zip(map(id, others), grid(box, len(others)), strict=True)
    yield from ((chart, places[id(chart)]) for chart in slide.charts)


def _text(drawn: Any, deck: Deck, slide: Slide, place: Any, box: Box, height: float) -> None:
    """Write sentences into the layout's own room, or where it has none into a box of ours."""
    cover = slide.layout == "cover"
    below = Box(box.left, height - FEET - 0.2, box.width, FEET)
    if not cover:
        head, box = box.take(HEAD)
        box, below = box.take(max(box.height - FEET, 1.0))
    else:
        head = Box(box.left, box.top + box.height, box.width, HEAD)
    _subtitle(drawn, deck, slide, head)
    text, size = fitted(slide.lines, box, TEXT)
    written = [paragraph([Run(t, size)], "") for t in text]
    if place is not None:
        fill_placeholder(place, slot(slide, "lines"), written)
        place.x, place.y, place.cx, place.cy = (round(n * EMU) for n in box)
    elif written:
        add_text(drawn, slot(slide, "lines"), written, box)
    _foot(drawn, deck, slide, below)


def _subtitle(drawn: Any, deck: Deck, slide: Slide, box: Box) -> None:
    badge, covers = said.subtitle(deck, slide)
    covers = covers if slide.layout != "cover" else ""
    _, size = fitted([badge + said.GAP + covers], box, SUBTITLE)
    runs = [Run(badge + said.GAP * bool(covers), size, RED, bold=True)] * bool(badge)
    runs += [Run(covers, size, GREY)] * bool(covers)
    if runs:
        add_text(drawn, slot(slide, "subtitle"), [paragraph(runs)], box)


def _caption(drawn: Any, chart: Chart, box: Box, name: str) -> None:
    """Write a chart's own title with its unit and period above it."""
    (title, covers), size = fitted([chart.title, said.covered(chart)], box, CAPTION)
    runs = ([Run(title, size, INK, bold=True)], [Run(covers, size, GREY)])
    add_text(drawn, name, [paragraph(run) for run in runs], box, "b")


def _foot(drawn: Any, deck: Deck, slide: Slide, box: Box) -> None:
    lines, size = fitted(said.foot(deck, slide), box, FOOT)
    written = [paragraph([Run(line, size, GREY)]) for line in lines]
    add_text(drawn, slot(slide, "foot"), written, box, "b")
