"""The inspection card: one area's file as one HTML file that opens without network or script."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.charts import Chart, Dossier, Series
from dashboard.exports import dossier as blocks
from dashboard.exports.release import Released, behind_charts, release_together
from dashboard.exports.svg import CARD, to_svg

if TYPE_CHECKING:
    from dashboard.charts import Point
    from dashboard.charts.county import Line
    from dashboard.locale import Words
    from dashboard.queries.ask import Ask
    from dashboard.queries.issues import Issue

STYLE = Path(__file__).with_name("card.css")


@dataclass(frozen=True, slots=True)
class ReleasedDossier(Dossier):
    """A file of which neither table nor charts tell a count of one or two persons."""

    charts: tuple[Released, ...]


def release_dossier(ask: Ask, dossier: Dossier, words: Words) -> ReleasedDossier:
    """Withhold small counts from the table and the charts together: one could tell the other's."""
    lines = [_as_chart(line, dossier) for line in dossier.lines]
    behind = behind_charts(ask, [*lines, *dossier.charts], "value")
    released = release_together([*lines, *dossier.charts], behind, words)
    rest = iter(released)
    groups = tuple(
        (name, tuple(_with_points(line, next(rest).points) for line in group))
        for name, group in dossier.groups
    )
    charts = tuple(rest)
    notes = dossier.notes
    if any(p.mark == "withheld" for line in released[: len(lines)] for p in line.points):
        notes = (*notes, words("withheld.note"))
    values = {f.name: getattr(dossier, f.name) for f in fields(Dossier)}
    return ReleasedDossier(**{**values, "groups": groups, "charts": charts, "notes": notes})


def _as_chart(line: Line, dossier: Dossier) -> Chart:
    """Return a line of the table as a chart, which is what can be released."""
    points = tuple(p for p in (*line.years, line.current, line.total, line.target) if p)
    return Chart(
        kind="pivot",
        title=line.name,
        unit=line.unit,
        unit_line="",
        decimals=0,
        categories=tuple((p.category, p.period) for p in points),
        series=(Series(line.name, points),),
        notes=(),
        alt="",
        provenance=dossier.provenance,
    )


def _with_points(line: Line, points: tuple[Point, ...]) -> Line:
    n = len(line.years)
    rest = iter(points[n:])
    return replace(
        line,
        years=points[:n],
        current=next(rest) if line.current else None,
        total=next(rest) if line.total else None,
        target=next(rest) if line.target else None,
    )


def to_card(dossier: ReleasedDossier, words: Words) -> bytes:
    """Write the whole file; all that comes from sheets is escaped, and nothing is fetched."""
    origin = dossier.provenance
    title = words("county.heading", area=dossier.title)
    badge = f'<p class="badge">{escape(origin.badge)}</p>' if origin.badge else ""
    body = "".join(
        (
            f"<header><h1>{escape(title)}</h1>{badge}{blocks.facts(dossier)}</header>",
            _block(words("county.table"), blocks.years(dossier, words)),
            _block(words("county.courses"), _courses(dossier)) if dossier.charts else "",
            _block(words("county.gaps"), blocks.gaps(dossier, words)),
            _block(words("county.open_issues"), issues(dossier, words)),
            _block(words("county.files"), blocks.files(dossier, words)),
        )
    )
    language = "zh-CN" if words.language == "zh" else "en"
    style = "".join(path.read_text(encoding="utf-8") for path in (STYLE, blocks.STYLE))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}{blocks.running(dossier, words)}</style>"
        f'</head><body><main class="dossier">{body}</main>'
        f"<footer>{escape(origin.source)}<br>{escape(origin.footer)}</footer></body></html>\n"
    ).encode()


def _block(heading: str, inside: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{inside}</section>"


def _courses(dossier: ReleasedDossier) -> str:
    return f'<div class="courses">{"".join(to_svg(c, CARD) for c in dossier.charts)}</div>'


def issues(dossier: Dossier, words: Words) -> str:
    """Name the issues and their cells; in full they might quote a count of a few persons."""
    if not dossier.issues:
        return f"<p>{escape(words('county.no_issues'))}</p>"
    lines = "".join(f"<li>{_issue(issue, words)}</li>" for issue in dossier.issues)
    left = dossier.issues_left
    more = f"<p>{escape(words('county.more_issues', n=left))}</p>" if left else ""
    return f"<ul>{lines}</ul>{more}"


def _issue(issue: Issue, words: Words) -> str:
    severity = words(f"data.issues.severities.{issue.severity}")
    place = " › ".join(part for part in (issue.source_file, issue.sheet, issue.cell) if part)
    rule = words.sentences.get(f"rule.{issue.rule}", issue.rule)
    return f"<b>{escape(severity)}</b> {escape(rule)} · {escape(place)}"
