"""Build dist/bundle: the project, its wheels and an installer, for a machine without internet.

The project is the last commit's. The wheels are for Linux and Windows on x86-64, Python 3.11 to
3.13; their hashes are those of requirements.txt. At the end the bundle is installed once with no
package index in reach, and loads the demonstration data.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "dist" / "bundle"
PYTHONS = ("3.11", "3.12", "3.13")
# glibc 2.28 is what the offices' Linux desktops have at least.
LINUX = ["manylinux2014_x86_64", *(f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1))]
PLATFORMS = {
    "linux": (LINUX, {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}),
    "windows": (
        ["win_amd64"],
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    ),
}
OFFLINE = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_NO_INDEX": "1"}


def main() -> None:
    """Build the bundle, try it and say how large it is."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    copy_project()
    for platform, (tags, markers) in PLATFORMS.items():
        for python in PYTHONS:
            print(f"wheels for {platform}, Python {python}", flush=True)
            download(tags, python, markers)
    print("installing it without an index", flush=True)
    try_offline()
    size = sum(wheel.stat().st_size for wheel in (BUNDLE / "wheels").iterdir())
    print(f"{BUNDLE.relative_to(ROOT)}: {size / 1e6:.0f} MB of wheels; install.sh or install.bat")


def copy_project() -> None:
    """Put the files of the last commit into the bundle, its installers at the top."""
    archive = subprocess.run(
        ["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(BUNDLE)
    for installer in ("install.py", "install.sh", "install.bat", "start.bat"):
        (BUNDLE / "bundle" / installer).rename(BUNDLE / installer)
    shutil.rmtree(BUNDLE / "bundle")


def download(tags: list[str], python: str, markers: dict[str, str]) -> None:
    """Fetch the wheels that one target needs; an unchanged one is not fetched twice."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text(pins(python, markers), encoding="utf-8")
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download"]
        command += ["--quiet", "--only-binary=:all:", "--no-deps", "--require-hashes"]
        command += ["--python-version", python, "--dest", str(BUNDLE / "wheels")]
        command += [word for tag in tags for word in ("--platform", tag)]
        subprocess.run([*command, "--requirement", str(wanted)], check=True)


def pins(python: str, markers: dict[str, str]) -> str:
    """Return the pins of requirements.txt that hold on a target, without their conditions.

    pip would judge the conditions (`; sys_platform == 'win32'`) by the machine that it runs on.
    """
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    there = {**markers, "python_version": python, "python_full_version": f"{python}.0"}
    kept = []
    for line in re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", text)).splitlines():
        pin, *hashes = line.split("--hash=")
        requirement = Requirement(pin.strip())
        if requirement.marker is None or requirement.marker.evaluate(there):
            hashes = [f"--hash={one.strip()}" for one in hashes]
            kept.append(" ".join([f"{requirement.name}{requirement.specifier}", *hashes]))
    return "\n".join(kept) + "\n"


def try_offline() -> None:
    """Install a copy with no index in reach and load the demonstration data with it."""
    with tempfile.TemporaryDirectory(dir=BUNDLE.parent) as folder:
        trial = Path(folder) / "双拥 bundle"  # a space and Chinese, as on an office's desktop
        shutil.copytree(BUNDLE, trial, copy_function=os.link)
        environment = {**os.environ, **OFFLINE}
        subprocess.run(["sh", "install.sh"], cwd=trial, env=environment, check=True)
        subprocess.run(
            [trial / ".venv" / "bin" / "python", "-m", "etl", "load"],
            cwd=trial,
            env=environment,
            check=True,
        )


if __name__ == "__main__":
    main()
