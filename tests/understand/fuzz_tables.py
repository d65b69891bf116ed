"""Draws a table from known facts: any of the three dimensions down, across or in the title."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING

from etl.read.address import address
from etl.records import Grid
from tests.understand import fuzz_words as words
from tests.understand.committed import vocabulary
from tests.understand.fuzz_figures import NO_FIGURE, Figures, Printed

if TYPE_CHECKING:
    import datetime as dt
    from random import Random

    from etl.records import Value
    from tests.understand.fuzz_words import Measure, Place, Span

DIMENSIONS = ("area", "indicator", "period")
STUBS = {
    "area": ["单位", "县区", "县（市、区）", "地区", "单 位", "填报单位", "区划名称"],
    "indicator": ["指标", "指标名称", "项目", "内容", "项 目"],
    "period": ["统计期", "时间", "报告期", "时期"],
    "unit": ["计量单位", "单位"],
}
TOPICS = ["双拥工作", "拥军优属工作", "拥军优抚工作", "双拥"]
ENDINGS = ["情况统计表", "统计表", "情况表", "情况", "汇总表"]

Fact = tuple[str, str, str, "dt.date", "dt.date", float | None, str]
Member = "Place | Measure | Span"


@dataclass
class Drawn:
    """A sheet, the fact of each of its cells, and those of a word that no catalogue has."""

    grid: Grid
    facts: dict[str, Fact]
    layout: str
    foreign: set[str] = field(default_factory=set)  # the cells that such a word labels


@dataclass
class Plan:
    """What stands where: each dimension's members, and the way down, across or above."""

    rnd: Random
    office: str
    members: dict[str, list[Place] | list[Measure] | list[Span]]
    where: dict[str, str]  # dimension → down, across, above
    order: dict[str, list[str]]  # down, across → dimensions, outermost first
    unit_at: str  # header, column, line, cell
    base: Span | None = None  # the title's period above 本季 | 本年累计
    year: int = 2024
    foreign: list[Place | Measure | Span] = field(default_factory=list)


def draw(rnd: Random, *, foreign: bool = False, share: float = 0) -> Drawn:
    """Draw one sheet; with ``foreign``, one of its words is in no catalogue.

    Else each word of its axes is such a one with a probability of ``share``.
    """
    plan = _plan(rnd)
    axes = [d for d in DIMENSIONS if plan.where[d] != "above"]
    if foreign:
        dimension = rnd.choice(axes)
        _spoil(plan, dimension, rnd.randrange(len(plan.members[dimension])))
    for dimension in axes if share else ():
        for at in range(len(plan.members[dimension])):
            if rnd.random() < share:
                _spoil(plan, dimension, at)
    return _Page(plan).drawn()


def _plan(rnd: Random) -> Plan:
    where = _places(rnd)
    order = {side: [d for d in DIMENSIONS if where[d] == side] for side in ("down", "across")}
    for side in order.values():
        rnd.shuffle(side)
    year = rnd.randint(2012, 2024)
    base, spans = _spans(rnd, where, year)
    kinds = _kinds(spans)
    single = where["indicator"] == "above"
    measures = words.measures(rnd, kinds, 1 if single else 5)
    while (single and len(measures[0].word) < 3) or not words.in_season(measures, spans):
        measures = words.measures(rnd, kinds, 1 if single else 5)  # 新兵 may be of another word
    office = rnd.choice(list(words.offices()))
    places = words.places(rnd, office, 6)
    if where["area"] == "above":
        places = places[:1]
    unit_at = _unit_at(rnd, where, measures)
    members: dict[str, list[Place] | list[Measure] | list[Span]] = {
        "area": places, "indicator": measures, "period": spans,
    }  # fmt: skip
    return Plan(rnd, office, members, where, order, unit_at, base, year)


def _places(rnd: Random) -> dict[str, str]:
    """Down, across or above for each dimension; something stands down, at most two across."""
    ways = [
        way
        for way in product(("down", "across", "above"), repeat=3)
        if "down" in way and way.count("across") < 3 and way.count("above") < 3
    ]
    return dict(zip(DIMENSIONS, rnd.choice(ways), strict=True))


