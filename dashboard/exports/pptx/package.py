"""Writes a presentation's package so that its bytes follow from what stands in it alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pptx.opc.oxml import serialize_part_xml
from pptx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI
from pptx.opc.serialized import _ContentTypesItem

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name
LITTLE = 1000  # bytes that are not worth a compression of their own
FAST = 1  # of zlib's levels: a third of the time of the usual 6, a tenth larger


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
