"""The commands by which people answer: questions, answer, answers, undo, add."""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from etl.additions import add_alias, add_area, add_indicator
from etl.answers import answer, given, id_of, undo
from etl.catalogue.aliases import KINDS
from etl.questions import Question, open_questions
from etl.sentences import RefusedError
from etl.vintages import current

if TYPE_CHECKING:
    import argparse

SHOWN = 8  # places and choices of a question that a terminal shows
HEADS = {
    "zh": {
        "open": "未决问题", "none": "没有未决的问题", "more": "另有", "given": "已答",
        "kept": "已记下，下次装载生效", "back": "已撤回，下次装载生效", "added": "已加入",
    },
    "en": {
        "open": "open questions", "none": "no open questions", "more": "more:",
        "given": "answered", "kept": "kept, the next load uses it",
        "back": "taken back from the next load on", "added": "added",
    },
}  # fmt: skip


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
) -> None:
    """Give the command line its questions and answers."""
    command = commands.add_parser("questions", parents=[common], help="what a person can settle")
    command.set_defaults(run=_questions)
    command = commands.add_parser("answer", parents=[common], help="answer a question")
    command.add_argument("question", metavar="QUESTION", help="its id, or several: a,b")
    command.add_argument("answer", metavar="ANSWER", help="a choice, its number (#2), or words")
    command.add_argument("--who", default=None, help="who says so (default: this user)")
    command.set_defaults(run=_answer)
    command = commands.add_parser("answers", parents=[common], help="the answers in force")
    command.set_defaults(run=_answers)
    command = commands.add_parser("undo", parents=[common], help="take an answer back")
    command.add_argument("question", metavar="QUESTION", help="the id of its question")
    command.add_argument("--who", default=None, help="who says so (default: this user)")
    command.set_defaults(run=_undo)
    _add_additions(commands.add_parser("add", help="add an indicator, an area or an alias"), common)


