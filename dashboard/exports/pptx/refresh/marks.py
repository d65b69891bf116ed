"""Marks of single points in another type than we drew: hollow points as hatched bars and back."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

if TYPE_CHECKING:
    from collections.abc import Mapping

# As XML writes what pptx/marks.py draws: provisional, inexact, in conflict.
SYMBOLS: Mapping[str, str] = {"circle": "wdUpDiag", "diamond": "pct50", "x": "lgConfetti"}
PATTERNS = {pattern: symbol for symbol, pattern in SYMBOLS.items()}
BAR = """<c:dPt {}><c:idx val="{}"/><c:invertIfNegative val="0"/><c:spPr><a:pattFill prst="{}">\
<a:fgClr><a:srgbClr val="{}"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>\
</c:spPr></c:dPt>"""
POINT = """<c:dPt {}><c:idx val="{}"/><c:marker><c:symbol val="{}"/><c:size val="9"/><c:spPr>\
<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:solidFill><a:srgbClr val="{}"/>\
</a:solidFill></a:ln></c:spPr></c:marker></c:dPt>"""


def marks_for(ser: Any, data: Any) -> dict[int, Any]:
    """Return how the points of a new chart's series are marked in the old one's type."""
    drawn, wanted = data.getparent().tag, ser.getparent().tag
    marked = {int(p.find(qn("c:idx")).get("val")): p for p in data.findall(qn("c:dPt"))}
    if drawn == wanted:
        return {n: deepcopy(point) for n, point in marked.items()}
    if wanted == qn("c:barChart"):
        said = {n: SYMBOLS.get(_said(p, "c:symbol", "val")) for n, p in marked.items()}
        return _written(BAR, said, ser)
    if wanted == qn("c:lineChart"):
        said = {n: PATTERNS.get(_said(p, "a:pattFill", "prst")) for n, p in marked.items()}
        return _written(POINT, said, ser)
    return {}


def _said(point: Any, tag: str, name: str) -> str:
    found = next(point.iter(qn(tag)), None)
    return "" if found is None else str(found.get(name))


def _written(form: str, said: Mapping[int, str | None], ser: Any) -> dict[int, Any]:
    """Write marks in the colour of the series that bears them."""
    colour = next(ser.iter(qn("a:srgbClr")), None)
    value = "404040" if colour is None else colour.get("val")
    names = nsdecls("c", "a")
    return {n: parse_xml(form.format(names, n, look, value)) for n, look in said.items() if look}
