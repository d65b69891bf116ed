"""Provenance: the files and the vintage behind figures, as every drawing and file says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.chart import Provenance
from dashboard.locale.outside import printable
from dashboard.locale.periods import day_name

if TYPE_CHECKING:
    from dashboard.locale import Words
    from dashboard.queries.choices import Vintage

FILES_NAMED = 3  # a source line names this many files, then it counts


def provenance_of(
    files: tuple[str, ...], dataset: str, vintage: Vintage, words: Words, footer: str = ""
) -> Provenance:
    """Say that figures come from some files, and which vintage holds them, or another footer."""
    name = words(f"dataset.{dataset}")
    files = tuple(map(printable, files))
    if len(files) > FILES_NAMED:
        source = words("source.line_many", file=files[0], n=len(files), dataset=name)
    elif files:
        source = words("source.line", files=words.listed(files), dataset=name)
    else:
        source = words("source.line_none", dataset=name)
    return Provenance(
        source=source,
        dataset=name,
        vintage=vintage.vintage,
        as_of=vintage.as_of,
        badge=words("app.demonstration") if dataset == "demonstration" else "",
        footer=footer or footer_of(vintage, words),
        issue=vintage.issue,
    )


def footer_of(vintage: Vintage, words: Words, *, earlier: bool = False) -> str:
    """Say which vintage it is, and whether a later one is in force.

    A meeting issue says the same for ever, also after the next load.
    """
    key = "asof.issue_footer" if vintage.issue else "asof.footer" if earlier else "app.footer"
    return words(key, **named(vintage, words))


def named(vintage: Vintage, words: Words) -> dict[str, str]:
    """Return what a sentence may say of a vintage; its day as people say one."""
    return {**vintage._asdict(), "as_of": day_name(vintage.as_of, words)}
