"""What holds for all of a table: its titles, the sheet's name, the file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from etl.read.encoding import UNREADABLE
from etl.understand.form import AREA, OWN_WORDS, words_of_title
from etl.understand.named_areas import areas_inside, is_under, narrowest
from etl.understand.period import Period, find_periods
from etl.understand.text import normalise
from etl.understand.units import BRACKET, UNIT_START

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.catalogue import Catalogue
    from etl.understand.blocks import Block
    from etl.understand.sheet import Sheet
    from etl.understand.vocabulary import Breakdowns, Vocabulary

WHOLE_YEAR = "全年"
ALL_YEAR = Period(relative="this_year")  # 全年, 本年
MONTHS = Period(first_month=1, last_month=12)
# 2024.1 and 202402 are a month or a quarter of which a title does not say more
PART = re.compile(r"[月季]|(?<![0-9.])20[0-9]{2}(?:\.1|0[1-4])(?![0-9.])")
# 2019年…月度数据 is of some month of 2019, and 腊月 of one that we do not know
EVERY_PART = re.compile(
    r"[月季](?:度|报)|[正冬腊]月|个月|[春夏秋冬首]季|[暑寒][期假]|农历|[周旬日]报|[0-9一二三四五六七八九十]周(?![年岁])"
)
PINS = "pins"  # the level of what is pinned: farther than all that is printed
CHINESE = re.compile("[一-鿿]+")
YEAR = re.compile(r"(?<![0-9.-])20[0-9]{2}(?![0-9.-])")
DOCUMENT = re.compile(r"20[0-9]{2}\D{0,2}[0-9]{1,4}号")
BRACKETS = re.compile(r"\([^()]*\)")
BESIDES = re.compile(r"\((?:含|包含|包括)[^()]*\)")  # (含市本级)


@dataclass(slots=True)
class Level:
    """One place outside the table that speaks for it: a title, the sheet's name, the file's."""

    name: str
    periods: tuple[Period, ...] = ()
    units: tuple[str, ...] = ()
    indicators: tuple[tuple[str, Breakdowns], ...] = ()
    festivals: tuple[str, ...] = ()  # 2024年春节慰问情况 is about a part of the quarter's money
    lines: tuple[str, ...] = ()
    areas: list[tuple[str, ...]] = field(default_factory=list)  # candidates of each name in it
    headings: list[tuple[str, ...]] = field(default_factory=list)  # of them those alone on a line
    plan: bool = False  # announces what is to be done
    target: bool = False  # and that it is a year's
    done: bool = False  # says that it was done
    derived: str = ""  # the word by which it says that its figures are no amounts: 人均, 排名
    cumulative: bool = False  # says 累计 and no months
    doubtful: str = ""  # words around its indicator that nothing explains: 招聘会参会企业
    unread: bool = False  # speaks of months or quarters that could not be read
    partial: bool = False  # leaves out a part of its time: (缺六月)
    last_year: bool = False  # a sheet's name that says no more: 去年, 上年同期


@dataclass(slots=True)
class Context:
    """All levels of a table, nearest first."""

    levels: list[Level] = field(default_factory=list)
    area: str | None = None
    area_conflict: tuple[str, str] | None = None
    area_unclear: str = ""  # where an area is named that cannot be settled
    part_missing: bool = False  # other tables of the sheet say which part they are about
    breakdowns: Breakdowns = ()  # candidates: a sheet may be named after a part, 部队


@dataclass(frozen=True, slots=True)
class SheetNames:
    """What the names of a workbook's sheets say together: they are an axis, and so exclusive."""

    areas: bool = False
    periods: bool = False


def sheet_names(names: Sequence[str], vocabulary: Vocabulary) -> SheetNames:
    """Whether at least two sheets are named after areas, or after periods."""
    levels = [_level("sheet", [normalise(name)], vocabulary) for name in names]
    return SheetNames(
        sum(bool(level.areas) for level in levels) > 1,
        sum(bool(level.periods) for level in levels) > 1,
    )


def contexts(sheet: Sheet, tables: Sequence[Block], names: SheetNames) -> list[Context]:
    """What stands around each table of a sheet; a title speaks for tables without one below it."""
    found: list[Context] = []
    above: Context | None = None  # of the last table with a title: a repeated header goes on there
    for block in tables:
        outer = found[0] if found and block.titles else above
        around = _context(sheet, block, outer, names)
        above = around if block.titles else above or around
        found.append(around)
    parted = any(around.breakdowns for around in found)
    for around in found:
        around.part_missing = parted and not around.breakdowns
    return found


