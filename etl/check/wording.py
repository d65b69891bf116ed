"""Words a finding: where it stands, what the two sides are, and in which amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.asked import report_key, sheet_key
from etl.check.findings import OFTEN
from etl.check.reports import TOTAL
from etl.periods import spoken
from etl.read.address import parse, ranges
from etl.records import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.catalogue import Catalogue, Relation, Term, Unit
    from etl.check.findings import Finding
    from etl.check.reports import Reports

    Row = dict[str, Any]

COLUMNS = (
    *("source_id", "source_file", "sheet", "cell", "printed", "dataset", "indicator", "ref_area"),
    *("breakdown", "period_start", "period_end"),
)


class Wording:
    """Makes issues of findings, by the words of their reports and of the catalogue."""

    def __init__(self, reports: Reports, findings: Iterable[Finding], catalogue: Catalogue) -> None:
        numbers = sorted({n for one in findings for n in (*one.left, *one.right)})
        rows = reports.told(numbers, COLUMNS).to_pylist()
        self.rows: dict[int, Row] = dict(zip(numbers, rows, strict=True))
        self.reports, self.catalogue = reports, catalogue

    def issue(self, relation: Relation, finding: Finding) -> Issue:
        """The issue stands at the first report of the left, and names the others."""
        mine, *others = (self.rows[number] for number in (*finding.left, *finding.right))
        cells = [row["cell"] for row in (mine, *others) if _place(row)[:2] == _place(mine)[:2]]
        also = self.reports.told(finding.also, ["cell"])["cell"].to_pylist()
        return Issue(
            rule=finding.rule,
            sheet=mine["sheet"],
            cell=_cells([*cells, *also]),
            printed=mine["printed"],
            words=self._words(relation, finding, [mine, *others]),
            source_file=mine["source_file"],
            source_id=mine["source_id"],
            dataset=mine["dataset"],
            indicator=mine["indicator"],
            ref_area=mine["ref_area"],
            period_start=mine["period_start"],
            period_end=mine["period_end"],
            form=sheet_key(mine["source_id"], mine["sheet"]),
        )

    def _words(self, relation: Relation, finding: Finding, rows: list[Row]) -> dict[str, Any]:
        """What fills the blanks of the rule's sentences; a word in English ends in ``_en``."""
        mine, *others = rows
        n_left = len(finding.left)
        area, area_en = _area(mine["ref_area"], self.catalogue)
        left, left_en = self._side(relation, relation.left, rows[:n_left])
        right, right_en = self._side(relation, relation.right, rows[n_left:])
        unit = self.catalogue.units[self.catalogue.indicators[mine["indicator"]].display_unit]
        amounts = {
            "left_value": finding.value,
            "right_value": finding.other_value,
            "gap": finding.gap,
            "tolerance": finding.tolerance,
        }
        return {
            "area": area,
            "area_en": area_en,
            "left": left,
            "left_en": left_en,
            "right": right,
            "right_en": right_en,
            **_periods("period", mine),
            **_periods("part_period", rows[-1]),
            "other": "; ".join(" › ".join(filter(None, _place(other))) for other in others),
            "hint": relation.hint,
            "hint_en": relation.hint_en,
            **{word: _amount(value, unit) for word, value in amounts.items()},
            **{f"{word}_en": _amount_en(value, unit) for word, value in amounts.items()},
            "among": () if finding.also else tuple(map(report_key, rows)),
            **finding.words,
        }

    def _side(self, relation: Relation, terms: Sequence[Term], rows: list[Row]) -> tuple[str, str]:
        """One side as a sum or a quotient; parts of one indicator are named in its brackets."""
        if not rows:
            return "", ""
        if len({row["indicator"] for row in rows}) == 1 and len(terms) <= 1:
            return self._name(rows if relation.kind in ("parts", "contains") else rows[:1])
        names = [self._name([row]) for row in rows]
        if relation.kind == "rates":
            return " ÷ ".join(zh for zh, _ in names), " ÷ ".join(f"“{en}”" for _, en in names)
        signed = [(_factor(term.factor), *name) for term, name in zip(terms, names, strict=True)]
        zh = " ".join(sign + name for sign, name, _ in signed)
        en = " ".join(sign + name for sign, _, name in signed)
        return zh.removeprefix("+ "), en.removeprefix("+ ")

    def _name(self, rows: list[Row]) -> tuple[str, str]:
        """The indicator with its parts: 接收退役军人数（政府安排工作 + 自主就业）."""
        indicator = self.catalogue.indicators[rows[0]["indicator"]]
        parts = [row["breakdown"].split(";") for row in rows if row["breakdown"] != TOTAL]
        if not parts:
            return indicator.name, indicator.name_en
        known = self.catalogue.breakdowns
        named = [[known[_key(pair)] for pair in pairs] for pairs in parts]
        zh = " + ".join("、".join(part.name for part in each) for each in named)
        en = " + ".join(", ".join(part.name_en for part in each) for each in named)
        return f"{indicator.name}（{zh}）", f"{indicator.name_en} ({en})"


def _cells(cells: Sequence[str]) -> str:
    """The cells as they come; many of a column as ranges."""
    distinct = list(dict.fromkeys(cells))
    return ",".join(distinct) if len(distinct) <= OFTEN else ranges(sorted(map(parse, distinct)))


def _key(pair: str) -> tuple[str, str]:
    dimension, _, code = pair.partition(":")
    return dimension, code


def _factor(factor: float) -> str:
    """The sign of a term and what it is multiplied by, where that is not one."""
    sign = "− " if factor < 0 else "+ "
    return sign if abs(factor) == 1 else f"{sign}{_digits(abs(factor))} × "


def _place(row: Row) -> tuple[str, str, str]:
    return row["source_file"], row["sheet"], row["cell"]


def _area(ref_area: str, catalogue: Catalogue) -> tuple[str, str]:
    """张掖市市本级 for a local area, whose own name says little."""
    area = catalogue.areas[ref_area]
    if area.level != "local" or area.parent is None:
        return area.name, area.name_en
    above = catalogue.areas[area.parent]
    return above.name + area.name, f"{above.name_en}, {area.name_en}"


def _periods(word: str, row: Row) -> dict[str, str]:
    """The period of a report in both languages: 2024年1—7月, Jan–Jul 2024."""
    zh, en = spoken(row["period_start"], row["period_end"])
    return {word: zh, f"{word}_en": en}


def _amount(value: float | None, unit: Unit) -> str:
    """A value in its display unit, without digits that nobody printed: 206.66 万元."""
    return "" if value is None else f"{_digits(value / unit.factor)} {unit.unit}"


def _amount_en(value: float | None, unit: Unit) -> str:
    """A value as English counts, which has no 万: 2,066,600 yuan."""
    if value is None:
        return ""
    digits = _digits(value)
    return unit.counted_en(digits) if unit.factor == 1 else f"{digits} {unit.unit_measure}"


def _digits(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")
