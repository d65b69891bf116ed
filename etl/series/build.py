"""Builds the tables series, segment, plan, part and area_within from the table observation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from etl.series.issues import contradicting, negative, totals
from etl.series.loops import Contradiction, basis, contradictions
from etl.series.plan import MONTHS, Edge, Path as Way, Shape, qualifier, solve
from etl.series.topics import Batch, topics

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from etl.catalogue import Catalogue
    from etl.records import Issue

SQL = {path.stem: path.read_text("utf-8") for path in Path(__file__).parent.glob("sql/*.sql")}
KINDS = ("flow", "plan", "stock", "rate")
FREQUENCIES = ("A", "M", "Q", "S")  # in the order of the table series
SERIES_PER_BATCH = 1_000_000_000  # leaves room, so that a batch's numbers never reach the next


def build(con: DuckDBPyConnection, catalogue: Catalogue) -> list[Issue]:
    """Fills the series of a database that holds the tables of schema.sql and its observations.

    Returns what the arithmetic found wrong: contradicting reports, negative remainders, totals
    that differ from their parts.
    """
    return _Build(con, catalogue).run()


class _Build:
    """The working tables of one build, in the connection's temporary schema."""

    def __init__(self, con: DuckDBPyConnection, catalogue: Catalogue) -> None:
        self.con = con
        self.catalogue = catalogue
        self.shapes: dict[Shape, int] = {}
        self.plans = 0
        self.segments = 0
        self.issues: list[Issue] = []

    def run(self) -> list[Issue]:
        found = topics(self.con, self.catalogue)
        self.steps = found.steps
        for name in ("topic", "part_of", "ratio"):
            self._table(name, getattr(found, name))
        self._set("as_of", self._one("select max(reported_on) from observation"))
        self._areas()
        self._words()
        self._expectations()
        self.con.execute(SQL["working"])
        for batch in found.batches:
            self._batch(batch)
        self.con.execute(SQL["finish"])
        return self.issues

    def _batch(self, batch: Batch) -> None:
        self._set("batch", batch.number)
        self._set("first_series", batch.number * SERIES_PER_BATCH)
        self._set("segments", self.segments)
        self._set("first_indicator", min(indicator for _, indicator in batch.subjects))
        self._set("last_indicator", max(indicator for _, indicator in batch.subjects))
        for step in ("report", "key", "segment"):
            self.con.execute(SQL[step])
        self._solve()
        self._contradictions()
        self.con.execute(SQL["point"])
        self.issues += negative(self.con, self.catalogue)
        if batch.rates:
            self.con.execute(SQL["ratio"])
            self.con.execute(SQL["rated"])
        else:
            self._sum()
        self.con.execute(SQL["series"])
        self.segments = self._one("select coalesce(max(segment_id), 0) from segment_of")

    def _sum(self) -> None:
        """Own parts first, then areas from the bottom up."""
        for step in range(self.steps):
            self._set("step", step)
            self.con.execute(SQL["parts"])
        self.con.execute(SQL["levels"])
        for depth in range(self.depth, -1, -1):
            self._set("depth", depth)
            self.con.execute(SQL["level"])
        self.issues += totals(self.con, self.catalogue)
        self.con.execute(SQL["done"])

    # ── shapes ──────────────────────────────────────────────────────────────────────────────────

    def _solve(self) -> None:
        """Plans for the shapes that no earlier batch had."""
        rows = self.con.execute(
            "select distinct shape_key from segment_of anti join shape using (shape_key) order by 1"
        ).fetchall()
        new = [(_shape(key), key) for (key,) in rows]
        keys = [{"shape_id": self._shape_id(shape), "shape_key": key} for shape, key in new]
        self._append("shape", keys)
        self._plan([shape for shape, _ in new])
        loops = [
            {
                "shape_id": self.shapes[shape],
                "signs": _signs(loop, shape),
                "closing": loop[-1][0] + 1,
            }
            for shape, _ in new
            for loop in basis(shape)
        ]
        self._append("loop", loops)

    def _shape_id(self, shape: Shape) -> int:
        return self.shapes.setdefault(shape, len(self.shapes) + 1)

    def _plan(self, shapes: list[Shape]) -> None:
        rows = []
        for shape in shapes:
            for row in solve(shape):
                self.plans += 1
                used = [way for way in (row.value, row.ytd) if way and len(way.signs) == 1]
                doubtful = any(way.signs[0][0] in shape.suspects for way in used)
                rows.append(
                    {
                        "plan_id": self.plans,
                        "shape_id": self.shapes[shape],
                        "freq": FREQUENCIES.index(row.freq),
                        "start": row.start,
                        "months": MONTHS[row.freq],
                        **_columns("value", row.value, shape),
                        **_columns("ytd", row.ytd, shape),
                        "mark": 0 if row.mark is None else row.mark + 1,
                        "conflict": doubtful or row.reason == "conflict",
                        "kept": bool(row.value or row.ytd)
                        or row.mark is not None
                        or row.reason == "conflict",
                        "reason": _reason(row.reason, row.mark, shape),
                    }
                )
        self._append("solved", rows)

    def _contradictions(self) -> None:
        """Segments with a loop that does not close get the plan of their shape with suspects."""
        table = self.con.execute(SQL["screen"]).to_arrow_table()
        by_id = {number: shape for shape, number in self.shapes.items()}
        found: list[tuple[int, Contradiction]] = []
        variants: dict[Shape, list[int]] = defaultdict(list)
        for number in dict.fromkeys(table["shape_id"].to_pylist()):
            shape = by_id[number]
            rows = table.filter(pa.compute.equal(table["shape_id"], number))
            width = len(shape.edges)
            values = rows["vals"].combine_chunks().flatten().to_numpy().reshape(-1, width)
            halves = rows["halves"].combine_chunks().flatten().to_numpy().reshape(-1, width)
            segments = rows["segment_id"].to_pylist()
            for row, wrong in contradictions(shape, values, halves).items():
                found.append((segments[row], wrong))
                variants[shape._replace(suspects=wrong.suspects)].append(segments[row])
        self._plan(
            [shape for shape in variants if shape not in self.shapes and self._shape_id(shape)]
        )
        self.con.execute("delete from variant")
        self._append(
            "variant",
            [
                {"segment_id": segment, "shape_id": self.shapes[shape]}
                for shape, segments in variants.items()
                for segment in segments
            ],
        )
        self.issues += contradicting(self.con, found, self.catalogue)

    # ── what the catalogue knows ────────────────────────────────────────────────────────────────

    def _areas(self) -> None:
        """Areas that report or are expected to, and all above them, numbered in code order."""
        known = self.catalogue.areas
        seen = {
            row[0]
            for row in self.con.execute("select distinct ref_area from observation").fetchall()
        }
        seen |= {area for entry in self.catalogue.reporting for area in entry.areas}
        above = {code: _above(code, self.catalogue) for code in seen}
        codes = sorted(seen | {code for chain in above.values() for code in chain})
        number = {code: position for position, code in enumerate(codes)}
        chains = {code: _above(code, self.catalogue) for code in codes}
        self.depth = max((len(chain) for chain in chains.values()), default=0)
        self._table(
            "area",
            pa.table(
                {
                    "area": list(number.values()),
                    "ref_area": codes,
                    "parent": pa.array(
                        [number[chains[c][0]] if chains[c] else None for c in codes], pa.int64()
                    ),
                    "in_total": [c in known and known[c].in_total for c in codes],
                    "depth": [len(chains[c]) for c in codes],
                }
            ),
        )
        inside = [
            (code, ancestor, [code_above for code_above in chain[:place]])
            for code in codes
            for chain in [_counted(code, self.catalogue)]
            for place, ancestor in [(0, code), *((n + 1, a) for n, a in enumerate(chain))]
        ]
        parents = {
            chain[0] for chain in (_counted(code, self.catalogue) for code in codes) if chain
        }
        self._table(
            "inside",
            pa.table(
                {
                    "descendant": [number[row[0]] for row in inside],
                    "ancestor": [number[row[1]] for row in inside],
                }
            ),
        )
        rows = pa.table(
            {
                "ancestor": [row[1] for row in inside],
                "descendant": [row[0] for row in inside],
                "between": pa.array([row[2] for row in inside], pa.list_(pa.string())),
                "has_parts": [row[0] in parents for row in inside],
            }
        )
        self.con.execute("insert into area_within select * from rows order by all")

    def _words(self) -> None:
        """Frequencies, periods and qualifiers by the numbers that stand for them."""
        first, last = self.con.execute(
            "select year(min(period_start)), year(max(period_end)) from observation"
        ).fetchone() or (None, None)
        years = [entry.first.year for entry in self.catalogue.reporting]
        years += [entry.last.year for entry in self.catalogue.reporting if entry.last]
        years += [year for year in (first, last) if year]
        periods = [
            (FREQUENCIES.index(freq), year * 12 + start, *_period(freq, year, start))
            for year in range(min(years, default=0), max(years, default=-1) + 1)
            for freq, months in MONTHS.items()
            for start in range(0, 12, months)
        ]
        names = ("freq", "start", "time_period", "period_start", "period_end")
        self._table("period", _rows(names, periods))
        self._table(
            "frequency",
            _rows(
                ("freq", "name", "months"),
                [(number, freq, MONTHS[freq]) for number, freq in enumerate(FREQUENCIES)],
            ),
        )
        self._table(
            "qualifier",
            _rows(("flags", "qualifier"), [(flags, qualifier(flags)) for flags in range(32)]),
        )
        operands = [
            (rate.indicator, code, role)
            for rate in self.catalogue.indicators.values()
            for role, code in (("numerator", rate.numerator), ("denominator", rate.denominator))
            if code
        ]
        if operands:
            self.con.executemany("insert into main.operand values (?, ?, ?)", operands)

    def _expectations(self) -> None:
        """Reporting entries in months; without an end they hold to the last reported period."""
        entries = list(enumerate(self.catalogue.reporting))
        self._table(
            "reporting",
            _rows(
                ("entry", "dataset", "months", "due_days", "first", "last"),
                [
                    (
                        number,
                        e.dataset,
                        MONTHS[e.freq],
                        e.due_days,
                        _month(e.first),
                        _month(e.last) + 1 if e.last else None,
                    )
                    for number, e in entries
                ]
                or [(-1, "", 0, 0, 0, None)],
            ),
        )
        self._table(
            "reporting_area",
            _rows(
                ("entry", "ref_area"),
                [(number, area) for number, e in entries for area in e.areas] or [(-1, "")],
            ),
        )
        self._table(
            "reporting_indicator",
            _rows(
                ("entry", "indicator"),
                [(number, code) for number, e in entries for code in e.indicators] or [(-1, "")],
            ),
        )

    # ── tables ──────────────────────────────────────────────────────────────────────────────────

    def _table(self, name: str, rows: pa.Table) -> None:
        self.con.execute(f"create or replace temp table {name} as select * from rows")

    def _append(self, name: str, rows: list[dict[str, object]]) -> None:
        if rows:
            new = pa.Table.from_pylist(rows)
            self.con.execute(f"insert into {name} by name select * from new")

    def _set(self, name: str, value: object) -> None:
        self.con.execute(f"set variable {name} = $1", [value])

    def _one(self, sql: str) -> int:
        row = self.con.execute(sql).fetchone()
        return row[0] if row else 0


