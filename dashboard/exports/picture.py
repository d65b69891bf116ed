"""A chart as PNG, drawn from its SVG without a browser."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import resvg_py

from dashboard.exports.svg import SLIDE, to_svg
from dashboard.exports.svg.paper import FONTS

if TYPE_CHECKING:
    from dashboard.exports.release import Released
    from dashboard.exports.svg import Size

SCALE = 1.5  # 1920 × 1080 of a slide's 1280 × 720
ONE_SIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">'
    f'<text y="26" font-size="26" font-family="{FONTS}">{{}}</text></svg>'
)


class NoTypefaceError(Exception):
    """This computer has no typeface with Chinese characters: all of them would be boxes."""


def to_png(chart: Released, size: Size = SLIDE, scale: float = SCALE) -> bytes:
    """Return the chart, in the size of a slide, with unit, period, notes and source inside."""
    if not has_typeface():
        raise NoTypefaceError
    return _drawn(to_svg(chart, size), scale)


@cache
def has_typeface() -> bool:
    """Whether the computer can write Chinese: without a typeface two signs look the same."""
    return _drawn(ONE_SIGN.format("双")) != _drawn(ONE_SIGN.format("拥"))


def _drawn(svg: str, scale: float = 1.0) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale))
