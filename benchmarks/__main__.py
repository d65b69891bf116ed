"""Runs the benchmarks: python -m benchmarks [NAME …]; all of them rewrite docs/benchmarks.md."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks import (
    big,
    books,
    browser,
    crowd,
    decks,
    load,
    pages,
    prose,
    queries,
    report,
    series,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable

ALL: dict[str, Callable[[], list[report.Row]]] = {
    "load": load.run,
    "big": big.run,
    "series": series.run,
    "queries": queries.run,
    "browser": browser.run,
    "pages": pages.run,
    "crowd": crowd.run,
    "prose": prose.run,
    "decks": decks.run,
    "books": books.run,
}


def main(names: list[str]) -> None:
    """Run what is named, or everything, and print a table."""
    unknown = set(names) - set(ALL)
    if unknown:
        raise SystemExit(
            f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(ALL)}"
        )
    rows = []
    for name in names or ALL:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += ALL[name]()
    print(report.table(rows))
    if not names:
        report.write(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
