"""Slots: the shapes of a slide that were written from data, known again by their names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pptx.oxml.ns import qn
from pptx.shapes.group import GroupShape

from dashboard.charts import panels
from dashboard.exports.pptx.meaning import chart_of, digest, series_of
from dashboard.exports.pptx.record import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.charts import Chart
    from dashboard.decks import Asked, Slide

NAME = re.compile(
    r"(?P<key>[^/]+)/(?P<part>title|subtitle|lines|foot|notes|caption-\d+|chart-\d+(-\d+)?)"
)
CHART = re.compile(r"chart-(\d+)(?:-(\d+))?")
ENDS = ("c:min", "c:max")
TITLES = ("title", "ctrTitle")


class Found(NamedTuple):
    """A slot on a slide: its name and the shape that bears it."""

    name: str
    shape: Any

    @property
    def part(self) -> str:
        """Return which part of its slide it is: chart-1."""
        return self.name.partition("/")[2]


def shapes_of(slide: Any) -> Iterator[Any]:
    """Yield all shapes of a slide, those in groups that people made too, and its notes."""
    yield from _within(slide.shapes)
    if slide.has_notes_slide and slide.notes_slide.notes_placeholder is not None:
        yield slide.notes_slide.notes_placeholder


def _within(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if isinstance(shape, GroupShape) and not NAME.fullmatch(shape.name):
            yield from _within(shape.shapes)


def named(slide: Any) -> Iterator[Any]:
    """Yield the properties of all shapes, of kinds too that python-pptx does not know."""
    yield from slide._element.iter(qn("p:cNvPr"))


def slots_of(slide: Any) -> list[Found]:
    """Return a slide's slots.

    LibreOffice gives placeholders names of its own: the title, and what else has lost its name,
    is known by its kind, and by the slide of the other slots.
    """
    shapes = [(shape.name, shape) for shape in shapes_of(slide)]
    found = [Found(name, shape) for name, shape in shapes if NAME.fullmatch(name)]
    keys = dict.fromkeys(slot.name.partition("/")[0] for slot in found)
    if not keys:
        return []
    key, named = next(iter(keys)), {slot.name for slot in found}
    for own, shape in shapes:
        if own.startswith("PlaceHolder") and shape.is_placeholder:
            name = f"{key}/{_part_of(shape)}"
            if name not in named and NAME.fullmatch(name):
                found.append(Found(name, shape))
                named.add(name)
    return found


def is_title(shape: Any) -> bool:
    """Whether a shape is the title of its slide."""
    return bool(shape.is_placeholder and shape._element.ph.get("type") in TITLES)


def _part_of(shape: Any) -> str:
    if shape.part.partname.startswith("/ppt/notesSlides"):
        return "notes"
    numbers = shape._element.ph.get("type") == "sldNum"
    return "title" if is_title(shape) else "" if numbers else "lines"


def described(drawn: Any, slide: Slide) -> dict[str, Slot]:
    """Return what was written into each slot of a slide just drawn."""
    slots = {slot.name: _slot(slot, slide) for slot in slots_of(drawn)}
    title = f"{slide.key}/title"
    if slide.edited:  # what a person wrote before there was a file is not ours to change later
        slots[title] = replace(slots[title], digest="")
    return slots


def _slot(found: Found, slide: Slide) -> Slot:
    size = size_of(found.shape)
    place = CHART.fullmatch(found.part)
    if place is None:
        return Slot(digest(found.shape), size)
    n = int(place[1]) - 1
    asked: Asked | None = slide.asked[n] if n < len(slide.asked) else None
    part = slide.charts[n] if place[2] is None else panels(slide.charts[n])[int(place[2]) - 1]
    panel = part.title if place[2] else ""
    chart = chart_of(found.shape)
    if chart is None:
        return Slot(digest(found.shape), size, asked, panel)
    space = chart._chartSpace
    return Slot(digest(found.shape), size, asked, panel, _keys(part), marked(space), scale(space))


def _keys(chart: Chart) -> tuple[str, ...]:
    return tuple(key for key, _ in chart.categories)


def size_of(shape: Any) -> int:
    """Return the type size of a shape's first words, in hundredths of a point; 0 where unsaid."""
    first = next(shape._element.iter(qn("a:rPr")), None)
    return 0 if first is None else int(first.get("sz", 0))


def marked(space: Any) -> tuple[tuple[int, ...], ...]:
    """Return which points of each series of a chart have a look of their own."""
    path = f"{qn('c:dPt')}/{qn('c:idx')}"
    return tuple(tuple(int(e.get("val")) for e in ser.findall(path)) for ser in series_of(space))


def scale(space: Any) -> tuple[str, ...]:
    """Return where the value axis begins and ends, "" where the program decides."""
    axis = next(space.iter(qn("c:valAx")), None)
    ends = () if axis is None else (axis.find(f"{qn('c:scaling')}/{qn(t)}") for t in ENDS)
    return tuple("" if end is None else end.get("val") for end in ends)
