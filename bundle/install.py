"""Install the dashboard beside this file from its folder of wheels, without internet."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
WINDOWS = sys.platform == "win32"
PYTHON = HERE / ".venv" / ("Scripts/python.exe" if WINDOWS else "bin/python")
START = "start.bat" if WINDOWS else "make run"


def main() -> None:
    """Make the environment and say what to do next, in Chinese and English."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.exit(
            f"需要 Python 3.11、3.12 或 3.13,这里是 {sys.version.split()[0]}。\n"
            f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]}."
        )
    try:
        venv.create(HERE / ".venv", with_pip=True)
        command = [PYTHON, "-m", "pip", "--isolated", "--disable-pip-version-check", "install"]
        command += ["--quiet", "--no-index", "--find-links", HERE / "wheels"]
        command += ["--require-hashes", "-r", HERE / "requirements.txt"]
        subprocess.run(command, check=True)
    except subprocess.CalledProcessError as failure:
        sys.exit(
            f"没有装好(原因见上)。Debian 系统可能缺 python3-venv。\n"
            f"Not installed (the reason stands above; on Debian perhaps python3-venv is missing): "
            f"{' '.join(map(str, failure.cmd))}"
        )
    (HERE / ".venv" / "run").touch()  # so that make knows that the environment is there
    print(f"已装好。启动:{START}\nInstalled. Start it: {START}")


if __name__ == "__main__":
    main()
