"""Writes a deck as a PowerPoint file: long tables divided, the same bytes for the same deck."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dashboard.decks import Asked, Choice, Deck, Slide
from dashboard.exports.pptx.boxes import Box
from dashboard.exports.pptx.package import packed
from dashboard.exports.pptx.record import Made, Record, keep
from dashboard.exports.pptx.slide import FEET, HEAD, NAMED, draw, placed
from dashboard.exports.pptx.slots import described
from dashboard.exports.pptx.table import divided, fits
from dashboard.exports.pptx.template import ours
from dashboard.exports.pptx.typeface import EAST_ASIAN, LATIN, reface

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.charts import Chart
    from dashboard.exports.pptx.record import Slot
    from dashboard.exports.pptx.template import Template
    from dashboard.exports.release import Released, ReleasedDeck

    Answer = tuple[Chart, Asked]

TABLES = ("heat_map", "pivot")


def to_pptx(chart: Released) -> bytes:
    """Write one chart as a 16 : 9 slide."""
    origin = chart.provenance
    slide = Slide("chart", "content", chart.title, chart.title, charts=(chart,))
    return _written(Deck("", Choice(origin.dataset, "", ""), chart.title, "", origin, (slide,)),
                    ours("16x9"))  # fmt: skip


def write_deck(deck: ReleasedDeck, template: Template | None = None, size: str = "16x9") -> bytes:
    """Write a deck into our own template in a size, 16x9 or 4x3, or into an office's."""
    return _written(deck, template or ours(size))


def _written(deck: Deck, template: Template) -> bytes:
    body = template.rooms["content"].body
    slots: dict[str, Slot] = {}
    for slide in deck.slides:
        for part in spread(slide, body):
            drawn = draw(template, deck, part)
            if template.faces != (LATIN, EAST_ASIAN):
                _reface(drawn, template.faces)
            slots |= described(drawn, part)
    package = template.presentation.part.package
    keep(package, _record(deck, slots))
    _sign(template.presentation.core_properties, deck)
    return packed(package)


def _record(deck: Deck, slots: Mapping[str, Slot]) -> Record:
    made = {slide.key: Made(slide.layout, slide.name, slide.asked) for slide in deck.slides}
    vintage = deck.provenance.vintage
    return Record(deck.recipe, deck.choice, deck.title, vintage, deck.issue, made, slots)


def spread(slide: Slide, body: Box) -> Iterator[Slide]:
    """Yield a slide, and those on which its tables go on that do not fit: annex, annex~2."""
    room = Box(body.left, body.top + HEAD, body.width, body.height - HEAD - FEET)
    asked = slide.asked or (Asked(""),) * len(slide.charts)
    here: list[Answer] = []
    apart: list[Answer] = []
    for (chart, place), question in zip(placed(slide, room), asked, strict=True):
        too_long = chart.kind in TABLES and not fits(chart, _below(chart, slide, place))
        (apart if too_long else here).append((chart, question))
    if not apart:
        yield slide
        return
    parts = [
        [(part, question)]
        for chart, question in apart
        for part in divided(chart, _below(chart, slide, room))
    ]
    pages = [here, *parts] if here or slide.lines else parts
    for n, page in enumerate(pages, start=1):
        yield _page(slide, page, n, len(pages))


def _page(slide: Slide, page: Sequence[Answer], n: int, of: int) -> Slide:
    """Return one of several slides that a slide became: its title says which."""
    title = f"{slide.title} ({n}/{of})" if of > 1 else slide.title
    return replace(
        slide,
        key=slide.key if n == 1 else f"{slide.key}~{n}",
        title=title,
        lines=slide.lines if n == 1 else (),
        charts=tuple(
            replace(chart, title=title) if chart.title == slide.title else chart
            for chart, _ in page
        ),
        asked=tuple(question for _, question in page),
    )


def _below(chart: Chart, slide: Slide, place: Box) -> Box:
    """Return what a chart's caption leaves of its place."""
    return place if chart.title == slide.title else place.take(NAMED)[1]


def _reface(drawn: Any, faces: tuple[str, str]) -> None:
    for part in (drawn.part, *(rel.target_part for rel in drawn.part.rels.values())):
        if part is drawn.part or part.partname.startswith("/ppt/charts/"):
            reface(part._element, *faces)


def _sign(properties: Any, deck: Deck) -> None:
    """Say what the file is; its day is that of its data, so that the same deck is the same file."""
    properties.title = deck.title[:255]  # as long as the format lets it be
    properties.author = properties.last_modified_by = ""
    properties.revision = 1
    day = datetime.fromisoformat(deck.provenance.as_of or "1980-01-01")
    properties.created = properties.modified = day