def _context(sheet: Sheet, block: Block, outer: Context | None, names: SheetNames) -> Context:
    """Read what stands around a table; the titles of ``outer`` speak for it too."""
    vocabulary = sheet.vocabulary
    texts = [text for row in block.titles for text in _said(sheet, row)]
    title = _level("title", texts, vocabulary)
    reporter, is_a_part = _reporter(texts, vocabulary)
    levels = [title]
    if outer:
        titles = [level for level in outer.levels if level.name == "title"]
        levels += [
            replace(level, units=()) if title.periods else level  # a table with a title of its own
            for level in titles
            if _is_of(level, sheet, block)
        ]
        if title.areas:  # 临泽县三季度统计表 below 甘州区三季度统计表: one form, county by county
            said = _forms(title, vocabulary)
            levels[1:] = [
                replace(x, areas=[]) if said & _forms(x, vocabulary) else x for x in levels[1:]
            ]
        if title.headings:  # 临泽县 above this table stands where 甘州区 stood above the first
            levels[1:] = [_but_siblings(x, title, vocabulary.catalogue) for x in levels[1:]]
    named = _level("sheet", [normalise(sheet.grid.sheet)], vocabulary)
    named.unread = names.periods and not named.periods
    levels.append(named)
    levels.append(_level("file", [normalise(PurePath(sheet.grid.file).stem)], vocabulary))
    pin = vocabulary.pinned_sheet
    levels.append(Level(PINS, pin.periods, pin.units, pin.indicators))
    goes_on = outer.breakdowns if outer and not texts else ()
    own_name = normalise(sheet.grid.sheet)
    part = _part(texts[::-1], vocabulary) or goes_on or _part([own_name], vocabulary)
    found = Context(levels, breakdowns=part)
    _settle_area(found, reporter, vocabulary.catalogue)
    if is_a_part and not any(level.areas for level in levels):
        found.area_unclear = "reporter"  # 甘州区教育局: its own figures, or the county's?
    if names.areas and not named.areas and not _is_summary(sheet.grid.sheet, vocabulary):
        found.area_unclear = "sheet"
    if pin.areas:
        _pin_area(found, pin.areas[0], vocabulary.catalogue)
    return found


def _forms(level: Level, vocabulary: Vocabulary) -> set[str]:
    """What the lines of a title that name an area say beside areas and periods."""
    said = {words_of_title(line, vocabulary) for line in level.lines}
    return {words for words in said if AREA in words and OWN_WORDS.search(words.replace(AREA, ""))}


def _but_siblings(outer: Level, title: Level, catalogue: Catalogue) -> Level:
    """An outer title without the areas that headed its own table as this title heads this one."""
    beside = {catalogue.areas[code].parent for named in title.headings for code in named}
    theirs = [
        named
        for named in outer.headings
        if beside & {catalogue.areas[code].parent for code in named}
    ]
    return replace(outer, areas=[named for named in outer.areas if named not in theirs])


def _is_of(title: Level, sheet: Sheet, block: Block) -> bool:
    """Whether another table's title can hold for this one: not where it names what that counts.

    输送新兵情况 says nothing of 招聘会 in a table without a title below it.
    """
    if not title.indicators:
        return True
    cells = [(row, column) for row in block.header for column in sheet.filled(row)]
    cells += [(row, column) for row in block.body for column in sheet.filled(row)[:3]]
    labels = [label for cell in cells if (label := sheet.label(*cell))]
    named = {code for label in labels for code, _ in label.indicators}
    return not named or bool(named & {code for code, _ in title.indicators})


def _pin_area(found: Context, area: str, catalogue: Catalogue) -> None:
    """Settle by a pin what is missing, unclear or said in two ways; else what is printed stands."""
    printed, conflict = found.area, found.area_conflict
    open_ = conflict is not None or bool(found.area_unclear) or printed is None
    if open_ or is_under(area, str(printed), catalogue):
        found.area, found.area_conflict, found.area_unclear = area, None, ""
    elif printed != area:
        found.area_conflict = (str(printed), area)


def _part(lines: list[str], vocabulary: Vocabulary) -> Breakdowns:
    """The part of a whole that a line names which names no more: 部队 over a table of 慰问金."""
    labels = (vocabulary.label(line) for line in lines if not _units(line, vocabulary))  # 单位:个
    return next((label.breakdowns for label in labels if label.breakdowns and not label.rest), ())


def _said(sheet: Sheet, row: int) -> list[str]:
    """The texts of a line above a table; 单位: and 填报时间: go with the cell behind them."""
    texts: list[str] = []
    for column in sheet.filled(row):
        text = sheet.vocabulary.label(str(sheet.value(row, column))).text
        if texts and texts[-1].endswith(":"):
            texts[-1] += text
        else:
            texts.append(text)
    return texts


def _is_summary(name: str, vocabulary: Vocabulary) -> bool:
    """汇总 among sheets of counties speaks for all of them."""
    return vocabulary.label(name).role == "total"


