"""The workbook behind a native chart: one sheet, categories down, series across, gaps empty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from pptx.chart.data import CategoryChartData

from dashboard.exports.pptx.package import zipped
from dashboard.locale.outside import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FIXED = {
    "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" \
ContentType="application/xml"/><Override PartName="/xl/workbook.xml" \
ContentType="{KIND}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" \
ContentType="{KIND}.worksheet+xml"/><Override PartName="/xl/styles.xml" \
ContentType="{KIND}.styles+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" \
Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet \
name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship \
Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>""",
}
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" \
formatCode={{form}}/></numFmts><fonts count="1"><font><sz val="11"/><name val="微软雅黑"/></font>\
</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill \
patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/>\
<diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">\
<xf xfId="0"/><xf numFmtId="164" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>"""

Field = str | float | None
NEGATIVE = re.compile(rb'(<c:(?:axId|crossAx) val=")-')


class Data(CategoryChartData):  # type: ignore[misc]
    """Categories and series of a chart, with a workbook of our own.

    XlsxWriter's takes ten times as long and holds the time at which it was written.
    """

    def __init__(self, form: str) -> None:
        super().__init__(number_format=form)  # type: ignore[no-untyped-call]

    def add(self, name: str, values: Iterable[float | None]) -> None:
        """Add a series; None leaves a gap."""
        self.add_series(name, values)  # type: ignore[no-untyped-call]

    def xml_bytes(self, chart_type: Any) -> bytes:
        """Return the chart's part; python-pptx numbers axes below nought, the schema does not."""
        return NEGATIVE.sub(rb"\1", super().xml_bytes(chart_type))  # type: ignore[no-untyped-call]

    @property
    def xlsx_blob(self) -> bytes:
        """Return the workbook."""
        series = list(self)
        rows: list[Sequence[Field]] = [[None, *(s.name for s in series)]]
        labels = [category.label for category in self.categories]
        rows += zip(labels, *(s.values for s in series), strict=True)
        return workbook(rows, self.number_format)


def workbook(rows: Iterable[Sequence[Field]], form: str) -> bytes:
    """Return a workbook of one sheet; text is written as text, so that none is a formula."""
    sheet = "".join(
        f'<row r="{n}">{"".join(_cell(n, k, field) for k, field in enumerate(row))}</row>'
        for n, row in enumerate(rows, start=1)
    )
    parts = FIXED | {
        "xl/styles.xml": STYLES.format(form=quoteattr(form)),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData>'
        "</worksheet>",
    }
    return zipped((name, (HEAD + xml).encode("utf-8")) for name, xml in parts.items())


def _cell(row: int, column: int, field: Field) -> str:
    if field is None:
        return ""
    place = f'r="{letters(column)}{row}"'
    if isinstance(field, str):
        text = escape(printable(field))
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c {place} s="1"><v>{field!r}</v></c>'


def letters(column: int) -> str:
    """Return the name of a column: A, …, Z, AA."""
    before, rest = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + rest)
