"""Who may import whom: pages → ui → door, exports → decks → charts → locale → queries → store."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Each layer, with the layers below it that it may use.
LAYERS = (
    "store", "boundaries", "queries", "locale", "charts", "decks", "exports", "door", "ui",
)  # fmt: skip
FILES = sorted([*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").glob("*.py")])


def imports(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(module):
    parts = module.split(".")
    return parts[1] if parts[0] == "dashboard" and len(parts) > 1 else None


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_layer_uses_only_those_below_it(path):
    relative = path.relative_to(ROOT)
    if relative.parts[0] == "pages" or len(relative.parts) == 2 and relative.name == "__init__.py":
        return
    own = relative.with_suffix("").parts[1]
    allowed = LAYERS[: LAYERS.index(own) + 1]
    for module in imports(path):
        assert layer(module) in (None, *allowed), f"{relative} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_the_dashboard_knows_the_loader_by_one_door_only(path):
    if path.relative_to(ROOT).as_posix() == "dashboard/door.py":
        return
    assert not any(module.split(".")[0] == "etl" for module in imports(path))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "etl").rglob("*.py")), ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_the_loader_does_not_know_the_dashboard(path):
    assert not any(module.split(".")[0] in ("dashboard", "streamlit") for module in imports(path))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_streamlit_appears_only_where_people_look(path):
    if (
        path.relative_to(ROOT).parts[:2] not in (("dashboard", "ui"),)
        and path.parent.name != "pages"
    ):
        assert not any(module.split(".")[0] == "streamlit" for module in imports(path))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_only_the_store_reaches_behind_its_views(path):
    if path.name != "store.py":
        assert "stored." not in path.read_text(encoding="utf-8")
    if path.relative_to(ROOT).as_posix() not in ("dashboard/store.py", "dashboard/queries/rows.py"):
        assert "series_by_number" not in path.read_text(encoding="utf-8")


def test_pages_stay_thin():
    for page in (ROOT / "pages").glob("*.py"):
        assert len(page.read_text(encoding="utf-8").splitlines()) <= 80, page.name
