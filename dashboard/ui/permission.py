"""Who may change what is published: whoever sits at this machine, unless it serves read-only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

READ_ONLY = "SHUANGYONG_READ_ONLY"
OWN = ("localhost", "127.0.0.1", "[::1]")
FORWARDED = ("x-forwarded-for", "x-real-ip", "forwarded")


class NotAllowedError(Exception):
    """Somebody tried to change something from where that is not possible."""


def read_only() -> bool:
    """Return whether this server changes nothing for anybody."""
    return os.environ.get(READ_ONLY, "") not in ("", "0")


def from_here(address: str | None, headers: Mapping[str, str]) -> bool:
    """Return whether a reader sits at this machine; ``address`` is None for its own.

    A proxy on this machine speaks for others. A page elsewhere can make its own name point here,
    but the browser still says that name as the host.
    """
    said = {name.lower(): value for name, value in headers.items()}
    host = said.get("host", "localhost")
    own = host in OWN or host.rpartition(":")[0] in OWN
    return address is None and own and not any(name in said for name in FORWARDED)


def may_change() -> bool:
    """Return whether this session may publish, answer, withdraw or roll back."""
    return not read_only() and from_here(st.context.ip_address, st.context.headers)


def must_be_allowed() -> None:
    """Stop whatever would change something where nobody may: asked on the server, every time."""
    if not may_change():
        raise NotAllowedError
