"""Axes of native charts: their numbers."""

from __future__ import annotations

from typing import Any

from pptx.oxml.ns import qn


def number_axes(native: Any) -> None:
    """Take the sign off the axes' numbers: python-pptx gives bars negative ones.

    Programs read them, the schema of ECMA-376 has them from nought.
    """
    for tag in ("c:axId", "c:crossAx"):
        for number in native._chartSpace.iter(qn(tag)):
            number.set("val", number.get("val").lstrip("-"))