def _level(name: str, texts: list[str], vocabulary: Vocabulary) -> Level:
    level = Level(name, lines=tuple(texts))
    for text in texts:
        body = _without_dates(text, vocabulary)
        level.units += _units(body, vocabulary)
        if body.startswith(vocabulary.words["reporter_start"]):
            continue
        body, left_out = _without_exceptions(body, vocabulary)
        level.partial |= any(find_periods(words)[0] for words in left_out)
        if any(areas_inside(words, vocabulary) for words in left_out):
            level.areas.append(())  # an area without a name
        own = next((word for word in vocabulary.timed if word in body), "")
        periods, rest = find_periods(body.replace(own, " ") if own else body)
        if name == "file":  # its date is when it was sent
            periods = tuple(p for p in periods if not p.day or p.relative == "as_of")
        if name != "title":
            periods, rest = _with_bare_year(periods, rest)
        stated = (MONTHS if p == ALL_YEAR and WHOLE_YEAR in body else p for p in periods)
        explicit = tuple(
            p for p in stated if p.year or p.first_month or p.day or p.relative == "since"
        )
        level.periods += tuple(p for p in explicit if p not in level.periods)
        festivals = dict.fromkeys((*level.festivals, *(p.festival for p in periods if p.festival)))
        level.festivals = tuple(festivals)
        level.unread |= len(festivals) > 1 or UNREADABLE in text
        of_last_year = any(p.relative.startswith("prior") for p in periods)
        level.last_year |= name == "sheet" and of_last_year and not rest  # not 与去年同期对比
        level.cumulative |= any(
            p.relative == "year_to_date" and p.last_month is None for p in periods
        )
        open_ = PART if not explicit else EVERY_PART if not any(map(_has_part, explicit)) else None
        level.unread |= bool(open_ and open_.search(rest)) and name == "title"
        spoken_for = _areas_spoken_for(rest, vocabulary)
        level.areas += spoken_for
        if len(spoken_for) == 1 and _is_alone(rest, vocabulary):
            level.headings += spoken_for
        if UNREADABLE in rest or _is_about_a_part(rest, level.areas, vocabulary):
            level.areas.append(())
        level.done |= any(word in rest for word in vocabulary.words["done_title"])
        announced = body.replace(own, " ") if own else body  # 2024年度任务: its 年度 is no period's
        level.plan |= _is_plan(announced, vocabulary)
        level.plan |= name == "sheet" and announced in vocabulary.words["plan"]
        level.target |= level.plan and _is_of_a_year(announced, vocabulary)
        said = _derived(text, vocabulary)
        level.derived = level.derived or (said if name == "title" or said == text else "")
        if hit := vocabulary.indicators.get(own) or _indicator_inside(rest, vocabulary):
            code, pinned = hit
            held = tuple(("festival", p.festival) for p in periods if p.festival)  # 八一慰问金
            level.indicators += ((code, tuple(sorted({*pinned, *held}))),)
            if not own:
                level.doubtful = level.doubtful or _unexplained(rest, vocabulary)
    return level


