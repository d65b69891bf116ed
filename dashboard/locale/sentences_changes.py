"""The sentence of a change: how much, how many per cent, and which counties it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.locale.numbers import number, shown, signed, unit_after
from dashboard.locale.periods import day_name, window_name
from dashboard.queries.months import year_earlier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.locale.labels import Labels
    from dashboard.queries.choices import Indicator
    from dashboard.queries.contributions import Comparison, Explanation, Part
    from dashboard.queries.values import Change

NAMED = 3  # parts that a sentence names, at most
MOST = 0.5  # they are named until they make up this share of all that moved the same way
AGAINST = 0.1  # a part that moved the other way is named from this share of the change on


def sentence(explained: Explanation, asked: Comparison, labels: Labels) -> str:
    """Say what an area has now, how it moved, where most of that comes from, what moved against."""
    words = labels.words
    lead = words(
        "changes.lead",
        period=window_name(asked.now, words),
        area=labels.area(asked.area),
        indicator=labels.indicator(asked.indicator, asked.breakdown),
        figure=labels.value(explained.now, asked.indicator),
    )
    if explained.change is None:
        return lead + words("join.end") + refusal(explained, asked, labels)
    text = lead + words("changes.moved", moved=moved(explained.change, asked, labels))
    if 0 < explained.change.n_areas < explained.now.n_expected:
        text += words("changes.like", n=explained.change.n_areas)
    return text + _why(explained, asked, labels) + words("join.end")


def refusal(explained: Explanation, asked: Comparison, labels: Labels) -> str:
    """Say why a change is not known, or not divided among counties; empty where it is."""
    if not explained.refused:
        return ""
    words = labels.words
    reasons = [
        f"{day_name(c.starts_on, words)} {words.pick(c.reason, c.reason_en)}"
        for c in explained.redefined
    ]
    return words(
        f"changes.refused.{explained.refused}",
        base=window_name(asked.base, words),
        figure=labels.value(explained.before, asked.indicator),
        reason=words("join.clauses").join(reasons),
    )


def moved(change: Change, asked: Comparison, labels: Labels) -> str:
    """Say how far, and against what: 同比增加1.24万元（4.1%）."""
    words, indicator = labels.words, labels.indicators[asked.indicator]
    amount = _amount(change.difference, indicator, labels)
    on_year = asked.base == year_earlier(asked.now)
    against = words("changes.on_year" if on_year else "changes.on_base",
                    base=window_name(asked.base, words))  # fmt: skip
    if not change.difference or not _rounds_to_something(change.difference, indicator):
        return words("changes.flat", against=against)
    about = "" if change.exact else words("changes.about")
    rose = "rise" if change.difference > 0 else "fall"
    if indicator.kind == "rate":
        return words(f"changes.points_{rose}", against=against, amount=amount, about=about)
    key = f"changes.{rose}" if change.growth is not None else f"changes.{rose}_plain"
    growth = f"{number(abs(change.growth or 0.0), 1)}%"
    return words(key, against=against, amount=amount, about=about, growth=growth)


def effect_text(
    effect: float, indicator: Indicator, labels: Labels, *, exact: bool = True, unit: bool = True
) -> str:
    """Write what a part adds, with its sign and unit: +0.54万元, -0.30个百分点."""
    text = signed(shown(effect, indicator), decimals_of(indicator))
    if unit and indicator.kind == "rate":
        text = labels.words("change.points", points=text)
    elif unit:
        text += unit_after(indicator, labels.words)
    return text if exact else labels.words("change.about", change=text)


def decimals_of(indicator: Indicator) -> int:
    """Return how many decimals a difference has: two for points of a rate."""
    return 2 if indicator.kind == "rate" else indicator.decimals


def _amount(difference: float, indicator: Indicator, labels: Labels) -> str:
    size = number(abs(shown(difference, indicator)), decimals_of(indicator))
    return size if indicator.kind == "rate" else size + unit_after(indicator, labels.words)


def _rounds_to_something(difference: float, indicator: Indicator) -> bool:
    return bool(number(abs(shown(difference, indicator)), decimals_of(indicator)).strip("0.,"))


def _why(explained: Explanation, asked: Comparison, labels: Labels) -> str:
    """Name the parts that moved most with the whole, and the largest that moved against it."""
    words = labels.words
    whole = explained.change.difference if explained.change else 0.0
    sign = 1 if whole >= 0 else -1
    along = [p for p in explained.parts if p.effect * sign > 0]
    against = [p for p in explained.parts if p.effect * sign < 0]
    along.sort(key=lambda p: -abs(p.effect))
    against.sort(key=lambda p: -abs(p.effect))
    text = ""
    if along and whole:
        text += words("changes.mostly", names=_names(_most(along), asked, labels))
    named = [p for p in against if abs(p.effect) >= AGAINST * abs(whole)][: NAMED - 1]
    if named:
        text += words("changes.against", names=_names(named, asked, labels))
    mix = sum(p.mix for p in explained.parts)
    indicator = labels.indicators[asked.indicator]
    if abs(mix) >= 0.005:
        text += words(
            "changes.mix",
            own=effect_text(whole - mix, indicator, labels),
            mix=effect_text(mix, indicator, labels),
        )
    return text


def _most(parts: Sequence[Part]) -> list[Part]:
    """Return the largest parts until they make up most of what moved the same way."""
    named: list[Part] = []
    enough = MOST * sum(abs(p.effect) for p in parts)
    for part in parts[:NAMED]:
        if sum(abs(p.effect) for p in named) < enough:
            named.append(part)
    return named


def _names(parts: Sequence[Part], asked: Comparison, labels: Labels) -> str:
    indicator = labels.indicators[asked.indicator]
    named = [
        labels.words(
            "changes.named",
            name=labels.short_area(p.code),
            effect=effect_text(p.effect, indicator, labels, exact=p.exact),
        )
        for p in parts
    ]
    return labels.words.listed(named)
