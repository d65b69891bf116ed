"""What a blank reporting workbook asks for: areas, indicators, a period, and figures a year old."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import duckdb

from etl.sentences import RefusedError
from etl.template.span import Span, last_day, read_span
from etl.vintages import DATABASE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.catalogue import Area, Catalogue, Indicator

# A share to date is no sum of shares: it is one only where it was reported so.
EARLIER = """
select s.indicator, s.ref_area, if(i.kind = 'flow' and $to_date, s.ytd_value, s.obs_value),
       if(i.kind = 'flow' and $to_date, s.ytd_qualifier, s.qualifier)
from series s join indicator i using (indicator)
where s.dataset = $dataset and s.freq = $freq and s.time_period = $period and s.breakdown = '_T'
  and list_contains($areas, s.ref_area) and not s.conflict and not (i.kind = 'rate' and $to_date)
union all
select o.indicator, o.ref_area, o.obs_value, o.qualifier
from observation o join indicator i using (indicator)
where o.dataset = $dataset and o.in_force and o.period_start = $first and o.period_end = $last
  and o.breakdown = '_T' and list_contains($areas, o.ref_area) and i.kind = 'rate' and $to_date
"""
# (indicator, area) → what was reported a year before, in the base unit, and how exact it is: to
# date where it adds up.
Earlier = dict[tuple[str, str], tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Form:
    """One blank sheet: a row an indicator, a group of columns an area."""

    span: Span
    reporter: Area
    areas: tuple[Area, ...]
    indicators: tuple[Indicator, ...]
    marks: tuple[str, ...]  # what may stand in a cell without a number: 未报, —
    earlier: Earlier = field(default_factory=dict)

    @property
    def title(self) -> str:
        """张掖市2025年第二季度双拥工作统计表."""
        return f"{self.reporter.name}{self.span.title}双拥工作统计表"


def design(
    areas: Sequence[str],
    period: str,
    indicators: Sequence[str],
    catalogue: Catalogue,
    vintage: Path | None,
    dataset: str,
) -> Form:
    """Settle what a form asks for; an area with others below it stands for those.

    Without ``indicators`` it asks for what reporting.yml expects of the areas, else for what they
    have reported, else for the headline indicators.
    """
    span = read_span(period)
    _check(areas, catalogue.areas, "地区", "area")
    _check(indicators, catalogue.indicators, "指标", "indicator")
    leaves = tuple(
        dict.fromkeys(leaf for area in areas for leaf in (catalogue.children(area) or (area,)))
    )
    codes = list(indicators) or _expected(leaves, catalogue, dataset)
    codes = codes or _reported(leaves, vintage, dataset, catalogue) or _headline(catalogue)
    asked = sorted((catalogue.indicators[code] for code in codes), key=lambda one: one.position)
    known = _earlier(span, leaves, vintage, dataset) if vintage else {}
    open_ = {one.indicator for one in asked if one.access == "open"}
    return Form(
        span, _reporter(areas, catalogue), tuple(catalogue.areas[leaf] for leaf in leaves),
        tuple(asked), tuple(s.symbol for s in catalogue.statuses if s.symbol in s.marks),
        {key: value for key, value in known.items() if key[0] in open_},
    )  # fmt: skip


def _check(codes: Sequence[str], known: object, zh: str, en: str) -> None:
    for code in codes:
        if code not in known:  # type: ignore[operator]
            raise RefusedError(f"没有代码为“{code}”的{zh}", f"there is no {en} with code “{code}”")


def _reporter(areas: Sequence[str], catalogue: Catalogue) -> Area:
    """The narrowest area that holds all that were asked for: it stands in the title."""
    chains = [_chain(area, catalogue) for area in areas]
    shared = next(code for code in chains[0] if all(code in chain for chain in chains))
    return catalogue.areas[shared]


def _chain(area: str, catalogue: Catalogue) -> list[str]:
    chain: list[str] = []
    current: str | None = area
    while current is not None:
        chain.append(current)
        current = catalogue.areas[current].parent
    return chain


def _expected(areas: Sequence[str], catalogue: Catalogue, dataset: str) -> list[str]:
    entries = [e for e in catalogue.reporting if e.dataset == dataset and {*e.areas} & {*areas}]
    return list(dict.fromkeys(code for entry in entries for code in entry.indicators))


def _reported(
    areas: Sequence[str], vintage: Path | None, dataset: str, catalogue: Catalogue
) -> list[str]:
    if vintage is None:
        return []
    with duckdb.connect(vintage / DATABASE, read_only=True) as con:
        rows = con.execute(
            "select distinct indicator from observation "
            "where dataset = $dataset and list_contains($areas, ref_area)",
            {"dataset": dataset, "areas": list(areas)},
        ).fetchall()
    return [code for (code,) in rows if code in catalogue.indicators]


def _headline(catalogue: Catalogue) -> list[str]:
    return [one.indicator for one in catalogue.indicators.values() if one.headline is not None]


def _earlier(span: Span, areas: Sequence[str], vintage: Path, dataset: str) -> Earlier:
    """Last year's figures: to date where flows and rates are, else the period's own."""
    asked = {
        "to_date": bool(span.to_date), "dataset": dataset, "freq": span.freq,
        "period": span.year_before, "areas": list(areas),
        "first": dt.date(span.year - 1, 1, 1), "last": last_day(span.year - 1, span.last),
    }  # fmt: skip
    with duckdb.connect(vintage / DATABASE, read_only=True) as con:
        rows = con.execute(EARLIER, asked).fetchall()
    return {(code, area): (value, how) for code, area, value, how in rows if value is not None}
