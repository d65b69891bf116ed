"""From files to a vintage: keep, read, understand, check, publish."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from etl.check import check
from etl.corrections import corrected
from etl.files import FileRead, known, read_file, refused
from etl.memory import kept as memory_kept
from etl.names import sent_as
from etl.precedence import settled, ties
from etl.priors import disagreeing, parted
from etl.publish import Settled, publish
from etl.read import UnreadableFile
from etl.records import CORRECTED, NO_REPORTS, OBSERVATION, Issue, Source
from etl.sentences import Told, told
from etl.understand import file_shown
from etl.verdicts import called_wrong, heard, left_out, rescaled
from etl.vintages import DATABASE, VintageError, current, keep, kept, lock, register, sources_of
from etl.workers import read_all, started

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from subprocess import Popen

    from etl.catalogue import Catalogue
    from etl.understand import Vocabulary

    Progress = Callable[[int, int, str], None]  # files done, files in all, name of the last

INBOX, DEMO = "inbox", "demo"
OURS = (".py", ".pyc", ".md", ".yml", ".yaml", ".json", ".parquet", ".duckdb")  # never sent to us


@dataclass(slots=True)
class Outcome:
    """What a load or a check came to; ``vintage`` is None where nothing was published.

    ``repeated`` are files with the same bytes as another: its name by theirs.
    """

    files: list[FileRead]
    issues: list[Told]
    vintage: Path | None = None
    unchanged: bool = False
    repeated: dict[str, str] = field(default_factory=dict)


def workbooks(paths: Iterable[Path]) -> list[Path]:
    """Return the files under ``paths``, without our own, hidden ones and Excel's lock files."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [p for p in sorted(path.rglob("*")) if p.is_file() and not _is_ours(p, path)]
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _is_ours(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return path.suffix.lower() in OURS or any(p.startswith((".", "~$", "__")) for p in parts)


def dataset_of(path: Path, data: Path, otherwise: str) -> str:
    """Name the dataset of a file: its folder in data/inbox, or data/demo; else as asked."""
    resolved, root = path.resolve(), data.resolve()
    if resolved.is_relative_to(root / DEMO):
        return "demonstration"
    if resolved.is_relative_to(root / INBOX):
        parts = resolved.relative_to(root / INBOX).parts
        return parts[0] if len(parts) > 1 else otherwise
    return otherwise


def read_files(
    sources: dict[Path, Source],
    folders: tuple[Path, ...],
    progress: Progress | None = None,
    spare: list[Popen[bytes]] | None = None,
) -> list[FileRead]:
    """Read all files in worker processes; a refused one is an issue, the others load."""
    # A third of the time in which each worker would load it, and one catalogue for all files.
    work = functools.partial(read_file, vocabulary=known(folders)[1], sources=sources)
    found: list[FileRead] = []
    for path, answer in zip(sources, read_all(list(sources), work, spare=spare), strict=True):
        source = sources[path]
        if isinstance(answer, UnreadableFile):
            answer = refused(source, answer)
        found.append(answer)
        if progress:
            progress(len(found), len(sources), source.source_file)
    return found


def settle(
    files: Sequence[FileRead], catalogue: Catalogue, loaded: pa.Table = NO_REPORTS
) -> Settled:
    """Put the files' observations together, correct them, settle which are in force.

    ``loaded`` are reports of other files, whose own issues are known.
    """
    table = pa.concat_tables([loaded, *(f.observations for f in files)])
    unreported, priors = parted(table, pa.concat_tables([NO_REPORTS, *(f.priors for f in files)]))
    if unreported.num_rows:
        table = pa.concat_tables([table, unreported])
        _count_as_reports(unreported, files)
    table, corrections = corrected(table, catalogue)
    table, units = rescaled(table, catalogue)

    def judge(reports: pa.Table) -> list[Issue]:
        issues = [issue for f in files for issue in f.issues]
        beside = disagreeing(reports, priors, catalogue)
        said = [*corrections, *units, *left_out(reports, catalogue)]
        return [*issues, *said, *ties(reports), *beside, *check(reports, catalogue)]

    unread = pa.concat_tables([NO_REPORTS, *(f.unread for f in files)])
    return Settled(settled(table, catalogue.chosen, called_wrong(catalogue)), judge, unread)


def _count_as_reports(priors: pa.Table, files: Sequence[FileRead]) -> None:
    """上年 cells that became observations are no checks of their file any more."""
    columns = ("dataset", "source_id", "sheet", "cell")
    cells = {tuple(row.values()) for row in priors.select(columns).to_pylist()}
    counts = Counter((dataset, source_id) for dataset, source_id, _, _ in cells)
    for file in files:
        moved = counts[file.source.dataset, file.source.source_id]
        file.fates["check"] -= moved
        file.fates["observation"] += moved


def check_files(
    paths: Sequence[Path],
    data: Path,
    folders: tuple[Path, ...],
    dataset: str,
    progress: Progress | None = None,
    beside: Path | None = None,
) -> Outcome:
    """Read and check without publishing anything.

    With a vintage ``beside`` it, what was loaded before is compared too, and only issues that it
    does not have already are told.
    """
    catalogue, vocabulary = known(folders)
    sources: dict[Path, Source] = {}
    first: dict[tuple[str, str], Source] = {}
    repeated = {}
    for path in workbooks(paths):
        source = _nameless(register(path, dataset_of(path, data, dataset)), vocabulary)
        same = first.setdefault((source.source_id, source.dataset), source)
        if same is source:
            sources[path] = source
        elif same.source_file != source.source_file:
            repeated[source.source_file] = same.source_file
    files = read_files(sources, folders, progress)
    loaded = _loaded(beside, sources.values()) if beside else NO_REPORTS
    found = settle(files, catalogue, loaded)
    issues = [told(i, catalogue) for i in heard(found.judge(found.reports), catalogue)]
    own = {source.source_id for source in sources.values()}
    before = set(told_of(beside)) if beside else set()
    new = [i for i in issues if i.source_id in own or i not in before]
    return Outcome(files, new, repeated=repeated)


def _loaded(vintage: Path, sources: Iterable[Source]) -> pa.Table:
    """What a vintage holds beside some sources in their datasets; corrections are made anew."""
    # As text: an enum would bring all words of its table along, used here or not.
    names = ", ".join(
        f"{field.name}::text as {field.name}" if pa.types.is_dictionary(field.type) else field.name
        for field in OBSERVATION
    )
    with duckdb.connect(vintage / DATABASE, read_only=True) as con:
        reports = con.execute(
            f"""select {names} from observation
                where approval <> $corrected and list_contains($datasets, dataset::text)
                  and not list_contains($own, source_id::text)
                order by observation_id""",
            {
                "corrected": CORRECTED,
                "datasets": [source.dataset for source in sources],
                "own": [source.source_id for source in sources],
            },
        ).to_arrow_table()
    return reports.cast(OBSERVATION)


def annotated(
    path: Path, issues: Sequence[Told], folders: tuple[Path, ...], language: str
) -> bytes:
    """Return a checked file as an .xlsx for its sender: cells marked, ``issues`` listed."""
    from etl.annotate import annotate  # openpyxl and lxml, which a load need not wait for

    return annotate(path, issues, known(folders)[1], language)


@memory_kept()
def load(
    paths: Sequence[Path],
    data: Path,
    vintages: Path,
    folders: tuple[Path, ...],
    *,
    dataset: str = "reported",
    fresh: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Add files to the sources of the current vintage and publish what they say together."""
    kept_in, found = vintages.parent / "sources", workbooks(paths)
    with lock(vintages), started(found, read_file.__module__) as spare:
        before = current(vintages)
        sources = [] if fresh or before is None else sources_of(before)
        _, vocabulary = known(folders)
        repeated = {}
        for path in found:
            source = keep(path, dataset_of(path, data, dataset), kept_in)
            sources.append(_nameless(source, vocabulary))
            if (name := sent_as(path.name)) != source.source_file:
                repeated[file_shown(name, vocabulary)] = sources[-1].source_file
        sources = _without_demonstration(sources)
        outcome = _publish(sources, kept_in, vintages, folders, progress, spare)
        return replace(outcome, repeated=repeated)


def _nameless(source: Source, vocabulary: Vocabulary) -> Source:
    """A source without the names and numbers of persons that its file's name may hold."""
    return replace(source, source_file=file_shown(source.source_file, vocabulary))


@memory_kept()
def remove(
    name: str, vintages: Path, folders: tuple[Path, ...], progress: Progress | None = None
) -> Outcome:
    """Publish without one source, named by its file's name or the start of its hash."""
    with lock(vintages):
        before = current(vintages)
        sources = sources_of(before) if before else []
        shown = file_shown(name, known(folders)[1])
        start = name or "none"  # every hash begins with nothing
        gone = [s for s in sources if s.source_file == shown or s.source_id.startswith(start)]
        if len(gone) != 1:
            names = "、".join(s.source_file for s in gone or sources) or "—"
            raise VintageError(
                f"“{shown}”对应 {len(gone)} 个来源，请写全文件名或哈希；现有：{names}",
                f"{len(gone)} sources match “{shown}”; give the file name or its hash: {names}",
            )
        left = [s for s in sources if s is not gone[0]]
        return _publish(left, vintages.parent / "sources", vintages, folders, progress)


def _without_demonstration(sources: list[Source]) -> list[Source]:
    """Demonstration figures go with the first of an office's own files."""
    unique = list({(s.source_id, s.dataset): s for s in sources}.values())
    if any(s.dataset == "reported" for s in unique):
        return [s for s in unique if s.dataset != "demonstration"]
    return unique


def _publish(
    sources: Sequence[Source],
    kept_in: Path,
    vintages: Path,
    folders: tuple[Path, ...],
    progress: Progress | None,
    spare: list[Popen[bytes]] | None = None,
) -> Outcome:
    catalogue, _ = known(folders)
    before = current(vintages)
    ordered = sorted(sources, key=lambda s: (s.dataset, s.source_file, s.source_id))
    files = read_files({kept(s, kept_in): s for s in ordered}, folders, progress, spare)
    found = settle(files, catalogue)
    for file in files:
        file.observations = NO_REPORTS  # millions need not be held twice
    vintage = publish(found, [f.counts() for f in files], catalogue, vintages)
    return Outcome(files, told_of(vintage), vintage, vintage == before)


def told_of(vintage: Path) -> list[Told]:
    """Return the issues of a vintage, contradictions between its reports among them."""
    names = ", ".join(f.name for f in fields(Told))
    with duckdb.connect(vintage / DATABASE, read_only=True) as con:
        rows = con.execute(f"select {names} from issue order by issue_id").fetchall()
    return [Told(*row) for row in rows]
