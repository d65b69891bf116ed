"""Sentences of topics: what was paid of what was allocated, and from fairs to intentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.locale.numbers import number
from dashboard.locale.periods import period_name
from dashboard.queries.comparison import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.locale import Words
    from dashboard.locale.labels import Labels
    from dashboard.queries.topics import Part
    from dashboard.queries.values import Value


def quotient(above: Value | None, below: Value | None) -> float | None:
    """Divide two figures of one area; None unless nobody's is missing and nobody contradicts."""
    if above is None or below is None or above.conflict or below.conflict:
        return None
    if above.obs_value is None or not below.obs_value or not whole(above, below):
        return None
    return above.obs_value / below.obs_value


def rate_text(allocated: Value | None, paid: Value | None, words: Words) -> str:
    """Return what was paid in per cent of what was allocated: 95.3%; nothing where unknown."""
    share = quotient(paid, allocated)
    if share is None or allocated is None or paid is None:
        return ""
    return _about(f"{number(100 * share, 1)}%", (allocated, paid), words)


def paired_title(
    found: Mapping[tuple[str, str, str], Value],
    allocated: Part,
    paid: Part,
    area: str,
    periods: Sequence[str],
    labels: Labels,
) -> str:
    """Say the rate of the last period that has one, or that there is none."""
    words = labels.words
    rates = {
        p: rate_text(found.get((*allocated.key, p)), found.get((*paid.key, p)), words)
        for p in periods
    }
    last = next((p for p in reversed(periods) if rates[p]), "")
    return words(
        "topics.paired_title" if last else "topics.paired_none",
        area=labels.area(area),
        period=period_name(last or periods[-1], words),
        allocated=labels.indicator(*allocated.key),
        paid=labels.indicator(*paid.key),
        rate=rates.get(last, ""),
    )


def ratios(
    found: Mapping[tuple[str, str], Value], steps: Sequence[Part], words: Words
) -> list[str]:
    """Return posts a fair, and intentions per hundred posts; "" where they are not known."""
    fairs, posts, intentions = (found.get(step.key) for step in steps)
    each, hundred = quotient(posts, fairs), quotient(intentions, posts)
    return [
        "" if value is None else _about(number(value, 1), pair, words)
        for value, pair in (
            (each, (posts, fairs)),
            (None if hundred is None else 100 * hundred, (intentions, posts)),
        )
    ]


def steps_title(
    found: Mapping[tuple[str, str], Value],
    steps: Sequence[Part],
    area: str,
    when: str,
    labels: Labels,
) -> str:
    """Say how many of each step come from the one before; the steps themselves have bars."""
    say = labels.words
    names = (say("topics.per_fair"), say("topics.per_posts"))
    about = {"area": labels.area(area), "period": when}
    told = [
        say("topics.steps_ratio", name=name, ratio=text)
        for name, text in zip(names, ratios(found, steps, say), strict=True)
        if text
    ]
    if not told:
        return say("topics.steps_title", **about)
    return say("topics.steps_found", **about, ratios=say("join.clauses").join(told))


def _about(text: str, values: Sequence[Value | None], words: Words) -> str:
    exact = all(v is not None and v.qualifier == "exact" for v in values)
    return text if exact else words("change.about", change=text)
