"""What a chart is: series of marked points over named categories, with unit, notes and source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dashboard.boundaries import Ground
    from dashboard.locale.labels import Reported
    from dashboard.queries.values import Measure

Kind = Literal[
    "lines", "bars", "ranking", "heat_map", "pivot", "waterfall", "map", "stacked", "tiles"
]
Axes = Literal["shared", "free"]
Mark = Literal["final", "provisional", "inexact", "conflict", "gap", "withheld"]

# Chosen on Okabe and Ito's pattern: apart for every kind of colour vision, at least 3 : 1 on
# white and on the dark background, and a deep red first because it is an office's own colour.
PALETTE = ("#B5342B", "#0E8388", "#C08A1E", "#4A7AB5", "#8B5A9F", "#6B7280", "#5F8A3A", "#A2674B")
SEQUENCE = ("#FBF3E7", "#F3D9B8", "#E6B183", "#D17F5B", "#B5342B", "#7E1F1F")


@dataclass(frozen=True, slots=True)
class Point:
    """One value at one category. ``value`` is in the chart's unit, None in a gap.

    ``text`` is the value as a person reads it (1,234.50万元, 10余人, 未报), ``short`` the same for
    a cell of a table, ``change`` the change on the year before, ``coverage`` how many counties
    stand behind it and ``lacking`` how many are missing, ``divisor`` the series_id of what it was
    divided by. ``rests_on`` names the series of a value that is worked out of several; of any
    other ``series_id`` is the one. Exports look there for counts of persons that are too small. In
    a table ``sum_of`` are the cells (row,
    column) that it adds up, ``ratio_of`` those of numerator and denominator of a per cent.
    """

    category: str
    value: float | None
    text: str
    short: str
    mark: Mark
    indicator: str
    area: str
    period: str
    change: str = ""
    coverage: str = ""
    lacking: int = 0
    series_id: int = 0
    measure: Measure | None = None
    divisor: int = 0
    rests_on: tuple[int, ...] = ()
    sum_of: tuple[tuple[int, int], ...] = ()
    ratio_of: tuple[tuple[int, int], ...] = ()

    @property
    def series_ids(self) -> tuple[int, ...]:
        """Return every series that the value rests on."""
        return self.rests_on or ((self.series_id,) if self.series_id else ())


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several small charts side by side, each with a unit of its own."""

    title: str
    unit: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Marker:
    """What happened at a category: ``sign`` ① stands at a dotted line and before its note.

    ``panels`` are the titles of those that it concerns; none means all.
    """

    category: str
    sign: str
    text: str
    panels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Points that belong together: one line, one colour of bars, one row of a heat map, a class."""

    name: str
    points: tuple[Point, ...]
    colour: str = PALETTE[0]
    panel: Panel | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the figures of a chart come from; every drawing and every file prints it."""

    source: str
    dataset: str
    vintage: str
    as_of: str
    badge: str  # 演示数据, else nothing
    footer: str
    issue: str = ""  # 2024年第2期 where it is shown as frozen for a meeting


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as every hand draws it.

    ``categories`` are (key, label) along the axis, in order; a gap is a point without a value,
    never a nought. ``notes`` say what marks mean and what is not in the picture. Where series have
    panels, ``charts.panels`` splits the chart; ``limits`` is the axis that such parts share.
    ``reported`` is the coverage of all points together, where each is one area's figure.
    A map's series are its classes, drawn on its ``ground``. ``rows`` and ``columns`` are the
    headings of a pivot's series and categories, level by level, ``stub`` heads the rows, and
    ``total_rows`` are those that stand for others.
    """

    kind: Kind
    title: str
    unit: str
    unit_line: str  # 单位：万元
    decimals: int
    categories: tuple[tuple[str, str], ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...]
    alt: str
    provenance: Provenance
    axes: Axes = "shared"
    limits: tuple[float, float] | None = None
    markers: tuple[Marker, ...] = ()
    ground: Ground | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()
    stub: tuple[str, ...] = ()
    total_rows: tuple[int, ...] = ()
    reported: str = ""

    @property
    def points(self) -> tuple[Point, ...]:
        """Return all points, series by series."""
        return tuple(p for series in self.series for p in series.points)

    @property
    def heads(self) -> list[str]:
        """Return the labels of categories on one line, as they stand over columns."""
        return [label.replace("<br>", " ") for _, label in self.categories]

    @property
    def period(self) -> str:
        """Return the periods that the points cover: the one, or from first to last.

        Progress beside a figure is of the year up to its period, which is no span.
        """
        points = self.points
        periods = list(dict.fromkeys(p.period for p in points if p.measure == points[0].measure))
        if not periods:
            return ""
        return periods[0] if len(periods) == 1 else f"{periods[0]} – {periods[-1]}"

    @property
    def coverage(self) -> str:
        """Return how many counties stand behind the latest values; tiles and tables say theirs.

        Of several, as in a stack, it is that of which most are missing.
        """
        if self.reported or self.kind in ("tiles", "pivot") or not self.points:
            return self.reported
        newest = [p for p in self.points if p.coverage and p.period == self.points[-1].period]
        return max(newest, key=lambda p: p.lacking).coverage if newest else ""


def beside(point: Point, kind: Kind) -> str:
    """Return what is written beside a mark; in a ranking with the change on the year before."""
    ranked = kind == "ranking" and point.change
    return f"{point.short} ({point.change})" if ranked else point.short


def in_cell(point: Point) -> str:
    """Return what is written into a cell of a heat map."""
    return with_sign(point.short, point.mark)


def with_sign(text: str, mark: Mark) -> str:
    """Return a value with its sign: 1.69 ○; of an inexact one the words say it: 约8.8."""
    return text + {"provisional": " ○", "conflict": " ✕"}.get(mark, "")


def mark_of(value: Reported, *, conflict: bool) -> Mark:
    """Return how a value is marked: the gravest reason for care wins."""
    if value.obs_value is None:
        return "gap"
    if conflict:
        return "conflict"
    if value.qualifier != "exact":
        return "inexact"
    return "provisional" if value.obs_status in ("P", "E", "U") else "final"
