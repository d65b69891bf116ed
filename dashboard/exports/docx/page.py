"""The pages of a bulletin: A4 with the margins of GB/T 9704, — 1 — outside, a badge above."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

HEIGHT, WIDTH = Mm(297), Mm(210)
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
FOOTER, HEADER = Mm(25), Mm(20)
INSET = Pt(14)  # the page number stands one character away from the edge of the text
DASHED = (
    '<w:p {ns}><w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr="PAGE">'
    '<w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
)


def set_pages(document: Any) -> None:
    """Set up the pages of a new document."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _upright(section)
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        _number(footer, align)


def turn(document: Any) -> Any:
    """Begin pages that lie on their side, for wide tables; the margins turn with the paper."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = HEIGHT, WIDTH
    section.top_margin, section.bottom_margin = LEFT, RIGHT
    section.left_margin, section.right_margin = BOTTOM, TOP
    section.footer_distance = section.header_distance = Mm(15)
    return section


def add_badges(document: Any, badge: str) -> None:
    """Write 演示数据 above every page; nothing above others, as GB/T 9704 has it."""
    if not badge:
        return
    for section in document.sections:
        headers = [section.header]
        headers += [section.first_page_header] * section.different_first_page_header_footer
        headers += [section.even_page_header] * document.settings.odd_and_even_pages_header_footer
        for header in headers:
            paragraph = header.paragraphs[0]
            if paragraph.text:
                paragraph = header.add_paragraph()
            paragraph.style = "页眉标记"
            paragraph.add_run(badge)


def text_width(section: Any) -> int:
    """Return how wide the text of a section is, in EMU."""
    return int(section.page_width - section.left_margin - section.right_margin)


def _upright(section: Any) -> None:
    section.page_height, section.page_width = HEIGHT, WIDTH
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.footer_distance, section.header_distance = FOOTER, HEADER


def _number(footer: Any, align: WD_ALIGN_PARAGRAPH) -> None:
    old = footer.paragraphs[0]._p
    old.addprevious(parse_xml(DASHED.format(ns=nsdecls("w"))))
    old.getparent().remove(old)
    paragraph = footer.paragraphs[0]
    paragraph.style, paragraph.alignment = "页码", align
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = INSET
