"""What an office suite makes of a file: its pages, and where each shape's text stands on them."""

from __future__ import annotations

import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pypdfium2
from docx import Document
from openxml_audit import OpenXmlValidator, ValidationErrorType
from pptx import Presentation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl import Workbook

SCHEMA = ValidationErrorType.SCHEMA
PATIENCE = 240  # seconds for all files of one call
HANGING = 16.0  # points that a comma at the end of a line may hang in the margin
SLACK = 3.0  # points that a glyph's box may stand out of its shape's
EMU = 12700  # a point


def findings(file: Path) -> list[str]:
    """Return what Microsoft's validation has against a file, or a chart's workbook, a line each."""
    found = [
        f"{file.name} {e.part_uri} {e.path}: {e.description}"
        for e in OpenXmlValidator().validate(file).errors
        if e.error_type is SCHEMA or file.suffix != ".xlsx"  # a chart's sheet needs no theme
    ]
    with zipfile.ZipFile(file) as parts, tempfile.TemporaryDirectory() as folder:
        for name in parts.namelist():
            if name.endswith(".xlsx"):
                found += findings(Path(parts.extract(name, folder)))
    return found


def to_pdf(files: Sequence[Path], folder: Path) -> list[Path]:
    """Have LibreOffice print each file into ``folder``."""
    return _converted(files, "pdf", folder, folder)


def _converted(files: Sequence[Path], kind: str, out: Path, folder: Path) -> list[Path]:
    """Have one LibreOffice, whose profile is in ``folder``, convert all files into ``out``."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", kind, "--outdir", str(out), *map(str, files)],
        check=True, timeout=PATIENCE, capture_output=True,
    )  # fmt: skip
    return [out / file.with_suffix(f".{kind}").name for file in files]


def saved_again(file: Path, folder: Path) -> Path:
    """Have LibreOffice save a deck as it understands it."""
    [saved] = _converted([file], "pptx", folder / "saved", folder)
    return saved


def misplaced(deck: Path, pdf: Path) -> list[str]:
    """Return which texts of a deck cannot be read, or stand out of their shape or of their slide.

    A page's characters come in the order of its shapes, so a shape's text is found as a whole;
    a glyph that no typeface has is not found at all.
    """
    slides, pages = Presentation(str(deck)), pypdfium2.PdfDocument(pdf)
    width, height = slides.slide_width / EMU, slides.slide_height / EMU
    wrong = [] if len(pages) == len(slides.slides) else [f"{len(pages)} pages"]
    for n, (slide, page) in enumerate(zip(slides.slides, pages, strict=False), start=1):
        text, boxes = _characters(page)
        after = 0
        for shape in slide.shapes:
            box = [v / EMU for v in (shape.left, shape.top, shape.width, shape.height)]
            left, top, right, bottom = box[0], box[1], box[0] + box[2], box[1] + box[3]
            where = f"slide {n} {shape.name}"
            if left < 0 or top < 0 or right > width + 1 or bottom > height + 1:
                wrong.append(f"{where} off the slide")
            for words in _texts(shape):
                at = text.find(words, after)
                if at < 0:
                    at = text.find(words)
                if at < 0:
                    wrong.append(f"{where} not to be read: {words[:30]}")
                    continue
                after = at + len(words)
                ink = boxes[at:after]
                room = (left - SLACK, height - bottom - SLACK, right + SLACK, height - top + SLACK)
                if any(not _within(b, room) for b in ink):
                    wrong.append(f"{where} over its box: {words[:30]}")
    return wrong


def unreadable(document: Path, pdf: Path) -> list[str]:
    """Return the paragraphs and cells of a Word document that do not stand whole on its pages.

    One that goes on over a page's end is read on behind the number of the page.
    """
    written = Document(str(document))
    cells = [c.text for table in written.tables for row in table.rows for c in row.cells]
    read = ""
    for n, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        paper = (0, 0, *page.get_size())
        text, boxes = _characters(page)
        inside = "".join(c for c, box in zip(text, boxes, strict=True) if _within(box, paper))
        read += inside.replace(f"—{n}—", "")
    texts = ("".join(text.split()) for text in (*(p.text for p in written.paragraphs), *cells))
    return [text for text in texts if text not in read]


def in_the_margins(document: Path, pdf: Path) -> list[str]:
    """Return the characters of a document's pages that stand left or right of their text."""
    upright, *turned = Document(str(document)).sections
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        section = turned[0] if page.get_width() > page.get_height() else upright
        left = section.left_margin.pt - SLACK
        right = page.get_width() - section.right_margin.pt + SLACK + HANGING
        text, boxes = _characters(page)
        found += [c for c, box in zip(text, boxes, strict=True) if box[0] < left or box[2] > right]
    return found


def lines_of(pdf: Path, page: int) -> list[str]:
    """Return the lines of a page from its top, without spaces."""
    found = pypdfium2.PdfDocument(pdf)[page - 1]
    lines: dict[int, str] = {}
    for c, (_, bottom, _, top) in zip(*_characters(found), strict=True):
        lines[round((bottom + top) / 20)] = lines.get(round((bottom + top) / 20), "") + c
    return [lines[height] for height in sorted(lines, reverse=True)]


def _texts(shape) -> Iterator[str]:
    """Return a shape's text without spaces; a table's, whose rows grow with it, cell by cell."""
    if shape.has_text_frame:
        numbered = "<a:fld" in shape._element.xml  # the number of the slide, written when printed
        whole = [] if numbered else [p.text for p in shape.text_frame.paragraphs]  # bullets between
    elif shape.has_table:
        whole = [cell.text for row in shape.table.rows for cell in row.cells]
    else:
        whole = []
    yield from (squeezed for text in whole if (squeezed := "".join(text.split())))


def _characters(page) -> tuple[str, list[tuple[float, float, float, float]]]:
    """Return a page's characters without spaces, and the box of each: left, bottom, right, top."""
    text = page.get_textpage()
    found = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
    shown = [(c, box) for c, box in found if c.strip()]
    return "".join(c for c, _ in shown), [box for _, box in shown]


def _within(box, room) -> bool:
    return box[0] >= room[0] and box[1] >= room[1] and box[2] <= room[2] and box[3] <= room[3]


def recalculated(book: Path, folder: Path) -> Workbook:
    """Have LibreOffice work out a workbook's formulas, whose values are taken away before."""
    bare = folder / f"bare-{book.name}"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            new.writestr(name, part)
    [out] = _converted([bare], "xlsx", folder / "recalculated", folder)
    return openpyxl.load_workbook(out, data_only=True)
