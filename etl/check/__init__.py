"""Checks reports against each other by declared relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.check.change import fallen, leaps
from etl.check.findings import bundled
from etl.check.formulas import formula, rates
from etl.check.reports import reports_in_force
from etl.check.scale import misscaled
from etl.check.spans import contains_and_parts
from etl.check.wording import Wording

if TYPE_CHECKING:
    import pyarrow as pa

    from etl.catalogue import Catalogue, Relation
    from etl.check.findings import Finding
    from etl.check.reports import Reports
    from etl.records import Issue

__all__ = ["check"]


def check(settled: pa.Table, catalogue: Catalogue) -> list[Issue]:
    """What reports contradict by the catalogue's relations; ``settled`` as etl.precedence has it.

    Values are compared by what they can mean: exact ones give or take their printed rounding,
    others by their bounds. Only reports of one dataset meet, and of a key only one in force.
    """
    reports = reports_in_force(settled, catalogue)
    found = _found(reports, catalogue)
    wording = Wording(reports, [finding for _, finding in found], catalogue)
    return [wording.issue(relation, finding) for relation, finding in found]


def _found(reports: Reports, catalogue: Catalogue) -> list[tuple[Relation, Finding]]:
    kinds = {relation.kind for relation in catalogue.relations}
    general: dict[str, list[Finding]] = {}
    if kinds & {"contains", "parts"}:
        general |= contains_and_parts(reports, catalogue)
    if "rates" in kinds:
        general["rates"] = rates(reports, catalogue)
    if kinds & {"ten_thousand", "leap"}:
        off = general["ten_thousand"] = misscaled(reports, catalogue)
        wrong = {row for one in off for row in (*one.left, *one.also)}
        general["leap"] = leaps(reports, catalogue, wrong)
    return [
        (relation, finding)
        for relation in catalogue.relations
        for finding in bundled(reports, _of(relation, reports, general, catalogue))
    ]


def _of(
    relation: Relation, reports: Reports, general: dict[str, list[Finding]], catalogue: Catalogue
) -> list[Finding]:
    if relation.left:
        return formula(reports, relation)
    if relation.kind == "never_falls":
        return fallen(reports, relation.indicators, catalogue)
    return general[relation.kind]
