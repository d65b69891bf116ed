"""A small vintage: Zhangye, its seven parts, ten indicators, the quarters of 2023 and 2024."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import duckdb

from dashboard import store
from etl.catalogue import load_catalogue
from etl.periods import FREQUENCIES
from etl.tables import create

ROOT = Path(__file__).parents[2]
NAME = "2024-10-15-0123456789ab"

AREAS = """
620000    甘肃省           甘肃    Gansu               province    -       true
620700    张掖市           张掖    Zhangye             prefecture  620000  true
620700-00 市本级           市本级  Zhangye_city_level  local       620700  true
620702    甘州区           甘州    Ganzhou             county      620700  true
620721    肃南裕固族自治县 肃南    Sunan               county      620700  true
620722    民乐县           民乐    Minle               county      620700  true
620723    临泽县           临泽    Linze               county      620700  true
620724    高台县           高台    Gaotai              county      620700  true
620725    山丹县           山丹    Shandan             county      620700  true
150300    乌海市           乌海    Wuhai               prefecture  -       true
"""

# code, name, name_en, base unit, shown, decimals, kind, sum, direction, aspect, access
INDICATORS = """
publicity_events 双拥宣传活动场次 publicity_events event 场 0 flow sum up B open
condolence_fund 慰问金发放额 condolence_money yuan 万元 2 flow sum up C open
condolence_letters 慰问信发放份数 condolence_letters copy 份 0 flow sum none C open
mission_incidents 保障部队任务事故数 mission_incidents case 起 0 flow sum down C restricted
recruits_sent 输送新兵人数 recruits_sent person 人 0 flow sum up D open
pension_paid 抚恤补助发放额 pensions_paid yuan 万元 2 flow sum none E open
veterans_registered 在册退役军人数 registered_veterans person 人 0 stock sum none E open
veteran_card_rate 优待证申领率 card_take-up_rate percent % 2 rate ratio up E open
job_fairs 退役军人招聘会场次 job_fairs event 场 0 flow sum up F open
issues_overdue 超期未整改问题数 overdue_issues piece 个 0 stock sum down J open
"""

# role: indicators, as topics.yml has them; nobody reports pensions, nor a budget.
TOPICS = {
    "funds_spent": ("condolence_fund", "pension_paid"),
    "funds_budget": ("pension_paid",),
    "funds_in_budget": ("condolence_fund",),
    "funds_allocated": ("pension_paid",),
    "funds_paid": ("condolence_fund",),
    "festival_visits": ("condolence_fund", "condolence_letters"),
    "jobs_steps": ("job_fairs", "publicity_events", "recruits_sent"),
}

SEASONAL = ("condolence_fund", "condolence_letters", "recruits_sent")

# One line an area, one column a quarter from 2023-Q1 to 2024-Q4, in the unit shown.
# '.' not reported, '_' not yet due, 'p' provisional, '+' at least, '~' about, '!' in conflict.
GRIDS = {
    "condolence_fund": """
        620700-00 10.00 5.00 12.00 6.00 11.00 5.50 12.50 _
        620702    20.50 8.00 30.00 9.00 22.00 9.00 33.00 _
        620721     4.00 2.00  6.00 2.00  4.00 .     6.60 _
        620722     8.00 3.00 10.00 4.00  9.00 3.00 12.00p _
        620723     9.00 3.00 12.00 4.00  9.00 6.00 12.00 _
        620724     7.00 2.50  9.00 3.00  7.70 2.50  9.00! _
        620725     6.00 2.00  8.00 2.50  .    2.00  8.80~ _
    """,
    "recruits_sent": """
        620700-00 0 0 0 0 0 0 0 _
        620702    60 0 80 0 66 0 88 _
        620721    10 0 12 0 10 0 10+ _
        620722    30 0 40 0 33 0 40 _
        620723    25 0 30 0 30 0 30 _
        620724    22 0 30 0 22 0 . _
        620725    20 0 28 0 20 0 28 _
    """,
    "job_fairs": """
        620700-00 1 1 2 1 1 1 2 _
        620702    2 1 3 1 3 2 3 _
        620721    1 0 1 0 1 0 1 _
        620722    1 1 1 1 1 1 2 _
        620723    1 1 2 1 2 1 2 _
        620724    1 1 1 1 1 1 1 _
        620725    1 1 1 1 1 1 . _
    """,
    "issues_overdue": """
        620700-00 0 0 0 0 0 0 0 _
        620702    3 2 2 1 1 1 1 _
        620721    1 1 0 0 0 0 0 _
        620722    2 2 2 2 1 1 2 _
        620723    0 0 1 0 0 0 0 _
        620724    1 1 1 1 1 1 1 _
        620725    4 3 3 2 2 2 . _
    """,
    "publicity_events": """
        620700-00 3 2 6 2 3 2 6 _
        620702    5 3 9 3 6 3 9 _
        620721    2 1 3 1 2 1 3 _
        620722    3 2 4 2 3 2 5 _
        620723    3 2 5 2 3 2 5 _
        620724    2 2 4 2 2 2 4 _
        620725    2 1 4 1 2 1 . _
    """,
    "mission_incidents": """
        620702 0 0 0 0 0 0 0 _
    """,
}
WORDS = {
    "dataset": ["demonstration", "published", "reported"],
    "indicator": [],
    "ref_area": [],
    "breakdown": ["festival:春节;recipient:部队"],
    "time_period": [],
    "unit_printed": ["万元", "人", "场", "个", "%", "份", "起"],
    "source_id": ["0" * 64],
    "source_file": [
        "张掖市2023年双拥报表.xlsx",
        "张掖市2024年双拥报表.xlsx",
        "乌海.xlsx",
        "甘州区慰问明细.xlsx",
    ],
    "sheet": ["季度表"],
    "reported_on_basis": ["printed"],
    "reason": ["only"],
}
BREAKDOWNS = ["_T", "festival:春节;recipient:部队", "plan:年度目标", "recipient:部队"]
# Events to be held in 2024, by area.
TARGETS = {
    "620700-00": 14.0, "620702": 25.0, "620721": 8.0, "620722": 12.0, "620723": 20.0,
    "620724": 25.0, "620725": 10.0,
}  # fmt: skip
CODES = sorted(line.split()[0] for line in INDICATORS.strip().splitlines())
PLACES = sorted(line.split()[0] for line in AREAS.strip().splitlines())
QUARTERS = [f"{year}-Q{quarter}" for year in (2023, 2024) for quarter in (1, 2, 3, 4)]
SHOWN = {"万元": 10_000.0}
MARKS = {"p": ("P", "exact"), "+": ("A", "at_least"), "~": ("A", "about"), "!": ("A", "exact")}


def read(mark: str) -> tuple[float | None, str, str, bool, str]:
    """Return value, status, qualifier, conflict and reason of one entry of a grid."""
    if mark in "._":
        return (
            None,
            "O" if mark == "." else "_D",
            "exact",
            False,
            {".": "not_reported"}.get(mark, "not_due"),
        )
    status, qualifier = MARKS.get(mark[-1], ("A", "exact"))
    return float(mark.rstrip("p+~!")), status, qualifier, mark.endswith("!"), ""


class Writer:
    """Writes the rows of a vintage: observations, their series, and where each comes from."""

    def __init__(self, con: duckdb.DuckDBPyConnection, dataset: str) -> None:
        self.con = con
        self.dataset = dataset

    def insert(self, table: str, *row: object) -> None:
        self.con.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)

    def next(self, table: str, column: str) -> int:
        row = self.con.execute(f"select coalesce(max({column}), 0) + 1 from {table}").fetchone()
        assert row is not None
        return int(row[0])

    def number(self, indicator: str, area: str, breakdown: str, period: str) -> int:
        """Return the series_id of a key, numbered as etl.series does."""
        freq = "Q" if "Q" in period else "A"
        subject = len(CODES) * WORDS["dataset"].index(self.dataset) + CODES.index(indicator)
        month = int(period[:4]) * 12 + (3 * (int(period[-1]) - 1) if freq == "Q" else 0)
        place = BREAKDOWNS.index(breakdown)
        row = self.con.execute(
            "select number_of(?, ?, ?, ?, ?)",
            [subject, PLACES.index(area), place, FREQUENCIES.index(freq), month],
        ).fetchone()
        assert row is not None
        return int(row[0])

    def series(self, indicator: str, area: str, period: str, value: float | None, *, status: str,
               qualifier: str = "exact", conflict: bool = False, method: str = "reported",
               n: int = 1, of: int = 1, ytd: float | None = None, reason: str = "",
               segment: int | None = None, plan: int | None = None,
               breakdown: str = "_T") -> None:  # fmt: skip
        start, end = span(period)
        self.insert(
            "series", self.number(indicator, area, breakdown, period), self.dataset, indicator,
            area, breakdown, "Q" if "Q" in period else "A", period, start, end,
            value, value, value, status, qualifier, conflict,
            method if value is not None else "", n, of, ytd, qualifier,
            method if ytd is not None else "", n, reason, segment, plan,
        )  # fmt: skip

    def observation(self, indicator: str, area: str, period: str, value: float, printed: str,
                    unit: str, status: str, qualifier: str, cell: str,
                    file: str, breakdown: str = "_T") -> int:  # fmt: skip
        number = self.next("observation", "observation_id")
        start, end = span(period)
        self.insert(
            "observation", number, self.dataset, indicator, area, breakdown, start, end, period,
            False, value, 0.5, status, qualifier, value, value, printed, unit, "0" * 64, file,
            "季度表", cell, end, "printed", 1, True, "only",
        )  # fmt: skip
        return number

    def segment(self, observations: list[int]) -> int:
        number = self.next("segment", "segment_id")
        self.insert("segment", number, observations)
        return number

    def plan(self, width: int, place: int) -> int:
        """Write the plan of a value that stands at ``place`` among a year's reports."""
        number = self.next("plan", "plan_id")
        value = [int(n == place) for n in range(width)]
        self.insert("plan", number, value, [int(n <= place) for n in range(width)])
        return number


