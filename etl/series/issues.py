"""Says what the arithmetic of series found wrong, naming the cells that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from etl.asked import report_key, sheet_key
from etl.periods import spoken, spoken_code
from etl.records import Issue
from etl.sentences import with_unit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from duckdb import DuckDBPyConnection

    from etl.catalogue import Catalogue, Reporting
    from etl.series.loops import Contradiction
    from etl.series.shapes import Beyond

# Below nought by more than rounding: the shortest such period of a segment.
NEGATIVE = """
select x.segment_id, p.value_at, p.value_less, p.value_signs, x.obs_value
from point x join solved p using (plan_id) join topic t using (topic)
join segment_of s using (segment_id)
where x.method = 'derived'::method and t.kind = 'flow' and x.obs_value < -1e-9
  and x.obs_value + 1e-9 < -if(p.value_less > 0, s.halves[p.value_at] + s.halves[p.value_less],
                               list_inner_product(s.halves, p.value_sizes))
qualify row_number() over (partition by x.segment_id order by p.months, x.start) = 1
order by x.segment_id
"""
# A report of a total beside the sum of what lies below. A stock's count is compared in its own
# month only; a year to date that is also a quarter, half or year is compared as that.
TOTALS = """
with compared as (
    select l.segment_id, p.value_at as position, p.months, l.flags, l.sum_flags,
           l.obs_value as own_value, l.sum_value, l.tolerance + l.sum_tolerance as tolerance,
           l.sum_reported, l.n_expected
    from own_total l join solved p using (plan_id)
    where l.method = 'reported'::method and l.own and l.sum_value is not null
    qualify row_number() over (partition by l.segment_id, p.value_at order by p.months) = 1
    union all
    select l.segment_id, p.ytd_at, p.months, l.ytd_flags, l.sum_ytd_flags,
           l.ytd_value, l.sum_ytd, l.ytd_tolerance + l.sum_ytd_tolerance,
           l.sum_ytd_reported, l.n_expected
    from own_total l join solved p using (plan_id)
    where l.ytd_method = 'reported'::method and l.ytd_own and l.sum_ytd is not null
      and (l.start + p.months) % 12 not in (0, 1, 3, 6)
    qualify row_number() over (partition by l.segment_id, p.ytd_at order by p.months) = 1
)
select segment_id, position, own_value, sum_value, tolerance, sum_reported, n_expected
from compared
where flags = 0 and sum_flags = 0
  and if(sum_reported >= n_expected, abs(own_value - sum_value), sum_value - own_value)
      > tolerance + 1e-9 + 1e-12 * abs(own_value)
order by segment_id, position
"""

# What was due and did not come, by the declared entries alone: what nobody declared is expected
# because it once came, which is too little to ask an office about.
MISSING = """
select ref_area, time_period, list(indicator order by indicator)
from series
where dataset = $dataset and freq = $freq and breakdown = '_T' and reason = 'not_reported'
  and period_start >= $first and ($last is null or period_end <= $last)
  and list_contains($areas, ref_area) and list_contains($indicators, indicator)
  and not exists (select 1 from unread u
                  where u.dataset = $dataset and u.indicator = series.indicator::text
                    and u.ref_area = series.ref_area::text
                    and u.period_end between series.period_start and series.period_end)