def _is_alone(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is the name of an area and no more: 甘州区, 二、甘州区, 县区：甘州区."""
    head, _, name = text.rpartition(":")
    label = vocabulary.label(name if head in vocabulary.words["area_header"] else text)
    return bool(label.areas and not label.rest)


def _has_part(period: Period) -> bool:
    """Whether a period says more than its year."""
    return bool(period.first_month or period.day or period.relative)


def _with_bare_year(periods: tuple[Period, ...], rest: str) -> tuple[tuple[Period, ...], str]:
    """2024 alone in a name is a year: 甘州区2024双拥统计表; in 〔2024〕15号 it is a document's."""
    years = {int(year) for year in YEAR.findall(rest)}
    if len(years) != 1 or any(p.year for p in periods) or DOCUMENT.search(rest):
        return periods, rest
    year = years.pop()
    return tuple(replace(p, year=year) for p in periods) or (Period(year),), YEAR.sub(" ", rest)


def _is_plan(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a title announces figures that are to be reached, and not how far they are."""
    words = vocabulary.words
    for word in words["no_plan"]:
        text = text.replace(word, " ")
    return any(word in text for word in words["plan_title"]) and not any(
        word in text for word in words["done_title"]
    )


def _derived(text: str, vocabulary: Vocabulary) -> str:
    """The word by which a title says that its figures are no amounts: 人均慰问金, 慰问金缺口."""
    words = vocabulary.words
    said = list(words["remainder_title"])
    if not any(word in text for word in words["amount_title"]):
        said += words["derived_title"]
    hits = (word for word in said if word in text)
    return next((word for word in hits if not _is_within(word, text, vocabulary)), "")


def _is_within(word: str, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is but a piece of an indicator's name: the 名次 of 命名次数."""
    return any(word in name and name in text for name in vocabulary.indicators)


def _is_of_a_year(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the title of a plan says that it is the year's: 年度目标任务分解表."""
    return any(word in text for word in vocabulary.words["target_title"])


def _areas_spoken_for(text: str, vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """The areas of a title; (含…) adds nothing."""
    return areas_inside(BESIDES.sub(" ", text), vocabulary)


def _without_exceptions(text: str, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """A title without the brackets that leave areas or periods out, and what these say.

    （不含甘州区）, （市本级除外）, （缺六月）: nobody has a name for what is left.
    """
    words = vocabulary.words["exception"]
    said = [found for found in BRACKETS.findall(text) if any(word in found for word in words)]
    said = [one for one in said if areas_inside(one, vocabulary) or find_periods(one)[0]]
    for one in said:
        text = text.replace(one, " ")
    return text, said


def _is_about_a_part(text: str, areas: list[tuple[str, ...]], vocabulary: Vocabulary) -> bool:
    """Whether a title names a part of an area behind it: 张掖市东片区 and 甘州区新墩镇 ask."""
    return bool(areas) and any(pattern.search(text) for pattern in vocabulary.area_parts)


def _without_dates(text: str, vocabulary: Vocabulary) -> str:
    """Take the printed reporting date out: it is never the period."""
    for start in vocabulary.words["reported_on_start"]:
        if start in text:
            return text[: text.index(start)]
    return text


def _units(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The units that a title or a line above a table lists; 元/户 is one that gives no totals."""
    starts = [start for start in vocabulary.words["unit_start"] if start in text]
    said = [text[text.index(start) + len(start) :].lstrip(":") for start in starts]
    said += [match.group(1) for match in BRACKET.finditer(text)]
    for words in (*said, text):
        if vocabulary.units.is_per_head(words):
            return (UNIT_START.sub("", words),)
        if units := vocabulary.units.listed(words):
            return units
    return ()


def _indicator_inside(text: str, vocabulary: Vocabulary) -> tuple[str, Breakdowns] | None:
    for words in (text, BRACKET.sub("", text)):  # 人口数(人口抽样调查) is called so
        if indicators := vocabulary.label(words).indicators:
            return indicators[0]
    return None


@lru_cache(maxsize=10_000)  # names of sheets and files repeat, and so do forms
def _unexplained(text: str, vocabulary: Vocabulary) -> str:
    """The words of a title beside its indicator, areas and what titles say anyway."""
    for words in (text, BRACKET.sub("", text)):
        label = vocabulary.label(words)
        if label.indicators:
            rest = label.rest
            for size in range(min(vocabulary.longest_area, len(rest)), 1, -1):
                for start in range(len(rest) - size + 1):
                    if rest[start : start + size] in vocabulary.areas:
                        rest = rest[:start] + " " * size + rest[start + size :]
            for word in vocabulary.title_words:
                rest = rest.replace(word, " ")
            return "".join(CHINESE.findall(BRACKET.sub("", rest)))
    return ""


def _reporter(texts: list[str], vocabulary: Vocabulary) -> tuple[str | None, bool]:
    """The area of 填报单位, and whether a part of it fills the sheet in."""
    for text in texts:
        if text.startswith(vocabulary.words["reporter_start"]):
            named, left_out = _without_exceptions(text.partition(":")[2] or text, vocabulary)
            areas = [*areas_inside(named, vocabulary), *([()] if left_out else [])]
            part = _is_about_a_part(named, areas, vocabulary)
            return narrowest(areas, vocabulary.catalogue), part
    return None, False


def _settle_area(found: Context, reporter: str | None, catalogue: Catalogue) -> None:
    """The narrowest of title, sheet and file where they nest; the reporter only narrows them.

    A name that stays open (市本级 of which city?) is settled by the others, whatever their order.
    """
    open_levels = [level for level in found.levels if level.areas]
    for level in sorted(open_levels, key=lambda level: min(map(len, level.areas))):
        area = narrowest(level.areas, catalogue, found.area or reporter)
        if area is None:
            found.area_unclear = level.name
        elif found.area is None:
            found.area = area
        elif is_under(area, found.area, catalogue):
            if level.name == "file" and area not in (found.area, reporter):
                found.area_conflict = (found.area, area)  # a county in the city's form? ask
            found.area = area
        elif not is_under(found.area, area, catalogue):
            found.area_conflict = (found.area, area)
    if reporter and (found.area is None or is_under(reporter, found.area, catalogue)):
        found.area = reporter
    elif reporter and not is_under(str(found.area), reporter, catalogue):
        found.area_conflict = (str(found.area), reporter)  # the neighbour's form, or its figures
