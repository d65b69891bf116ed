"""What both READMEs say is true: their tree, commands, links and example."""

import re
import subprocess
from pathlib import Path

import pytest

from dashboard.exports.__main__ import main as exports
from etl.__main__ import main as etl
from etl.catalogue import load_catalogue

PROGRAMS = {"etl": etl, "dashboard.exports": exports}
ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.zh-CN.md"]
TEXT = {name: (ROOT / name).read_text(encoding="utf-8") for name in READMES}
readme = pytest.mark.parametrize("name", READMES)


def block(text: str, first: str) -> list[str]:
    """The lines of the fenced block that begins with the word ``first``."""
    return re.search(rf"(?ms)^```\w*\n({first}.*?)^```", text)[1].splitlines()


def tree(text: str) -> list[str]:
    """The paths of the annotated tree, folders with a slash at the end."""
    folder, paths = "", []
    for line in block(text, "app.py"):
        path = line.split()[0]
        if line.startswith("  "):
            paths.append(folder + path)
        else:
            folder = path
            paths.append(path)
    return paths


def tracked() -> list[str]:
    """Every committed file and, with a slash at the end, its folders."""
    listed = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files"], cwd=ROOT, capture_output=True, check=True
    )
    files = [Path(line) for line in listed.stdout.decode("utf-8").splitlines()]
    folders = {f"{parent.as_posix()}/" for file in files for parent in file.parents}
    return [*(file.as_posix() for file in files), *folders - {"./"}]


@readme
def test_the_tree_names_what_is_there(name):
    made_later = {"data/local/", "data/sources/", "data/vintages/"}
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert made_later <= set(ignored)
    assert set(tree(TEXT[name])) - made_later <= set(tracked())


@readme
def test_the_tree_leaves_no_folder_out(name):
    shown = set(tree(TEXT[name]))
    opened = {path.split("/")[0] + "/" for path in shown if re.search("/.", path)} | {""}
    folders = [path for path in tracked() if path.endswith("/")]
    expected = {path for path in folders if re.sub(r"[^/]+/$", "", path) in opened}
    assert expected - shown - {".ci/"} == set()


@readme
def test_every_make_target_exists_and_help_lists_it(name):
    named = set(re.findall(r"make ([a-z]+)", re.sub(r"(?m)^.*apt install.*$", "", TEXT[name])))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^([a-z]+):", makefile))
    told = set(re.findall(r'"make ([a-z]+)', makefile))
    assert {"run", "test", "bundle"} <= named <= targets
    assert told == targets - {"help", "system"}


@readme
def test_every_command_and_option_exists(name, capsys):
    named = set(re.findall(r"python -m (etl|dashboard.exports) ([a-z]+)", TEXT[name]))
    expected = {"load", "check", "template", "withdraw", "prune", "questions", "answer", "add"}
    assert expected <= {command for _, command in named}
    for program, command in sorted(named):
        with pytest.raises(SystemExit) as ended:
            PROGRAMS[program]([command, "--help"])
        assert ended.value.code == 0
    said = capsys.readouterr().out
    commands = re.search(r"(?s)\n\| `python -m etl .*?\n## ", TEXT[name])[0]
    options = set(re.findall(r"--[a-z]+", commands)) - {"---"}
    assert {"--fresh", "--keep", "--catalogue"} <= options
    assert [option for option in options if option not in said] == []


@readme
def test_links_lead_somewhere(name):
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", TEXT[name])
    assert "docs/pictures/overview.webp" in links
    assert [link for link in links if not (ROOT / link).exists()] == []


@readme
def test_the_powershell_commands_name_files_that_exist(name):
    files = re.findall(r"-r (\S+)|streamlit run (\S+)", TEXT[name])
    named = {first or second for first, second in files}
    assert {"requirements.txt", "requirements-dev.txt", "app.py"} <= named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_both_say_the_same():
    english, chinese = (TEXT[name] for name in READMES)
    assert tree(english) == tree(chinese)
    assert block(english, "py -3.11") == block(chinese, "py -3.11")
    assert block(english, "village_talks") == block(chinese, "village_talks")
    assert len(re.findall("(?m)^## ", english)) == len(re.findall("(?m)^## ", chinese))


def test_the_example_indicator_loads_beside_ours(tmp_path):
    example = "\n".join(block(TEXT["README.md"], "village_talks"))
    (tmp_path / "indicators.yml").write_text(example, encoding="utf-8")
    catalogue = load_catalogue([ROOT / "data" / "catalogue", tmp_path])
    assert catalogue.indicators["village_talks"].name == "国防教育进村宣讲"
    assert "pension_paid" in catalogue.indicators
