"""Runs the benchmarks: python -m benchmarks [NAME …]; all of them rewrite docs/benchmarks.md."""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks import report

NAMES = (
    "load", "big", "series", "queries", "browser", "pages", "crowd", "prose", "decks", "books",
)  # fmt: skip


def main(names: list[str]) -> None:
    """Run what is named, or everything, and print a table.

    Each is imported when its turn comes: the loader's workers import this module too, and what
    they hold is measured.
    """
    unknown = set(names) - set(NAMES)
    if unknown:
        raise SystemExit(
            f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}"
        )
    rows: list[report.Row] = []
    for name in names or NAMES:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += import_module(f"benchmarks.{name}").run()
    print(report.table(rows))
    if not names:
        report.write(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
