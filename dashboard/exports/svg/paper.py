"""What pictures are made of: boxes, ink, text; everything from outside is escaped here."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

# Faces of Windows, macOS, Linux and phones that have Chinese characters.
FONTS = (
    "Microsoft YaHei, PingFang SC, HarmonyOS Sans SC, Noto Sans CJK SC, Source Han Sans SC, "
    "WenQuanYi Micro Hei, sans-serif"
)


class Box(NamedTuple):
    """A part of the picture, in pixels from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours and the size of type; ``ground`` is empty where the page around shows through.

    ``prefix`` begins the ids of a picture's patterns, so that two pictures share a page.
    """

    text: str
    muted: str
    rule: str
    paper: str
    ground: str
    alert: str
    size: float = 12
    prefix: str = "s"


PRINTED = Ink("#1F2328", "#5B626C", "#E2E5E9", "#FFFFFF", "#FFFFFF", "#B5342B")
# The page that holds such a picture sets these, for light and for dark.
ON_PAGE = Ink("currentColor", "var(--muted)", "var(--rule)", "var(--paper)", "", "var(--alert)")


def element(tag: str, words: str, **attributes: object) -> str:
    """Return an element that holds text: ``stroke_width=2`` becomes stroke-width="2"."""
    said = "".join(f' {k.replace("_", "-")}="{escape(str(v))}"' for k, v in attributes.items())
    return f"<{tag}{said}>{escape(words)}</{tag}>"


def text(
    words: str, x: float, y: float, size: float, colour: str, anchor: str = "start",
    weight: int = 400,
) -> str:  # fmt: skip
    """Return words whose baseline begins, is centred or ends at a place."""
    placed = {} if anchor == "start" else {"text_anchor": anchor}
    bold = {} if weight == 400 else {"font_weight": weight}
    return element(
        "text", words, x=f"{x:.1f}", y=f"{y:.1f}", font_size=f"{size:.1f}", fill=colour,
        **placed, **bold,
    )  # fmt: skip


def lines_of_text(
    lines: Sequence[str], x: float, y: float, size: float, colour: str, leading: float = 1.45,
    weight: int = 400,
) -> str:  # fmt: skip
    """Return lines below each other, the first with its baseline at ``y``."""
    return "".join(
        text(line, x, y + n * size * leading, size, colour, weight=weight)
        for n, line in enumerate(lines)
    )


def rule(x: float, y: float, to_x: float, to_y: float, colour: str, dash: str = "") -> str:
    """Return a thin straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" '
        f'stroke="{colour}"{dashed}/>'
    )


def rectangle(box: Box, fill: str, stroke: str = "", dash: str = "") -> str:
    """Return a filled or framed box."""
    frame = f' stroke="{stroke}"' if stroke else ""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{max(box.width, 0):.1f}" '
        f'height="{max(box.height, 0):.1f}" fill="{fill}"{frame}{dashed}/>'
    )
