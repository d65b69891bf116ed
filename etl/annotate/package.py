"""The parts of an .xlsx, changed in place: what we do not touch goes back as it came."""

from __future__ import annotations

import io
import re
from posixpath import dirname, join, normpath, relpath, split
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from etl.read.package import WORKBOOK

if TYPE_CHECKING:
    from etl.read.package import Parts

Element = Any  # lxml has no types
TYPES = "[Content_Types].xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SELECTED = re.compile(rb"\stabSelected=[\"'](?:1|true)[\"']")
PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def put(element: Element, text: str) -> None:
    """Give an element a text as it is, its spaces too, but for signs that no XML may hold."""
    element.text = NOT_XML.sub("", text)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


class Package:
    """A workbook's parts by name; those that were parsed are written anew at the end."""

    def __init__(self, parts: Parts) -> None:
        self.parts = dict(parts)
        self._trees: dict[str, Element] = {}
        workbook = self.tree(WORKBOOK)
        self.namespace = etree.QName(workbook).namespace  # the strict form has another one
        types = [relation.get("Type") for relation in self.tree(self._relations(WORKBOOK))]
        self.relation_types = next(t for t in types if t.endswith("/worksheet")).rpartition("/")[0]

    def tree(self, part: str) -> Element:
        """Return the root of a part, parsed once; nothing outside of it is ever loaded."""
        if part not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            self._trees[part] = etree.fromstring(self.parts[part], parser)  # noqa: S320
        return self._trees[part]

    def name(self, local: str) -> str:
        """Return an element's name in the workbook's namespace."""
        return f"{{{self.namespace}}}{local}"

    def related(self, part: str, kind: str, key: str = "") -> list[str]:
        """Return the parts of one kind that a part refers to, or the one by its reference."""
        if (relations := self._relations(part)) not in self.parts:
            return []
        found = [
            normpath(join("/", dirname(part), relation.get("Target", "")))[1:]
            for relation in self.tree(relations)
            if relation.get("Type").endswith(f"/{kind}") and key in ("", relation.get("Id"))
        ]
        return [target for target in found if target in self.parts]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; return the reference."""
        relations = self._relations(part)
        if relations not in self.parts:
            self.parts[relations] = f'<Relationships xmlns="{PACKAGE}/relationships"/>'.encode()
        root = self.tree(relations)
        taken = {relation.get("Id") for relation in root}
        key = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        etree.SubElement(
            root, f"{{{PACKAGE}/relationships}}Relationship", Id=key,
            Type=f"{self.relation_types}/{kind}", Target=relpath(target, dirname(part)),
        )  # fmt: skip
        return key

    def add(self, stem: str, suffix: str, content: bytes, content_type: str) -> str:
        """Add a part under the first free name: xl/styles.xml, xl/worksheets/sheet4.xml."""
        numbers = ("", *range(1, len(self.parts) + 2))
        part = next(name for n in numbers if (name := f"{stem}{n}{suffix}") not in self.parts)
        self.parts[part] = content
        etree.SubElement(
            self.tree(TYPES), f"{{{PACKAGE}/content-types}}Override",
            PartName=f"/{part}", ContentType=content_type,
        )  # fmt: skip
        return part

    def drop_macros(self) -> None:
        """Make a plain workbook of one with macros, which nobody should send back."""
        for part in self.related(WORKBOOK, "vbaProject"):
            del self.parts[part]
            relations = self.tree(self._relations(WORKBOOK))
            for relation in [r for r in relations if r.get("Type").endswith("/vbaProject")]:
                relations.remove(relation)
            for override in [o for o in self.tree(TYPES) if o.get("PartName") == f"/{part}"]:
                self.tree(TYPES).remove(override)
        for override in self.tree(TYPES):
            if override.get("PartName") == f"/{WORKBOOK}":
                override.set("ContentType", PLAIN)

    def unselect(self, part: str) -> None:
        """Take a sheet out of those that are selected together."""
        if part in self._trees:
            for view in self._trees[part].iter(self.name("sheetView")):
                view.attrib.pop("tabSelected", None)
        else:
            self.parts[part] = SELECTED.sub(b"", self.parts[part], count=1)

    def flush(self) -> None:
        """Write what was parsed back into the parts."""
        for part, tree in self._trees.items():
            self.parts[part] = etree.tostring(
                tree, xml_declaration=True, encoding="UTF-8", standalone=True
            )

    def packed(self) -> bytes:
        """Return the package as the bytes of an .xlsx."""
        self.flush()
        out = io.BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for part, content in self.parts.items():
                archive.writestr(part, content)
        return out.getvalue()

    @staticmethod
    def _relations(part: str) -> str:
        folder, name = split(part)
        return join(folder, "_rels", name + ".rels")
