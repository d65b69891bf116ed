"""What Python raises over a zip or an XML that was cut off, overwritten or never right."""

from __future__ import annotations

from xml.etree import ElementTree
from zipfile import BadZipFile
from zlib import error as DeflateError  # noqa: N812

DAMAGE = (
    BadZipFile,
    DeflateError,
    ElementTree.ParseError,
    EOFError,
    LookupError,  # a part that another part refers to is missing, an encoding nobody knows
    NotImplementedError,  # a method of packing that Python does not know
    RuntimeError,  # a part behind a password
    StopIteration,
    ValueError,
)
