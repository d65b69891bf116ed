"""Typefaces of Latin and of Chinese text; python-pptx writes the Latin one only."""

from __future__ import annotations

from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Pt

LATIN, EAST_ASIAN = "Arial", "微软雅黑"
FACES = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{EAST_ASIAN}"/>'


def typeface(run: Any) -> None:
    """Give a run both typefaces: without ``a:ea`` Chinese text falls back, in WPS above all."""
    _write(run.font._element)


def chart_typeface(native: Any, size: int) -> None:
    """Give all text of a chart its size and both typefaces."""
    native.font.size = Pt(size)
    for properties in native._chartSpace.iter(qn("a:defRPr")):
        _write(properties)


def reface(element: Any, latin: str, east_asian: str) -> None:
    """Exchange our typefaces in all that we wrote for those of an office's template."""
    for tag, ours, theirs in (("a:latin", LATIN, latin), ("a:ea", EAST_ASIAN, east_asian)):
        for face in element.iter(qn(tag)):
            if face.get("typeface") == ours:
                face.set("typeface", theirs)


def _write(properties: Any) -> None:
    for tag, face in (("a:latin", LATIN), ("a:ea", EAST_ASIAN)):
        element = properties.find(qn(tag))
        if element is None:
            element = properties.makeelement(qn(tag))
            properties.append(element)
        element.set("typeface", face)
