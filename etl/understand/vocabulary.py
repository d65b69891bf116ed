"""What a label's words are: indicator, area, breakdown, period, unit, or a role in the sheet."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from etl.catalogue.pins import NO_PINS, Pins
from etl.understand.number import Number, read_number
from etl.understand.period import Period, ambiguous_code, code_shape, find_periods
from etl.understand.targets import TARGETS
from etl.understand.text import normalise
from etl.understand.units import BRACKET, Units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from etl.catalogue import Catalogue

Breakdowns = tuple[tuple[str, str], ...]  # (dimension, code) pairs in dimension order

ORDINAL = re.compile(
    r"^(?!(?:一、二|二、三|三、四|1、2|2、3|3、4)季)"  # 一、二季度 is no first item
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|"
    r"[A-H][、.．](?=[一-鿿])|\d{1,2}(?:[、．]|\.(?!\d)|\.\d{1,2}(?:\.\d{1,2})*[、. ]?(?=[^\d%]))|"
    r"第[一二三四五六七八九十]+部分[、:]?|附?表[一二三四五六七八九十\d]{1,2}[、:])"
)
BRACKETED_PART = re.compile(r"^\((其\s*中[^()]*(?:\([^()]*\))?)\)")  # (其中:部队)(万元)
OF_WHICH = re.compile(r"^(?:其\s*中|#)[:、]?")
CODED = re.compile(r"(\d{6}|\d{12}) ?-?([\u4e00-\u9fff]{2,})")  # 620702 甘州区
# Figures of a csv; four digits may be a year, six a code, and 2024.1 a month.
PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,2}|[1-9]\d{4}|[1-9]\d{6,11})(?:\.\d+)?")
# What a person types for a figure: no word is looked for in it. A bare 2024 may be a year.
TYPED = re.compile(
    r"[约近超逾]?[1-9][0-9]{0,2}(?:,[0-9]{3})*(?:\.[0-9]+)?"
    r"|[约近超逾][1-9][0-9]*[余多]?|[1-9][0-9]*[余多]"
    r"|(?:0|[1-9][0-9]{4})(?:\.[0-9]+)?"
)
TITLE = 4  # signs that a title has at least: 表一 is none
NOUGHT = "0"  # the status of a mark that a layout or an answer reads as none
# Roles of headers over what is hidden; a row below one of `register` is a person (mask.py).
PERSONAL = ("register", "person", "identity", "phone", "account", "designator")
FRAME = re.compile(r"^(?:[甲乙丙丁戊己庚辛]|栏次|行次|序号|\(?\d{1,2}\)?)$")


LAID, ANSWERED = "layout", "answer"


@dataclass(frozen=True, slots=True)
class Label:
    """One distinct cell text and all that its words say; shared by a cache, never changed."""

    text: str
    indicators: tuple[tuple[str, Breakdowns], ...] = ()
    areas: tuple[str, ...] = ()
    breakdowns: tuple[tuple[str, str], ...] = ()  # candidates: the indicator decides
    periods: tuple[Period, ...] = ()
    units: tuple[str, ...] = ()
    role: str = ""  # a key of words.yml, or ''
    of_which: bool = False
    ordinal: str = ""
    rest: str = ""  # what no word explains
    number: Number | None = None
    status: str = ""  # a mark such as — or 未报
    pinned: str = ""  # LAID or ANSWERED: what a layout or an answer says

    @property
    def is_value(self) -> bool:
        """Whether the cell stands where a figure would: a number in words, or a mark."""
        return self.number is not None or bool(self.status)

    @property
    def heads_nothing(self) -> bool:
        """Whether no word of the cell could stand in a header."""
        said = self.indicators or self.areas or self.breakdowns or self.periods or self.units
        return not (said or self.role or self.of_which or self.pinned)


class Vocabulary:
    """The words of one catalogue, looked up by normalised text."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.words = {role: tuple(map(normalise, words)) for role, words in catalogue.words.items()}
        self.roles = self._roles()
        states = ("rejected", "approved", "draft")  # of a row, in a column of its own
        self.total_ends = tuple(e for w in self.words["total"] for e in (w, f"({w})"))
        self.derived = _any_of(self.words["derived"])
        self.planned = _any_of(word for word in self.words["plan"] if len(word) > 2)
        self.levels = frozenset(word for level in states for word in self.words[level])
        self.indicators, self.paths = self._indicators()
        # their own words speak of time, and say no period: 累计播放量, 逐月领取退役金
        timed = (w for w in self.indicators if re.search("[月季]|累计", w))
        self.timed = tuple(sorted(timed, key=len, reverse=True))
        self.groups = tuple(sorted({group for group, _ in self.paths}, key=len, reverse=True))
        self.leaves = {leaf for _, leaf in self.paths}
        self.areas = self._areas()
        behind = "(?<=[市区县州旗盟])"
        self.area_parts = [re.compile(behind + p) for p in catalogue.words["area_part"]]
        self.continued = [re.compile(p) for p in catalogue.words["continued"]]
        self.breakdowns = self._breakdowns()
        planned = (key for key, part in catalogue.breakdowns.items() if part.planned)
        self.target: Breakdowns = tuple(planned)[:1]  # what a year's targets are a part of
        # words of breakdowns that say a period to any other indicator: 累计 is a mode of titles
        self.moments = frozenset(
            key
            for word, keys in self.breakdowns.items()
            for key in keys
            if key[0] != "festival" and not find_periods(word)[1]
        )
        self.marks = {
            normalise(mark): status.obs_status
            for status in catalogue.statuses
            for mark in status.marks
        }
        self.longest = max((len(word) for word in self.indicators), default=0)
        said = {*self.words["title_word"], *self.words["file_word"]}
        self.title_words = sorted(said, key=len, reverse=True)  # nothing of what is counted
        self.longest_area = max((len(word) for word in self.areas), default=0)
        self._cache: dict[str, Label] = {}
        self.units = Units(catalogue.units, {})
        # What is pinned about the sheet that is read: see pins.py, which fills it.
        self.pins: Pins = NO_PINS
        self.pinned_words: dict[str, Label] = {}  # whole cells
        self.pinned_rests: dict[str, Label] = {}  # words around an indicator
        self.pinned_columns: dict[int, tuple[str, Label]] = {}  # role, and what it says
        self.pinned_rows: dict[int, Label] = {}
        self.pinned_sheet: Label = Label("")
        self.variants: dict[tuple[str, ...], Vocabulary] = {}

    def __getstate__(self) -> dict[str, Any]:
        """A worker is handed the words, and not what has been looked up by them."""
        return {**self.__dict__, "_cache": {}, "variants": {}}

    def variant(
        self,
        pins: Pins,
        words: dict[str, Label],
        rests: dict[str, Label],
        columns: dict[int, tuple[str, Label]],
        rows: dict[int, Label],
        sheet: Label,
    ) -> Vocabulary:
        """Return the same vocabulary with pins, and labels of its own."""
        found = copy.copy(self)
        found.pins, found.pinned_words, found.pinned_rests = pins, words, rests
        found.pinned_sheet = sheet
        found.pinned_columns, found.pinned_rows = columns, rows
        marks = {normalise(mark): status for mark, status in pins.marks.items()}
        found.marks = {**self.marks, **marks}
        called = {word: label.units[0] for word, label in words.items() if label.units}
        found._cache, found.units = {}, Units(self.catalogue.units, called)
        return found

    def _roles(self) -> dict[str, str]:
        """Whole cells that have a role; the first list that holds a word decides."""
        first = ("total", "subtotal", *TARGETS, "plan")
        then = ("remark", "serial", "code")
        headers = (
            "indicator",
            "period",
            "event",
            "status",
            "tick",
            "area",
            "unit",
            "value",
            "money",
        )
        roles: dict[str, str] = {}
        for role in (*first, *PERSONAL, *then, *(f"{kind}_header" for kind in headers)):
            for word in self.words.get(role, ()):
                roles.setdefault(word, role)
        return roles

    def _indicators(
        self,
    ) -> tuple[dict[str, tuple[str, Breakdowns]], dict[tuple[str, str], tuple[str, Breakdowns]]]:
        """Aliases that stand alone, and (group, leaf) pairs of headers above each other."""
        whole: dict[str, tuple[str, Breakdowns]] = {}
        paths: dict[tuple[str, str], tuple[str, Breakdowns]] = {}
        for code, indicator in self.catalogue.indicators.items():
            for alias in (indicator.name, *indicator.aliases):
                words, pinned = _pinned(alias)
                if "/" in words:
                    group, leaf = words.split("/", 1)
                    paths[normalise(group), normalise(leaf)] = (code, pinned)
                    whole.setdefault(normalise(group + leaf), (code, pinned))
                    whole.setdefault(normalise(words), (code, pinned))
                else:
                    whole[normalise(words)] = (code, pinned)
                    whole[normalise(words).replace("“", "").replace("”", "")] = (code, pinned)
        return whole, paths

    def _areas(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for code, area in self.catalogue.areas.items():
            for word in {code, area.name, area.short_name, *area.aliases} - {""}:
                found[normalise(word)].append(code)
        return {word: tuple(codes) for word, codes in found.items()}

    def _breakdowns(self) -> dict[str, tuple[tuple[str, str], ...]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, breakdown in self.catalogue.breakdowns.items():
            if breakdown.planned:  # headers and titles say so by their roles
                continue
            for word in {key[1], *breakdown.aliases}:
                found[normalise(word)].append(key)
        return {word: tuple(keys) for word, keys in found.items()}

    def says_continued(self, text: str) -> bool:
        """Whether a sheet's name or a line says that a table goes on: 续表, 表一（续）."""
        return "续" in text and any(p.search(normalise(text)) for p in self.continued)

    def only_continues(self, text: str) -> bool:
        """Whether a line says no more: 表一（续） does not, 二季度双拥统计表（续） does."""
        if not self.says_continued(text):
            return False
        rest = self.label(self.continued[0].sub("", normalise(text)))
        return len(rest.text) < TITLE and not (rest.areas or rest.periods or rest.indicators)

    def label(self, raw: str) -> Label:
        """Return what ``raw`` says, from a cache: sheets repeat their words."""
        known = self._cache.get(raw)
        if known is None:
            known = self._cache[raw] = self._read(raw)
        return known

    def _read(self, raw: str) -> Label:
        if PLAIN.fullmatch(raw):
            places = len(raw) - raw.index(".") - 1 if "." in raw else 0
            value = float(raw)
            return Label(raw, number=Number(value, rounding=0.5 * 10.0**-places))
        text = normalise(raw)
        if not text:
            return Label("")
        if text in self.marks:
            if self.marks[text] == NOUGHT:
                return Label(text, number=Number(0, rounding=0.5))
            return Label(text, status=self.marks[text])
        if TYPED.fullmatch(text) and text not in self.pinned_words:
            return Label(text, rest=text, number=read_number(text))
        ordinal = m.group() if (m := ORDINAL.match(text)) else ""
        body = BRACKETED_PART.sub(r"\1", text[len(ordinal) :])
        of_which = bool(m := OF_WHICH.match(body))
        body = body[m.end() :] if m else body
        label = self._facets(body)
        number = None
        named = label.indicators or label.areas or label.periods or label.role or of_which
        if not named and not self._is_coded(text):
            number = read_number(text)
        return Label(
            text, label.indicators, label.areas, label.breakdowns, label.periods, label.units,
            label.role, of_which, ordinal, label.rest, number, pinned=label.pinned,
        )  # fmt: skip

    def _facets(self, body: str) -> Label:
        """Match in order: whole cell, units in brackets, periods, an indicator inside, roles."""
        if whole := self._whole(body):
            return replace(whole, units=whole.units or self.units.off(body)[1])
        if any(self.units.is_per_head(match.group(1)) for match in BRACKET.finditer(body)):
            return Label(body, role="derived")
        core, units = self.units.off(body)
        core = normalise(core)  # 招聘会①(场): the mark is at an end now
        if (units or core != body) and (whole := self._whole(core)):
            return replace(whole, text=body, units=units or whole.units)
        periods, rest = find_periods(core)
        if self.pins.codes and (coded := self._coded(core)):
            periods, rest = (coded,), ""
        rest = self._clean(rest)
        if not rest or rest in self.words["filler"]:
            role = "prior" if any(p.relative.startswith("prior") for p in periods) else ""
            return Label(body, periods=periods, units=units, role=role)
        found = (self._whole(rest) if rest != body else None) or self._inside(rest)
        festivals = tuple(("festival", p.festival) for p in periods if p.festival)
        role = found.role
        if any(p.relative.startswith("prior") for p in periods):
            role = "prior"
        return Label(
            body, found.indicators, found.areas, found.breakdowns + festivals,
            periods + found.periods, units or found.units, role, rest=found.rest,
            pinned=found.pinned,
        )  # fmt: skip

    def _coded(self, text: str) -> Period | None:
        """202402 where an answer says whether such codes are months or quarters."""
        two = ambiguous_code(text)
        said = self.pins.codes.get(code_shape(text))
        return two[said in ("quarter", "october")] if two and said else None

    def _whole(self, text: str) -> Label | None:
        """The whole cell as an indicator, an area, a role's word or a breakdown."""
        if pin := self.pinned_words.get(text):
            return pin
        if text in self.indicators:
            return Label(text, indicators=(self.indicators[text],))
        if text in self.areas:
            return Label(
                text, areas=self.areas[text], breakdowns=self.breakdowns.get(text, ()),
                role=self.roles.get(text, ""),
            )  # fmt: skip
        if text in self.breakdowns:
            keys, role = self.breakdowns[text], self.roles.get(text, "")
            periods = find_periods(text)[0] if self.moments.intersection(keys) else ()
            return Label(text, breakdowns=keys, periods=periods, role=role)
        if text in self.roles:
            return Label(text, role=self.roles[text])
        return self._coded_area(text) or self._summed_area(text) or self._office(text)

    def _coded_area(self, text: str) -> Label | None:
        """620702 甘州区: a code and a name that speak of one area."""
        if match := CODED.fullmatch(text):
            both = (self.areas.get(part, ()) for part in match.groups())
            coded, named = map(set, both)
            return Label(text, areas=tuple(coded & named)) if coded & named else None
        return None

    def _is_coded(self, text: str) -> bool:
        """Whether a text begins with an area's code: 620702 甘洲区 is no 620,702 of anything."""
        match = CODED.fullmatch(text)
        return bool(match and match.group(1) in self.areas)

    def _summed_area(self, text: str) -> Label | None:
        """张掖市合计 and 张掖市(合计) are 张掖市."""
        if not text.endswith(self.total_ends):
            return None
        for word in self.words["total"]:
            if text.endswith((word, f"({word})")) and text != word:
                name = text.rpartition(word)[0].rstrip("( ")
                if codes := self.areas.get(name):
                    return Label(text, areas=codes)
        return None

    def _office(self, text: str) -> Label | None:
        """高台县退役军人事务局 reports for its county; a city's office may mean the city alone."""
        if not text.endswith(self.words["county_office"]):
            return None
        for word in self.words["county_office"]:
            codes = self.areas.get(text.removesuffix(word), ()) if text.endswith(word) else ()
            if codes and all(self.catalogue.areas[code].level == "county" for code in codes):
                return Label(text, areas=codes)
        return None

    def group(self, texts: Iterable[str]) -> Label | None:
        """Return the one group that titles name: 招聘会 of 招聘会情况, for a leaf 场次 below."""
        found = set()
        for text in texts:
            for word in self.groups:
                if word in text:
                    found.add(word)
                    text = text.replace(word, " ")
        return Label(found.pop()) if len(found) == 1 else None

    def _inside(self, text: str) -> Label:
        """An indicator inside the words, and what else they say; or a derived column's word."""
        for word in self.words["total"]:
            if text.startswith(word) and (leaf := text[len(word) :]) in self.leaves:
                return Label(text, role="total", rest=leaf)
        for size in range(min(self.longest, len(text) - 1), 2, -1):
            for start in range(len(text) - size + 1):
                if (word := text[start : start + size]) in self.indicators:
                    code, pinned = self.indicators[word]
                    rest = self._clean(text[:start] + text[start + size :])
                    return self._around(text, code, pinned, rest)
        if self.derived.search(text):
            return Label(text, role="derived")
        if self.planned.search(text):
            return Label(text, role="plan")
        return Label(text, rest=text)

    def _around(self, text: str, code: str, pinned: Breakdowns, rest: str) -> Label:
        """Judge the words around an indicator: a breakdown of it, a derived figure, or unknown."""
        mine = tuple(key for key in self.breakdowns.get(rest, ()) if self.applies(key, code))
        if mine:
            return Label(text, indicators=((code, pinned),), breakdowns=mine[:1])
        if not rest or rest in self.words["filler"]:
            return Label(text, indicators=((code, pinned),))
        role = self.roles.get(rest, "")
        if self.derived.search(rest):
            role = "derived"
        if role in ("derived", "plan", *TARGETS, "total"):
            return Label(text, indicators=((code, pinned),), role=role)
        if (pin := self.pinned_rests.get(rest)) and not pin.indicators:
            return replace(pin, text=text, indicators=((code, pinned),))
        return Label(text, indicators=((code, pinned),), rest=rest)

    def knows(self, text: str) -> bool:
        """Whether a text holds a word of ours: another encoding's bytes read as Chinese do not."""
        words = {*self.indicators, *self.roles, *self.words["reporter_start"]}
        return any(len(word) > 1 and word in text for word in words)

    def means(self, text: str) -> bool:
        """Whether the catalogue itself says what a whole cell is."""
        return self._whole(text) is not None

    def applies(self, key: tuple[str, str], indicator: str) -> bool:
        """Whether a breakdown is one of ``indicator``'s."""
        allowed = self.catalogue.breakdowns[key].indicators
        return not allowed or indicator in allowed

    @staticmethod
    def _clean(text: str) -> str:
        return re.sub(r"\(\s*\)|^[\s:、,;。的\-—]+|[\s:、,;。的\-—]+$", "", text)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of some words: a third of the time of one look a word."""
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def _pinned(alias: str) -> tuple[str, Breakdowns]:
    """Split 'words = dimension:code;dimension:code' into the words and the breakdowns."""
    words, _, pairs = alias.partition(" = ")
    return words.strip(), tuple(sorted(_pairs(pairs)))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for pair in filter(None, (part.strip() for part in text.split(";"))):
        dimension, _, code = pair.partition(":")
        yield dimension.strip(), code.strip()


def breakdown_key(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the contract's text of breakdown pairs: '_T', or 'dimension:code;…' sorted."""
    return ";".join(f"{dimension}:{code}" for dimension, code in sorted(set(pairs))) or "_T"
