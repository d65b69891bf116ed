"""Explore: any values as a table with totals, as the page of that name pivots them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from dashboard import charts
from dashboard.charts.listing import SAID
from dashboard.locale.sentences_explore import about_list, subject
from dashboard.queries import areas as reach
from dashboard.queries import choices, explore
from dashboard.queries import pivot as queries
from dashboard.queries.pivot import DIMS, MOST, Dim
from dashboard.queries.values import TOTAL

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.decks.setting import Wanted
    from dashboard.queries.areas import Reach
    from dashboard.queries.explore import Chosen

DOWN: tuple[Dim, ...] = ("indicator", "area")
LISTED = 60  # values that slides have room for
REACHES = ("both", "own", "parts", "all")


class Subject(NamedTuple):
    """What a table is about, of which its title speaks."""

    chosen: Chosen
    aspect: str
    indicators: tuple[str, ...]
    areas: tuple[str, ...]
    reach: str
    form: str = "pivot"
    office: str = ""
    file: str = ""


def pivot(wanted: Wanted) -> Chart | None:
    """Show ``indicators`` (or an ``aspect``) in ``areas`` and what their ``reach`` takes in.

    ``down`` are the dimensions that make the rows, ``parts`` the breakdowns.
    """
    about = _subject(wanted)
    chosen = about.chosen
    lost = wanted.said.get("indicators") and not about.indicators
    if lost or not chosen.indicators or wanted.ask(queries.size, chosen) > MOST:
        return None  # an annex of cards does not become one of whatever there is
    found = wanted.ask(queries.pivot, chosen)
    if not found.cells:
        return None
    down = tuple(dim for dim in DIMS if dim in wanted.many("down"))
    title = wanted.words("explore.comma").join(subject(wanted.labels, about))
    origin = wanted.origin(chosen.indicators, chosen.areas, chosen.first, chosen.last)
    return charts.pivot(found, down or DOWN, title, wanted.labels, origin, chosen.measure)


def listing(wanted: Wanted) -> Chart | None:
    """List the values of the same, at most LISTED; ``columns`` are what is said of each.

    ``status`` and ``qualifier`` narrow it. It cannot be narrowed by size: a small count that is
    withheld would be told by standing there.
    """
    about = _subject(wanted)
    chosen = about.chosen._replace(statuses=wanted.many("status"),
                                   qualifiers=wanted.many("qualifier"))  # fmt: skip
    if wanted.said.get("indicators") and not about.indicators:
        return None
    found = wanted.ask(explore.found, chosen, LISTED)
    if not found:
        return None
    columns = tuple(column for column in wanted.many("columns") if column in SAID)
    title = wanted.words("explore.comma").join(
        about_list(wanted.labels, about._replace(chosen=chosen))
    )
    origin = wanted.origin(chosen.indicators, chosen.areas, chosen.first, chosen.last)
    return charts.listing(
        found, columns or tuple(SAID)[:1], title, wanted.labels, origin, chosen.measure
    )


def _subject(wanted: Wanted) -> Subject:
    aspect, picked = wanted.said.get("aspect", ""), wanted.indicators
    codes = wanted.ask(choices.available_indicators, wanted.dataset, wanted.freq)
    having = tuple(c for c in codes if aspect in ("", wanted.labels.indicators[c].aspect))
    how = cast("Reach", wanted.one("reach", REACHES))
    areas = wanted.ask(reach.reached, wanted.dataset, wanted.areas, how)
    chosen = explore.Chosen(
        wanted.dataset, picked or having, areas, (), *wanted.span(), wanted.measure
    )
    parts = wanted.ask(explore.breakdowns_of, wanted.dataset, chosen.indicators)
    said = tuple(part for part in wanted.many("parts") if part in parts)
    chosen = chosen._replace(breakdowns=said or (TOTAL,) * (TOTAL in parts))
    return Subject(chosen, aspect, picked, wanted.areas, how)
