"""The review workbook: a row a proposal beside its sentence; ``load`` takes what is ticked."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import asdict
from math import ceil
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from etl.periods import spoken
from etl.records import Issue
from etl.sentences import sentences
from etl.understand.number import read_number

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from etl.catalogue import Catalogue
    from etl.prose import Extract, Proposal
    from etl.understand.vocabulary import Breakdowns, Vocabulary

COLUMNS = {
    "采用": 7, "行政区划代码": 14, "地区": 18, "指标名称": 34, "统计期": 20, "数值": 14,
    "计量单位": 10, "备注": 90,
}  # header → width  # fmt: skip
LINE = 15.0  # points
TO_FILL = (1, 2, 5)  # columns that a person fills in where the text does not say
TICKS = "✓"
TITLE, DAY, HEAD = 1, 2, 3  # rows
THIN = Side(style="thin", color="FF7F7F7F")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
LABEL = PatternFill("solid", fgColor="FFF2F2F2")
OPEN = PatternFill("solid", fgColor="FFFFF2CC")  # for a person to fill in


def review(extract: Extract, vocabulary: Vocabulary) -> bytes:
    """Return the workbook as .xlsx; nothing in it is ticked."""
    book = Workbook()
    sheet = book.active
    sheet.title = "核对"
    sheet.cell(TITLE, 1, "文字材料数字核对表").font = Font(name="黑体", size=16, bold=True)
    day = extract.reported_on
    if day:
        sheet.cell(DAY, 1, f"填报日期：{day.year}年{day.month}月{day.day}日")
    else:
        sheet.cell(DAY, 1, "填报日期：").fill = OPEN
    for column, (name, width) in enumerate(COLUMNS.items(), start=1):
        cell = sheet.cell(HEAD, column, name)
        cell.font, cell.fill, cell.border = Font(name="宋体", bold=True), LABEL, FRAME
        sheet.column_dimensions[cell.column_letter].width = width
    for row, proposal in enumerate(extract.proposals, start=HEAD + 1):
        _row(sheet, row, proposal, vocabulary)
    _offer_ticks(sheet, len(extract.proposals))
    _lay_out(sheet)
    sheet.freeze_panes = sheet.cell(HEAD + 1, 2)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _lay_out(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"{HEAD}:{HEAD}"


def as_rows(extract: Extract) -> list[dict[str, object]]:
    """The proposals for a program: days as 2024-06-30, null where the text does not say."""
    return [
        {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in asdict(proposal).items()
        }
        for proposal in extract.proposals
    ]


def told(extract: Extract, out: Path, catalogue: Catalogue, lang: str) -> str:
    """What was found and what to do with it."""
    rule = "prose_review" if extract.proposals else "prose_no_figures"
    words = {"count": len(extract.proposals), "file": str(out)}
    said = sentences(Issue(rule, words=words), catalogue)
    return said.message if lang == "zh" else said.message_en


def _row(sheet: Worksheet, row: int, proposal: Proposal, vocabulary: Vocabulary) -> None:
    area = vocabulary.catalogue.areas.get(proposal.ref_area)
    texts = (
        "", proposal.ref_area, area.name if area else "", _label(proposal, vocabulary),
        _period(proposal, vocabulary), _figure(proposal), proposal.unit, proposal.quote,
    )  # fmt: skip
    sheet.row_dimensions[row].height = _height(proposal.quote)
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        if text:
            cell.value, cell.data_type = text, "s"  # a sentence that begins with = is no formula
        cell.font, cell.border = Font(name="宋体"), FRAME
        cell.alignment = Alignment(vertical="center", wrap_text=column == len(texts))
        if not text and column in TO_FILL:
            cell.fill = OPEN


def _height(quote: str) -> float:
    """Of a row whose sentence is shown whole; a Chinese sign is two wide."""
    return LINE * max(1, ceil(2.1 * len(quote) / COLUMNS["备注"]))


def _parts(proposal: Proposal) -> Breakdowns:
    pairs = (pair.partition(":") for pair in proposal.breakdown.split(";") if ":" in pair)
    return tuple(sorted((dimension, code) for dimension, _, code in pairs))


def _label(proposal: Proposal, vocabulary: Vocabulary) -> str:
    """Words that the loader reads as the indicator and its parts: 春节慰问信发放份数."""
    parts = dict(_parts(proposal))
    festival = parts.pop("festival", "")
    name = vocabulary.catalogue.indicators[proposal.indicator].name
    own = (proposal.indicator, tuple(sorted(parts.items())))
    pinned = next((word for word, meant in vocabulary.indicators.items() if meant == own), "")
    return festival + (pinned if parts and pinned else "".join(parts.values()) + name)


def _period(proposal: Proposal, vocabulary: Vocabulary) -> str:
    """The period as readers say it, 2023年上半年; 2020年以来 where the text tells no end."""
    start, end = proposal.period_start, proposal.period_end
    kind = vocabulary.catalogue.indicators[proposal.indicator].kind
    if start is None:
        return "目前" if kind == "stock" else ""  # of the day above, once a person has filled it in
    if end is None:
        return f"{start.year}年以来"
    as_of = "截至" if start == end and kind == "rate" else ""  # a share's day, and no flow's
    return as_of + spoken(start, end)[0]


def _figure(proposal: Proposal) -> str:
    """The figure as printed; a list of counties is their number."""
    if read_number(proposal.printed) is None:
        return f"{proposal.obs_value:g}{proposal.unit}"
    return proposal.printed


def _offer_ticks(sheet: Worksheet, rows: int) -> None:
    offer = DataValidation(type="list", formula1=f'"{TICKS}"', allow_blank=True)
    sheet.add_data_validation(offer)
    if rows:
        offer.add(f"A{HEAD + 1}:A{HEAD + rows}")
