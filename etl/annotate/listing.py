"""The first sheet of a workbook that goes back: what is wrong, where, and what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from lxml import etree

from etl.annotate.cells import Cells
from etl.annotate.styles import COLOURS
from etl.read.address import letters
from etl.read.package import WORKBOOK
from etl.report import WORDS, display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.annotate.package import Element, Package
    from etl.annotate.styles import Styles
    from etl.sentences import Told

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
SHEET = """<worksheet xmlns="{ns}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>
<sheetView tabSelected="1" workbookViewId="0" showGridLines="0"><pane ySplit="4"
topLeftCell="A5" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{cols}
</cols><sheetData/><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3"
footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>"""
WIDTHS = (6, 8, 18, 14, 16, 64, 40)
LINE = 15  # points
HEAD = 4  # rows above the first issue
SAID: dict[str, dict[str, Any]] = {
    "zh": {
        "sheet": "问题清单", "title": "{file} 的问题清单：{counts}", "none": "没有问题",
        "count": "{severity} {n} 个",
        "how": "点单元格地址可跳到原处。红色必须改，黄色请核对，蓝色供参考；"
               "单元格批注写明原因和办法。改好后把原文件重新报送，不要报送这一份。",
        "hidden": "姓名、证件号、电话、账号、部队番号在这一份里已隐去，原文件不变。",
        "lost": "原文件不是 .xlsx：这一份只有数和合并单元格，格式、公式、图表请看原文件。",
        "heads": ("序号", "级别", "工作表", "单元格", "原文", "是什么问题，怎么办", "请答复"),
    },
    "en": {
        "sheet": "Issues", "title": "Issues of {file}: {counts}", "none": "none",
        "count": "{n} {severity}",
        "how": "An address leads to its cell. Red must be corrected, yellow checked, blue is for "
               "information; the comment on a cell says why and what to do. Correct the original "
               "file and send that, not this copy.",
        "hidden": "Names, identity, telephone and account numbers and designators of units are "
                  "hidden in this copy; the original is as it was.",
        "lost": "The original is no .xlsx: this copy has its figures and merged cells only; see "
                "the original for formats, formulas and charts.",
        "heads": ("No.", "Severity", "Sheet", "Cell", "As printed", "What is wrong, what to do",
                  "Please answer"),
    },
}  # fmt: skip


def severity_word(severity: str, language: str) -> str:
    """Return 错误, 提醒 or 说明."""
    return WORDS[language][severity]


def add_listing(
    package: Package,
    styles: Styles,
    issues: Sequence[tuple[Told, str]],
    file: str,
    language: str,
    *,
    rewritten: bool,
) -> None:
    """Put the list of issues before all other sheets; each comes with its sheet's own name."""
    cols = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(WIDTHS, start=1)
    )
    blank = SHEET.format(ns=package.namespace, cols=cols).encode()
    part = package.add("xl/worksheets/sheet", ".xml", blank, SHEET_TYPE)
    _put_first(package, part, SAID[language]["sheet"])
    cells = Cells(package, part)
    _head(cells, styles, [issue for issue, _ in issues], file, language, rewritten=rewritten)
    links = etree.Element(package.name("hyperlinks"))
    shown = {severity: styles.text(fill=colour) for severity, colour in COLOURS.items()}
    plain, link = styles.text(), styles.text(colour="FF0563C1")
    for number, (issue, sheet) in enumerate(issues, start=1):
        row = HEAD + number - 1
        message, question = (
            (issue.message, issue.question)
            if language == "zh"
            else (issue.message_en, issue.question_en)
        )
        word = severity_word(issue.severity, language)
        cell = issue.cell.replace(",", ", ")  # so that a long list can break
        texts = (str(number), word, sheet, cell, issue.printed, message, question)
        for column, text in enumerate(texts):
            style = shown[issue.severity] if column == 1 else link if column == 3 else plain
            _write(cells, (row, column), text, style)
        cells.height(row, LINE * max(_lines(t, w) for t, w in zip(texts, WIDTHS, strict=True)))
        if issue.cell:
            _link(package, links, f"{letters(3)}{row + 1}", sheet, issue.cell)
    if len(links):
        root = package.tree(part)
        root.insert(list(root).index(root.find(package.name("pageMargins"))), links)


def _head(
    cells: Cells,
    styles: Styles,
    issues: Sequence[Told],
    file: str,
    language: str,
    *,
    rewritten: bool,
) -> None:
    said = SAID[language]
    counts = Counter(issue.severity for issue in issues)
    told = [
        said["count"].format(severity=severity_word(s, language), n=counts[s])
        for s in COLOURS
        if counts[s]
    ]
    title = said["title"].format(file=file, counts="，".join(told) or said["none"])
    _write(cells, (0, 0), title, styles.text(bold=True, size=14, framed=False))
    small = styles.text(colour="FF595959", framed=False)
    _write(cells, (1, 0), said["how"], small)
    _write(cells, (2, 0), said["hidden"] + (said["lost"] if rewritten else ""), small)
    for row, points in enumerate((24, 17, 17, 18)):
        cells.height(row, points)
    head = styles.text(bold=True, fill="FFD9D9D9")
    for column, text in enumerate(said["heads"]):
        _write(cells, (HEAD - 1, column), text, head)


def _write(cells: Cells, cell: tuple[int, int], text: str, style: int) -> None:
    """Texts only: what stood in a sheet never becomes a formula here."""
    if text:
        cells.write(*cell, text)
    cells.cell(*cell).set("s", str(style))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a Chinese character is two wide."""
    return max(1, -(-display_width(text) // (width - 1)))


def _link(package: Package, links: Element, ref: str, sheet: str, cell: str) -> None:
    quoted = sheet.replace("'", "''")
    first = cell.split(",")[0]
    etree.SubElement(links, package.name("hyperlink"), ref=ref, location=f"'{quoted}'!{first}")


def _put_first(package: Package, part: str, name: str) -> None:
    """List a sheet before the others; names that belong to a sheet by its place move with it."""
    workbook = package.tree(WORKBOOK)
    sheets = workbook.find(package.name("sheets"))
    taken = {sheet.get("name") for sheet in sheets}
    names = (name, *(f"{name}({n})" for n in range(2, len(taken) + 3)))
    made = etree.Element(
        package.name("sheet"), name=next(n for n in names if n not in taken),
        sheetId=str(1 + max(int(sheet.get("sheetId")) for sheet in sheets)),
    )  # fmt: skip
    made.set(f"{{{package.relation_types}}}id", package.relate(WORKBOOK, "worksheet", part))
    for other in package.related(WORKBOOK, "worksheet"):
        if other != part:  # two sheets selected would be edited together
            package.unselect(other)
    sheets.insert(0, made)
    for defined in workbook.iter(package.name("definedName")):
        if place := defined.get("localSheetId"):
            defined.set("localSheetId", str(int(place) + 1))
    for view in workbook.iter(package.name("workbookView")):
        view.attrib.pop("firstSheet", None)
        view.set("activeTab", "0")
