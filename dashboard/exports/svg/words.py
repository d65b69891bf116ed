"""How wide words are without a browser, and where their lines break."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from dashboard.exports.svg.marks import key_of
from dashboard.exports.svg.paper import Box, Ink, text

if TYPE_CHECKING:
    from dashboard.charts import Chart

NARROW = 0.55  # of an em, what a Latin letter or a digit takes on average
PIECES = re.compile(r"[!-~]+ ?|.")  # a Latin word or a figure stays whole
NO_START = "，。；：、）》」』！？%…"  # hangs on to the line before


def width_of(words: str, size: float) -> float:
    """Return about how wide words are; a Chinese character takes one em."""
    return size * _ems(words)


@lru_cache(maxsize=8192)  # a deck measures each of its words in several sizes
def _ems(words: str) -> float:
    return sum(1.0 if east_asian_width(c) in "WFA" else NARROW for c in words)


def wrapped(words: str, width: float, size: float, most: int) -> list[str]:
    """Break words into lines; what does not fit into the last of ``most`` ends with …."""
    lines = [""]
    for piece in PIECES.findall(words):
        full = width_of(lines[-1] + piece.rstrip(), size) > width
        if lines[-1] and full and piece not in NO_START:
            lines.append(piece.lstrip())
        elif full and piece in NO_START:
            lines[-1] = lines[-1].rstrip() + piece
        else:
            lines[-1] += piece
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened("".join(lines[most - 1 :]), width, size)]
    return [line.rstrip() for line in lines]


def shortened(words: str, width: float, size: float) -> str:
    """Cut words so that they fit, and say by … that they were cut."""
    if width_of(words, size) <= width:
        return words
    while words and width_of(words, size) + size > width:
        words = words[:-1]
    return f"{words}…"


def has_legend(chart: Chart) -> bool:
    """Return whether colours stand for series; a map and a ranking say theirs otherwise."""
    return len(chart.series) > 1 and chart.kind in ("lines", "bars", "stacked")


def legend_rows(chart: Chart, box: Box, ink: Ink, size: float) -> tuple[str, float]:
    """Return a key and a name a series, row by row, and where they end."""
    drawn, x, y = "", box.x, box.y + size
    for n, series in enumerate(chart.series):
        wide = size * 3.4 + width_of(series.name, size)
        if x > box.x and x + wide > box.x + box.width:
            x, y = box.x, y + size * 1.5
        drawn += key_of(chart, n, x, y - size * 0.35, size)
        drawn += text(series.name, x + size * 2.3, y, size, ink.text)
        x += wide
    return drawn, y + size * 0.5
