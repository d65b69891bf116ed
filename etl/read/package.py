"""An .xlsx as a package of parts: which sheet lies in which part, its styles and its comments."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath, split
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

from etl.read import address
from etl.read.number_format import BUILT_IN, tells

Parts = Mapping[str, bytes]

WORKBOOK = "xl/workbook.xml"
IDLE = ("docProps/", "xl/theme/", "xl/media/")  # tell nothing of cells
SMALL = re.compile(rb"<(?:\w+:)?(?:vertAlign|strike)\b")


def unpack(data: bytes) -> dict[str, bytes]:
    """Return all parts of a package by name."""
    return dict(opened(data))


def telling(data: bytes) -> dict[str, bytes]:
    """Return the parts that may tell of cells: neither pictures nor colours nor properties."""
    parts = opened(data)
    return {name: parts[name] for name in parts if not name.startswith(IDLE)}


def opened(data: bytes) -> Parts:
    """Return the parts of a package, unpacked when they are asked for."""
    return Package(ZipFile(io.BytesIO(data)))


class Package(Mapping[str, bytes]):
    """Parts by name; of two with one name the last counts, as in Excel."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive

    def __getitem__(self, name: str) -> bytes:
        return self.archive.read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.archive.NameToInfo)

    def __len__(self) -> int:
        return len(self.archive.NameToInfo)


def pack(parts: Parts) -> bytes:
    """Put the parts into a package again, uncompressed.

    So calamine reads what we looked at and nothing else, and need not unpack it a second time.
    """
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def parse(parts: Parts, part: str) -> ElementTree.Element:
    """Parse a part; one that declares entities is a bomb or a probe, never a workbook."""
    xml = parts[part]
    if b"<!DOCTYPE" in xml:
        raise ValueError(f"{part} declares entities")
    return ElementTree.fromstring(xml)  # noqa: S314 (expat alone expands no external entity)


def related(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: id → (last word of the type, path in the package)."""
    folder, name = split(part)
    relations = join(folder, "_rels", name + ".rels")
    if relations not in parts:
        return {}
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rpartition("/")[2],
            normpath(join("/", dirname(part), relation.get("Target", "")))[1:],
        )
        for relation in parse(parts, relations)
    }


def worksheets(parts: Parts) -> dict[str, str]:
    """Return the part of every worksheet by the sheet's name; charts and macros are left out."""
    targets = related(parts, WORKBOOK)
    worksheets = {}
    for sheet in parse(parts, WORKBOOK).iterfind("{*}sheets/{*}sheet"):
        # The attribute's namespace differs between the transitional and the strict form.
        key = next(value for name, value in sheet.items() if name.endswith("}id"))
        kind, part = targets[key]
        if kind == "worksheet":
            worksheets[sheet.get("name", "")] = part
    return worksheets


class Styles(NamedTuple):
    """What styles of cells, by their numbers, do to what a person sees."""

    formats: dict[int, str]  # a percentage, a date without its year, month or day, yuan as 万元
    struck: frozenset[int]  # a line through the figure: it was taken back


def telling_styles(parts: Parts) -> Styles:
    """Return the styles of a workbook's cells that tell something."""
    part = next((path for kind, path in related(parts, WORKBOOK).values() if kind == "styles"), "")
    if part not in parts:
        return Styles({}, frozenset())
    styles = parse(parts, part)
    formats = BUILT_IN | {
        int(number_format.get("numFmtId", "0")): number_format.get("formatCode", "")
        for number_format in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    telling = {number: code for number, code in formats.items() if tells(code)}
    lines = (font.find("{*}strike") for font in styles.iterfind("{*}fonts/{*}font"))
    fonts = {
        str(number)
        for number, line in enumerate(lines)
        if line is not None and line.get("val", "1") in ("1", "true")
    }
    worn = list(enumerate(styles.iterfind("{*}cellXfs/{*}xf")))
    return Styles(
        {
            index: telling[number]
            for index, style in worn
            if (number := int(style.get("numFmtId", "0"))) in telling
        },
        frozenset(index for index, style in worn if style.get("fontId", "0") in fonts),
    )


def never_calculated(parts: Parts) -> bool:
    """Tell whether a script wrote the workbook and left the calculating to Excel."""
    calculation = parse(parts, WORKBOOK).find("{*}calcPr")
    return calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true")


def comments(parts: Parts, part: str) -> dict[tuple[int, int], str]:
    """Return the comments of a sheet by cell."""
    return {
        address.parse(comment.get("ref", "")): "".join(
            text.text or "" for text in comment.iterfind("{*}text//{*}t")
        )
        for kind, path in related(parts, part).values()
        if kind == "comments"
        for comment in parse(parts, path).iterfind("{*}commentList/{*}comment")
    }


def pictures(parts: Parts, part: str) -> int:
    """Count the pictures that lie on a sheet."""
    drawings = [path for kind, path in related(parts, part).values() if kind == "drawing"]
    return sum(kind == "image" for path in drawings for kind, _ in related(parts, path).values())


def small_digits(parts: Parts) -> frozenset[int]:
    """The shared texts of which a digit is raised, lowered or struck out: 12¹ is not 121."""
    found = [
        number
        for path in _texts(parts)
        if path in parts and SMALL.search(parts[path])
        for number, text in enumerate(parse(parts, path).iterfind("{*}si"))
        if any(_is_small(run) for run in text.iterfind("{*}r"))
    ]
    return frozenset(found)


def _is_small(run: ElementTree.Element) -> bool:
    """Whether a stretch of a text has a digit that is no digit of its figure."""
    style = run.find("{*}rPr")
    said = "".join(text.text or "" for text in run.iterfind("{*}t"))
    if style is None or not any("0" <= sign <= "9" for sign in said):
        return False
    raised = style.find("{*}vertAlign")
    struck = style.find("{*}strike")
    return (raised is not None and raised.get("val") != "baseline") or (
        struck is not None and struck.get("val") not in ("0", "false")
    )


def shared_strings(parts: Parts) -> int:
    """Count the texts that cells refer to by number."""
    return sum(len(re.findall(rb"<(?:\w+:)?si\b", parts.get(path, b""))) for path in _texts(parts))


def _texts(parts: Parts) -> list[str]:
    """The parts with the texts that cells share."""
    return [path for kind, path in related(parts, WORKBOOK).values() if kind == "sharedStrings"]
