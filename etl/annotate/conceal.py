"""A workbook without the names and numbers of persons: the cells first, then all other texts."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from lxml import etree

from etl.annotate.cells import Cells
from etl.annotate.package import put
from etl.read.package import WORKBOOK
from etl.understand import LONG_NUMBER, hide, is_personal_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from etl.annotate.package import Element, Package
    from etl.catalogue import Mask
    from etl.records import Grid

SHARED = re.compile(rb"<(?:\w+:)?c\b[^>]*\bt=[\"']s[\"'][^>]*>.*?<(?:\w+:)?v>(\d+)<", re.DOTALL)
# Texts of other parts: comments, drawings, the caches of charts, pivots and other workbooks.
TEXTS = {"t", "v", "f", "formula", "formula1", "formula2", "definedName", "oddHeader", "oddFooter"}
TEXTS |= {"lpstr"}  # names of sheets among the document's properties
NAMES = (
    *("name", "v", "display", "tooltip", "prompt", "promptTitle", "title", "descr", "caption"),
    *("location", "sheet"),  # what links and pivots refer to
)


def conceal(
    package: Package, sheets: Sequence[tuple[str, Grid, Grid]], masks: tuple[Mask, ...]
) -> None:
    """Hide in a workbook what its sheets (part, as sent, masked) and ``masks`` say."""
    names = {sent.sheet: safe.sheet for _, sent, safe in sheets if sent.sheet != safe.sheet}
    renamed = {_reference(old): f"'{_quoted(new)}'!" for old, new in names.items()}
    for part, sent, safe in sheets:
        names |= _hide_cells(package, part, sent, safe, masks)

    def shown(text: str) -> str:
        for old, new in renamed.items():
            text = old.sub(new, text)
        return names.get(text) or hide(text, masks)

    _hide_strings(package, shown, in_use=_used(package) if names else None)
    for part in [name for name in package.parts if _is_spoken(name)]:
        text = unescape(package.parts[part].decode("utf-8", "replace"))  # &#24352;&#19977;
        if any(mask.pattern.search(text) for mask in masks) or any(name in text for name in names):
            _hide_texts(package, part, shown)


def _reference(sheet: str) -> re.Pattern[str]:
    """What formulas and links say before a cell of a sheet: 张建国! or '张 建国'!."""
    return re.compile(rf"'{re.escape(_quoted(sheet))}'!|(?<![\w']){re.escape(sheet)}!")


def _quoted(sheet: str) -> str:
    return sheet.replace("'", "''")


def _hide_cells(
    package: Package, part: str, sent: Grid, safe: Grid, masks: tuple[Mask, ...]
) -> dict[str, str]:
    """Write what a masked sheet shows over what was sent; return those texts that were hidden."""
    greatest = max((v for row in sent.rows for v in row if type(v) is float), default=0)
    if sent.rows is safe.rows and greatest < LONG_NUMBER:
        return {}
    cells, names = Cells(package, part), dict[str, str]()
    for row, (before, after) in enumerate(zip(sent.rows, safe.rows, strict=True)):
        for column, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                cells.write(row, column, str(new))
                names[str(old)] = str(new)
            elif type(old) is float and is_personal_number(old, masks):
                cells.write(row, column, hide(format(old, ".0f"), masks))
    return names


def _used(package: Package) -> set[int]:
    """The shared texts that some cell still shows; a name that was hidden is none of them."""
    package.flush()
    sheets = package.related(WORKBOOK, "worksheet")
    return {int(n) for part in sheets for n in SHARED.findall(package.parts[part])}


def _hide_strings(package: Package, shown: Callable[[str], str], in_use: set[int] | None) -> None:
    for part in package.related(WORKBOOK, "sharedStrings"):
        for at, item in enumerate(package.tree(part).iterfind(package.name("si"))):
            text = "".join(t.text or "" for t in item.iter(package.name("t")))
            if in_use is not None and at not in in_use:
                _replace(package, item, "")
            elif (safe := shown(text)) != text:  # a number may be spread over several runs
                _replace(package, item, safe)


def _replace(package: Package, item: Element, text: str) -> None:
    for child in list(item):
        item.remove(child)
    put(etree.SubElement(item, package.name("t")), text)


def _is_spoken(part: str) -> bool:
    """Whether a part holds words of the office: not the styles, the theme or the shared texts."""
    silent = ("theme", "styles.xml", "sharedStrings", "[Content")
    return part.endswith((".xml", ".rels")) and not any(word in part for word in silent)


def _hide_texts(package: Package, part: str, shown: Callable[[str], str]) -> None:
    """Hide in the texts and names of a part."""
    for element in package.tree(part).iter(etree.Element):
        local = etree.QName(element).localname
        if element.text and local in TEXTS and not _is_number(element, local):
            element.text = shown(element.text)
        outside = ("Target",) if element.get("TargetMode") == "External" else ()
        for name in (*NAMES, *outside):
            if value := element.get(name):
                element.set(name, shown(value))


def _is_number(element: Element, local: str) -> bool:
    """Whether a value is that of a number's cell, which was dealt with."""
    cell = element.getparent()
    return local == "v" and etree.QName(cell).localname == "c" and cell.get("t") != "str"
