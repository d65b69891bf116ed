"""Draws a form as a workbook that offices fill in, and that loads as it was typed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from etl.catalogue import Catalogue, Indicator
    from etl.template.form import Form

FIXED = ("序号", "指标名称", "计量单位")
WIDTHS = (6, 34, 10)
HEAD, FIRST = 3, 5  # rows of the header and of the first indicator
BEFORE = "上年同期"
PERCENT = "0.00%"
INEXACT = {"about": "约", "implied": "约", "nearly": "近", "at_least": "超", "over": "逾"}
VALUE_WIDTH = 10.5
A3, A4 = 8, 9  # paper, as Excel numbers it
UPRIGHT, ON_A4 = 7, 12  # columns
MARGINS = PageMargins(0.4, 0.4, 0.5, 0.8, header=0.3, footer=0.4)
THIN = Side(style="thin", color="FF7F7F7F")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
LABEL = PatternFill("solid", fgColor="FFF2F2F2")
CLOSED = PatternFill("lightUp", fgColor="FFA6A6A6")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
GREY = Font(name="宋体", size=11, color="FF8C8C8C", italic=True)
NOTE = (
    "注：1.数字填阿拉伯数字，计量单位见第三列，不要在数字后写单位。"
    "2.没有数时从下拉表选“{none}”，不要填 0；0 表示确实是零。"
    "3.有底纹的格不填，期末数只填它右边的一格。4.灰色斜体是去年同期数，供核对，不要改。"
    "5.变红的格子不是非负数，也不是下拉表里的标记，请改正。"
)
SIGNED = "单位负责人：　　　　　　审核人：　　　　　　制表人：　　　　　　联系电话："


def draw(form: Form, catalogue: Catalogue) -> bytes:
    """Return the form as an .xlsx."""
    book = Workbook()
    sheet = book.active
    sheet.title = form.span.title
    _head(sheet, form)
    for at, indicator in enumerate(form.indicators):
        _row(sheet, form, FIRST + at, indicator, catalogue)
    _validate(sheet, form)
    _foot(sheet, form)
    _lay_out(sheet, form)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def columns(form: Form) -> tuple[str, ...]:
    """The columns of each area: the period, the year to date, and a year before."""
    return tuple(filter(None, (form.span.own, form.span.to_date, BEFORE)))


def _first(form: Form, area: int) -> int:
    return len(FIXED) + 1 + area * len(columns(form))


def _width(form: Form) -> int:
    return _first(form, len(form.areas)) - 1


def _head(sheet: Worksheet, form: Form) -> None:
    sheet.merge_cells(None, 1, 1, 1, _width(form))
    title = sheet.cell(1, 1, form.title)
    title.font, title.alignment = Font(name="黑体", size=18, bold=True), CENTRE
    sheet.cell(2, 1, f"填报单位（盖章）：{form.reporter.name}")
    sheet.cell(2, _first(form, 0), "填报时间：")
    for column, text in enumerate(FIXED, start=1):
        sheet.merge_cells(None, HEAD, column, HEAD + 1, column)
        _label(sheet.cell(HEAD, column, text))
        _label(sheet.cell(HEAD + 1, column))
    for at, area in enumerate(form.areas):
        left = _first(form, at)
        sheet.merge_cells(None, HEAD, left, HEAD, left + len(columns(form)) - 1)
        for offset, text in enumerate(columns(form)):
            _label(sheet.cell(HEAD, left + offset))
            _label(sheet.cell(HEAD + 1, left + offset, text))
        sheet.cell(HEAD, left).value = area.name


def _label(cell: Cell) -> None:
    cell.font, cell.alignment = Font(name="宋体", size=11, bold=True), CENTRE
    cell.border, cell.fill = FRAME, LABEL


def _row(
    sheet: Worksheet, form: Form, row: int, indicator: Indicator, catalogue: Catalogue
) -> None:
    for column, text in enumerate((row - FIRST + 1, indicator.name, indicator.display_unit), 1):
        cell = sheet.cell(row, column, text)
        cell.font, cell.border = Font(name="宋体", size=11), FRAME
        cell.alignment = Alignment(
            horizontal="left" if column == 2 else "center", vertical="center", wrap_text=True
        )
    factor = catalogue.units[indicator.display_unit].factor
    for at, area in enumerate(form.areas):
        left = _first(form, at)
        for offset, name in enumerate(columns(form)):
            cell = sheet.cell(row, left + offset)
            cell.font, cell.border = Font(name="宋体", size=11), FRAME
            cell.alignment = Alignment(horizontal="right", vertical="center")
            cell.number_format = _format(indicator, name)
            if name == BEFORE:
                cell.font = GREY
                _show_earlier(cell, form, (indicator.indicator, area.ref_area), factor)
            elif is_closed(form, indicator, name):
                cell.fill = CLOSED


def is_closed(form: Form, indicator: Indicator, column: str) -> bool:
    """Whether a cell is not to be filled in: a stock has one figure, at the period's end."""
    return indicator.kind != "flow" and bool(form.span.to_date) and column == form.span.own