def span(period: str) -> tuple[str, str]:
    year, _, quarter = period.partition("-Q")
    if not quarter:
        return f"{year}-01-01", f"{year}-12-31"
    month = 3 * int(quarter)
    return f"{year}-{month - 2:02}-01", f"{year}-{month:02}-{30 if quarter in '23' else 31}"


def write_grid(writer: Writer, indicator: str, factor: float, unit: str) -> None:
    """Write one indicator: every area's quarters, and the city's sums over those that reported."""
    city: dict[str, list[float]] = {q: [] for q in QUARTERS}
    for number, line in enumerate(GRIDS[indicator].split("\n")[1:-1], start=5):
        area, *marks = line.split()
        for year in ("2023", "2024"):
            cells = {
                quarter: (f"{column}{number}", mark)
                for quarter, column, mark in zip(QUARTERS, "CDEFGHIJ", marks, strict=True)
                if quarter.startswith(year)
            }
            for quarter, value in write_year(writer, indicator, area, cells, factor, unit).items():
                city[quarter].append(value)
    if indicator != "mission_incidents":
        write_city(writer, indicator, city)


def write_year(
    writer: Writer,
    indicator: str,
    area: str,
    cells: dict[str, tuple[str, str]],
    factor: float,
    unit: str,
) -> dict[str, float]:
    """Write a year of one area: its reports, one segment, a series row a quarter."""
    observations: list[int] = []
    written: dict[str, float] = {}
    rows: list[tuple[str, int | None]] = []
    for quarter, (cell, mark) in cells.items():
        shown, status, qualifier, _, _ = read(mark)
        if shown is None:
            rows.append((quarter, None))
            continue
        rows.append((quarter, len(observations)))
        printed = {"+": f"{shown:g}余", "~": f"约{shown:g}"}.get(mark[-1], mark.rstrip("p!"))
        written[quarter] = shown * factor
        observations.append(
            writer.observation(
                indicator,
                area,
                quarter,
                shown * factor,
                printed,
                unit,
                status,
                qualifier,
                cell,
                f"张掖市{quarter[:4]}年双拥报表.xlsx",
            )  # fmt: skip
        )
    segment = writer.segment(observations)
    ytd: float | None = 0.0
    for quarter, place in rows:
        _, status, qualifier, conflict, reason = read(cells[quarter][1])
        value = written.get(quarter)
        ytd = None if ytd is None or value is None else ytd + value
        writer.series(
            indicator, area, quarter, value, status=status, qualifier=qualifier, conflict=conflict,
            n=int(value is not None), ytd=ytd, reason=reason,
            segment=None if place is None else segment,
            plan=None if place is None else writer.plan(len(observations), place),
        )  # fmt: skip
    return written


