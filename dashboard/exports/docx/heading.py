"""The heading of a bulletin: its name in red, the number of the issue, the office, a red line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu, Pt

from dashboard.exports.docx.look import BODY, LOOKS, RED
from dashboard.exports.docx.page import text_width
from dashboard.exports.docx.text import add_text
from dashboard.exports.svg.words import width_of, wrapped
from dashboard.locale.periods import day_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.decks import Deck
    from dashboard.locale import Words

EMU = 12700  # a point
ENDS = re.compile("[度年月的、，]| ")  # of words, after which a title may be broken
EIGHTHS = 18  # of a point: how thick the red line is
LINE = '<w:pBdr {ns}><w:bottom w:val="single" w:sz="{thick}" w:space="4" w:color="{red}"/></w:pBdr>'


def heading_of(deck: Deck, words: Words) -> dict[str, str]:
    """Return what stands in the heading, under the names that a template's places have."""
    cover = next((slide for slide in deck.slides if slide.layout == "cover"), None)
    return {
        "名称": cover.name if cover else "",
        "期号": deck.issue or words("bulletin.no_number"),
        "机关": cover.lines[-1] if cover and cover.lines else "",
        "数据日期": words("bulletin.as_of", day=day_name(deck.provenance.as_of, words)),
        "标题": deck.title,
    }


def add_heading(document: Any, said: Mapping[str, str]) -> None:
    """Write what stands above the first part: the red head and the title."""
    room = text_width(document.sections[0]) / EMU
    if said["名称"]:
        _masthead(document, said["名称"], room)
        add_text(document, said["期号"], "期号")
        _office(document, said["机关"], said["数据日期"], room)
    title = balanced(said["标题"], room, LOOKS["Title"].size)
    add_text(document, "\n".join(title), "Title")


def balanced(title: str, room: float, size: float) -> list[str]:
    """Break a title in two where a word ends, near its middle; a longer one wherever it is full."""
    if width_of(title, size) <= room:
        return [title]
    halves = [(title[: m.end()].rstrip(), title[m.end() :]) for m in ENDS.finditer(title)]
    fitting = [
        (abs(left - right), n)
        for n, half in enumerate(halves)
        if max(left := width_of(half[0], size), right := width_of(half[1], size)) <= room
    ]
    if fitting:
        return list(halves[min(fitting)[1]])
    return wrapped(title, room, size, len(title))


def _masthead(document: Any, name: str, room: float) -> None:
    """Write the bulletin's name as large as one line takes it."""
    paragraph = add_text(document, name, "红头")
    largest = LOOKS["红头"].size
    fitting = largest * room / max(width_of(name, largest), 1.0)
    if fitting < largest:
        paragraph.runs[0].font.size = Pt(int(fitting))


def _office(document: Any, office: str, day: str, room: float) -> None:
    """Write who sends it, and up to when its figures reach, above the red line."""
    one_line = width_of(office + day, BODY) + BODY < room
    paragraph = add_text(document, office, "发文")
    if one_line:
        paragraph.add_run(f"\t{day}")
    else:
        paragraph = add_text(document, f"\t{day}", "发文")
    stop = Emu(round(room * EMU))
    paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(LINE.format(ns=nsdecls("w"), thick=EIGHTHS, red=RED)),
        "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr",
    )  # fmt: skip
