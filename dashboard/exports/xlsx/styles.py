"""How the cells of a sheet look: the typefaces, lines and paper of an office's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

TYPEFACES = {"zh": "宋体", "en": "Arial"}
TITLE, TEXT, SMALL = 18, 11, 9  # points
RED, GREY = "#B5342B", "#5B626C"
LOOKS: dict[str, dict[str, object]] = {
    "title": {"font_size": TITLE, "bold": True, "align": "center", "text_wrap": True},
    "badge": {"font_color": RED, "bold": True},
    "left": {},
    "unit": {"align": "right"},
    "head": {
        "bold": True, "align": "center", "text_wrap": True, "border": 1, "bg_color": "#F3F4F6",
    },
    "stub": {"border": 1, "text_wrap": True},
    "figure": {"border": 1, "align": "right"},
    "text": {"border": 1, "text_wrap": True},
    "gap": {"border": 1, "align": "center", "font_color": GREY},
    "note": {"font_size": SMALL, "font_color": GREY, "text_wrap": True, "valign": "top"},
}  # fmt: skip


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, language: str) -> None:
        self.book = book
        self.typeface = TYPEFACES[language]
        self.made: dict[tuple[str, str, bool], Any] = {}

    def __call__(self, look: str, num_format: str = "", *, bold: bool = False) -> Format:
        """Return how a cell of a kind looks, with its number format."""
        key = (look, num_format, bold)
        if key not in self.made:
            said = {"font_name": self.typeface, "font_size": TEXT, "valign": "vcenter"}
            said |= LOOKS[look]
            said |= {"num_format": num_format} if num_format else {}
            said |= {"bold": True} if bold else {}
            self.made[key] = self.book.add_format(said)
        return self.made[key]
