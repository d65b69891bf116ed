"""What the catalogue knows, as frozen rows, their fields named as a vintage's columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    import re

    from etl.catalogue.answers import Answer
    from etl.catalogue.corrections import Correction
    from etl.catalogue.pins import Chosen, Layout, Pins


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """From a day on an indicator counts otherwise; what is before is not comparable with it."""

    starts_on: dt.date
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class TopicPart:
    """An indicator, or a breakdown of it, in a role of the page 专题: funds_spent."""

    role: str
    position: int
    indicator: str
    breakdown: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """What happened in a period; no indicators or areas: all of them, no dataset: any."""

    dataset: str | None
    time_period: str
    indicators: tuple[str, ...]
    ref_areas: tuple[str, ...]
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is counted: 慰问金发放额, a flow, in yuan, shown in 万元.

    ``aliases`` are whole labels as offices write them; ``group/leaf`` is a leaf that means this
    indicator only below its group, ``label = dimension:code`` pins a breakdown with the label.
    """

    indicator: str
    position: int
    name: str
    name_en: str
    definition: str
    definition_en: str
    unit_measure: str
    display_unit: str
    decimals: int
    kind: str  # flow, stock, rate, plan
    area_aggregation: str  # sum, none, ratio
    numerator: str | None
    denominator: str | None
    direction: str  # up, down, none: which way is better
    aspect: str
    aspect_name: str
    aspect_name_en: str
    access: str  # open, restricted
    seasonal: bool
    headline: int | None  # place among the tiles that a leader sees first
    breaks: tuple[DefinitionChange, ...]
    aliases: tuple[str, ...]
    per: tuple[tuple[str, int], ...] = ()  # denominators, and how many of them: per 1, per 10,000


@dataclass(frozen=True, slots=True)
class Area:
    """A province, prefecture, county or local area. ``ref_area`` is its GB/T 2260 code, as text.

    A local area is the six digits of its parent, a hyphen and two digits: 市本级 of Zhangye is
    ``620700-00``. A ``generic`` one comes from a pattern (every prefecture may have a 开发区): it
    may report, and is neither expected nor counted until it does.
    """

    ref_area: str
    name: str
    short_name: str
    name_en: str
    level: str  # country, province, prefecture, county, local
    parent: str | None
    in_total: bool
    aliases: tuple[str, ...]
    valid_from: dt.date | None
    valid_to: dt.date | None
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Recode:
    """A code that became another on a day: 632321 同仁县 became 632301 同仁市."""

    from_area: str
    to_area: str
    valid_from: dt.date
    why: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One part of a dimension: recipient:部队. ``code`` is the Chinese word itself.

    ``parent`` is another code of the dimension, or None under the total. With its ``exhaustive``
    siblings it makes up that parent. ``indicators``: those it applies to; empty means any. What is
    ``planned`` (年度目标) was not done: it is part of no total and shown as a target only.
    """

    dimension: str
    code: str
    name: str
    name_en: str
    dimension_name: str
    dimension_name_en: str
    parent: str | None
    exhaustive: bool
    indicators: tuple[str, ...]
    aliases: tuple[str, ...]
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed. ``factor`` base units (``unit_measure``) are in one: 万元, 10000 yuan.

    ``also``: other base units that offices count with the word. 5家部队 are five 支, 3个活动 three
    场; but persons, person-times and households are never each other. ``whole``: nobody counts
    half of one, as of 场 and 人.
    """

    unit: str
    name_en: str
    unit_measure: str
    factor: float
    dimension: str  # money, count, area, rate
    also: tuple[str, ...] = ()
    whole: bool = False
    one_en: str = ""  # event, where name_en is events

    def counted_en(self, digits: str) -> str:
        """A number with the unit in English: 1 event, 2 events."""
        return f"{digits} {self.one_en if digits == '1' and self.one_en else self.name_en}"


