"""What both command lines share: refusals that two languages read, a quiet end without a reader."""

from __future__ import annotations

import argparse
import errno
import os
import re
import sys
from typing import NoReturn

MISUSED = 2  # exit code of a command that was not understood, as of Unix tools
UNREAD = 141  # of one whose reader went away (`| head`), as shells say it of a closed pipe
# What a pipe that nobody reads is called; Windows has no word of its own for it.
CLOSED = (errno.EPIPE, errno.EINVAL) if os.name == "nt" else (errno.EPIPE,)
# What argparse says, and the same in Chinese.
SAID = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (\S+): expected one argument", r"\1 后面要写一个值"),
    (r"argument (\S+): expected at least one argument", r"\1 后面至少要写一个值"),
    (r"argument (\S+): invalid choice: (.+) \(choose from (.+)\)", r"\1 不能是 \2，可以是：\3"),
    (r"argument (\S+): invalid \w+ value: (.+)", r"\1 不能是 \2"),
    (r"argument (\S+): ignored explicit argument (.+)", r"\1 后面不写值：\2"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 不明确，可能是：\2"),
)


class Parser(argparse.ArgumentParser):
    """Arguments of a command; what is wrong with them is a sentence without a traceback."""

    def error(self, message: str) -> NoReturn:
        """Say in Chinese and English what was not understood; exit code 2."""
        chinese = next((m.expand(zh) for en, zh in SAID if (m := re.fullmatch(en, message))), "")
        sentence = f"{chinese} ({message})" if chinese else message
        self.exit(MISUSED, f"{sentence}\n用法见 usage: {self.prog} --help\n")


def in_utf8() -> None:
    """Print every sign, also where a terminal or a Windows pipe would have another encoding."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def is_unread(error: OSError) -> bool:
    """Whether an error is that nobody reads on; what is still to be printed is then dropped."""
    if error.errno not in CLOSED or error.filename is not None:
        return False
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True
