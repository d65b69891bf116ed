"""Reads layouts/*.yml: what the words of a form cannot tell, pinned before it is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from etl.catalogue.files import Entry, yaml_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from etl.catalogue.model import Breakdown, Indicator

Breakdowns = tuple[tuple[str, str], ...]

# What a label, a row or a column may be pinned to do; the words in words.yml do the same.
ROLES = (
    *("total", "subtotal", "derived", "prior", "plan", "ignored"),  # not a fact of its own
    *("area", "indicator", "period", "breakdown", "unit", "status"),  # a column of such labels
    *("value", "note", "serial", "nothing"),  # nothing: the words add nothing to the figures
)
ROW_KINDS = ("title", "header", "data", "footer", "ignored")
MARKS = ("0", "O", "M", "_D")  # what a mark such as — may mean: nought, or a status without number


@dataclass(frozen=True, slots=True)
class Pin:
    """What a sheet, a label, a row or a column means; empty fields say nothing.

    ``period`` is in words (2024年二季度, 本年累计), read as if it stood there.
    """

    indicator: str = ""
    breakdowns: Breakdowns = ()
    area: str = ""
    period: str = ""
    unit: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Pins:
    """All that is pinned about the sheets of one form, or about one sheet."""

    sheet: Pin = Pin()
    approval: int | None = None  # 0 draft, 1 reported, 2 approved
    labels: Mapping[str, Pin] = field(default_factory=dict)  # words → what they mean
    words: Mapping[str, Pin] = field(default_factory=dict)  # answered: only what is unknown
    parts: Mapping[str, Breakdowns] = field(default_factory=dict)  # 'indicator|word' → which
    columns: Mapping[str, Pin] = field(default_factory=dict)  # 'C' or 'C:F' → …
    headers: Mapping[str, str] = field(default_factory=dict)  # 'C' → words that belong above it
    rows: Mapping[int, Pin] = field(default_factory=dict)  # as printed, from 1
    kinds: Mapping[int, str] = field(default_factory=dict)  # row → one of ROW_KINDS
    marks: Mapping[str, str] = field(default_factory=dict)  # — → one of MARKS
    periods: Mapping[str, str] = field(default_factory=dict)  # what is printed → what it means
    codes: Mapping[str, str] = field(default_factory=dict)  # 202402: month_or_quarter → which
    units: Mapping[str, str] = field(default_factory=dict)  # indicator → unit, where none is said
    areas: Mapping[str, str] = field(default_factory=dict)  # 'code;code' of one name → which it is
    shares: Mapping[str, str] = field(default_factory=dict)  # rate → percent or fraction
    cells: Mapping[str, str] = field(default_factory=dict)  # key given twice → the cell that holds
    figures: str = ""  # done or plan: what the figures under the title of a plan are

    def over(self, other: Pins) -> Pins:
        """These pins where they say something, else the other's."""
        names = [field.name for field in fields(self)]
        joined = {name: _joined(getattr(self, name), getattr(other, name)) for name in names}
        return Pins(**joined)


def _joined(mine: Any, theirs: Any) -> Any:  # noqa: ANN401 (a field of Pins)
    if isinstance(mine, dict):
        return {**theirs, **mine}
    if isinstance(mine, Pin):
        return replace(theirs, **{f.name: v for f in fields(mine) if (v := getattr(mine, f.name))})
    return theirs if mine in (None, "") else mine


NO_PINS = Pins()


@dataclass(frozen=True, slots=True)
class Layout:
    """Pins for the sheets of some forms, or for those that hold all of some words."""

    where: str
    forms: tuple[str, ...]
    words: tuple[str, ...]  # in the file's name, the sheet's name or the first rows
    pins: Pins


@dataclass(frozen=True, slots=True)
class Chosen:
    """The report that is in force for a key because a person said so."""

    dataset: str
    indicator: str
    ref_area: str
    breakdown: str
    period_start: str
    period_end: str
    source_id: str
    cell: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Known:
    """The parts of the catalogue that a pin may name."""

    indicators: dict[str, Indicator]
    areas: Mapping[str, object]
    breakdowns: dict[tuple[str, str], Breakdown]


FOR = ("forms", "words")
TOP = (
    "for",
    "sheet",
    "approval",
    "labels",
    "columns",
    "rows",
    "marks",
    "shares",
    "figures",
    "note",
)


def read_layouts(folders: Sequence[Path], known: Known) -> tuple[Layout, ...]:
    """The layouts of all folders, by file name; a later folder's file replaces an earlier one's."""
    files = {path.name: path for folder in folders for path in folder.glob("layouts/*.yml")}
    found: list[Layout] = []
    for _, path in sorted(files.items()):
        said = yaml_of(path) or []
        for number, said_of in enumerate(said if isinstance(said, list) else [said], start=1):
            found.append(_layout(Entry(f"{path} #{number}", said_of), known))
    return tuple(found)


