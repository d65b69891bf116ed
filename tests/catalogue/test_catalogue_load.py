"""Loading: what a small catalogue says, what overrides it, and what a bad row is told."""

from pathlib import Path

import pytest

from etl.catalogue import CatalogueError, Term, load_catalogue

FILES = {
    "aspects.yml": "forces: {zh: 支持部队, en: Support to the forces}\n",
    "units.csv": (
        "unit,name_en,unit_measure,factor,dimension,aliases\n"
        "元,yuan,yuan,1,money,\n万元,10k yuan,yuan,10000,money,人民币万元\n"
        "人,persons,person,1,count,名;位\n%,%,percent,1,rate,\n"
    ),
    "indicators.yml": """
condolence_fund:
  name: {zh: 慰问金发放额, en: Condolence cash paid}
  definition: {zh: 现金。, en: Cash.}
  unit_measure: yuan
  display_unit: 万元
  decimals: 2
  kind: flow
  area_aggregation: sum
  direction: up
  aspect: forces
  seasonal: true
  aliases: [慰问金, 走访慰问/金额, '部队慰问金 = recipient:部队']
recruits_sent:
  name: {zh: 输送新兵人数, en: Recruits sent}
  definition: {zh: 新兵。, en: Recruits.}
  unit_measure: person
  display_unit: 人
  kind: flow
  area_aggregation: sum
  direction: up
  aspect: forces
  aliases: [输送新兵]
""",
    "dimensions.csv": "dimension,name,name_en\nrecipient,对象,Recipient\n",
    "breakdowns.csv": (
        "dimension,code,name_en,parent,exhaustive,indicators,aliases\n"
        "recipient,部队,Forces,,false,condolence_fund,驻军;官兵\n"
    ),
    "ref_areas.csv": (
        "ref_area,name,short_name,name_en,level,parent,in_total,aliases,valid_from,valid_to\n"
        "620000,甘肃省,甘肃,Gansu,province,,true,,,\n"
        "620700,张掖市,张掖,Zhangye,prefecture,620000,true,张掖地区,2002-07-01,\n"
        "620702,甘州区,甘州,Ganzhou District,county,620700,true,,,\n"
        "620721,肃南裕固族自治县,肃南,Sunan County,county,620700,true,肃南县,,\n"
    ),
    "local_areas.csv": (
        "level,suffix,name,name_en,in_total,aliases\n"
        "prefecture,00,市本级,Municipal level,true,市直\n"
    ),
    "recodes.csv": "from_area,to_area,valid_from,why\n622201,620702,2002-07-01,撤地设市\n",
    "obs_status.csv": (
        "obs_status,name,name_en,symbol,marks\n"
        "M,不适用,Does not apply,—,—;/\n"
        "O,未报,Not reported,未报,待报\n"
    ),
    "rules.yml": "unknown_unit: {severity: error, zh: '{cell}没有单位', en: 'no unit in {cell}'}\n",
    "relations.yml": (
        "a:\n  left: recruits_sent + 0.5 * condolence_fund[recipient:部队]\n  op: '>='\n"
        "  right: recruits_sent\n  hint: {zh: 甲, en: a}\n"
    ),
    "reporting.yml": (
        "- {dataset: reported, children_of: '620700', indicators: all, freq: Q, due_days: 10,"
        " from: 2024-01-01}\n"
    ),
}


def write(folder: Path, **changed: str) -> Path:
    """A catalogue folder, some files of which hold something else ('' leaves one out)."""
    folder.mkdir(exist_ok=True)
    for name, text in {**FILES, **{k.replace("__", "."): v for k, v in changed.items()}}.items():
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_it_says_what_its_files_say(tmp_path: Path):
    catalogue = load_catalogue([write(tmp_path)])
    fund = catalogue.indicators["condolence_fund"]
    assert (fund.name, fund.name_en, fund.position) == ("慰问金发放额", "Condolence cash paid", 1)
    assert (fund.unit_measure, fund.display_unit, fund.decimals) == ("yuan", "万元", 2)
    assert (fund.access, fund.seasonal, fund.aspect_name) == ("open", True, "支持部队")
    assert fund.aliases == ("慰问金", "走访慰问/金额", "部队慰问金 = recipient:部队")
    assert catalogue.units["人民币万元"] is catalogue.units["万元"]
    assert catalogue.units["万元"].factor == 10000
    assert catalogue.breakdowns["recipient", "部队"].aliases == ("驻军", "官兵")
    assert [status.marks for status in catalogue.statuses] == [("—", "/"), ("待报",)]
    assert catalogue.rules["unknown_unit"].zh == "{cell}没有单位"
    assert catalogue.recodes["622201"].to_area == "620702"
    assert str(catalogue.areas["620700"].valid_from) == "2002-07-01"
    (relation,) = catalogue.relations
    assert (relation.kind, relation.hint) == ("at_most", "甲")
    assert relation.left == (Term(1.0, "recruits_sent", None),)
    assert relation.right == (
        Term(1.0, "recruits_sent", None), Term(0.5, "condolence_fund", "recipient:部队")
    )  # fmt: skip


