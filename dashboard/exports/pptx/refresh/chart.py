"""Writes new figures into a native chart in place: type, colours and fonts stay as people set them.

python-pptx's own ``replace_data`` keeps the marks and written labels of single points where they
stood: after a county moved up in a ranking, on another county.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pptx.oxml.ns import qn

from dashboard.charts.chart import PALETTE
from dashboard.exports.pptx.markers import markers_of, put_markers
from dashboard.exports.pptx.meaning import name_of, series_of
from dashboard.exports.pptx.refresh.marks import marks_for
from dashboard.exports.pptx.refresh.text import graft_text
from dashboard.exports.pptx.slots import scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.exports.pptx.record import Slot

DATA, NEEDED = ("c:tx", "c:cat", "c:val"), ("c:idx", "c:order", "c:val")
# The parts of a series in the schema's order, whatever the chart's type.
ORDER = (
    "c:idx", "c:order", "c:tx", "c:spPr", "c:invertIfNegative", "c:pictureOptions", "c:marker",
    "c:explosion", "c:dPt", "c:dLbls", "c:trendline", "c:errBars", "c:cat", "c:val",
)  # fmt: skip


class GraftError(Exception):
    """Why figures cannot be written into a chart: the key of a sentence (refresh.why.*)."""


def graft_chart(old: Any, fresh: Any, before: Slot, now: Slot) -> Slot:
    """Write the figures of one chart into another; series are known by their names.

    A series that people never saw comes in a colour that none has; one that is no more goes.
    Returns what was written.
    """
    space, wanted = old._chartSpace, fresh._chartSpace
    series = series_of(space)
    if not series or any(ser.find(qn(tag)) is None for ser in series for tag in NEEDED):
        raise GraftError("type")
    alike = _type(space) == _type(wanted)
    ours = {id(ser): places for ser, places in zip(series, before.marked, strict=False)}
    place = {key: n for n, key in enumerate(now.keys)}
    kept = {n: place[key] for n, key in enumerate(before.keys) if key in place}
    marked: list[tuple[int, ...]] = []
    for n, (ser, data) in enumerate(_pairs(space, wanted)):
        ser.find(qn("c:order")).set("val", str(n))
        for tag in DATA:
            _put(ser, deepcopy(data.find(qn(tag))), tag)
        marked.append(tuple(_graft_points(ser, data, ours.get(id(ser), ()), kept)))
        _graft_labels(ser, data, alike=alike)
    _graft_axis(space, wanted, before)
    _graft_title(space, wanted)
    _graft_markers(old.part, fresh.part)
    old.part.chart_workbook.update_from_xlsx_blob(fresh.part.chart_workbook.xlsx_part.blob)
    return replace(now, marked=tuple(marked))


def _type(space: Any) -> tuple[str, str]:
    """Return of which type a chart's first series is, and whether it is stacked."""
    plot = series_of(space)[0].getparent()
    grouping = plot.find(qn("c:grouping"))
    return plot.tag, "" if grouping is None else grouping.get("val")


def _pairs(space: Any, wanted: Any) -> list[tuple[Any, Any]]:
    """Return each series with the one that has its new figures."""
    old, fresh = series_of(space), series_of(wanted)
    by_name = {name_of(ser): ser for ser in old}
    known = {name_of(data) for data in fresh if name_of(data) in by_name}
    free = [ser for ser in old if name_of(ser) not in known] if not known else []
    pairs = []
    for data in fresh:
        ser = by_name.get(name_of(data)) if name_of(data) in known else None
        if ser is None:
            ser = free.pop(0) if free else _another(space, data)
        pairs.append((ser, data))
    used = [ser for ser, _ in pairs]
    for ser in old:
        if not any(ser is one for one in used):
            ser.getparent().remove(ser)
    return pairs


def _another(space: Any, data: Any) -> Any:
    """Add a series after the last, dressed as it is but for its colour."""
    last = series_of(space)[-1]
    taken = {e.get("val", "").upper() for e in space.iter(qn("a:srgbClr"))}
    free = (colour.lstrip("#") for colour in PALETTE if colour.lstrip("#") not in taken)
    ser = deepcopy(last)
    for tag in ("c:dPt", "c:dLbls"):
        for element in ser.findall(qn(tag)):
            ser.remove(element)
    colour = next(free, _colour_of(data))
    for look in ("c:spPr", "c:marker"):
        found = ser.find(qn(look))
        for element in () if found is None else found.iter(qn("a:srgbClr")):
            element.set("val", colour)
    for tag in ("c:idx", "c:order"):
        numbers = [int(s.find(qn(tag)).get("val")) for s in series_of(space)]
        ser.find(qn(tag)).set("val", str(max(numbers) + 1))
    last.addnext(ser)
    return ser


