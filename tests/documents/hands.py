"""What people and their programs do to a deck, and how it is read again."""

import copy
import io
from zipfile import ZipFile

import openpyxl
from lxml import etree
from pptx.oxml.ns import qn
from pptx.parts.embeddedpackage import EmbeddedXlsxPart

BARE = etree.XMLParser(remove_blank_text=True)  # LibreOffice indents, a refresh does not


def shape(presentation, name):
    [found] = [s for slide in presentation.slides for s in slide.shapes if s.name == name]
    return found


def figures(frame):
    plot = frame.chart.plots[0]
    return list(plot.categories), {s.name: tuple(s.values) for s in plot.series}


def cells(frame):
    return [[cell.text for cell in row.cells] for row in frame.table.rows]


def own_copy(part):
    """A chart part, with its workbook, that shares nothing with the one it was copied from."""
    twin = type(part).load(
        part.package.next_partname(part.partname_template), part.content_type,
        part.package, part.blob,
    )  # fmt: skip
    twin.chart_workbook.xlsx_part = EmbeddedXlsxPart.new(
        part.chart_workbook.xlsx_part.blob, part.package
    )
    return twin


def duplicate(deck, n):
    """Copy a slide as PowerPoint does, with a chart part of its own."""
    source = deck.slides[n]
    made = deck.slides.add_slide(source.slide_layout)
    for shape in list(made.shapes):
        shape._element.getparent().remove(shape._element)
    for shape in source.shapes:
        element = copy.deepcopy(shape._element)
        made.shapes._spTree.append(element)
        if shape.has_chart:
            twin = own_copy(shape.chart.part)
            rid = made.part.relate_to(
                twin, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
            )
            element.find(f".//{qn('c:chart')}").set(qn("r:id"), rid)


def by_hand(frame, value):
    """Change a number in a chart's workbook alone, as another program may."""
    part = frame.chart.part.chart_workbook.xlsx_part
    book = openpyxl.load_workbook(io.BytesIO(part.blob))
    book.active["B2"] = value
    out = io.BytesIO()
    book.save(out)
    part.blob = out.getvalue()


def outside(data, slots):
    """Return every part's XML without the slots: what a refresh must leave alone."""
    rest = {}
    with ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.startswith(("ppt/charts/", "ppt/embeddings/", "docProps/custom")):
                continue
            if not name.endswith((".xml", ".rels")):
                rest[name] = parts.read(name)
                continue
            root = etree.fromstring(parts.read(name), BARE)
            for named in root.iter(qn("p:cNvPr")):
                if named.get("name") in slots:
                    named.getparent().getparent().clear()
            rest[name] = etree.tostring(root, method="c14n")
    return rest