def test_areas_form_a_tree_in_which_generic_ones_are_nobodys_members(tmp_path: Path):
    catalogue = load_catalogue([write(tmp_path)])
    assert catalogue.areas["620700-00"].generic
    assert catalogue.areas["620700-00"].parent == "620700"
    assert catalogue.children("620700") == ("620702", "620721")
    assert catalogue.leaves("620000") == ("620702", "620721")
    assert catalogue.leaves("620702") == ("620702",)


def test_a_row_of_its_own_makes_a_local_area_a_member(tmp_path: Path):
    local = "620700-00,市本级,市本级,Zhangye municipal level,local,620700,true,市直,,\n"
    catalogue = load_catalogue([write(tmp_path, ref_areas__csv=FILES["ref_areas.csv"] + local)])
    assert not catalogue.areas["620700-00"].generic
    assert catalogue.children("620700") == ("620700-00", "620702", "620721")


def test_reporting_writes_out_who_and_what(tmp_path: Path):
    (entry,) = load_catalogue([write(tmp_path)]).reporting
    assert entry.areas == ("620702", "620721")
    assert entry.indicators == ("condolence_fund", "recruits_sent")
    assert (str(entry.first), entry.last, entry.due_days) == ("2024-01-01", None, 10)


def test_a_later_folder_overrides_by_key_and_adds_aliases(tmp_path: Path):
    local = tmp_path / "local"
    local.mkdir()
    (local / "indicators.yml").write_text(
        "condolence_fund: {display_unit: 元, decimals: 0, aliases: [慰问款]}\n", encoding="utf-8"
    )
    (local / "units.csv").write_text(
        "unit,name_en,unit_measure,factor,dimension,aliases\n人,people,person,1,count,名\n",
        encoding="utf-8",
    )
    catalogue = load_catalogue([write(tmp_path / "base"), local])
    fund = catalogue.indicators["condolence_fund"]
    assert (fund.display_unit, fund.decimals, fund.name) == ("元", 0, "慰问金发放额")
    assert fund.aliases[-1] == "慰问款"
    assert fund.aliases[0] == "慰问金"
    assert catalogue.units["名"].name_en == "people"
    assert "位" not in catalogue.units


def test_annotations_and_denominators_say_what_they_concern(tmp_path: Path):
    divided = replaced("indicators.yml", "  seasonal: true", "  per: {recruits_sent: 10000}")
    noted = {"annotations.yml": "a: {period: 2023-Q1, indicators: [recruits_sent], zh: 甲, en: a}"}
    catalogue = load_catalogue([write(tmp_path, **divided, **noted)])
    assert catalogue.indicators["condolence_fund"].per == (("recruits_sent", 10_000),)
    [note] = catalogue.annotations
    assert (note.time_period, note.indicators, note.ref_areas, note.dataset, note.note) == (
        "2023-Q1", ("recruits_sent",), (), None, "甲",
    )  # fmt: skip


def test_a_folder_that_is_not_there_changes_nothing(tmp_path: Path):
    base = write(tmp_path / "base")
    assert load_catalogue([base, tmp_path / "local"]) == load_catalogue([base])


def test_the_hash_follows_content_and_not_line_ends(tmp_path: Path):
    one = load_catalogue([write(tmp_path / "one")])
    windows = {name.replace(".", "__"): text.replace("\n", "\r\n") for name, text in FILES.items()}
    two = write(tmp_path / "two")
    for name, text in windows.items():
        (two / name.replace("__", ".")).write_bytes(text.encode())
    assert load_catalogue([two]).hash == one.hash
    changed = write(tmp_path / "three", recodes__csv=FILES["recodes.csv"].replace("2002", "2003"))
    assert load_catalogue([changed]).hash != one.hash