def _colour_of(data: Any) -> str:
    """Return the colour of a series as it would be in a new chart."""
    colour = next(data.iter(qn("a:srgbClr")), None)
    return PALETTE[0].lstrip("#") if colour is None else str(colour.get("val"))


def _put(ser: Any, element: Any, tag: str) -> None:
    """Put an element where a series has one of its kind, or where the schema wants it."""
    own = ser.find(qn(tag))
    if element is None:
        ser.remove(own)
    elif own is not None:
        ser.replace(own, element)
    else:
        _insert(ser, element, tag)


def _insert(ser: Any, element: Any, tag: str) -> None:
    before = {qn(t) for t in ORDER[: ORDER.index(tag) + 1]}
    [*_, last] = [e for e in ser if e.tag in before]
    last.addnext(element)


def _graft_points(ser: Any, data: Any, ours: Sequence[int], kept: dict[int, int]) -> list[int]:
    """Mark the points that want it now; what people did to single ones moves with its category.

    Returns which ones are marked.
    """
    theirs = {}
    for point in ser.findall(qn("c:dPt")):
        place = int(point.find(qn("c:idx")).get("val"))
        ser.remove(point)
        if place not in ours and place in kept:
            theirs[kept[place]] = point
    marked = marks_for(ser, data)
    points = theirs | marked
    for place in sorted(points):
        points[place].find(qn("c:idx")).set("val", str(place))
        _insert(ser, points[place], "c:dPt")
    return sorted(marked)


def _graft_labels(ser: Any, data: Any, *, alike: bool) -> None:
    """Write the labels of single points, in the type that people gave the first."""
    fresh = data.find(qn("c:dLbls"))
    wanted = [] if fresh is None else fresh.findall(qn("c:dLbl"))
    own = ser.find(qn("c:dLbls"))
    old = [] if own is None else own.findall(qn("c:dLbl"))
    look = next((p for label in old for p in label.iter(qn("a:rPr"))), None)
    for label in old:
        own.remove(label)
    if not wanted:
        return
    if own is None:
        own = deepcopy(fresh)
        for label in own.findall(qn("c:dLbl")):
            own.remove(label)
        _put(ser, own, "c:dLbls")
    for n, label in enumerate(map(deepcopy, wanted)):
        own.insert(n, label)
        position = label.find(qn("c:dLblPos"))
        if position is not None and not alike:  # one that the type does not know breaks the file
            label.remove(position)
        for properties in list(label.iter(qn("a:rPr"))) if look is not None else []:
            properties.getparent().replace(properties, deepcopy(look))


def _graft_axis(space: Any, wanted: Any, before: Slot) -> None:
    """Set where the value axis begins and ends, unless people did and all figures lie between."""
    axis, ends = next(space.iter(qn("c:valAx")), None), scale(wanted)
    if axis is None or not ends:
        return
    scaling = axis.find(qn("c:scaling"))
    path = f"{qn('c:val')}//{qn('c:pt')}/{qn('c:v')}"
    values = [float(v.text) for ser in series_of(wanted) for v in ser.findall(path)]
    start, end = scale(space)
    ours = before.scale or ("", "")
    if start == ours[0] or not start or float(start) > min(values, default=0.0):
        scaling.minimum = float(ends[0]) if ends[0] else None
    if end == ours[1] or not end or float(end) < max(values, default=0.0):
        scaling.maximum = float(ends[1]) if ends[1] else None


def _graft_title(space: Any, wanted: Any) -> None:
    """Write the name of a panel, which is the chart's own title."""
    path = f"{qn('c:chart')}/{qn('c:title')}/{qn('c:tx')}/{qn('c:rich')}"
    own, fresh = space.find(path), wanted.find(path)
    if own is not None and fresh is not None:
        graft_text(own, fresh, 0)


def _graft_markers(old: Any, fresh: Any) -> None:
    """Move the lines at which something happened to where that is now, and the plot under them."""
    shapes = markers_of(fresh)
    if shapes or markers_of(old):
        put_markers(old, shapes)
    areas = [part._element.find(f".//{qn('c:plotArea')}") for part in (old, fresh)]
    own, wanted = (area.find(qn("c:layout")) for area in areas)
    if shapes and wanted is not None:
        if own is not None:
            areas[0].remove(own)
        areas[0].insert(0, deepcopy(wanted))
