"""A province of three cities, one of them with counties; six indicators; what they report."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from etl.catalogue import Area, Breakdown, Reporting, Unit, load_catalogue
from etl.records import OBSERVATION
from etl.series import build
from etl.tables import create, insert

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "data" / "catalogue"
CITIES = dict.fromkeys(("6201", "6206", "6207"), "62")
AREAS = {"62": None, **CITIES, **dict.fromkeys(("620702", "620721", "620722"), "6207")}
LEVELS = {2: "province", 4: "prefecture", 6: "county"}


def indicator(known, code, kind="flow", area_aggregation="sum", numerator=None, denominator=None):
    return replace(
        known, indicator=code, name=code, name_en=code, kind=kind, aliases=(),
        unit_measure="percent" if kind == "rate" else "person", display_unit="人",
        area_aggregation=area_aggregation, numerator=numerator, denominator=denominator,
    )  # fmt: skip


def area(code, parent):
    return Area(code, code, code, code, LEVELS[len(code)], parent, True, (), None, None)


def part(code, parent=None, exhaustive=True):
    return Breakdown("who", code, code, code, "who", "who", parent, exhaustive, (), ())


@pytest.fixture(scope="session")
def catalogue():
    known = load_catalogue([CATALOGUE])
    one = next(iter(known.indicators.values()))
    indicators = [
        indicator(one, "visits"),
        indicator(one, "cards", "stock"),
        indicator(one, "veterans", "stock"),
        indicator(one, "card_rate", "rate", "ratio", "cards", "veterans"),
        indicator(one, "awareness", "rate", "none"),
        indicator(one, "budget", "plan"),
    ]
    parts = [
        part("甲"),
        part("乙"),
        part("乙一", "乙"),
        part("乙二", "乙"),
        part("其他", None, False),
    ]
    return replace(
        known,
        indicators={row.indicator: row for row in indicators},
        areas={code: area(code, parent) for code, parent in AREAS.items()},
        breakdowns={(row.dimension, row.code): row for row in parts},
        units={"人": Unit("人", "persons", "person", 1.0, "count")},
        reporting=(),
        members={
            above: tuple(code for code, parent in AREAS.items() if parent == above)
            for above in AREAS
        },
    )


@pytest.fixture(scope="session")
def expecting(catalogue):
    """The same world, in which the three counties report visits each quarter of 2024."""

    def world(due_days=10, last=dt.date(2024, 12, 31)):
        counties = ("620702", "620721", "620722")
        entry = Reporting(
            "reported", counties, ("visits",), "Q", due_days, dt.date(2024, 1, 1), last
        )
        return replace(catalogue, reporting=(entry,))

    return world


def _words(reports):
    """The words of each column of some rows of observation, without their number."""
    columns = zip(*reports, strict=True) if reports else [()] * (len(OBSERVATION) + 2)
    names = (*OBSERVATION.names, "in_force", "reason")
    return dict(zip(names, columns, strict=True))


@pytest.fixture
def built(catalogue):
    """Build series from reports; the connection, with what was found wrong as ``issues``."""

    class Built:
        def __init__(self, reports, world=catalogue, threads=2, shuffle=0):
            self.con = duckdb.connect(config={"threads": threads})
            create(self.con, world, _words(reports))
            numbered = [(number, *row) for number, row in enumerate(reports, start=1)]
            if shuffle:
                random.Random(shuffle).shuffle(numbered)
            insert(self.con, "observation", numbered)
            self.issues = build(self.con, world)

        def rows(self, columns, where="true"):
            order = "dataset, indicator, ref_area, breakdown, period_start, period_end, freq"
            return self.con.execute(
                f"select {columns} from series where {where} order by {order}"
            ).fetchall()

        def value(
            self, period, column="obs_value", area="620702", indicator="visits", breakdown="_T"
        ):
            row = self.con.execute(
                f"""select {column} from series where time_period = ? and ref_area = ?
                    and indicator = ? and breakdown = ?""",
                [period, area, indicator, breakdown],
            ).fetchone()
            return row if row is None else row[0]

        def lineage(self, period, measure="value", **words):
            number = self.value(period, "series_id", **words)
            return self.con.execute(
                "select observation_id, role, sign from lineage where series_id = ? and measure = ?"
                " order by all",
                [number, measure],
            ).fetchall()

    return Built