def replaced(name: str, old: str, new: str) -> dict[str, str]:
    """One file with one thing wrong in it."""
    assert old in FILES[name]
    return {name.replace(".", "__"): FILES[name].replace(old, new)}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            replaced("indicators.yml", "display_unit: 万元", "display_unit: 万圆"),
            "indicators.yml condolence_fund: unknown display_unit 万圆; add it to units.csv",
        ),
        (
            replaced("indicators.yml", "display_unit: 万元", "display_unit: 人"),
            "condolence_fund: 人 does not measure yuan; change one",
        ),
        (
            replaced("indicators.yml", "unit_measure: yuan", "unit_measure: dollar"),
            "unknown unit_measure dollar",
        ),
        (
            replaced("indicators.yml", "aliases: [输送新兵]", "aliases: [慰 问 金]"),
            "recruits_sent: alias 慰问金 also belongs to condolence_fund; remove it from one",
        ),
        (
            replaced("indicators.yml", "[输送新兵]", "[慰问金发放额]"),
            "alias 慰问金发放额 also belongs to condolence_fund",
        ),
        (
            replaced("indicators.yml", "recipient:部队", "recipient:军队"),
            "condolence_fund: 部队慰问金 = recipient:军队: add recipient:军队 to breakdowns.csv",
        ),
        (
            replaced("indicators.yml", "area_aggregation: sum", "area_aggregation: ratio"),
            "a ratio names numerator and denominator",
        ),
        (
            replaced(
                "indicators.yml",
                "unit_measure: person\n  display_unit: 人\n  kind: flow\n  area_aggregation: sum",
                "unit_measure: percent\n  display_unit: '%'\n  kind: rate\n"
                "  area_aggregation: ratio\n  numerator: condolence_fund\n  denominator: nobody",
            ),
            "recruits_sent: unknown indicator nobody",
        ),
        (
            replaced("indicators.yml", "kind: flow", "kind: flows"),
            "kind is 'flows'; write one",
        ),
        (replaced("indicators.yml", "decimals: 2", "decimal: 2"), "unknown field decimal"),
        (
            replaced("indicators.yml", "seasonal: true", "per: {recruits_sent: 100}"),
            "recruits_sent is shown per 1 or per 10000",
        ),
        (
            replaced("indicators.yml", "seasonal: true", "per: {veterans: 1}"),
            "veterans is not in the catalogue",
        ),
        (
            {"annotations.yml": "a: {period: 2023Q1, zh: 甲, en: a}"},
            "period is '2023Q1'; write 2023, 2023-S1, 2023-Q1 or 2023-M01",
        ),
        (replaced("indicators.yml", ", en: Cash.", ""), "definition needs {zh: …, en: …}"),
        (replaced("indicators.yml", "aspect: forces", "aspect: army"), "aspect is 'army'"),
        (replaced("indicators.yml", "decimals: 2", "decimals: two"), "decimals is 'two'"),
        (replaced("indicators.yml", "name: {zh", "name: [zh"), "cannot be read as YAML"),
        (
            replaced("units.csv", "名;位", "名;元"),
            "units.csv:4: 元 already stands for 元; remove one",
        ),
        (replaced("units.csv", ",10000,", ",万,"), "units.csv:3: factor is '万'; write a number"),
        (replaced("units.csv", "unit,name_en", "unite,name_en"), "column unit is missing"),
        (
            replaced("ref_areas.csv", "county,620700,true,肃南县", "county,620799,true,肃南县"),
            "ref_areas.csv:5: unknown parent 620799; add its row",
        ),
        (replaced("ref_areas.csv", "620721,", "620702,"), "ref_areas.csv:5: 620702 stands twice"),
        (replaced("ref_areas.csv", "2002-07-01", "2002.7.1"), "write a day as 2024-06-30"),
        (replaced("ref_areas.csv", "620700,true,肃南县", "620700,肃南县"), "more or fewer cells"),
        (replaced("recodes.csv", ",620702,", ",620799,"), "needs a known to_area"),
        (
            replaced("breakdowns.csv", "Forces,,", "Forces,全体,"),
            "unknown parent 全体",
        ),
        (replaced("breakdowns.csv", "condolence_fund", "fund"), "fund is not in the catalogue"),
        (replaced("rules.yml", "severity: error", "severity: bad"), "severity is 'bad'"),
        (
            replaced("relations.yml", "left: recruits_sent", "left: men"),
            "men is not in the catalogue",
        ),
        (replaced("relations.yml", "recipient:部队", "recipient:军"), "recipient:军 is not in"),
        (replaced("relations.yml", "+ 0.5", "0.5"), "write a sum like"),
        (replaced("relations.yml", "0.5 *", "__import__('os')"), "write a sum like"),
        (replaced("relations.yml", ">=", ">"), "op is '>'; write one of"),
        (replaced("relations.yml", "  op", "  kind: parts\n  op"), "names no left, op and right"),
        (replaced("reporting.yml", "620700", "629999"), "names no areas"),
        (replaced("reporting.yml", "all", "[men]"), "men is not in the catalogue"),
    ],
)
def test_a_bad_entry_is_named_with_what_to_do(tmp_path: Path, changed: dict[str, str], said: str):
    with pytest.raises(CatalogueError) as error:
        load_catalogue([write(tmp_path, **changed)])
    assert said in error.value.en
    assert any("\u4e00" <= sign <= "\u9fff" for sign in error.value.zh.partition("：")[2])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("answers.csv", "form,甲\n".encode("gb18030"), "save it as CSV UTF-8"),
        ("lamps.yml", "甲: 1\n".encode("gb18030"), "cannot be read as YAML in UTF-8"),
        ("lamps.yml", b"from: 2024-13-45\n", "cannot be read as YAML"),
        ("lamps.yml", b"gap\n", "holds no keys"),
        ("indicators.yml", b"- a\n", "holds no keys"),
    ],
)
def test_a_file_that_a_spreadsheet_or_an_editor_spoilt_is_named(tmp_path, name, content, said):
    local = tmp_path / "local"
    local.mkdir()
    (local / name).write_bytes(content)
    with pytest.raises(CatalogueError, match=said) as error:
        load_catalogue([write(tmp_path / "base"), local])
    assert name in str(error.value)