def _format(indicator: Indicator, column: str) -> str:
    """A percentage is typed as one: under % a bare 0.5 may be a half or half a per cent."""
    if indicator.unit_measure == "percent":
        return PERCENT
    if column != BEFORE or not indicator.decimals:
        return "General"  # whatever is typed is seen
    return f"0.{'0' * indicator.decimals}"


def _show_earlier(cell: Cell, form: Form, key: tuple[str, str], factor: float) -> None:
    if key not in form.earlier:
        return
    value, qualifier = form.earlier[key]
    per_cent = cell.number_format == PERCENT
    if word := INEXACT.get(qualifier):  # a bare number would come back as exact
        cell.value = f"{word}{round(value / factor, 6):.15g}{'%' if per_cent else ''}"
    else:
        cell.value = round(value / (100 if per_cent else factor), 6)


def _validate(sheet: Worksheet, form: Form) -> None:
    """Offer the marks by a list, and turn red what is neither one of them nor a number from 0 on.

    A list that refuses all else would refuse numbers too, and a cell can have only one validation.
    """
    marks = DataValidation(type="list", formula1=f'"{",".join(form.marks)}"', allow_blank=True)
    marks.showErrorMessage, marks.showInputMessage = False, True
    marks.promptTitle, marks.prompt = "填数", f"填不小于 0 的数；没有数时选 {'、'.join(form.marks)}"
    closed = DataValidation(type="custom", formula1="FALSE", allow_blank=True)
    closed.errorTitle, closed.error = "此格不填", "期末数只填右边的白格。"
    closed.showErrorMessage = True
    for at in range(len(form.areas)):
        for offset, name in enumerate(columns(form)[:-1]):
            letter = get_column_letter(_first(form, at) + offset)
            for row, indicator in enumerate(form.indicators, start=FIRST):
                (closed if is_closed(form, indicator, name) else marks).add(f"{letter}{row}")
    for validation in (marks, closed):
        if validation.sqref.ranges:
            sheet.add_data_validation(validation)
    _redden(sheet, form)


def _redden(sheet: Worksheet, form: Form) -> None:
    cell = f"{get_column_letter(_first(form, 0))}{FIRST}"
    listed = ",".join(f'{cell}="{mark}"' for mark in form.marks)
    wrong = f'AND({cell}<>"",NOT(OR(AND(ISNUMBER({cell}),{cell}>=0),{listed})))'
    last = FIRST + len(form.indicators) - 1
    lefts = [_first(form, at) for at in range(len(form.areas))]
    ends = [(left, left + len(columns(form)) - 2) for left in lefts]  # without 上年同期
    spans = ((get_column_letter(left), get_column_letter(right)) for left, right in ends)
    area = " ".join(f"{left}{FIRST}:{right}{last}" for left, right in spans)
    red = PatternFill("solid", bgColor="FFFFC7CE")
    sheet.conditional_formatting.add(area, FormulaRule(formula=[wrong], fill=red))


def _foot(sheet: Worksheet, form: Form) -> None:
    row = FIRST + len(form.indicators)
    sheet.merge_cells(None, row, 1, row, _width(form))
    sheet.cell(row, 1, SIGNED).font = Font(name="宋体", size=11)
    sheet.merge_cells(None, row + 1, 1, row + 1, _width(form))
    note = sheet.cell(row + 1, 1, NOTE.format(none="”“".join(form.marks)))
    note.font, note.alignment = (
        Font(name="宋体", size=10, color="FF595959"),
        Alignment(vertical="top", wrap_text=True),
    )
    letters = sum(WIDTHS) + VALUE_WIDTH * (_width(form) - len(FIXED))
    sheet.row_dimensions[row + 1].height = 15 * (1 + int(2.2 * len(NOTE) / letters))


def _lay_out(sheet: Worksheet, form: Form) -> None:
    for column in range(1, _width(form) + 1):
        width = WIDTHS[column - 1] if column <= len(FIXED) else VALUE_WIDTH
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, points in ((1, 34), (2, 22), (HEAD, 22), (HEAD + 1, 22)):
        sheet.row_dimensions[row].height = points
    for row in range(FIRST, FIRST + len(form.indicators) + 1):
        sheet.row_dimensions[row].height = 21
    sheet.freeze_panes = sheet.cell(FIRST, len(FIXED) + 1)
    setup = sheet.page_setup
    setup.orientation = "portrait" if _width(form) <= UPRIGHT else "landscape"
    setup.paperSize = A4 if _width(form) <= ON_A4 else A3
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{HEAD + 1}"
    sheet.page_margins = MARGINS
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
