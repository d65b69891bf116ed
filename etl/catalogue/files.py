"""Reads the catalogue's files: rows of CSV and entries of YAML, later folders over earlier ones."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from pathlib import Path

DRAWN = {"map.yml", "decks"}  # files and folders that only the dashboard reads


class CatalogueError(Exception):
    """A catalogue that cannot be used: the file, the line or key, why, and what to do."""

    def __init__(self, where: str, zh: str, en: str) -> None:
        self.zh, self.en = f"{where}：{zh}", f"{where}: {en}"
        super().__init__(self.en)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row or one key of a file, with the place that an error names."""

    where: str
    fields: dict[str, Any]

    def text(self, name: str, default: str | None = None) -> str:
        """The text of a field; without a default it must be there."""
        value = self.fields.get(name)
        if value is None or value == "":
            if default is None:
                raise self.error(f"缺少 {name}；请填写", f"{name} is missing; fill it in")
            return default
        return str(value)

    def optional(self, name: str) -> str | None:
        """The text of a field, None when it is empty."""
        return self.text(name, "") or None

    def choice(self, name: str, allowed: Sequence[str], default: str | None = None) -> str:
        """The text of a field that knows only a few words."""
        value = self.text(name, default)
        if value not in allowed:
            raise self.error(
                f"{name} 是“{value}”；请写其中之一：{'、'.join(allowed)}",
                f"{name} is {value!r}; write one of {', '.join(allowed)}",
            )
        return value

    def flag(self, name: str, default: str | None = None) -> bool:
        """A field that is true or false."""
        return self.choice(name, ("true", "false", "True", "False"), default).lower() == "true"

    def number(self, name: str, default: str | None = None) -> float:
        """A field that holds a number."""
        value = self.text(name, default)
        try:
            return float(value)
        except ValueError:
            raise self.error(
                f"{name} 是“{value}”；请写一个数", f"{name} is {value!r}; write a number"
            ) from None

    def date(self, name: str) -> dt.date | None:
        """A field that holds a day as 2024-06-30, None when it is empty."""
        value = self.text(name, "")
        try:
            return dt.date.fromisoformat(value) if value else None
        except ValueError:
            raise self.error(
                f"{name} 是“{value}”；请写 2024-06-30 这样的日期",
                f"{name} is {value!r}; write a day as 2024-06-30",
            ) from None

    def words(self, name: str) -> tuple[str, ...]:
        """A list: of YAML, or in a CSV cell joined by ``;``."""
        value = self.fields.get(name) or ()
        parts = value.split(";") if isinstance(value, str) else [str(part) for part in value]
        return tuple(part for part in parts if part)

    def both(self, name: str) -> tuple[str, str]:
        """A text in Chinese and English: ``{zh: …, en: …}``."""
        value = self.fields.get(name)
        if not isinstance(value, dict) or not value.get("zh") or not value.get("en"):
            raise self.error(f"{name} 要写成 {{zh: …, en: …}}", f"{name} needs {{zh: …, en: …}}")
        return str(value["zh"]), str(value["en"])

    def inner(self, name: str) -> Entry:
        """The fields below a field, none when it is absent."""
        return Entry(f"{self.where} {name}", self.fields.get(name) or {})

    def check_fields(self, known: Sequence[str]) -> None:
        """Refuses a field that nobody reads."""
        if not isinstance(self.fields, dict):
            raise self.error(
                "不是字段的列表；请在它下面写 `字段: 值`",
                "is not a list of fields; write `field: value` below it",
            )
        unknown = [str(name) for name in self.fields if name not in known]
        if unknown:
            raise self.error(
                f"没有字段 {'、'.join(unknown)}；可用的有 {'、'.join(known)}",
                f"unknown field {', '.join(unknown)}; known are {', '.join(known)}",
            )

    def check_known(self, codes: Iterable[str | None], known: Container[str]) -> None:
        """Refuses a code that is not in the catalogue."""
        for code in codes:
            if code is not None and code not in known:
                raise self.error(
                    f"目录里没有 {code}；请改正，或先加入",
                    f"{code} is not in the catalogue; correct it or add it",
                )

    def error(self, zh: str, en: str) -> CatalogueError:
        """An error that names this place."""
        return CatalogueError(self.where, zh, en)