def _shape(key: list[int]) -> Shape:
    """A shape from its numbers: kind and frequency, then an edge each (segment.sql)."""
    head, *codes = key
    edges = tuple(Edge(code >> 23, code >> 7 & 0xFFFF, code & 127) for code in codes)
    return Shape(KINDS[head // 16], head % 16, edges)


def _signs(pairs: tuple[tuple[int, int], ...], shape: Shape) -> list[float]:
    signs = [0.0] * len(shape.edges)
    for position, sign in pairs:
        signs[position] = float(sign)
    return signs


def _columns(name: str, way: Way | None, shape: Shape) -> dict[str, object]:
    """A report alone is looked up by its position (from 1), a sum by its signs."""
    alone = way is not None and len(way.signs) == 1 and way.signs[0][1] == 1
    return {
        f"{name}_at": way.signs[0][0] + 1 if way and alone else 0,
        f"{name}_signs": _signs(way.signs, shape) if way and not alone else None,
        f"{name}_flags": way.flags if way else 0,
    }


def _reason(reason: str, mark: int | None, shape: Shape) -> str:
    if mark is not None and shape.edges[mark].flags > 64:
        return "non_numeric"
    return reason


def _above(code: str, catalogue: Catalogue) -> list[str]:
    """The areas above one, from its parent up."""
    chain: list[str] = []
    while (area := catalogue.areas.get(code)) and area.parent:
        code = area.parent
        chain.append(code)
    return chain


def _counted(code: str, catalogue: Catalogue) -> list[str]:
    """The areas above one whose totals include it."""
    chain: list[str] = []
    while (area := catalogue.areas.get(code)) and area.parent and area.in_total:
        code = area.parent
        chain.append(code)
    return chain


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _period(freq: str, year: int, start: int) -> tuple[str, dt.date, dt.date]:
    """A period's name in SDMX's words, its first and its last day."""
    months = MONTHS[freq]
    number = start // months + 1
    name = {"A": f"{year}", "S": f"{year}-S{number}", "Q": f"{year}-Q{number}"}
    end = dt.date(year + (start + months) // 12, (start + months) % 12 + 1, 1) - dt.timedelta(1)
    return name.get(freq, f"{year}-M{number:02}"), dt.date(year, start + 1, 1), end


def _rows(names: tuple[str, ...], rows: list[tuple[object, ...]]) -> pa.Table:
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
