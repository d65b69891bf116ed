"""A presentation's package: read without slides that were deleted, written without a time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from pptx.opc.serialized import _ContentTypesItem
from pptx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name
LITTLE = 1000  # bytes that are not worth a compression of their own
FAST = 1  # of zlib's levels: a third of the time of the usual 6, a tenth larger


def is_whole(data: bytes) -> bool:
    """Whether each part stands once in a package: of two slide3.xml nobody knows which is meant."""
    names = ZipFile(io.BytesIO(data)).namelist()
    return len(set(names)) == len(names)


def forget_unlisted(part: Any) -> None:
    """Let go of slides that are in no list: scripts take them off it and leave their parts.

    python-pptx numbers the slides of the list anew, so that two would be called slide3.xml. One
    that something else leads to, a link of another slide, stays under a name of its own.
    """
    wanted = {value for e in part._element.iter() if (value := e.get(qn("r:id")))}
    listed = {e.get(qn("r:id")) for e in part._element.iter(qn("p:sldId"))}
    slides = {rid: rel for rid, rel in part.rels.items() if rel.reltype == RELATIONSHIP_TYPE.SLIDE}
    for n, (rid, rel) in enumerate(slides.items(), start=1):
        if rid not in listed:
            rel.target_part.partname = PackURI(f"/ppt/slides/unlisted{n}.xml")
        if rid not in wanted:
            part.rels.pop(rid)


def names_of(package: Any) -> dict[Any, PackURI]:
    """Return the name of each part."""
    return {part: part.partname for part in package.iter_parts()}


def give_back(names: dict[Any, PackURI], package: Any) -> None:
    """Give parts the names that they had before python-pptx numbered the slides by their order."""
    for part, name in names.items():
        part.partname = name
    for part in package.iter_parts():
        if part not in names and part.partname in names.values():
            part.partname = package.next_partname("/ppt/slides/slide%d.xml")


def packed(package: Any) -> bytes:
    """Return a package as a file; python-pptx's own saving writes the time into each entry."""
    return zipped(_entries(package))


def zipped(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of named contents without times; workbooks in it are zips already."""
    out = io.BytesIO()
    with ZipFile(out, "w") as file:
        for name, content in entries:
            entry = ZipInfo(name, NO_TIME)
            entry.create_system = 3  # Python writes another number on Windows
            small = name.endswith(".xlsx") or len(content) < LITTLE
            entry.compress_type = ZIP_STORED if small else ZIP_DEFLATED
            file.writestr(entry, content, compresslevel=FAST)
    return out.getvalue()


def _entries(package: Any) -> Iterable[tuple[str, bytes]]:
    parts = tuple(package.iter_parts())
    yield CONTENT_TYPES_URI.membername, serialize_part_xml(_ContentTypesItem.xml_for(parts))
    yield PACKAGE_URI.rels_uri.membername, package._rels.xml
    for part in parts:
        yield part.partname.membername, part.blob
        if part._rels:
            yield part.partname.rels_uri.membername, part.rels.xml