def rows(folders: Sequence[Path], name: str, key: Sequence[str]) -> list[Entry]:
    """The rows of a CSV file; one in a later folder replaces one of the same key."""
    found: dict[tuple[str, ...], Entry] = {}
    for folder in folders:
        here: dict[tuple[str, ...], Entry] = {}
        for entry in csv_entries(folder / name, key):
            of = tuple(entry.text(column) for column in key)
            if of in here:
                raise entry.error(
                    f"{' '.join(of)} 写了两遍，另一处在 {here[of].where}",
                    f"{' '.join(of)} stands twice, also in {here[of].where}",
                )
            here[of] = entry
        found.update(here)
    return list(found.values())


def csv_entries(path: Path, key: Sequence[str]) -> Iterator[Entry]:
    """The rows of one CSV file that has the columns of ``key``; none where there is no file."""
    if not path.exists():
        return
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:  # Excel in China saves a CSV in GBK unless it is told
        raise CatalogueError(
            str(path), "不是 UTF-8；请另存为 CSV UTF-8", "is not in UTF-8; save it as CSV UTF-8"
        ) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in key if column not in (reader.fieldnames or ())]
    if missing:
        raise CatalogueError(
            str(path),
            f"缺少列 {'、'.join(missing)}；请加上",
            f"column {', '.join(missing)} is missing; add it",
        )
    for fields in reader:
        entry = Entry(f"{path}:{reader.line_num}", fields)
        if None in fields or None in fields.values():
            raise entry.error(
                "单元格数与表头不同；单元格里有逗号的请加英文引号",
                "has more or fewer cells than the header; quote commas in a cell",
            )
        yield entry


def entries(folders: Sequence[Path], name: str, known: Sequence[str]) -> dict[str, Entry]:
    """The keys of a YAML file; a later folder's fields replace an earlier one's, aliases add up."""
    found: dict[str, Entry] = {}
    for folder in folders:
        for key, fields in mapping_of(folder / name).items():
            entry = Entry(f"{folder / name} {key}", fields)
            entry.check_fields(known)
            found[str(key)] = _over(found.get(str(key)), entry)
    return found


def listed(folders: Sequence[Path], name: str, known: Sequence[str]) -> list[Entry]:
    """The items of a YAML file that is a list, of all folders one after the other."""
    found = []
    for folder in folders:
        for number, fields in enumerate(yaml_of(folder / name) or [], start=1):
            found.append(Entry(f"{folder / name} #{number}", fields))
            found[-1].check_fields(known)
    return found


def _over(earlier: Entry | None, later: Entry) -> Entry:
    if earlier is None:
        return later
    fields = {**earlier.fields, **later.fields}
    if "aliases" in later.fields:
        fields["aliases"] = [*earlier.words("aliases"), *later.words("aliases")]
    return Entry(later.where, fields)


def yaml_of(path: Path) -> Any:  # noqa: ANN401 (whatever the file holds)
    """What a YAML file holds, None where there is no such file."""
    import yaml  # 12 ms of a worker's start, which is handed what was read

    if not path.exists():
        return None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one reads ten times faster
    try:
        return yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, ValueError) as error:  # 2024-13-45 is no day, nor GBK UTF-8
        raise CatalogueError(
            str(path),
            f"不能按 UTF-8 的 YAML 读取：{error}",
            f"cannot be read as YAML in UTF-8: {error}",
        ) from None


def mapping_of(path: Path) -> dict[Any, Any]:
    """What a YAML file of keys holds, nothing where there is no such file."""
    said = yaml_of(path) or {}
    if not isinstance(said, dict):
        raise CatalogueError(
            str(path), "没有键；请写 `键: 值`", "holds no keys; write `key: value`"
        )
    return said


def content_hash(folders: Sequence[Path]) -> str:
    """SHA-256 over names and bytes of all files, folder by folder; whatever the line ends.

    Git on Windows may check files out with its own line ends: the same catalogue is still the same.
    How maps and documents are made changes no number, so that is no part of it.
    """
    named = []
    for folder in folders:
        files = [*folder.rglob("*.csv"), *folder.rglob("*.yml")]
        files = [path for path in files if not DRAWN & {*path.relative_to(folder).parts}]
        for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
            stat = path.stat()
            name = path.relative_to(folder).as_posix()
            named.append((path, name, stat.st_mtime_ns, stat.st_size))
    return _hash_of(tuple(named))


@lru_cache(maxsize=8)  # asked for every workbook; unchanged files need not be read again
def _hash_of(files: tuple[tuple[Path, str, int, int], ...]) -> str:
    digest = hashlib.sha256()
    for path, name, *_ in files:
        digest.update(name.encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()