@dataclass(frozen=True, slots=True)
class Status:
    """An observation's status (SDMX CL_OBS_STATUS) and the cell texts (``marks``) that mean it."""

    obs_status: str
    name: str
    name_en: str
    symbol: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """What an answer to a kind of issue settles (a kind of etl.catalogue.answers), and for whom.

    ``about`` is the word of the issue that the answer is about; ``holds``: for every sheet of the
    ``form``, of a form with a ``title``, or for the ``sheet`` as it was sent.
    """

    kind: str
    about: str
    holds: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of issue: how grave it is, its sentences with ``{blanks}``, and what to ask."""

    rule: str
    severity: str  # error, warning, note
    zh: str
    en: str
    question_zh: str
    question_en: str
    ask: Ask | None = None


@dataclass(frozen=True, slots=True, eq=False)  # a key of caches: compared by identity
class Mask:
    """A kind of text that is never kept as written: numbers of persons, their names, units' too.

    ``pattern`` finds it in any text (in its group ``hide`` where it has one); ``headers`` are roles
    of words.yml below which every cell is hidden. ``spare_figures``: not where a text is a figure.
    """

    mask: str
    pattern: re.Pattern[str]
    shown: str
    headers: tuple[str, ...]
    spare_figures: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a sum: ``0.5 * condolence_fund[recipient:部队]``, or an indicator alone."""

    factor: float
    indicator: str
    breakdown: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """Arithmetic that reports must agree with; ``left`` and ``right`` are sums of indicators.

    ``about_equal``: the two sides are the same; ``at_most``: left is not above right;
    ``never_falls``: stocks of ``indicators`` only grow. The others hold for all: ``contains``: a
    flow is not below a part of itself; ``parts``: exhaustive parts make up their total; ``rates``:
    a rate is its numerator over its denominator; ``ten_thousand``: no value is 10⁴ times its
    neighbours; ``leap``: none changed in a year as no other did. ``hint`` says what to look at.
    """

    relation: str
    kind: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    indicators: tuple[str, ...]
    hint: str
    hint_en: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who reports what, how often, and due how many days after the period, from first to last."""

    dataset: str
    areas: tuple[str, ...]
    indicators: tuple[str, ...]
    freq: str  # M, Q, S, A
    due_days: int
    first: dt.date
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Lamps:
    """The declared policy by which progress shows a lamp; points are behind or ahead of plan.

    ``gap``: green from ``green`` points on, yellow from ``yellow`` on. ``deadline``: red where what
    was due is missed, yellow where it was late and made up.
    """

    policy: str
    rule: str  # gap, deadline
    green: float
    yellow: float
    name: str
    name_en: str
    basis: str  # whose public rule it follows, and what we decided
    basis_en: str


@dataclass(frozen=True, slots=True)
class Curve:
    """What share of its year's target an indicator should have reached by the end of each month."""

    indicator: str
    shares: tuple[float, ...]  # per cent, January to December
    why: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that we know, each kind by its key; ``units`` by every spelling of a unit."""

    indicators: dict[str, Indicator]
    areas: dict[str, Area]
    recodes: dict[str, Recode]
    breakdowns: dict[tuple[str, str], Breakdown]
    units: dict[str, Unit]
    statuses: tuple[Status, ...]
    rules: dict[str, Rule]
    relations: tuple[Relation, ...]
    reporting: tuple[Reporting, ...]
    annotations: tuple[Annotation, ...]
    topics: tuple[TopicPart, ...]
    corrections: tuple[Correction, ...]
    members: dict[str, tuple[str, ...]]  # area → the areas directly below it
    words: dict[str, tuple[str, ...]]  # role in a sheet → the words that have it
    layouts: tuple[Layout, ...]
    answers: dict[str, Pins]  # form, or sheet as sent → what people answered about it
    masks: tuple[Mask, ...]  # what is hidden, in the order of looking
    chosen: tuple[Chosen, ...]  # whose figure is in force, as people answered
    verdicts: dict[str, Answer]  # question → what people said of figures that a check doubts
    choices: dict[str, dict[str, tuple[str, str]]]  # kind of question → answer → zh, en
    lamps: Lamps | None
    curves: tuple[Curve, ...]
    hash: str

    def children(self, ref_area: str) -> tuple[str, ...]:
        """The areas directly below one, in code order, without generic local areas."""
        return self.members.get(ref_area, ())

    def leaves(self, ref_area: str) -> tuple[str, ...]:
        """The areas at the bottom of one, itself when nothing lies below it."""
        children = self.children(ref_area)
        if not children:
            return (ref_area,)
        return tuple(leaf for child in children for leaf in self.leaves(child))