def _layout(entry: Entry, known: Known) -> Layout:
    entry.check_fields(TOP)
    which = entry.inner("for")
    which.check_fields(FOR)
    forms, words = which.words("forms"), which.words("words")
    if not forms and not words:
        raise entry.error(
            "for：请写明表样，或表格、文件里的词",
            "for: name the forms, or words that the sheet or the file holds",
        )
    rows = {
        number: said
        for span, said in _mapping(entry, "rows").items()
        for number in _numbers(span, entry)
    }
    pins = Pins(
        sheet=_pin(entry.inner("sheet"), known, roles=()),
        approval=int(entry.number("approval")) if "approval" in entry.fields else None,
        labels=_pins(entry, "labels", known),
        columns=_spans(entry, _pins(entry, "columns", known)),
        rows={n: _row_pin(entry, said, known) for n, said in rows.items() if not _kind(said)},
        kinds={n: kind for n, said in rows.items() if (kind := _kind(said))},
        marks={
            mark: Entry(entry.where, {mark: said}).choice(mark, MARKS)
            for mark, said in _mapping(entry, "marks").items()
        },
        shares={
            code: Entry(entry.where, {code: said}).choice(code, ("percent", "fraction"))
            for code, said in _mapping(entry, "shares").items()
        },
        figures=entry.choice("figures", ("", "done", "plan"), ""),
    )
    entry.check_known(pins.shares, known.indicators)
    return Layout(entry.where, forms, words, pins)


def _mapping(entry: Entry, name: str) -> dict[str, Any]:
    value = entry.fields.get(name) or {}
    if not isinstance(value, dict):
        raise entry.error(f"{name}：请在它下面写 `名称: …`", f"{name}: write `what: …` below it")
    return {str(key): said for key, said in value.items()}


def _pins(entry: Entry, name: str, known: Known) -> dict[str, Pin]:
    return {
        key: _pin(Entry(f"{entry.where} {name} {key}", said), known)
        for key, said in _mapping(entry, name).items()
    }


def _row_pin(entry: Entry, said: dict[str, Any], known: Known) -> Pin:
    return _pin(Entry(f"{entry.where} rows", said), known)


def _kind(said: object) -> str:
    """The kind of a row where that is all that is pinned: ``41: footer``."""
    return said if isinstance(said, str) and said in ROW_KINDS else ""


def _pin(entry: Entry, known: Known, roles: tuple[str, ...] = ROLES) -> Pin:
    """One pin; all that it names must be in the catalogue."""
    names = ("indicator", "breakdown", "area", "period", "unit", *(("role",) if roles else ()))
    entry.check_fields(names)
    pin = Pin(
        indicator=entry.text("indicator", ""),
        breakdowns=breakdown_pairs(entry.text("breakdown", "")),
        area=entry.text("area", ""),
        period=entry.text("period", ""),
        unit=entry.text("unit", ""),
        role=entry.choice("role", ("", *roles), ""),
    )
    check_pin(pin, entry, known)
    return pin


def check_pin(pin: Pin, entry: Entry, known: Known) -> None:
    """Refuse codes that the catalogue does not have; units and periods are words, read later."""
    for code, kind in ((pin.indicator, known.indicators), (pin.area, known.areas)):
        entry.check_known([code] if code else [], kind)
    for pair in pin.breakdowns:
        if pair not in known.breakdowns:
            raise entry.error(
                f"breakdowns.csv 中没有 {':'.join(pair)}；请改正，或先加入",
                f"{':'.join(pair)} is not in breakdowns.csv; correct it or add it",
            )


def breakdown_pairs(text: str) -> Breakdowns:
    """Return the pairs of 'recipient:部队;festival:春节', sorted."""
    pairs = (part.partition(":") for part in text.split(";") if part)
    return tuple(sorted((dimension.strip(), code.strip()) for dimension, _, code in pairs))


def parse_pin(text: str) -> Pin:
    """Return the pin of an answer: 'indicator=condolence_fund&unit=万元', 'role=total'."""
    said: dict[str, Any] = dict(part.partition("=")[::2] for part in text.split("&"))
    said["breakdowns"] = breakdown_pairs(said.pop("breakdown", ""))
    return Pin(**said)


def _numbers(span: str, entry: Entry) -> range:
    """The rows of '12' or '12:15'."""
    first, _, last = span.partition(":")
    if not first.isdigit() or not (last or first).isdigit():
        raise entry.error(
            f"rows：“{span}”不是行号；请写 12 或 '12:15'",
            f"rows: {span!r} is no row; write 12 or '12:15'",
        )
    return range(int(first), int(last or first) + 1)


def _spans(entry: Entry, pins: dict[str, Pin]) -> dict[str, Pin]:
    """Pins of columns, by 'C' or 'C:F'."""
    for span in pins:
        if not re.fullmatch(r"[A-Z]{1,3}(?::[A-Z]{1,3})?", span):
            raise entry.error(
                f"columns：“{span}”不是列号；请写 C 或 'C:F'",
                f"columns: {span!r} is no column; write C or 'C:F'",
            )
    return pins
