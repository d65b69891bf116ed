"""Writes what one shape says into another: words, a table, a chart, a map."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pptx.oxml.ns import qn

from dashboard.exports.pptx.refresh.chart import GraftError, graft_chart
from dashboard.exports.pptx.refresh.table import graft_table
from dashboard.exports.pptx.refresh.text import graft_text
from dashboard.exports.pptx.slots import size_of
from dashboard.exports.pptx.text import next_id

if TYPE_CHECKING:
    from dashboard.exports.pptx.record import Slot

MEASURES = ("a:chOff", "a:chExt")  # of a group: the coordinates that its shapes count in


def graft(old: Any, fresh: Any, before: Slot, now: Slot) -> Slot:
    """Give a shape the meaning of another; returns what was written, for the next time."""
    if _kind(old) != _kind(fresh):
        raise GraftError("kind")
    size = size_of(old)
    written = now
    if old.has_chart:
        written = graft_chart(old.chart, fresh.chart, before, now)
    elif _kind(old) == "table":
        graft_table(_table(old), _table(fresh), before.size)
    elif _kind(old) == "group":
        _graft_group(old._element, fresh._element)
    elif before.digest != now.digest:  # words that stay keep what people did to single ones
        graft_text(old._element.txBody, fresh._element.txBody, before.size)
    describe(old, fresh)
    # A size that people chose stays apart from ours, the next time too.
    return written if size == before.size else replace(written, size=before.size)


def _kind(shape: Any) -> str:
    if getattr(shape, "has_chart", False):
        return "chart"
    if getattr(shape, "has_table", False):
        return "table"
    if hasattr(shape, "shapes"):
        return "group"
    return "text" if getattr(shape, "has_text_frame", False) else "picture"


def _table(shape: Any) -> Any:
    return shape._element.graphic.graphicData.tbl


def _graft_group(old: Any, fresh: Any) -> None:
    """Exchange the shapes of a group, in the place and size that people gave the whole."""
    for shape in list(old)[2:]:
        old.remove(shape)
    for tag in MEASURES:
        own, wanted = (e.find(f"{qn('p:grpSpPr')}/{qn('a:xfrm')}/{qn(tag)}") for e in (old, fresh))
        for name, value in wanted.attrib.items():
            own.set(name, value)
    tree = old.getroottree().getroot()
    for shape in list(fresh)[2:]:
        copy = deepcopy(shape)
        number = next_id(tree)
        for n, element in enumerate(copy.iter(qn("p:cNvPr"))):
            element.set("id", str(number + n))
        old.append(copy)


def describe(old: Any, fresh: Any) -> None:
    """Take over the alternative text, which tells of the figures."""
    text = next(fresh._element.iter(qn("p:cNvPr"))).get("descr")
    if text is not None:
        next(old._element.iter(qn("p:cNvPr"))).set("descr", text)
