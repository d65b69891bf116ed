"""The inspection card: one area's file as one HTML file that opens without network or script."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.exports import dossier as blocks
from dashboard.exports.svg import CARD, to_svg

if TYPE_CHECKING:
    from dashboard.charts import Dossier
    from dashboard.locale import Words
    from dashboard.queries.issues import Issue

STYLE = Path(__file__).with_name("card.css")


def to_card(dossier: Dossier, words: Words) -> bytes:
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
            _block(words("county.open_issues"), _issues(dossier, words)),
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


def _courses(dossier: Dossier) -> str:
    return f'<div class="courses">{"".join(to_svg(c, CARD) for c in dossier.charts)}</div>'


def _issues(dossier: Dossier, words: Words) -> str:
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
