"""Figures where no table takes them: in a stub, in a header without a body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.understand.axes import STUBS, written
from etl.understand.lines import counts_something
from etl.understand.moments import is_run, moments, yearlike
from etl.understand.period import ambiguous_code
from etl.understand.sheet import is_number
from etl.understand.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.records import Value
    from etl.understand.axes import Column
    from etl.understand.blocks import Block
    from etl.understand.sheet import Sheet
    from etl.understand.table import Table
    from etl.understand.vocabulary import Label

Address = tuple[int, int]
NAMING = (*STUBS, "unit", "status")


SEVERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?(?: ?[/+] ?[0-9]+(?:\.[0-9]+)?)+")  # 12/300, 3+2
OPENING = re.compile(r"[0-9][0-9,.]*余?([^0-9\s]{1,3})")  # 5支/3万元, 5户12人


def in_headers(sheet: Sheet, block: Block) -> Iterator[Address]:
    """What may be figures in rows of words without a body: 某某 | 1985, 部队 | 5支/3万元."""
    for row in () if block.body else block.header:
        labels = {column: sheet.label(row, column) for column in sheet.filled(row)}
        behind = [*labels.items()][1:]
        yield from ((row, c) for c, label in behind if label and _opens_with_amount(label, sheet))
        years = {column: label for column, label in labels.items() if label and yearlike(label)}
        if not is_run([*years.values()]) and not any(a and a.role for a in labels.values()):
            yield from ((row, column) for column in years)


def _opens_with_amount(label: Label, sheet: Sheet) -> bool:
    """Whether words that name nothing begin with a number of something."""
    if SEVERAL.fullmatch(label.text) and not label.periods:
        return True
    match = None if label.periods or label.areas or label.indicators else OPENING.match(label.text)
    sizes = range(1, len(match[1]) + 1) if match else ()
    return any(match and sheet.vocabulary.units.of(match[1][:size]) for size in sizes)


def in_stubs(table: Table) -> Iterator[Address]:
    """Numbers in columns of labels that name nothing there, and years behind all figures."""
    if not table.values:
        yield from _told_in_words(table)
    last = max((column.index for column in table.values), default=-1)
    for column in table.columns:
        if column.role in NAMING:
            lost = _lost(table, column, behind=column.index > last)
            for row in table.block.body if lost else ():
                if table.sheet.value(row, column.index) in lost:
                    yield row, column.index


def _told_in_words(table: Table) -> Iterator[Address]:
    """What sentences say in a table without figures: 招聘会 | 举办3场，提供岗位500个."""
    naming = {column.index for column in table.columns if column.role in NAMING}
    for row in table.block.body:
        for column in table.sheet.filled(row)[1:]:
            value = table.sheet.value(row, column)
            if (
                column in naming
                and isinstance(value, str)
                and counts_something(normalise(value), table.vocabulary)
            ):
                yield row, column


def _lost(table: Table, column: Column, *, behind: bool) -> set[Value]:
    """What a column of labels holds that is a figure and no label."""
    sheet, at, body = table.sheet, column.index, table.block.body
    figures = {value for value in sheet.held(at, body) if _is_figure(value, sheet, behind=behind)}
    if figures and column.role == "period":
        cells = ((row, at) for row in body)
        figures -= moments(sheet, cells, table.stubs.heads[at]).keys()
    return figures


def _is_figure(value: Value, sheet: Sheet, *, behind: bool) -> bool:
    label = written(value, sheet.vocabulary, {})
    if behind and yearlike(label):
        return True
    if label.number is None and not is_number(value) and not SEVERAL.fullmatch(label.text):
        return False
    named = label.areas or label.periods or sheet.vocabulary.units.of(label.text)  # 十万元
    return not (named or ambiguous_code(label.text))
