"""An .xlsx as a package of parts: which sheet lies in which part, its styles and its comments."""

from __future__ import annotations

from posixpath import dirname, join, normpath, split
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from etl.read import address
from etl.read.number_format import is_percent

if TYPE_CHECKING:
    from zipfile import ZipFile

WORKBOOK = "xl/workbook.xml"
BUILT_IN_PERCENT = {9, 10}  # 0% and 0.00% have no entry among the number formats


def parse(archive: ZipFile, part: str) -> ElementTree.Element:
    """Parse a part; one that declares entities is a bomb or a probe, never a workbook."""
    xml = archive.read(part)
    if b"<!DOCTYPE" in xml:
        raise ValueError(f"{part} declares entities")
    return ElementTree.fromstring(xml)  # noqa: S314 (expat alone expands no external entity)


def related(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: id → (last word of the type, path in the package)."""
    folder, name = split(part)
    relations = join(folder, "_rels", name + ".rels")
    if relations not in archive.NameToInfo:
        return {}
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rpartition("/")[2],
            normpath(join("/", dirname(part), relation.get("Target", "")))[1:],
        )
        for relation in parse(archive, relations)
    }


def worksheets(archive: ZipFile) -> dict[str, str]:
    """Return the part of every worksheet by the sheet's name; charts and macros are left out."""
    targets = related(archive, WORKBOOK)
    parts = {}
    for sheet in parse(archive, WORKBOOK).iterfind("{*}sheets/{*}sheet"):
        # The attribute's namespace differs between the transitional and the strict form.
        key = next(value for name, value in sheet.items() if name.endswith("}id"))
        kind, part = targets[key]
        if kind == "worksheet":
            parts[sheet.get("name", "")] = part
    return parts


def percent_styles(archive: ZipFile) -> set[int]:
    """Return the numbers of the cell styles that show a percentage."""
    part = next(
        (path for kind, path in related(archive, WORKBOOK).values() if kind == "styles"), ""
    )
    if part not in archive.NameToInfo:
        return set()
    styles = parse(archive, part)
    formats = BUILT_IN_PERCENT | {
        int(number_format.get("numFmtId", "0"))
        for number_format in styles.iterfind("{*}numFmts/{*}numFmt")
        if is_percent(number_format.get("formatCode", ""))
    }
    return {
        index
        for index, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
        if int(style.get("numFmtId", "0")) in formats
    }


def never_calculated(archive: ZipFile) -> bool:
    """Tell whether a script wrote the workbook and left the calculating to Excel."""
    calculation = parse(archive, WORKBOOK).find("{*}calcPr")
    return calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true")


def comments(archive: ZipFile, part: str) -> dict[tuple[int, int], str]:
    """Return the comments of a sheet by cell."""
    return {
        address.parse(comment.get("ref", "")): "".join(
            text.text or "" for text in comment.iterfind("{*}text//{*}t")
        )
        for kind, path in related(archive, part).values()
        if kind == "comments"
        for comment in parse(archive, path).iterfind("{*}commentList/{*}comment")
    }