def _spans(rnd: Random, where: dict[str, str], year: int) -> tuple[Span | None, list[Span]]:
    if where["period"] == "above":
        return None, [words.title_span(rnd, year)]
    if where["period"] == "across" and rnd.random() < 0.3:
        return words.relative_spans(rnd, year)
    return None, words.axis_spans(rnd, year, with_year=rnd.random() < 0.5, most=4)


def _kinds(spans: list[Span]) -> list[str]:
    """Kinds of indicators whose values of these periods are different ones."""
    kinds = ["flow", "flow", "rate"]
    if len({(s.year, s.last) for s in spans}) == len(spans):
        kinds.append("stock")
    if len({s.year for s in spans}) == len(spans):
        kinds.append("plan")
    return kinds


def _unit_at(rnd: Random, where: dict[str, str], measures: list[Measure]) -> str:
    ways = ["header", "header", "cell", "line"]
    if where["indicator"] == "down":
        ways += ["column", "column"]
    if any(m.unit.startswith("万") and m.dimension == "count" for m in measures):
        ways.remove("line")  # 单位：万人、人 would not tell
    return rnd.choice(ways)


def _spoil(plan: Plan, dimension: str, at: int) -> None:
    """Put one word on an axis that the catalogue does not have; titles say much else anyway."""
    rnd = plan.rnd
    members = plan.members[dimension]
    if dimension == "indicator" and rnd.random() < 0.3:
        members[at] = replace(members[at], unit=rnd.choice(words.FOREIGN_UNITS))
    else:
        foreign = {
            "area": words.FOREIGN_AREAS,
            "indicator": words.FOREIGN_INDICATORS,
            "period": words.FOREIGN_PERIODS,
        }
        members[at] = replace(members[at], word=rnd.choice(foreign[dimension]))
    plan.foreign.append(members[at])


