"""The names of files as they may be shown: they come from elsewhere."""

from __future__ import annotations

import os
import re
import unicodedata

LONGEST = 120
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # control, direction, half a character …


def sent_as(name: str) -> str:
    """Return the name that a file was sent under, without folders and what is not seen.

    A mark of direction makes 表.csv.exe look like 表.exe.csv, an escape code colours a terminal.
    Archives made on Chinese Windows leave names in GBK, which Linux holds as half characters.
    """
    if not name.isprintable():
        with_marks = _from_gbk(name)
        name = "".join(s for s in with_marks if unicodedata.category(s) not in UNSEEN)
    name = re.split(r"[\\/]", name)[-1].strip() or "?"
    if len(name) <= LONGEST:
        return name
    _, dot, ending = name.rpartition(".")
    tail = f"…{dot}{ending}" if len(ending) < 9 else "…"
    return name[: LONGEST - len(tail)] + tail


def _from_gbk(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name