group by ref_area, time_period order by ref_area, time_period
"""
PERIODS_NAMED = 8


class Report(NamedTuple):
    """One report, as far as a sentence about it needs."""

    indicator: str
    ref_area: str
    period_start: dt.date
    period_end: dt.date
    printed: str
    unit_printed: str
    dataset: str
    source_id: str
    source_file: str
    sheet: str
    cell: str

    @property
    def span(self) -> tuple[str, str]:
        """The period in both languages: 2024年1—7月, Jan–Jul 2024."""
        return spoken(self.period_start, self.period_end)

    def said(self, catalogue: Catalogue) -> tuple[str, str]:
        """The figure as it was printed, with its unit, in both languages."""
        return with_unit(self.printed, self.unit_printed, catalogue)

    @property
    def place(self) -> str:
        """Where it stands."""
        return " › ".join((self.source_file, self.sheet, self.cell))


def contradicting(
    con: DuckDBPyConnection, found: list[tuple[int, Contradiction]], catalogue: Catalogue
) -> list[Issue]:
    """One issue a segment whose reports fit no values: the loop that fails, what is in doubt."""
    reports = _reports(con, [segment for segment, _ in found])
    issues = []
    for segment, wrong in found:
        own = reports[segment]
        suspects = [own[position] for position in sorted(wrong.suspects)]
        first = suspects[0]
        if len({report.span for report in suspects}) == 1:
            continue  # reports of one key: precedence.ties asks which is in force
        words = {
            **_sum(own, wrong.loop, catalogue),
            "suspects": "; ".join(report.place for report in suspects),
            **_doubted(suspects),
            **_amounts(first, catalogue, residual=abs(wrong.residual), tolerance=wrong.tolerance),
        }
        cells = (report.cell for report in suspects if _beside(report, first))
        issues.append(_issue("contradicting_reports", first, words, cells))
    return issues


def beyond(con: DuckDBPyConnection, found: list[Beyond], catalogue: Catalogue) -> list[Issue]:
    """Inexact reports that exact ones rule out: at least 1100 beside an exact 900."""
    reports = _reports(con, [one.segment for one in found])
    issues = []
    for one in found:
        own = reports[one.segment]
        first = own[one.position]
        words = {
            **_left(first, catalogue),
            **_sum(own, _pairs(one.signs), catalogue),
            **_doubted([first]),
            **_amounts(first, catalogue, value=one.value),
        }
        issues.append(_issue("bound_contradicted", first, words, [first.cell]))
    return issues


def negative(con: DuckDBPyConnection, catalogue: Catalogue) -> list[Issue]:
    """Flows whose cumulative reports fall, so that a period between them comes out negative."""
    rows = con.execute(NEGATIVE).fetchall()
    reports = _reports(con, [row[0] for row in rows])
    issues = []
    for segment, plus, minus, signs, value in rows:
        own, pairs = reports[segment], _pairs(signs) if signs else [(plus - 1, 1), (minus - 1, -1)]
        used = [own[position] for position, _ in pairs]
        first = max(used, key=lambda report: (report.period_end, -report.period_start.toordinal()))
        words = {
            **_sum(own, pairs, catalogue),
            **_doubted(used),
            **_amounts(first, catalogue, value=value),
        }
        cells = (report.cell for report in used if _beside(report, first))
        issues.append(_issue("negative_derived", first, words, cells))
    return issues


def totals(con: DuckDBPyConnection, catalogue: Catalogue) -> list[Issue]:
    """Totals that differ from the sum of the areas below them."""
    rows = con.execute(TOTALS).fetchall()
    reports = _reports(con, [row[0] for row in rows])
    issues = []
    for segment, position, own, below, tolerance, n_reported, n_expected in rows:
        first = reports[segment][position - 1]
        amounts = {"sum": below, "gap": abs(own - below), "tolerance": tolerance}
        words = {
            **_left(first, catalogue),
            "n_reported": n_reported,
            "n_expected": n_expected,
            **_doubted([first]),
            **_amounts(first, catalogue, **amounts),
        }
        issues.append(_issue("total_differs_from_parts", first, words, [first.cell]))
    return issues


def unseen(
    con: DuckDBPyConnection, found: list[tuple[int, int]], catalogue: Catalogue
) -> list[Issue]:
    """One issue a sheet and span of months that no period shows: July 2023 to June 2024."""
    reports = _reports(con, [segment for segment, _ in found])
    spans: dict[tuple[object, ...], list[Report]] = {}
    for segment, position in found:
        report = reports[segment][position]
        spans.setdefault((report.source_id, report.sheet, report.span), []).append(report)
    issues = []
    for own in spans.values():
        words = {"count": len(own), **_left(own[0], catalogue)}
        cells = (report.cell for report in own)
        issues.append(_issue("period_unseen", own[0], words, cells))
    return issues


def missing(con: DuckDBPyConnection, catalogue: Catalogue) -> list[Issue]:
    """One issue an area and declared entry that owes reports; asked of the finished series."""
    found: list[Issue] = []
    for entry in catalogue.reporting:
        choice = {
            "dataset": entry.dataset, "freq": entry.freq, "first": entry.first, "last": entry.last,
            "areas": list(entry.areas), "indicators": list(entry.indicators),
        }  # fmt: skip
        owed: dict[str, list[tuple[str, list[str]]]] = {}
        for area, period, codes in con.execute(MISSING, choice).fetchall():
            owed.setdefault(area, []).append((period, codes))
        found += [_missing(entry, area, periods, catalogue) for area, periods in owed.items()]
    return found


def _missing(
    entry: Reporting, area: str, periods: list[tuple[str, list[str]]], catalogue: Catalogue
) -> Issue:
    def listed(language: int, attribute: str, comma: str, stop: str) -> str:
        named = [
            f"{spoken_code(period)[language]} "
            + comma.join(getattr(catalogue.indicators[code], attribute) for code in codes)
            for period, codes in periods[:PERIODS_NAMED]
        ]
        return stop.join([*named, *(["…"] if len(periods) > PERIODS_NAMED else [])])

    words = {
        "area": area, "count": sum(len(codes) for _, codes in periods),
        "owed": listed(0, "name", "、", "；"), "owed_en": listed(1, "name_en", ", ", "; "),
    }  # fmt: skip
    return Issue("report_missing", words=words, dataset=entry.dataset, ref_area=area)


def _reports(con: DuckDBPyConnection, segments: list[int]) -> dict[int, list[Report]]:
    """The reports of segments, in the order of their shapes' edges."""
    con.register("wanted", pa.table({"segment_id": pa.array(segments, pa.int64())}))
    rows = con.execute(
        f"""select s.segment_id, {", ".join(f"o.{name}" for name in Report._fields)}
            from (select segment_id, ids[n] as observation_id, n
                  from (select segment_id, ids, unnest(range(1, len(ids) + 1)) as n
                        from segment_of semi join wanted using (segment_id))) s
            join observation o using (observation_id)
            order by s.segment_id, n"""
    ).fetchall()
    found: dict[int, list[Report]] = {}
    for segment, *fields in rows:
        found.setdefault(segment, []).append(Report(*fields))
    return found


