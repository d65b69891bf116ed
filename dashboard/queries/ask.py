"""Asking: how questions are put to a vintage, by a page that remembers or by a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar, cast

import duckdb

if TYPE_CHECKING:
    from collections.abc import Callable

Connection = duckdb.DuckDBPyConnection
P = ParamSpec("P")
T = TypeVar("T")


class Ask(Protocol):
    """Puts a question, a function whose first argument is a connection, to one vintage."""

    def __call__(  # noqa: D102
        self, question: Callable[Concatenate[Connection, P], T], *choices: P.args, **named: P.kwargs
    ) -> T: ...


class Asking:
    """Asks an open vintage, and forgets the answer."""

    def __init__(self, con: Connection) -> None:
        self.con = con

    def __call__(
        self, question: Callable[Concatenate[Connection, P], T], *choices: P.args, **named: P.kwargs
    ) -> T:
        """Return the answer."""
        return question(self.con.cursor(), *choices, **named)


class Rows(NamedTuple):
    """What a statement returned."""

    rows: list[tuple[object, ...]]

    def fetchall(self) -> list[tuple[object, ...]]:
        """Return all rows."""
        return self.rows

    def fetchone(self) -> tuple[object, ...] | None:
        """Return the first row, None where there is none."""
        return self.rows[0] if self.rows else None


class Once:
    """A connection that runs each statement once: many questions ask which areas make up one."""

    def __init__(self, con: Connection) -> None:
        self.con = con
        self.known: dict[tuple[str, str], Rows] = {}

    def execute(self, sql: str, choice: object = None) -> Rows:
        """Return the rows of a statement, the remembered ones if there are any."""
        key = (sql, repr(choice))
        if key not in self.known:
            self.known[key] = Rows(self.con.execute(sql, choice).fetchall())
        return self.known[key]


class Remembering(Asking):
    """Asks an open vintage each question once; a document asks the same for several slides."""

    def __init__(self, con: Connection) -> None:
        super().__init__(con)
        self.answers: dict[object, object] = {}
        self.once = cast("Connection", Once(con.cursor()))

    def __call__(
        self, question: Callable[Concatenate[Connection, P], T], *choices: P.args, **named: P.kwargs
    ) -> T:
        """Return the answer, the remembered one if there is one; choices must be hashable."""
        key = (question, choices, tuple(sorted(named.items())))
        if key not in self.answers:
            self.answers[key] = question(self.once, *choices, **named)
        return cast("T", self.answers[key])
