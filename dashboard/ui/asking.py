"""Asks the vintage a question once, and remembers the answer as long as the vintage is shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

import duckdb
import streamlit as st

from dashboard import store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Connection = duckdb.DuckDBPyConnection
P = ParamSpec("P")
T = TypeVar("T")


@lru_cache(maxsize=4)
def _opened(database: Path, in_force: Path) -> Connection:
    return store.open_vintage(database, None if database == in_force else in_force)


# Answers are not changed by who asks, so all sessions share them without the copy that
# st.cache_data would make. A vintage never changes: its path is the key, with that of the one in
# force, whose restricted indicators an earlier one must not show either.
@lru_cache(maxsize=4096)
def _answer(
    database: Path,
    in_force: Path,
    question: Callable[..., object],
    choices: tuple[object, ...],
    named: tuple[tuple[str, object], ...],
) -> object:
    return question(_opened(database, in_force).cursor(), *choices, **dict(named))


def ask(
    question: Callable[Concatenate[Connection, P], T], *choices: P.args, **named: P.kwargs
) -> T:
    """Ask the vintage that this session shows; every choice must be hashable."""
    return later()(question, *choices, **named)


def later() -> Ask:
    """Return ``ask`` for the vintage that this session shows now: files are made without one."""
    database = st.session_state["database"]
    return Ask(database, st.session_state.get("in_force", database))


@dataclass(frozen=True)
class Ask:
    """Asks one vintage; every choice must be hashable."""

    database: Path
    in_force: Path

    def __call__(
        self, question: Callable[Concatenate[Connection, P], T], *choices: P.args, **named: P.kwargs
    ) -> T:
        """Return the answer, the remembered one if there is one."""
        answer = _answer(
            self.database, self.in_force, question, choices, tuple(sorted(named.items()))
        )
        return cast("T", answer)
