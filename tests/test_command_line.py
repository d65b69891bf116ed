"""What both command lines refuse, and how they end when nobody reads on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.exports.__main__ import main as exports
from etl.__main__ import main as etl

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("main", "arguments", "sentence"),
    [
        (etl, "prune", "缺少参数：--keep (the following arguments are required: --keep)"),
        (etl, "check --bogus", "不认识的参数：--bogus (unrecognized arguments: --bogus)"),
        (etl, "load --vintages", "--vintages 后面要写一个值 (argument --vintages: expected one"),
        (etl, "check --json=3", "--json 后面不写值：'3' (argument --json: ignored explicit"),
        (etl, "prune --keep x", "--keep: 请写 0 或正整数 (0 or more)"),
        (exports, "dock", "COMMAND 不能是 'dock'，可以是："),
        (exports, "deck --area 1 --out a --lang e", "--lang 不能是 'e'，可以是：'zh', 'en' ("),
        (exports, "deck x=1 --area 1 --out a", "不认识的参数：x=1 (unrecognized"),
        (exports, "picture q --area 1 --out a --x", "不认识的参数：--x (unrecognized"),
    ],
)
def test_what_was_not_understood_is_said_in_both_languages(main, arguments, sentence, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments.split())
    assert ended.value.code == 2
    said = capsys.readouterr().err.replace('"', "")
    assert sentence in said
    assert "用法见 usage: python -m" in said


def test_where_nobody_reads_on_a_command_ends_without_a_word(tmp_path):
    """``revisions | head`` said “Broken pipe: None”."""
    nobody, out = os.pipe()
    os.close(nobody)
    command = [sys.executable, "-m", "etl", "frozen", "--vintages", str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.PIPE, check=False)
    os.close(out)
    assert (ended.returncode, ended.stderr) == (141, b"")
