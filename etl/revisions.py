"""What changed between two vintages: figures added, removed, revised and flagged otherwise."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from etl.frozen import frozen_as
from etl.periods import spoken_code
from etl.vintages import DATABASE, MANIFEST, VintageError, current

if TYPE_CHECKING:
    from etl.catalogue import Catalogue
    from etl.catalogue.model import Area, Breakdown, Indicator, Status

SQL = Path(__file__).with_name("revisions.sql")
BRACKETS, LANGUAGES = {"zh": "（{}）", "en": " ({})"}, ("zh", "en")
WORKED_OUT = Path(__file__).with_name("revisions_worked_out.sql")
SIDES = (("old", "new"), ("new", "old"))
CHANGES = ("revised", "reflagged", "removed", "added")
WORDS = {
    "zh": {"revised": "改动", "reflagged": "标记变化", "removed": "撤下", "added": "新增",
           "derived": "推算", "summed": "汇总", "ratio": "按分子分母计算",
           "none": "两个版本的数没有差别", "more": "其余 {n} 条用 --json 查看"},
    "en": {"revised": "revised", "reflagged": "flagged otherwise", "removed": "removed",
           "added": "added", "derived": "derived", "summed": "summed",
           "ratio": "from its parts", "none": "the two vintages have the same figures",
           "more": "{n} more are shown by --json"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Revision:
    """One key whose report in force is another; of what is not there the fields are None.

    Where only one vintage has a report and the other worked the figure out (a quarter as the rest
    of a year, a city as its counties' sum), that is the other's value, and its ``method`` says how.
    """

    change: str  # one of CHANGES
    dataset: str
    indicator: str
    ref_area: str
    breakdown: str
    time_period: str
    old_value: float | None  # base unit
    old_status: str | None
    old_qualifier: str | None
    old_printed: str | None
    old_unit: str | None
    old_source_file: str | None
    old_sheet: str | None
    old_cell: str | None
    old_method: str | None  # derived, summed or ratio; None of a report
    new_value: float | None
    new_status: str | None
    new_qualifier: str | None
    new_printed: str | None
    new_unit: str | None
    new_source_file: str | None
    new_sheet: str | None
    new_cell: str | None
    new_method: str | None  # derived, summed or ratio; None of a report


@dataclass(frozen=True, slots=True)
class Revisions:
    """How many keys changed in which way, and the first of them."""

    counts: dict[str, int]
    shown: list[Revision]


def revisions(
    old: Path, new: Path, limit: int | None = None, dataset: str | None = None
) -> Revisions:
    """Compare two vintages' reports in force, key by key; gravest changes first.

    Keys are those that either reported: what follows from both (sums, quarters) follows. Of one
    ``dataset`` or of all.
    """
    with duckdb.connect() as con:
        for name, vintage in (("old", old), ("new", new)):
            path = str(vintage / DATABASE).replace("'", "''")
            con.execute(f"attach '{path}' as {name} (read_only)")
        con.execute(SQL.read_text("utf-8"))
        for side, other in SIDES:
            con.execute(WORKED_OUT.read_text("utf-8").format(side=side, other=other))
        if dataset:
            con.execute("delete from revision where dataset <> $1", [dataset])
        counts = dict(con.execute("select change, count(*) from revision group by all").fetchall())
        names = ", ".join(field.name for field in fields(Revision))
        rows = con.execute(
            f"select {names} from revision order by list_position($1, change), dataset,"
            " indicator, ref_area, breakdown, period_start, time_period limit $2",
            [list(CHANGES), limit if limit is not None else 2**62],
        ).fetchall()
    return Revisions(
        {change: counts.get(change, 0) for change in CHANGES}, [Revision(*row) for row in rows]
    )


def vintage_named(name: str, vintages: Path) -> Path:
    """The vintage of a name, the start of one, a meeting issue's number, or ``current``."""
    if issue := frozen_as(vintages, name):
        if not (issue / MANIFEST).is_file():
            raise VintageError(
                f"“{name}”的版本 {issue.name} 已不在。",
                f"{issue.name}, the vintage of “{name}”, is no longer there.",
            )
        return issue
    now = current(vintages)
    if name == "current" and now:
        return now
    found = [path for path in vintages.glob("*") if (path / MANIFEST).is_file()]
    named = [path for path in found if path.name.startswith(name)]
    if len(named) != 1:
        known = "、".join(sorted(path.name for path in named or found)) or "—"
        raise VintageError(
            f"“{name}”对应 {len(named)} 个版本；现有：{known}",
            f"{len(named)} vintages are called “{name}”; there are {known}",
        )
    return named[0]


def as_lines(found: Revisions, catalogue: Catalogue, language: str) -> list[str]:
    """Counts, then a line a change: where, from what to what, in which cell."""
    words = WORDS[language]
    if not any(found.counts.values()):
        return [words["none"]]
    lines = [f"{count:8,}  {words[change]}" for change, count in found.counts.items()]
    lines += ["", *(_line(one, catalogue, language) for one in found.shown)]
    left = sum(found.counts.values()) - len(found.shown)
    return [*lines, words["more"].format(n=left)] if left else lines


def _line(one: Revision, catalogue: Catalogue, language: str) -> str:
    """One change in words: 甘州区 慰问金发放额（春节） 2024年一季度：20万元 → 21万元（初步数）."""
    known = catalogue.areas.get(one.ref_area)
    area = _named(known, one.ref_area, language)
    if known and known.level == "local" and known.parent in catalogue.areas:
        area = f"{_named(catalogue.areas[known.parent], known.parent, language)} {area}"
    what = _named(catalogue.indicators.get(one.indicator), one.indicator, language)
    if one.breakdown != "_T":
        what += BRACKETS[language].format(_part(one.breakdown, catalogue, language))
    period = spoken_code(one.time_period)[LANGUAGES.index(language)]
    old = _worked_out(one.indicator, one.old_value, one.old_method, catalogue, language) or _said(
        one.old_printed, one.old_unit, one.old_status, catalogue, language
    )
    new = _worked_out(one.indicator, one.new_value, one.new_method, catalogue, language) or _said(
        one.new_printed, one.new_unit, one.new_status, catalogue, language
    )
    gone = one.new_source_file is None
    place = (
        (one.old_source_file, one.old_sheet, one.old_cell)
        if gone
        else (one.new_source_file, one.new_sheet, one.new_cell)
    )
    where = " › ".join(filter(None, place))
    return f"{WORDS[language][one.change]}  {area} {what} {period}：{old} → {new}  {where}"


def _named(entry: Area | Indicator | Breakdown | Status | None, code: str, language: str) -> str:
    """An entry's name in a language; its code where a later catalogue no longer has it."""
    if entry is None:
        return code
    return entry.name if language == "zh" else entry.name_en or entry.name


def _part(breakdown: str, catalogue: Catalogue, language: str) -> str:
    """The name of festival:春节;recipient:部队: 春节·部队."""
    pairs = [pair.partition(":") for pair in breakdown.split(";")]
    return "·".join(
        _named(catalogue.breakdowns.get((dimension, code)), code, language)
        for dimension, _, code in pairs
    )


def _said(
    printed: str | None, unit: str | None, status: str | None, catalogue: Catalogue, language: str
) -> str:
    """A report as it was printed; its status where that is not the normal one."""
    if printed is None:
        return "—"
    if status in (None, "A"):
        return f"{printed}{unit or ''}"
    named = next((s for s in catalogue.statuses if s.obs_status == status), None)
    return f"{printed}{unit or ''}" + BRACKETS[language].format(
        _named(named, status or "", language)
    )


def _worked_out(
    code: str, value: float | None, method: str | None, catalogue: Catalogue, language: str
) -> str:
    """A value that nobody reported, in the unit that it is shown in: 36.49万元（推算）."""
    indicator = catalogue.indicators.get(code)
    if value is None or method is None or indicator is None:
        return ""
    unit = catalogue.units[indicator.display_unit]
    number = f"{value / unit.factor:,.{indicator.decimals}f}{unit.unit}"
    return number + BRACKETS[language].format(WORDS[language][method])
