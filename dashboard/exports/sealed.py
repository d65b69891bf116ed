"""Packages of parts (.docx, .pptx, .xlsx) whose bytes follow from what stands in them alone."""

from __future__ import annotations

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name
CORE = "docProps/core.xml"
WORKBOOK = ".xlsx"
TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def sealed(package: bytes, as_of: str) -> bytes:
    """Return a package with the day of its data (2024-07-10) in place of the time of writing.

    The libraries write when a file was made into every part's entry, and into the properties of
    each workbook behind a chart: twice the same deck would be two files.
    """
    out = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as parts, ZipFile(out, "w", ZIP_DEFLATED) as same:
        for name in parts.namelist():
            same.writestr(_entry(name), _content(name, parts.read(name), as_of))
    return out.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, NO_TIME)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3  # Python writes another number on Windows
    return entry


def _content(name: str, content: bytes, as_of: str) -> bytes:
    if name == CORE:
        return TIMES.sub(rb"\g<1>" + f"{as_of}T00:00:00Z".encode() + rb"\g<2>", content)
    return sealed(content, as_of) if name.endswith(WORKBOOK) else content