def write_city(writer: Writer, indicator: str, city: dict[str, list[float]]) -> None:
    ytd: float | None = None
    for quarter, parts in city.items():
        value = sum(parts) if parts else None
        ytd = 0.0 if quarter.endswith("Q1") else ytd
        ytd = None if ytd is None or value is None else ytd + value
        writer.series(
            indicator, "620700", quarter, value, status="A" if parts else "_D", method="summed",
            n=len(parts), of=7, ytd=ytd, reason="" if parts else "not_due",
        )  # fmt: skip


def write_breakdowns(writer: Writer) -> None:
    """Write what went to the forces: of the money beside its total, of the letters alone."""
    for indicator, breakdown, area, period, value, unit in (
        ("condolence_fund", "recipient:部队", "620702", "2023-Q1", 100_000.0, "万元"),
        ("condolence_fund", "recipient:部队", "620702", "2024-Q1", 120_000.0, "万元"),
        ("condolence_fund", "recipient:部队", "620723", "2023-Q1", 40_000.0, "万元"),
        ("condolence_fund", "recipient:部队", "620723", "2024-Q1", 50_000.0, "万元"),
        ("condolence_letters", "festival:春节;recipient:部队", "620702", "2024-Q1", 300.0, "份"),
    ):
        printed = f"{value / SHOWN.get(unit, 1.0):g}"
        observation = writer.observation(
            indicator, area, period, value, printed, unit, "A", "exact", "C4",
            "甘州区慰问明细.xlsx", breakdown,
        )  # fmt: skip
        writer.series(
            indicator, area, period, value, status="A", ytd=value, breakdown=breakdown,
            segment=writer.segment([observation]), plan=writer.plan(1, 0),
        )  # fmt: skip
    for dimension, code, english, of, of_english in (
        ("recipient", "部队", "Forces", "对象", "Recipient"),
        ("festival", "春节", "Spring Festival", "节日", "Festival"),
    ):
        writer.insert(
            "breakdown", dimension, code, code, english, of, of_english, None, False, False
        )


