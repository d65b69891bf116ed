"""Asks the vintage a question once, and remembers the answer as long as the vintage is shown."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import duckdb
import streamlit as st

from dashboard import store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Connection = duckdb.DuckDBPyConnection
P = ParamSpec("P")
T = TypeVar("T")


@lru_cache(maxsize=2)
def _opened(database: Path) -> Connection:
    return store.open_vintage(database)


# Answers are tuples of tuples that nobody can change, so all sessions share them without the
# copy that st.cache_data would make. A vintage never changes: its path is the whole key.
@lru_cache(maxsize=4096)
def _answer(
    database: Path,
    question: Callable[..., Any],
    choices: tuple[Any, ...],
    named: tuple[tuple[str, Any], ...],
) -> Any:
    return question(_opened(database).cursor(), *choices, **dict(named))


def ask_of(
    database: Path,
    question: Callable[Concatenate[Connection, P], T],
    *choices: P.args,
    **named: P.kwargs,
) -> T:
    """Ask a given vintage; every choice must be hashable."""
    answer: T = _answer(database, question, choices, tuple(sorted(named.items())))
    return answer


def ask(
    question: Callable[Concatenate[Connection, P], T], *choices: P.args, **named: P.kwargs
) -> T:
    """Ask the vintage that this session shows."""
    return ask_of(st.session_state["database"], question, *choices, **named)
