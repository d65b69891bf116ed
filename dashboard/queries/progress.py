"""Progress: how far areas are towards the year's target of an indicator, and which lamp that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from dashboard.queries.areas import children_of
from dashboard.queries.periods import PER_YEAR, between, freq_of, last_month
from dashboard.queries.rows import rows
from dashboard.queries.values import OWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from dashboard.queries.values import Measure, Value

    Found = Mapping[tuple[str, str], Value]  # by area and period

Lamp = Literal["green", "yellow", "red", ""]
PLACES = 6  # decimals of a gap: 25.000000001 points are 25


class Policy(NamedTuple):
    """The policy in force (lamps.yml), and from how many points on it lights which lamp."""

    policy: str
    rule: str
    green: float
    yellow: float
    name: str
    name_en: str
    basis: str
    basis_en: str


class Target(NamedTuple):
    """What an area is to reach in a year, in the base unit."""

    series_id: int
    ref_area: str
    obs_value: float
    qualifier: str
    conflict: bool
    n_reported: int
    n_expected: int
    method: str


class Plan(NamedTuple):
    """How an indicator goes through the year: a stock has no plan, some flows a curve.

    What areas do not add up (a garrison's unit that two counties visit) they do not together
    reach: the area above has progress only by figures and a target of its own.
    """

    of_stock: bool
    adds: bool
    curve: Sequence[float] | None


class Curve(NamedTuple):
    """What share of its target an indicator should have reached at the end of each month."""

    shares: Sequence[float]
    why: str
    why_en: str


class Progress(NamedTuple):
    """The year so far against its target, both over the same areas, in the base unit.

    ``planned`` is the share of the target that should have been reached, in per cent: of the year
    elapsed, or of the indicator's own curve (``has_curve``); None of a stock, which starts from
    what there was. ``n_areas`` is 0 where all areas are in. There is no lamp where a figure is not
    exact: it would decide by what nobody counted.
    """

    indicator: str
    ref_area: str
    time_period: str
    done: float | None
    target: float
    planned: float | None
    has_curve: bool
    exact: bool
    n_areas: int
    lamp: Lamp
    done_id: int
    target_id: int

    @property
    def completion(self) -> float | None:
        """Return what is done in per cent of the target."""
        return None if self.done is None else 100 * self.done / self.target

    @property
    def gap(self) -> float | None:
        """Return by how many points completion is ahead of the plan (behind: negative)."""
        if self.completion is None or self.planned is None:
            return None
        return round(self.completion - self.planned, PLACES)


TARGETS = """
select indicator, series_id, ref_area, obs_value, qualifier, conflict, n_reported, n_expected,
       method
from target
where dataset = $dataset and list_contains($indicators, indicator) and year = $year
  and list_contains($areas, ref_area) and obs_value > 0
"""

# What less of is better has no target to be reached, and a rate is no part of one.
KINDS = """
select i.indicator, i.kind = 'stock', i.area_aggregation = 'sum', c.shares
from indicator i left join planned_curve c on c.indicator = i.indicator
where list_contains($indicators, i.indicator) and i.direction <> 'down'
  and i.kind in ('flow', 'stock')
"""


def policy(con: duckdb.DuckDBPyConnection) -> Policy | None:
    """Return the policy by which lamps are lit, None where the catalogue declares none."""
    sql = "select policy, rule, green, yellow, name, name_en, basis, basis_en from lamp_policy"
    row = con.execute(sql).fetchone()
    return Policy(*row) if row else None


def curves(con: duckdb.DuckDBPyConnection) -> dict[str, Curve]:
    """Return the indicators that have a curve of their own (curves.yml), and why."""
    rows = con.execute("select indicator, shares, why, why_en from planned_curve").fetchall()
    return {code: Curve(*said) for code, *said in rows}


def targeted(con: duckdb.DuckDBPyConnection, dataset: str, year: str) -> frozenset[str]:
    """Return the indicators for which anybody has a target in a year."""
    sql = "select distinct indicator from target where dataset = $dataset and year = $year"
    found = con.execute(sql, {"dataset": dataset, "year": year}).fetchall()
    return frozenset(row[0] for row in found)


def progress(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: tuple[str, ...],
    areas: tuple[str, ...],
    period: str,
) -> tuple[Progress, ...]:
    """Return the progress of those of ``areas`` that have a target, in the order asked for.

    Of several indicators one comes after the other; one that has no targets is left out.
    """
    children = children_of(con, areas)
    members = [*dict.fromkeys((*areas, *(c for below in children.values() for c in below)))]
    choice = {"dataset": dataset, "indicators": list(indicators), "year": period[:4]}
    targets: dict[str, dict[str, Target]] = {}
    for code, *row in con.execute(TARGETS, {**choice, "areas": members}).fetchall():
        target = Target(*row)
        targets.setdefault(code, {})[target.ref_area] = target
    kinds = con.execute(KINDS, {"indicators": [*targets]}).fetchall() if targets else []
    plans = {code: Plan(*plan) for code, *plan in kinds}
    found = _found(con, dataset, plans, members, period)
    rule = policy(con)
    return tuple(
        done
        for code in indicators
        if code in plans
        for area in areas
        if (done := _of_area(plans[code], code, area, period, found[code], targets[code],
                             children.get(area, ()) if plans[code].adds else (), rule)).target
    )  # fmt: skip


def _found(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    plans: Mapping[str, Plan],
    members: Sequence[str],
    period: str,
) -> Mapping[str, Found]:
    """Return the values of each indicator by area and period: of flows those of the year so far."""
    found: dict[str, dict[tuple[str, str], Value]] = {code: {} for code in plans}
    for of_stock in (False, True):
        codes = [code for code, plan in plans.items() if plan.of_stock == of_stock]
        measure: Measure = "value" if of_stock else "ytd"
        periods = (period,) if of_stock else _year_to(period)
        for value in rows(con, dataset, codes, members, periods, measure) if codes else ():
            found[value.indicator][value.ref_area, value.time_period] = value
    return found


def _of_area(
    plan: Plan,
    indicator: str,
    area: str,
    period: str,
    found: Found,
    targets: Mapping[str, Target],
    below: Sequence[str],
    rule: Policy | None,
) -> Progress:
    """Compare a year's steps with the target, and light the lamp of the last."""
    steps = [
        _step(indicator, area, p, found, targets, below)._replace(
            planned=None if plan.of_stock else planned_share(plan.curve, p),
            has_curve=bool(plan.curve),
        )
        for p in ((period,) if plan.of_stock else _year_to(period))
    ]
    return steps[-1]._replace(lamp=_lamp_of(rule, steps))


def planned_share(curve: Sequence[float] | None, period: str) -> float:
    """Return what share of the year's target should be reached when a period ends, in per cent."""
    month = int(last_month(period)[5:])
    return curve[month - 1] if curve else 100 * month / 12


def lamp(rule: Policy, gaps: Sequence[float]) -> Lamp:
    """Return the lamp of the last of a year's gaps, each in points at the end of a period."""
    now = gaps[-1]
    if rule.rule == "deadline":
        return "red" if now < 0 else "yellow" if min(gaps) < 0 else "green"
    return "green" if now >= rule.green else "yellow" if now >= rule.yellow else "red"


def _lamp_of(rule: Policy | None, steps: Sequence[Progress]) -> Lamp:
    if rule is None or steps[-1].gap is None or not steps[-1].exact:
        return ""
    return lamp(rule, [step.gap for step in steps if step.gap is not None and step.exact])


def _year_to(period: str) -> tuple[str, ...]:
    """Return the periods of a year up to one of them: 2024-Q3 → Q1, Q2, Q3."""
    if PER_YEAR[freq_of(period)] == 1:
        return (period,)
    return between(f"{period[:6]}{'1'.zfill(len(period) - 6)}", period)


def _step(
    indicator: str,
    area: str,
    period: str,
    found: Found,
    targets: Mapping[str, Target],
    children: Sequence[str],
) -> Progress:
    """Compare the year up to a period with the target; a target of nought where nobody has one."""
    value, target = found.get((area, period)), targets.get(area)
    common = _in_both(period, found, targets, children)
    pairs = common
    if value and target and _same_areas(value, target, period, found, targets, children):
        pairs = [(value, target)]
    exact = all(
        v.qualifier == t.qualifier == "exact" and not v.conflict and not t.conflict
        for v, t in pairs
    )
    return Progress(
        indicator,
        area,
        period,
        done=sum(v.obs_value or 0.0 for v, _ in pairs) if pairs else None,
        target=sum(t.obs_value for _, t in pairs) if pairs else target.obs_value if target else 0.0,
        planned=None,
        has_curve=False,
        exact=exact,
        n_areas=len(common) if pairs is common else 0,
        lamp="",
        done_id=value.series_id if value else 0,
        target_id=target.series_id if target else 0,
    )


def _in_both(
    period: str, found: Found, targets: Mapping[str, Target], children: Sequence[str]
) -> list[tuple[Value, Target]]:
    """Return the children that have a value and a target over as many areas."""
    pairs = [(found.get((area, period)), targets.get(area)) for area in children]
    return [
        (value, target)
        for value, target in pairs
        if value and target and value.obs_value is not None
        and value.n_reported == target.n_reported
    ]  # fmt: skip


def _same_areas(
    value: Value,
    target: Target,
    period: str,
    found: Found,
    targets: Mapping[str, Target],
    children: Sequence[str],
) -> bool:
    """Whether a value and a target are of the same areas: of all, or of the same ones below."""
    if value.obs_value is None:
        return False
    whole = [one.method in OWN or one.n_reported == one.n_expected for one in (value, target)]
    if all(whole):
        return True
    came = {a: v.n_reported for a in children if (v := found.get((a, period))) and v.n_reported}
    aimed = {a: targets[a].n_reported for a in children if a in targets}
    return not any(one.method in OWN for one in (value, target)) and came == aimed