def write_targets(writer: Writer) -> None:
    """Write the year's targets of events, an area each, the city's their sum; and the policy."""
    target = "plan:年度目标"
    for number, (area, events) in enumerate(TARGETS.items(), start=5):
        observation = writer.observation(
            "publicity_events", area, "2024", events, f"{events:g}", "场", "A", "exact",
            f"B{number}", "张掖市2024年双拥报表.xlsx", target,
        )  # fmt: skip
        writer.series(
            "publicity_events", area, "2024", events, status="A", ytd=events, breakdown=target,
            segment=writer.segment([observation]), plan=writer.plan(1, 0),
        )  # fmt: skip
    planned = sum(TARGETS.values())
    writer.series("publicity_events", "620700", "2024", planned, status="A", method="summed",
                  n=7, of=7, ytd=planned, breakdown=target)  # fmt: skip
    writer.insert("breakdown", "plan", "年度目标", "年度目标", "Annual target", "计划", "Plan",
                  None, False, True)  # fmt: skip
    writer.insert("lamp_policy", "yinchuan", "gap", 0.0, -30.0, "差距", "gap", "规则", "Rule")


def write_published(writer: Writer) -> None:
    """Write what an article said of Wuhai: nearly 230 万元 in 2023, 250 in 2024."""
    for year, value, qualifier in (("2023", 2_300_000.0, "nearly"), ("2024", 2_500_000.0, "exact")):
        printed = "近230" if qualifier == "nearly" else "250"
        observation = writer.observation("condolence_fund", "150300", year, value, printed, "万元",
                                         "A", qualifier, "D7", "乌海.xlsx")  # fmt: skip
        writer.series(
            "condolence_fund", "150300", year, value, status="A", qualifier=qualifier, ytd=value,
            segment=writer.segment([observation]), plan=writer.plan(1, 0),
        )  # fmt: skip


