"""Sentences of a bulletin: who reported, who leads, who is ahead, who lags, what is asked of whom.

A bulletin names units. So nobody is named for a figure that is not exact or that contradicts
itself, and who did not report is said to be silent and never to come last.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.locale.sentences import JOINT, change_phrase, value_clause
from dashboard.locale.sentences_progress import percent, planned

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dashboard.locale import Words
    from dashboard.locale.labels import Labels
    from dashboard.queries.counties import Ranked
    from dashboard.queries.progress import Progress
    from dashboard.queries.values import Change, Value

NUMERALS = "一二三四五六七八九十"
WHOLE = 100.0  # per cent of a target that are planned when its year is over
LEADING, MOVING, NAMED = 3, 5, 10  # places, areas that moved most, areas off the plan


def numbered(n: int, name: str, words: Words) -> str:
    """Return the name of a part behind its number: 二、各县区排名, 2. Ranking."""
    return words("bulletin.part", n=words.pick(_numeral(n), str(n)), name=name)


def _numeral(n: int) -> str:
    """Return a number up to 99 as it is written: 十, 十二, 二十."""
    tens, ones = divmod(n, 10)
    head = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return head + (NUMERALS[ones - 1] if ones else "")


def reporting(due: Mapping[str, bool], overdue: Collection[str], labels: Labels) -> str:
    """Say how many areas were to report and did, and who did not."""
    words, silent = labels.words, sorted(code for code, came in due.items() if not came)
    if not due:
        return ""
    if not silent:
        return words("bulletin.all_came", of=len(due))
    if len(silent) == len(due):
        return words("bulletin.none_came", of=len(due))
    clauses = [words("bulletin.some_came", of=len(due), n=len(due) - len(silent))]
    for kind, codes in (
        ("overdue", [code for code in silent if code in overdue]),
        ("silent", [code for code in silent if code not in overdue]),
    ):
        if codes:
            clauses.append(words(f"overview.{kind}", areas=_short(codes, labels)))
    return words("join.clauses").join(clauses) + words("join.end")


def missing(counts: Mapping[str, int], labels: Labels) -> str:
    """Say how many figures are missing of those who did report: 缺报3项：民乐2项、临泽1项."""
    return _counted("missing", counts, labels)


def figures(values: Sequence[Value], of: str, labels: Labels) -> str:
    """Say figures and how they moved, ``of`` one side of the work: 优抚方面，抚恤金…，同比…."""
    words = labels.words
    clauses = [value_clause(value, labels) for value in values if value.obs_value is not None]
    if not clauses:
        return ""
    text = words("join.clauses").join(clauses)
    return words("bulletin.figures", of=of, figures=text) if of else text + words("join.end")


def leaders(rows: Sequence[Ranked], indicator: str, when: str, labels: Labels) -> str:
    """Name the first three places with their figures, ties together; nothing where all have 0.

    Where a figure among the first is not exact, or contradicts itself, places are for reference.
    """
    words, low_is_good = labels.words, labels.indicators[indicator].direction == "down"
    placed = [row for row in rows if row.place is not None]
    first = [r for r in placed if (r.place or 0) <= LEADING and (r.obs_value or low_is_good)]
    if not first or not any(row.obs_value for row in placed):
        return ""
    clauses = [
        _place(place, list(tied), indicator, labels)
        for place, tied in groupby(first, key=lambda row: row.place or 0)
    ]
    unsure = any(not _sure(row) for row in placed[: len(first) + 1])
    return words(
        "bulletin.leaders",
        period=when,
        indicator=labels.indicator(indicator, first[0].breakdown),
        places=words("join.clauses").join(clauses),
        note=words("bulletin.for_reference") if unsure else "",
    )


def _place(place: int, tied: Sequence[Ranked], indicator: str, labels: Labels) -> str:
    """Say who holds a place: 甘州第1（11.01万元）, 民乐、临泽并列第2（均为5.56万元）."""
    words, figure = labels.words, labels.value(tied[0], indicator)
    if len(tied) == 1:
        area = labels.short_area(tied[0].ref_area)
        return words("bulletin.place", area=area, place=place, figure=figure)
    areas = words("counties.several", n=len(tied))
    if len(tied) <= JOINT:
        areas = _short([row.ref_area for row in tied], labels)
    return words("bulletin.places", areas=areas, place=place, figure=figure)


def risers(rows: Sequence[Ranked], indicator: str, labels: Labels) -> str:
    """Name the areas whose figure grew most on the year before."""
    if labels.indicators[indicator].direction == "down":
        return _moved(rows, indicator, labels, "fallers_good", up=False)
    return _moved(rows, indicator, labels, "risers", up=True)


def fallers(rows: Sequence[Ranked], indicator: str, labels: Labels) -> str:
    """Name the areas whose figure went the wrong way; none where no way is the wrong one."""
    direction = labels.indicators[indicator].direction
    if direction == "none":
        return ""
    key = "fallers" if direction == "up" else "risers_bad"
    return _moved(rows, indicator, labels, key, up=direction == "down")


def _moved(rows: Sequence[Ranked], indicator: str, labels: Labels, key: str, *, up: bool) -> str:
    """Name who moved one way, the most first; not by figures that nobody is sure of."""
    words, entry, sign = labels.words, labels.indicators[indicator], 1 if up else -1
    moved = [
        (size * sign, row)
        for row in rows
        if row.change and row.change.exact and _sure(row)
        and (size := _size(row.change, rate=entry.kind == "rate")) * sign > 0
    ]  # fmt: skip
    moved.sort(key=lambda pair: (-pair[0], pair[1].ref_area))
    named = [
        words(
            "bulletin.with",
            area=labels.short_area(row.ref_area),
            figure=change_phrase(row.change, entry, words),
        )
        for _, row in moved[:MOVING]
    ]
    if not named:
        return ""
    name = labels.indicator(indicator, moved[0][1].breakdown)
    return words(f"bulletin.{key}", indicator=name, areas=words.listed(named))


def _size(change: Change, *, rate: bool) -> float:
    return change.difference if rate else change.growth or 0.0


def ahead(found: Sequence[Progress], labels: Labels) -> str:
    """Name the areas that are farthest ahead of the plan of a target; all when the year is over."""
    return _against(found, labels, "ahead", sign=1)


def lagging(found: Sequence[Progress], labels: Labels) -> str:
    """Name the areas that are behind it, the farthest first."""
    return _against(found, labels, "lagging", sign=-1)


def _against(found: Sequence[Progress], labels: Labels, key: str, *, sign: int) -> str:
    """Say the plan, and what of their targets those have done who are ahead of it or behind."""
    words = labels.words
    there = [(p.gap * sign, p) for p in found if p.exact and p.gap and p.gap * sign > 0]
    there.sort(key=lambda pair: (-pair[0], pair[1].ref_area))
    if not there:
        return ""
    first = there[0][1]
    over = first.planned == WHOLE
    some = sign > 0 and not over  # 较快的有: the first are enough
    named = [
        words(
            "bulletin.with",
            area=labels.short_area(p.ref_area),
            figure=percent(p.completion or 0.0, words),
        )
        for _, p in there[: LEADING if some else NAMED]
    ]
    listed = words.listed(named)
    if not some and len(there) > NAMED:
        listed = words("bulletin.and_more", areas=listed, n=len(there))
    return words(
        f"bulletin.{key}.{'year' if over else 'plan'}",
        indicator=labels.indicator(first.indicator),
        plan=planned(first, words),
        areas=listed,
    )


def contradictions(counts: Mapping[str, int], labels: Labels) -> str:
    """Say how many figures await a check, and whose: 待核实3处：民乐2处、临泽1处."""
    return _counted("contradictions", counts, labels)


def _counted(key: str, counts: Mapping[str, int], labels: Labels) -> str:
    """Say how many there are in all, and of whom, the most first; nothing where there are none."""
    words = labels.words
    if not counts:
        return ""
    named = [
        words(f"bulletin.{key}.of_area", area=labels.short_area(code), n=counts[code])
        for code in sorted(counts, key=lambda code: (-counts[code], code))
    ]
    return words(f"bulletin.{key}.all", n=sum(counts.values()), areas=words.listed(named))


def asked_of(
    key: str, areas: Collection[str], everyone: Collection[str], when: str, labels: Labels
) -> str:
    """Ask something of some areas: to report, to catch up, to check; nothing of nobody."""
    if not areas:
        return ""
    words = labels.words
    names = _short(areas, labels)
    if len(everyone) > 1 and {*areas} >= {*everyone}:
        names = words("bulletin.everybody")
    return words(f"bulletin.ask.{key}", areas=names, period=when)


def _sure(row: Ranked) -> bool:
    return row.qualifier == "exact" and not row.conflict


def _short(codes: Collection[str], labels: Labels) -> str:
    return labels.words.listed([labels.short_area(code) for code in sorted(codes)])
