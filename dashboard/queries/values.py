"""A value of a series as every question returns it, with its change on the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Measure = Literal["value", "ytd"]

# The period's own value, or the year's up to its end: the columns of series that say so.
MEASURES: dict[Measure, str] = {
    "value": """obs_value as v, low, high, obs_status, qualifier, conflict, method,
                n_reported""",
    "ytd": """ytd_value as v, null::double as low, null::double as high,
              case when ytd_value is not null and obs_value is null then 'A'
                   else obs_status end as obs_status,
              ytd_qualifier as qualifier, conflict, ytd_method as method,
              ytd_n_reported as n_reported""",
}

TOTAL = "_T"  # the breakdown that is none

# What one area said itself; sums and ratios over areas depend on who reported.
OWN = ("reported", "derived")


class Change(NamedTuple):
    """Two values a year apart over the same areas; ``n_areas`` is 0 where all of them are in."""

    now: float
    before: float
    n_areas: int
    exact: bool

    @property
    def difference(self) -> float:
        """Return now − before, in the base unit."""
        return self.now - self.before

    @property
    def growth(self) -> float | None:
        """Return the growth in per cent; None on a base of nought or less."""
        return 100 * self.difference / self.before if self.before > 0 else None


class Value(NamedTuple):
    """One value, in the base unit; null with a status where there is none.

    ``divisor`` is the series_id of what it was divided by, in a quotient.
    """

    series_id: int
    indicator: str
    ref_area: str
    breakdown: str
    time_period: str
    obs_value: float | None
    low: float | None
    high: float | None
    obs_status: str
    qualifier: str
    conflict: bool
    method: str
    n_reported: int
    n_expected: int
    reason: str
    change: Change | None = None
    divisor: int = 0


# From the surest status of a number to that which asks for most care: to be verified.
CARE = ("A", "B", "P", "E", "U")


def status_of(values: Iterable[Value]) -> str:
    """Return the status of what rests on several values: that of the least sure of them."""
    known = [v.obs_status for v in values if v.obs_status in CARE[2:]]
    return max(known, key=CARE.index, default="A")


Measured = tuple[Value, Measure]  # stocks beside flows since January: each says which it is


def change(now: Value | None, before: Value | None) -> Change | None:
    """Compare two values; None where one of them is missing."""
    if now is None or before is None or now.obs_value is None or before.obs_value is None:
        return None
    exact = now.qualifier == before.qualifier == "exact"
    return Change(now.obs_value, before.obs_value, 0, exact)


def total(changes: Sequence[Change]) -> Change:
    """Add up the changes of several areas."""
    return Change(
        sum(c.now for c in changes),
        sum(c.before for c in changes),
        len(changes),
        all(c.exact for c in changes),
    )


class Bounded(Protocol):
    """What lies between bounds, where it is not exact."""

    @property
    def obs_value(self) -> float | None: ...  # noqa: D102
    @property
    def qualifier(self) -> str: ...  # noqa: D102
    @property
    def low(self) -> float | None: ...  # noqa: D102
    @property
    def high(self) -> float | None: ...  # noqa: D102


def bounds(value: Bounded) -> tuple[float | None, float | None]:
    """Return between what a value lies; an exact one is its own bounds, None is not known."""
    if value.qualifier == "exact":
        return value.obs_value, value.obs_value
    return value.low, value.high