def write_vintage(folder: Path, dataset: str = "demonstration") -> Path:
    """Write a vintage into ``folder`` and point to it; return the folder."""
    (folder / NAME).mkdir(parents=True)
    (folder / NAME / store.DATABASE).write_bytes(_database(dataset))
    (folder / "current").write_text(NAME + "\n", encoding="utf-8")
    return folder


@cache
def _database(dataset: str) -> bytes:
    """Return the database of the vintage, which takes two seconds to write."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / store.DATABASE
        _write(file, dataset)
        return file.read_bytes()


def _write(file: Path, dataset: str) -> None:
    con = duckdb.connect(str(file))
    create(con, load_catalogue([ROOT / "data" / "catalogue"]), WORDS)
    con.begin()
    writer = Writer(con, dataset)
    for line in AREAS.strip().splitlines():
        area, full, short, english, level, parent, in_total = line.replace(
            "Zhangye city level", "Zhangye·city·level"
        ).split()
        writer.insert("ref_area", area, full, short, english.replace("_", " "), level,
                      None if parent == "-" else parent, in_total, None, None)  # fmt: skip
        within = "published" if area == "150300" else dataset
        writer.insert("area_within", within, area, area, [], area == "620700")
        if parent == "620700":
            writer.insert("area_within", within, parent, area, [parent], False)
    for role, codes in TOPICS.items():
        for position, code in enumerate(codes):
            writer.insert("topic_part", role, position, code, "_T")
    units = {}
    for position, line in enumerate(INDICATORS.strip().splitlines()):
        code, full, english, base, unit, decimals, kind, aggregation, direction, aspect, access = (
            line.split()
        )
        english = english.replace("_", " ")
        writer.insert("indicator", code, position, full, english, base, unit, int(decimals), kind,
                      aggregation, None, None, direction, aspect, f"方面{aspect}",
                      f"Aspect {aspect}", access, code in SEASONAL, None, f"{full}的口径",
                      f"what {english} counts")  # fmt: skip
        units[code] = unit
    for unit, english, base, factor in (
        ("万元", "10,000 yuan", "yuan", 10_000), ("人", "persons", "person", 1),
        ("场", "events", "event", 1), ("个", "", "piece", 1), ("%", "%", "percent", 1),
        ("份", "copies", "copy", 1), ("起", "cases", "case", 1),
    ):  # fmt: skip
        writer.insert("unit", unit, english, base, factor)
    for status, full, english, symbol in (
        ("A", "正常", "normal", ""), ("P", "初步", "provisional", "p"),
        ("E", "估计", "estimated", "e"), ("B", "口径变更", "break", "b"),
        ("O", "未报", "not reported", "…"), ("M", "不适用", "does not apply", "—"),
        ("_D", "未到期", "not yet due", "·"),
    ):  # fmt: skip
        writer.insert("obs_status", status, full, english, symbol)
    for indicator in GRIDS:
        write_grid(writer, indicator, SHOWN.get(units[indicator], 1.0), units[indicator])
    write_breakdowns(Writer(con, dataset))
    write_targets(Writer(con, dataset))
    file = "张掖市2024年双拥报表.xlsx"
    for number, severity, message, english, cell, code, area in (
        (1, "warning", "高台县慰问金两处不一致", "Gaotai's condolence money is given twice", "I10",
         "condolence_fund", "620724"),
        (2, "error", "事故数有误", "incidents are wrong", "I30", "mission_incidents", "620702"),
    ):  # fmt: skip
        writer.insert("issue", number, severity, "rule", message, english, "", "", dataset,
                      "0" * 64, file, "季度表", cell, "9", code, area, "2024-07-01",
                      "2024-09-30", "", "", "", "", [])  # fmt: skip
    writer.insert("source", "0" * 64, file, dataset, "2024-10-15", 1, 100, 30, 60, 0, 2, 8)
    write_published(Writer(con, "published"))
    writer.insert("vintage", NAME, "2024-10-15", "c0ffee", "c0de")
    con.commit()
    con.close()