def _pairs(signs: list[float]) -> list[tuple[int, int]]:
    return [(position, int(sign)) for position, sign in enumerate(signs) if sign]


def _sum(
    own: list[Report], pairs: Sequence[tuple[int, int]], catalogue: Catalogue
) -> dict[str, str]:
    """A signed sum of reports in words: 58场 （2024年上半年） − 20场 （2024年一季度）."""
    turn = 1 if max(pairs, key=lambda pair: own[pair[0]].period_end)[1] > 0 else -1
    ordered = sorted(pairs, key=lambda pair: (-turn * pair[1], pair[0]))
    found = {}
    for word, brackets, language in (("loop", "（）", 0), ("loop_en", "()", 1)):
        terms = [
            f"{'+' if sign * turn > 0 else '−'} "
            f"{own[at].said(catalogue)[language]} " + own[at].span[language].join(brackets)
            for at, sign in ordered
        ]
        found[word] = " ".join(terms).removeprefix("+ ")
    return found


def _left(report: Report, catalogue: Catalogue) -> dict[str, str]:
    return dict(zip(("left", "left_en"), report.said(catalogue), strict=True))


def _amounts(report: Report, catalogue: Catalogue, **values: float) -> dict[str, str]:
    """Values as offices write them (万元), and beside them ``…_en`` in the base unit."""
    indicator = catalogue.indicators[report.indicator]
    unit = catalogue.units[indicator.display_unit]
    found = {name: f"{_digits(value / unit.factor)} {unit.unit}" for name, value in values.items()}
    for name, value in values.items():
        digits = _digits(value)
        english = unit.counted_en(digits) if unit.factor == 1 else f"{digits} {unit.unit_measure}"
        found[f"{name}_en"] = english
    return found


def _digits(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def _beside(report: Report, first: Report) -> bool:
    """Whether two reports stand on one sheet, so that one issue can name both cells."""
    return (report.source_id, report.sheet) == (first.source_id, first.sheet)


def _doubted(reports: list[Report]) -> dict[str, Any]:
    """What a question about them is about and offers: all places, those of other sheets named."""
    others = (report.place for report in reports if not _beside(report, reports[0]))
    among = tuple(report_key(report._asdict()) for report in reports)
    return {"other": "; ".join(others), "among": among}


def _issue(rule: str, report: Report, words: dict[str, Any], cells: Iterable[str]) -> Issue:
    return Issue(
        rule,
        sheet=report.sheet,
        cell=",".join(dict.fromkeys(cells)),
        printed=report.printed,
        words={
            "area": report.ref_area,
            "indicator": report.indicator,
            "period": report.span[0],
            "period_en": report.span[1],
            **words,
        },
        source_file=report.source_file,
        source_id=report.source_id,
        dataset=report.dataset,
        indicator=report.indicator,
        ref_area=report.ref_area,
        period_start=report.period_start,
        period_end=report.period_end,
        form=sheet_key(report.source_id, report.sheet),
    )
