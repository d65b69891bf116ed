"""What a deck was made from, kept in the file itself: recipe, choice, questions, what was written.

It stands in the file's own properties (docProps/custom.xml), the one place that PowerPoint, WPS
and LibreOffice all keep; in pieces of 250 letters, as Office's dialogue shows no longer ones.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from lxml import etree
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from dashboard.decks import Asked, Choice
from dashboard.exports.pptx.template import opened
from dashboard.locale import LANGUAGES
from dashboard.queries.periods import is_period

if TYPE_CHECKING:
    from collections.abc import Mapping

PART = "/docProps/custom.xml"
KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
NAME, PIECE = re.compile(r"deck\.\d{3}"), 250


@dataclass(frozen=True, slots=True)
class Slot:
    """What was written into a shape: its meaning's digest, its type size, whose answer it is.

    Of a chart also: the panel of several that it is, the keys of its categories (620702), which
    points of each series were marked, and where its value axis begins and ends. ``period`` is that
    of what stayed when others took another: "" where it is the deck's.
    """

    digest: str
    size: int = 0
    asked: Asked | None = None
    panel: str = ""
    keys: tuple[str, ...] = ()
    marked: tuple[tuple[int, ...], ...] = ()
    scale: tuple[str, ...] = ()
    period: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A slide as it was made: its layout, what it is called and asks."""

    layout: str
    name: str
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What a deck was made from, its slides by key and its slots by name."""

    recipe: str
    choice: Choice
    title: str
    vintage: str
    issue: str = ""
    slides: Mapping[str, Made] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)


class UnrecordedError(Exception):
    """A presentation that does not say what it was made from."""


def keep(package: Any, record: Record) -> None:
    """Write a record into a package, beside whatever properties it has."""
    text = json.dumps(record, default=_said, ensure_ascii=False, separators=(",", ":"))
    letters = base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")
    pieces = [letters[n : n + PIECE] for n in range(0, len(letters), PIECE)]
    properties = _properties(package)
    for old in [e for e in properties if NAME.fullmatch(e.get("name", ""))]:
        properties.remove(old)
    numbers = [int(e.get("pid", 1)) for e in properties]
    for n, piece in enumerate(pieces, start=1):
        pid = str(max(numbers, default=1) + n)
        entry = etree.SubElement(
            properties, f"{{{MAIN}}}property", fmtid=FORMAT, pid=pid, name=f"deck.{n:03}"
        )
        etree.SubElement(entry, f"{{{TYPES}}}lpwstr").text = piece
    _part(package)._blob = etree.tostring(
        properties, xml_declaration=True, encoding="UTF-8", standalone=True
    )


def _said(told: Any) -> dict[str, Any]:
    return {each.name: getattr(told, each.name) for each in fields(told)}


def read(package: Any) -> Record:
    """Return what a presentation says that it was made from."""
    texts = {
        e.get("name", ""): "".join(e.itertext())
        for e in _properties(package)
        if NAME.fullmatch(e.get("name", ""))
    }
    try:
        packed = base64.b64decode("".join(texts[name] for name in sorted(texts)))
        record = _record(json.loads(zlib.decompress(packed)))
        known = is_period(record.choice.period) and record.choice.lang in LANGUAGES
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise UnrecordedError from error
    if not known:
        raise UnrecordedError
    return record


def record_of(deck: bytes) -> Record:
    """Return what a file says that it was made from."""
    return read(opened(deck).part.package)


def _part(package: Any) -> Any:
    """Return the part of a package's own properties, made where there is none."""
    for rel in package._rels.values():
        if rel.reltype == RELATION:
            return rel.target_part
    blob = etree.tostring(etree.Element(f"{{{MAIN}}}Properties", nsmap={None: MAIN, "vt": TYPES}))
    part = Part(PackURI(PART), KIND, package, blob)
    package.relate_to(part, RELATION)
    return part


def _properties(package: Any) -> Any:
    return etree.fromstring(_part(package).blob)


def _record(said: Mapping[str, Any]) -> Record:
    return Record(
        said["recipe"],
        Choice(**said["choice"]),
        said["title"],
        said["vintage"],
        said["issue"],
        {key: Made(**{**made, "asked": tuple(map(_asked, made["asked"]))})
         for key, made in said["slides"].items()},
        {name: _slot(slot) for name, slot in said["slots"].items()},
    )  # fmt: skip


def _slot(said: Mapping[str, Any]) -> Slot:
    return Slot(
        said["digest"],
        said["size"],
        _asked(said["asked"]) if said["asked"] else None,
        said["panel"],
        tuple(said["keys"]),
        tuple(map(tuple, said["marked"])),
        tuple(said["scale"]),
        said.get("period", ""),
    )


def _asked(said: Mapping[str, Any]) -> Asked:
    return Asked(said["question"], tuple((key, value) for key, value in said["choices"]))
