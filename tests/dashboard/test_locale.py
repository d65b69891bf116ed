"""Both languages say the same things, and every sentence is used."""

import re
import string
from pathlib import Path

import yaml

from dashboard.locale import words
from etl.catalogue import load_catalogue
from etl.sentences import COUNTING

ROOT = Path(__file__).parents[2]


def text_of(ends, *folders):
    return "\n".join(
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in ends
    )


CODE = text_of((".py",), "dashboard", "pages")
KINDS = text_of((".py", ".sql", ".yml"), "etl", "data/catalogue")  # of rules, changes, roles


def blanks(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_keys():
    # a language's own: 万元 is read in thousands in English, which tells one from several
    english = {k for k in words("en").sentences if not k.startswith(("scale.", "one."))}
    assert english == set(words("zh").sentences)


def test_a_blank_is_filled_with_something_that_the_other_language_may_leave_out():
    optional = {"quarter", "half", "month", "part", "number", "last", "first", "of_unit"}
    optional |= {"first_month", "last_month"}
    for key, sentence in words("zh").sentences.items():
        assert blanks(sentence) ^ blanks(words("en").sentences[key]) <= optional, key


def test_english_is_english_and_chinese_is_chinese():
    han = re.compile(r"[\u4e00-\u9fff]")
    for key, sentence in words("en").sentences.items():
        assert not han.search(sentence) or key == "app.languages.zh", key
    for key, sentence in words("zh").sentences.items():
        letters = re.sub(
            r"\{\w+\}|CSV|XLSX|DOCX|PPTX|SVG|PNG|English|data/inbox/reported|python -m etl load|"
            r"data/local/\w+|PDF|LibreOffice|libreoffice\.org|Linux|indicator=condolence_fund|"
            r"GeoJSON|UTF-8|YAML|CGCS|WGS|ref_area|classes|method|quantile|equal|breaks|\.[a-z]+|MB|"
            r"slides|key|layout|cover|content|text|docs/contract",
            "",
            sentence,
        )
        assert not re.search(r"[A-Za-z]{2,}", letters), key


def test_every_sentence_is_said_somewhere():
    """As it stands, or as a key with blanks; what fills these is a word of code or of rules."""
    said = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)*)["']""", CODE))
    patterns = set(re.findall(r"""f["']([a-z_]+\.(?:[\w.]|\{[^{}]*\})+)["']""", CODE))
    patterns |= {f"{key}.{{}}" for key in re.findall(r'pick_switch\(view, "([a-z]+)"', CODE)}
    forms = [re.compile(r"(\w*)".join(map(re.escape, re.split(r"\{[^}]*\}", p)))) for p in patterns]
    months = {f"{month:02}" for month in range(1, 13)}
    known = {"", *months, *re.findall(r"\w+", CODE + KINDS)}
    for key in words("zh").sentences:
        filled = (form.fullmatch(key) for form in forms)
        assert key in said or any(m and known.issuperset(m.groups()) for m in filled), key


def test_short_names_are_those_of_rules():
    """A rule without one goes by its code until somebody names it here."""
    rules = yaml.safe_load((ROOT / "data/catalogue/rules.yml").read_text(encoding="utf-8"))
    named = {key.removeprefix("rule.") for key in words("zh").sentences if key.startswith("rule.")}
    assert named <= set(rules)
    assert len(named) > 0.9 * len(rules)


def test_one_is_counted_in_the_singular():
    assert words("en")("materials.views", n=1) == "My report (1 chart)"
    assert words("en")("materials.views", n="12") == "My report (12 charts)"
    assert (
        words("en")("county.issues", error=1, warning=0, note=2) == "1 error, 0 warnings, 2 notes"
    )


def test_one_is_said_in_the_singular_in_english():
    units = load_catalogue([ROOT / "data" / "catalogue"]).units
    assert [units["场"].counted_en(n) for n in ("1", "2", "1.5", "21")] == [
        "1 event", "2 events", "1.5 events", "21 events",
    ]  # fmt: skip
    told = {f"one.{u.name_en}": u.one_en for u in units.values() if u.one_en}
    english = words("en").sentences
    assert {k: v for k, v in english.items() if k.startswith("one.")} == told
    sentence = COUNTING.vformat("{n} {n:cell is|cells are} empty", (), {"n": 1})
    assert sentence == "1 cell is empty"
