"""Asking: how questions are put to a vintage, by a page that remembers or by a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar, cast

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


class Remembering(Asking):
    """Asks an open vintage each question once; a document asks the same for several slides."""

    def __init__(self, con: Connection) -> None:
        super().__init__(con)
        self.answers: dict[object, object] = {}

    def __call__(
        self, question: Callable[Concatenate[Connection, P], T], *choices: P.args, **named: P.kwargs
    ) -> T:
        """Return the answer, the remembered one if there is one; choices must be hashable."""
        key = (question, choices, tuple(sorted(named.items())))
        if key not in self.answers:
            self.answers[key] = super().__call__(question, *choices, **named)
        return cast("T", self.answers[key])
