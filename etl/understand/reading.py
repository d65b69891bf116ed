"""What the labels over a column, or at the left of a row, say together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from etl.understand.meaning import BETWEEN
from etl.understand.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.understand.blocks import Block
    from etl.understand.period import Period
    from etl.understand.sheet import Sheet
    from etl.understand.vocabulary import Breakdowns, Label, Vocabulary

# Set aside before their text is judged.
ASIDE = ("derived", "prior", "plan", *TARGETS, "subtotal", "ignored")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a column's header, a row's stub, a section or a title says; rows often share one."""

    indicator: str = ""
    breakdowns: Breakdowns = ()  # pinned to the indicator by its words
    candidates: Breakdowns = ()  # (dimension, code) pairs: the indicator decides which is meant
    areas: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    units: tuple[str, ...] = ()
    aside: str = ""  # derived, prior, plan, target, subtotal: not a fact of its own
    total: bool = False
    of_which: bool = False
    money: bool = False  # 金额: amounts, whatever the rows count
    rest: str = ""  # words on the path that nothing explains


NOTHING = Reading()


class Group(NamedTuple):
    """The group that titles name, 走访慰问, and the indicators that they name themselves."""

    label: Label
    codes: set[str]


def read_path(path: Sequence[Label], vocabulary: Vocabulary) -> Reading:
    """Read labels from the outermost to the leaf: the exact leaf, then parent and leaf joined."""
    found = _indicator(path, vocabulary)
    code, pinned, depth = found or ("", (), -1)
    own = path[depth].rest if found and path[depth].indicators else ""
    leaf = depth if found and not path[depth].indicators else -1  # 优抚资金 over 下拨: no part
    aside = next((x.role for x in path if x.role in ASIDE and not _sums_a_period(x)), "")
    rests = [label.rest for i, label in enumerate(path) if label.rest and i > depth]
    below_it = {rest: _unit(rest, vocabulary) for rest in rests if found}  # 慰问金 over 万元
    rests = [rest for rest in rests if not below_it.get(rest)]
    own_units = [unit for unit in below_it.values() if unit]
    if own:
        rests.append(own)
    below = path[depth:] if found else path
    return Reading(
        indicator=code,
        breakdowns=pinned,
        candidates=_candidates([x for i, x in enumerate(path) if i != leaf], code, vocabulary),
        areas=next((label.areas for label in reversed(path) if label.areas), ()),
        periods=tuple(period for label in reversed(path) for period in label.periods),
        units=next((label.units for label in reversed(path) if label.units), tuple(own_units[-1:])),
        aside=aside,
        total=any(label.role == "total" or _sums_a_period(label) for label in below),
        of_which=any(label.of_which for label in path),
        money=any(label.role == "money_header" for label in path),
        rest="" if aside and aside not in TARGETS else BETWEEN.join(rests),
    )


def _unit(words: str, vocabulary: Vocabulary) -> str:
    """The unit that a header below an indicator is: 万元, or the 人 of 人数; else nothing."""
    said = (words, words.removesuffix("数"))
    return next((word for word in said if vocabulary.units.of(word)), "")


@lru_cache(maxsize=10_000)  # the sheets of a form repeat their headers
def _read_once(path: tuple[Label, ...], vocabulary: Vocabulary) -> Reading:
    return read_path(path, vocabulary)


def _sums_a_period(label: Label) -> bool:
    """一季度小计 is the quarter's own figure, as 一季度合计 is; 小计 alone is none."""
    return label.role == "subtotal" and bool(label.periods)


def _candidates(path: Sequence[Label], code: str, vocabulary: Vocabulary) -> Breakdowns:
    """The breakdowns that a path names; 累计 is one of the indicator that counts by it only."""
    return tuple(
        key
        for label in path
        for key in label.breakdowns
        if key not in vocabulary.moments or (code and vocabulary.applies(key, code))
    )


def _indicator(path: Sequence[Label], vocabulary: Vocabulary) -> tuple[str, Breakdowns, int] | None:
    """Find the indicator of a header's path: its code, pinned breakdowns and how deep it stands."""
    for depth in range(len(path) - 1, -1, -1):
        label = path[depth]
        text = label.text[len(label.ordinal) :]
        own = (core(label), text, *([vocabulary.units.off(text)[0]] if label.units else []))
        leaves = [words for words in own if words in vocabulary.leaves]
        for above in range(depth - 1, -1, -1) if leaves else ():
            for leaf in leaves:
                if hit := vocabulary.paths.get((core(path[above]), leaf)):
                    return *hit, depth
        if label.indicators:
            return *label.indicators[0], depth
    return None


def names_but_an_indicator(label: Label, vocabulary: Vocabulary) -> bool:
    """Whether a label means nothing to what stands below it and names an indicator of its own."""
    more = label.areas or label.breakdowns or label.periods or label.units or label.of_which
    silent = label.indicators and not (more or label.role or label.rest)
    return bool(silent and label.text[len(label.ordinal) :] not in vocabulary.groups)


def core(label: Label) -> str:
    """Return a label's own words, without its number and what was explained as unit or period."""
    return label.rest or label.text[len(label.ordinal) :]


def title_group(sheet: Sheet, block: Block) -> Group | None:
    """Return the group that a table's titles name, for leaves that have none above them."""
    cells = (sheet.label(row, column) for row in block.titles for column in sheet.filled(row))
    labels = [label for label in cells if label]
    group = sheet.vocabulary.group(label.text for label in labels)
    return (
        Group(group, {code for label in labels for code, _ in label.indicators}) if group else None
    )


def in_group(path: Sequence[Label], group: Group | None, vocabulary: Vocabulary) -> Reading:
    """Read a path; where it names no indicator, under the group that the title names.

    部队 below 走访慰问情况 are the units visited, below 走访慰问金情况 a part of that money.
    """
    reading = _read_once(tuple(path), vocabulary)
    known = not any(label.rest for label in path[:-1])  # 无关词 above 人数 is an unknown breakdown
    if not (group and path and known) or reading.indicator:
        return reading
    titled = (vocabulary.applies(key, code) for key in path[-1].breakdowns for code in group.codes)
    grouped = reading if any(titled) else read_path((group.label, *path), vocabulary)
    return grouped if grouped.indicator else reading