def _add_additions(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    new = kinds.add_parser("indicator", parents=[common], help="a new indicator")
    new.add_argument("code", metavar="CODE")
    for name in ("name", "name-en", "unit", "aspect"):
        new.add_argument(f"--{name}", required=True)
    new.add_argument("--kind", choices=("flow", "stock", "rate", "plan"), default="flow")
    new.add_argument("--areas", choices=("sum", "none", "ratio"), default="sum", help="their total")
    new.add_argument("--direction", choices=("up", "down", "none"), default="none")
    new.add_argument("--decimals", type=int, default=0)
    new.add_argument("--numerator")
    new.add_argument("--denominator")
    new.add_argument("--restricted", action="store_true", help="neither drawn nor exported")
    new.add_argument("--alias", action="append", default=[], dest="aliases")
    new.set_defaults(run=_add_indicator)
    new = kinds.add_parser("area", parents=[common], help="a new area")
    new.add_argument("code", metavar="CODE", help="620799, or 620700-11 for a local area")
    for name in ("name", "name-en", "parent"):
        new.add_argument(f"--{name}", required=True)
    new.add_argument("--level", choices=("prefecture", "county", "local"), default="county")
    new.add_argument("--short-name")
    new.add_argument("--alias", action="append", default=[], dest="aliases")
    new.set_defaults(run=_add_area)
    new = kinds.add_parser("alias", parents=[common], help="more words for what is known")
    new.add_argument("of", choices=KINDS)
    new.add_argument("code", metavar="CODE", help="of a breakdown: recipient:部队")
    new.add_argument("alias", metavar="WORDS")
    new.set_defaults(run=_add_alias)


# ── questions and answers ───────────────────────────────────────────────────────────────────────


def _open(options: argparse.Namespace) -> list[Question]:
    vintage = current(options.vintages)
    if vintage is None:
        raise RefusedError("还没有装载过数据，请先装载。", "Nothing is loaded yet; load first.")
    return open_questions(vintage, options.folders(options))


def _questions(options: argparse.Namespace) -> int:
    found = _open(options)
    if options.json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return 0
    words = HEADS[options.lang]
    print(f"{words['open']}: {len(found)}" if found else words["none"])
    for question in found:
        print("\n".join(_lines(question, options.lang)))
    return 0


def _lines(question: Question, language: str) -> list[str]:
    """A question for people: what, where, what may be answered."""
    chinese, words = language == "zh", HEADS[language]
    asks, hint = (question.zh, question.hint) if chinese else (question.en, question.hint_en)
    lines = ["", f"{question.question_id}  {asks}"]
    if question.given:
        lines.append(f"    {words['given']}: {question.given}")
    places = [" › ".join(filter(None, p[:3])) for p in map(_place, question.places)]
    lines += [f"    {place}" for place in _cut(places, words["more"])]
    choices = [
        "  ".join(dict.fromkeys((f"#{n}", c.zh if chinese else c.en, c.value)))
        for n, c in enumerate(question.choices, start=1)
    ]
    lines += [f"      {choice}" for choice in _cut(choices, words["more"])]
    return [*lines, f"    ({hint})"]


def _place(place: Any) -> tuple[str, str, str]:  # noqa: ANN401 (a Place)
    return place.source_file, place.sheet, place.cell


def _cut(lines: list[str], more: str) -> list[str]:
    rest = len(lines) - SHOWN
    return lines if rest <= 0 else [*lines[:SHOWN], f"… {more} {rest}"]


def _answer(options: argparse.Namespace) -> int:
    asked = {question.question_id: question for question in _open(options)}
    named = options.question.split(",")
    if unknown := [name for name in named if name not in asked]:
        raise RefusedError(
            f"没有编号为 {'、'.join(unknown)} 的未决问题，见 python -m etl questions。",
            f"No open question {', '.join(unknown)}; see python -m etl questions.",
        )
    who, folders = _who(options), options.folders(options)
    kept = [answer(asked[name], options.answer, who, folders) for name in named]
    said = [{"question_id": id_of(row), **asdict(row)} for row in kept]
    return _say(options, said, f"{options.question}  {kept[0].answer}  ", "kept")


def _undo(options: argparse.Namespace) -> int:
    row = undo(options.question, _who(options), options.folders(options))
    said = {"question_id": options.question, **asdict(row)}
    return _say(options, said, f"{options.question}  ", "back")


def _answers(options: argparse.Namespace) -> int:
    rows = given(options.folders(options))
    if options.json:
        said = [{"question_id": id_of(row), **asdict(row)} for row in rows]
        print(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        about = f"{row.question} {row.about}".strip()
        print(f"{id_of(row)}  {row.when}  {row.who}  {about} → {row.answer}  ({row.seen_in})")
    return 0


def _who(options: argparse.Namespace) -> str:
    return str(options.who or getpass.getuser())


def _say(options: argparse.Namespace, said: object, text: str, head: str) -> int:
    if options.json:
        print(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        print(text + HEADS[options.lang][head])
    return 0


# ── additions ───────────────────────────────────────────────────────────────────────────────────


def _add_indicator(options: argparse.Namespace) -> int:
    fields: dict[str, Any] = {
        "name": {"zh": options.name, "en": options.name_en},
        "display_unit": options.unit,
        "decimals": options.decimals,
        "kind": options.kind,
        "area_aggregation": options.areas,
        "direction": options.direction,
        "aspect": options.aspect,
        "access": "restricted" if options.restricted else "open",
    }
    ratio = {"numerator": options.numerator, "denominator": options.denominator}
    fields |= {name: code for name, code in ratio.items() if code}
    fields |= {"aliases": options.aliases} if options.aliases else {}
    add_indicator(options.folders(options), options.code, fields)
    return _say(options, {"added": options.code}, f"{options.code}  ", "added")


def _add_area(options: argparse.Namespace) -> int:
    fields = {
        "name": options.name,
        "short_name": options.short_name or options.name,
        "name_en": options.name_en,
        "level": options.level,
        "parent": options.parent,
        "aliases": ";".join(options.aliases),
    }
    add_area(options.folders(options), options.code, fields)
    return _say(options, {"added": options.code}, f"{options.code}  ", "added")


def _add_alias(options: argparse.Namespace) -> int:
    add_alias(options.folders(options), options.of, options.code, options.alias)
    return _say(options, {"added": options.alias}, f"{options.alias}  ", "added")