class _Page:
    """Writes a plan into cells, from the title to the footer."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.rnd = plan, plan.rnd
        self.cells: dict[tuple[int, int], Value] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.percent: set[tuple[int, int]] = set()
        self.facts: dict[tuple[int, int], Fact] = {}
        self.foreign: set[str] = set()
        self.file, self.sheet = self.rnd.choice(["表.xlsx", "Book1.xlsx"]), "Sheet1"
        self.figures = Figures(self.rnd, plan.unit_at)
        self.top = self.rnd.choice([0, 0, 0, 1, 2])
        self.left = self.rnd.choice([0, 0, 0, 1])

    def drawn(self) -> Drawn:
        """The sheet, once everything stands on it."""
        rnd, plan = self.rnd, self.plan
        serial = rnd.random() < 0.25
        self.stubs = [*plan.order["down"]]
        if plan.unit_at == "column":
            self.stubs.insert(rnd.randint(0, len(self.stubs)), "unit")
            if self.stubs.index("unit") < self.stubs.index("indicator"):
                self.stubs.remove("unit")
                self.stubs.append("unit")
        if serial:
            self.stubs.insert(0, "serial")
        across = [list(combination) for combination in self._combinations("across")] or [[]]
        down = self._combinations("down")
        self.first = self.left + len(self.stubs)
        self.width = len(self.stubs) + len(across)
        remark = rnd.random() < 0.2
        row = self._titles(self.top)
        depth = max(len(plan.order["across"]), 1)
        self.lost = rnd.random() < 0.25 and not (
            len(plan.order["across"]) > 1 and self._members(plan.order["across"][0]) < 2
        )
        self._header(row, depth, across)
        if remark:
            self._put(row, self.left + self.width, "备注")
            self._merge(row, self.left + self.width, row + depth - 1, self.left + self.width)
        row += depth
        if rnd.random() < 0.2:
            row = self._frame(row)
        row = self._body(row, down, across)
        self._footer(row)
        if self.lost:
            self.merges = []
        return Drawn(self._grid(), self._named(), self._layout(), self.foreign)

    def _members(self, dimension: str) -> int:
        return len(self.plan.members[dimension])

    def _combinations(self, side: str) -> list[tuple[Place | Measure | Span, ...]]:
        order = self.plan.order[side]
        return list(product(*(self.plan.members[d] for d in order))) if order else []

    # -- above the table ----------------------------------------------------------------------

    def _titles(self, row: int) -> int:
        rnd, plan = self.rnd, self.plan
        if rnd.random() < 0.15:
            self._put(row, self.left, rnd.choice(["附件1", "附件2："]))
            row += 1
        self._put(row, self.left, self._title())
        if rnd.random() < 0.7 and self.width > 1:
            self._merge(row, self.left, row, self.left + self.width - 1)
        row += 1
        if plan.unit_at == "line" and self._units():
            at = self.left + rnd.choice([0, max(self.width - 1, 0)])
            self._put(row, at, f"{rnd.choice(['单位：', '计量单位：'])}{self._units()}")
            row += 1
        elif rnd.random() < 0.1:
            row += 1
        return row

    def _title(self) -> str:
        plan, rnd = self.plan, self.rnd
        parent = vocabulary().catalogue.areas[plan.office].name
        area = plan.members["area"][0].word if plan.where["area"] == "above" else ""
        if area:
            area = vocabulary().catalogue.areas[plan.members["area"][0].ref_area].name
        said = parent + area
        if plan.where["period"] == "above":
            said += plan.members["period"][0].word
        elif plan.base:
            said += str(plan.base.word)
        elif not any(str(span.word)[:4].isdigit() for span in plan.members["period"]):
            said += f"{plan.year}年"
        if plan.where["indicator"] != "above":
            return said + rnd.choice(TOPICS) + rnd.choice(ENDINGS)
        measure = plan.members["indicator"][0]
        said += measure.word + rnd.choice(["", "", "情况统计表", "统计表"])
        if plan.unit_at == "header":
            said += f"（{rnd.choice(['', '单位：'])}{measure.unit}）"
        return said

    def _units(self) -> str:
        return "、".join(dict.fromkeys(m.unit for m in self.plan.members["indicator"]))

    # -- header and stubs ---------------------------------------------------------------------

    def _header(self, row: int, depth: int, across: list[list[Place | Measure | Span]]) -> None:
        last = row + depth - 1
        for i, stub in enumerate(self.stubs):
            word = "序号" if stub == "serial" else self.rnd.choice(STUBS[stub])
            if stub == "area" and "unit" in self.stubs and "单" in str(word):
                word = "县区"  # 单位 heads one of them
            self._put(row, self.left + i, word)
            self._merge(row, self.left + i, last, self.left + i)
        order = self.plan.order["across"]
        if not order:
            self._put(row, self.first, self.rnd.choice(["数值", "数量", "数据"]))
        for level, dimension in enumerate(order):
            before: object = None
            start = self.first
            for i, path in enumerate(across):
                if path[: level + 1] != before:
                    self._merge(row + level, start, row + level, self.first + i - 1)
                    self._put(row + level, self.first + i, self._word(dimension, path[level]))
                    before, start = path[: level + 1], self.first + i
            self._merge(row + level, start, row + level, self.first + len(across) - 1)

    def _word(self, dimension: str, member: Place | Measure | Span) -> Value:
        if dimension == "indicator" and self.plan.unit_at == "header":
            brackets = self.figures.brackets
            return f"{member.word}{brackets[0]}{member.unit}{brackets[1]}"
        return member.word

    def _frame(self, row: int) -> int:
        """甲 乙 丙 1 2 3, as a form numbers its columns."""
        for i in range(self.width):
            stub = i < len(self.stubs)
            self._put(
                row, self.left + i, "甲乙丙丁戊"[i] if stub else float(i - len(self.stubs) + 1)
            )
        return row + 1

    # -- body ---------------------------------------------------------------------------------

    def _body(
        self,
        row: int,
        down: list[tuple[Place | Measure | Span, ...]],
        across: list[list[Place | Measure | Span]],
    ) -> int:
        order = self.plan.order
        start, printed = row, {}
        if len(order["down"]) > 1 and self.rnd.random() < 0.3:
            self.rnd.shuffle(down)  # a long table, in no order: every row names all
            nested = False
        else:
            outer = self._members(order["down"][0]) if order["down"] else 0
            nested = len(order["down"]) > 1 and outer > 1 and self.rnd.random() < 0.6
        for i, path in enumerate(down):
            named = dict(zip(order["down"], path, strict=True))
            for at, stub in enumerate(self.stubs):
                self._stub(row, self.left + at, stub, named, i)
            for at, above in enumerate(across):
                every = {**named, **dict(zip(order["across"], above, strict=True))}
                printed[row, at] = self._cell(row, self.first + at, every)
            row += 1
        if nested:
            self._nest(start, row, order["down"][0])
        return self._total(row, down, across, printed)

    def _stub(self, row: int, column: int, stub: str, named: dict[str, object], i: int) -> None:
        if stub == "serial":
            self._put(row, column, float(i + 1))
        elif stub == "unit":
            self._put(row, column, named["indicator"].unit)
        else:
            self._put(row, column, self._word(stub, named[stub]))

    def _nest(self, start: int, end: int, dimension: str) -> None:
        """The outer stub is written once for its rows, merged or, where merges are lost, above."""
        column = self.left + self.stubs.index(dimension)
        first = start
        for row in range(start + 1, end + 1):
            if row < end and self.cells.get((row, column)) == self.cells[first, column]:
                del self.cells[row, column]
                continue
            self._merge(first, column, row - 1, column)
            first = row

    def _cell(self, row: int, column: int, named: dict[str, object]) -> Printed:
        every = {d: named.get(d) or self.plan.members[d][0] for d in DIMENSIONS}
        measure, area, span = every["indicator"], every["area"], every["period"]
        printed = self.figures.draw(measure)
        self._put(row, column, printed.shown)
        if printed.percent:
            self.percent.add((row, column))
        if printed.shown is not None:
            self.facts[row, column] = (
                measure.indicator.indicator, area.ref_area, measure.breakdown,
                *span.days(measure.indicator.kind), printed.value, printed.status,
            )  # fmt: skip
            if any(member in self.plan.foreign for member in every.values()):
                self.foreign.add(address(row, column))
        return printed

    def _total(
        self,
        row: int,
        down: list[tuple[Place | Measure | Span, ...]],
        across: list[list[Place | Measure | Span]],
        printed: dict[tuple[int, int], Printed],
    ) -> int:
        """合计 below areas, with their true sums where there are such."""
        order = self.plan.order
        if order["down"] != ["area"] or self.rnd.random() < 0.6:
            return row
        first = row - len(down)
        at = self.stubs.index("area")
        self._put(row, self.left + at, self.rnd.choice(["合计", "合 计", "总计"]))
        for i, path in enumerate(across):
            named = dict(zip(order["across"], path, strict=True))
            measure = named.get("indicator") or self.plan.members["indicator"][0]
            column = [printed[r, i] for r in range(first, row)]
            if measure.indicator.area_aggregation == "sum" and all(p.plain for p in column):
                self._put(row, self.first + i, round(sum(p.plain or 0 for p in column), 4))
        return row + 1

    def _footer(self, row: int) -> None:
        rnd = self.rnd
        if rnd.random() < 0.3:
            self._put(row, self.left, rnd.choice(["制表人：", "填表人：××", "审核人："]))
            if rnd.random() < 0.5:
                self._put(row, self.left + self.width - 1, "联系电话：")
            row += 1
        if rnd.random() < 0.2:
            self._put(row, self.left, "注：本表按季报送，于季后5日内报出。")

    # -- the sheet ----------------------------------------------------------------------------

    def _put(self, row: int, column: int, value: Value) -> None:
        if value is not NO_FIGURE:
            self.cells[row, column] = value

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (bottom, right) != (top, left) and bottom >= top and right >= left:
            self.merges.append((top, left, bottom, right))

    def _grid(self) -> Grid:
        height = max(row for row, _ in self.cells) + 1 + self.rnd.choice([0, 0, 2])
        width = max([c for _, c in self.cells] + [right for *_, right in self.merges]) + 1
        width += self.rnd.choice([0, 0, 1])
        rows = [[self.cells.get((r, c)) for c in range(width)] for r in range(height)]
        return Grid(self.file, self.sheet, rows, self.merges, percent=frozenset(self.percent))

    def _named(self) -> dict[str, Fact]:
        return {address(*cell): fact for cell, fact in self.facts.items()}

    def _layout(self) -> str:
        sides = [f"{d} {self.plan.where[d]}" for d in DIMENSIONS]
        return ", ".join([*sides, f"unit in {self.plan.unit_at}"])
