"""The data page: upload, check, publish, withdraw, roll back; refused where nobody may change."""

import io
import json
import re

import duckdb
import pytest
from openpyxl import load_workbook

from dashboard import door, store
from dashboard.exports import rows_to_csv
from dashboard.locale import words
from dashboard.queries import issues as queries
from dashboard.ui import changing, permission
from etl.pipeline import load
from tests.dashboard.office import ROOT, open_data, said, settled, workbook

# AppTest has no connection, so its reader sits nowhere; test_permission and the browser's tests
# show who does.
HERE, ELSEWHERE = (lambda *_: True), (lambda *_: False)
HAN = re.compile(r"[\u4e00-\u9fff]")


def put(folder, name, content):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    monkeypatch.setattr(permission, "from_here", HERE)


@pytest.fixture
def office(tmp_path):
    """A folder of vintages with one file loaded: 甘州 22.5, 临泽 9 万元 in the first quarter."""
    vintages = tmp_path / "data" / "vintages"
    path = put(tmp_path / "sent", "一季度.xlsx", workbook())
    load([path], tmp_path / "data", vintages, (ROOT / "data" / "catalogue",))
    return vintages


def state(vintages):
    """Everything under the folder of data: what nobody may change must stay the same."""
    files = sorted(p for p in vintages.parent.rglob("*") if p.is_file() and p.name != ".lock")
    return {p.relative_to(vintages.parent): p.read_bytes() for p in files}


def in_force(vintages):
    return (vintages / "current").read_text("utf-8").strip()


def test_a_broken_file_of_the_office_is_named_beside_its_questions(office):
    put(office.parent / "local", "answers.csv", "form,甲\n".encode("gb18030"))
    [error] = open_data(office, part="questions").error
    assert "answers.csv：不是 UTF-8；请另存为 CSV UTF-8" in error.value


def test_upload_check_publish(office):
    app = open_data(office)
    files = [
        ("二季度.xlsx", workbook("二", [("甘州区", 30), ("临泽县", "5+2")]), ""),
        ("坏.xlsx", b"PK\x03\x04 cut off", ""),
    ]
    app.file_uploader[0].set_value(files).run()
    before = state(office)
    app.button(key="check").click().run()
    settled(app)
    assert "2个文件，1个数可以载入；2个错误" in said(app)
    assert "“5+2”不能读作一个数" in said(app)
    assert "文件已损坏" in said(app)
    assert state(office) == before  # nothing is published before somebody says so
    app.button(key="publish").click().run()
    settled(app)
    assert "新载入1个文件、1个观测值。另有1个文件无法读取，原因见“问题”。已发布。" in said(app)
    assert json.loads((office / in_force(office) / "manifest.json").read_text("utf-8"))["rows"][
        "observation"
    ] == 3  # fmt: skip


def test_a_file_that_is_loaded_under_another_name_is_named(office, tmp_path):
    again = (tmp_path / "sent" / "一季度.xlsx").read_bytes()
    app = open_data(office)
    app.file_uploader[0].set_value([("又*一份*.xlsx", again, "")]).run()
    app.button(key="check").click().run()
    settled(app)
    app.button(key="publish").click().run()
    settled(app)
    assert [info.value for info in app.info][-2:] == [
        r"又\_一份\_\.xlsx 与 一季度\.xlsx 内容相同，只载入一次。",
        "没有新内容：这些文件已经载入过，数据没有变化。",
    ]


def test_a_file_sent_twice_is_checked_once_and_named_and_comes_back_marked(office):
    bad = workbook("二", [("甘州区", 30), ("临泽县", "5+2")])
    other = workbook("三", [("甘州区", "五六")])
    app = open_data(office)
    files = [("甲.xlsx", bad, ""), ("乙.xlsx", bad, ""), ("丙.xlsx", other, "")]
    app.file_uploader[0].set_value(files).run()
    app.button(key="check").click().run()
    settled(app)
    assert "2个文件，1个数可以载入；2个错误" in said(app)
    assert r"乙\.xlsx 与 甲\.xlsx 内容相同，只载入一次。" in [info.value for info in app.info]
    uploaded = door.Uploaded(tuple((name, content) for name, content, _ in files))
    outcome = door.check(door.Place(office), uploaded)
    marked = door.annotated(door.Place(office), uploaded, outcome, 1, "zh")
    assert "五六" in str(list(load_workbook(io.BytesIO(marked)).worksheets[-1].values))


def test_files_of_one_name_are_told_apart_by_their_areas(office, tmp_path):
    for folder, area in (("a", "高台县"), ("b", "山丹县")):
        path = put(tmp_path / folder, "二季度.xlsx", workbook("二", [(area, 5)]))
        load([path], office.parent, office, (ROOT / "data" / "catalogue",))
    app = open_data(office, part="loaded")
    names = app.dataframe[0].value["文件"].tolist()
    assert names == [
        "一季度.xlsx",
        *sorted(["二季度.xlsx（高台县）", "二季度.xlsx（山丹县）"], key=names.index),
    ]
    assert set(app.selectbox(key="withdraw_which").options) == set(names)


def test_another_filter_of_issues_begins_at_the_first_page(office, tmp_path):
    cells = [("甘州区", "5+2"), ("临泽县", "6+2"), ("高台县", "7+2")]
    sent = [put(tmp_path / f"{n}", f"表{n}.xlsx", workbook("二", cells, day=n)) for n in "12345678"]
    load(sent, office.parent, office, (ROOT / "data" / "catalogue",))
    app = open_data(office, part="issues")
    app.selectbox(key="pick_page").set_value("2").run()
    assert "7+2" in said(app)
    assert app.query_params["page"] == "2"
    assert "第2页，共2页" in said(app)
    app.selectbox(key="pick_severity").set_value("error").run()
    assert "page" not in app.query_params
    assert "错误 · 第1页，共2页" in said(app)
    assert app.selectbox(key="pick_page").value == "1"


def test_a_check_compares_with_what_is_loaded_and_tells_no_old_issue_again(office, tmp_path):
    old = put(tmp_path / "sent", "旧.xlsx", workbook("三", [("甘州区", "5+2")]))
    load([old], office.parent, office, (ROOT / "data" / "catalogue",))
    app = open_data(office)
    app.file_uploader[0].set_value([("又报.xlsx", workbook(rows=[("甘州区", 23)]), "")]).run()
    app.button(key="check").click().run()
    settled(app)
    assert "1个文件，1个数可以载入；0个错误，1个提醒" in said(app)
    assert "一季度.xlsx › 一季度 › B4：22.5" in said(app)
    assert "需要回答（在“待答”中）：以哪一个数为准？" in said(app)


def test_a_checked_file_comes_back_marked_and_a_blank_one_loads(office):
    uploaded = door.Uploaded((("二季度.xlsx", workbook("二", [("甘州区", "5+2")])),))
    place = door.Place(office)
    checked = door.check(place, uploaded)
    marked = load_workbook(io.BytesIO(door.annotated(place, uploaded, checked, 0, "zh")))
    assert marked.sheetnames == ["问题清单", "二季度"]
    assert "“5+2”不能读作一个数" in marked["二季度"]["B4"].comment.text
    name, form = door.template(place, ("620700",), "2025-Q1", "reported")
    assert name == "张掖市2025年第一季度双拥工作统计表.xlsx"
    blank = door.check(place, door.Uploaded(((name, form),)))
    assert [issue.message for issue in blank.issues] == ["文件里没有任何数。"]


def test_the_first_upload_needs_no_vintage(tmp_path):
    app = open_data(tmp_path / "vintages")
    assert "还没有数据" in said(app)
    app.file_uploader[0].set_value([("一季度.xlsx", workbook(), "")]).run()
    app.button(key="check").click().run()
    settled(app).button(key="publish").click().run()
    assert "现在共有1个文件、2个观测值" in said(settled(app))


def test_what_was_loaded_before_changes_nothing(office):
    vintage = in_force(office)
    app = open_data(office)
    app.file_uploader[0].set_value([("又一次.xlsx", workbook(), "")]).run()
    app.button(key="check").click().run()
    settled(app).button(key="publish").click().run()
    assert "已发布" in said(settled(app)) or "没有新内容" in said(app)
    assert vintage.split("-")[:3] == in_force(office).split("-")[:3]


def test_discarding_publishes_nothing(office):
    app = open_data(office)
    app.file_uploader[0].set_value([("二季度.xlsx", workbook("二"), "")]).run()
    app.button(key="check").click().run()
    before = state(office)
    settled(app).button(key="discard").click().run()
    assert state(office) == before
    assert not app.file_uploader[0].value


def test_a_name_cannot_leave_its_folder():
    assert door.safe_name("../../etc/passwd") == "passwd"
    assert door.safe_name("C:\\temp\\表.xlsx") == "表.xlsx"
    assert door.safe_name("a:b?.xlsx") == "a_b_.xlsx"
    assert door.safe_name("..") == "_"
    assert len(door.safe_name("长" * 500 + ".xlsx")) == 125


def test_files_of_one_name_are_kept_apart():
    uploaded = door.Uploaded((("表.xlsx", b"one"), ("表.xlsx", b"two")))
    assert [path.read_bytes() for path in uploaded.paths()] == [b"one", b"two"]
    assert [path.name for path in uploaded.paths()] == ["表.xlsx", "表.xlsx"]


def test_what_is_loaded_and_withdrawn(office):
    app = open_data(office, part="loaded")
    files = app.dataframe[0].value
    assert files["文件"].tolist() == ["一季度.xlsx"]
    fates = files[["观测值", "合计等校核", "表头和文字", "备注", "未载入"]].sum(axis=1)
    assert fates.tolist() == files["有内容的单元格"].tolist() == [9]
    app.selectbox(key="withdraw_which").select_index(0).run()
    app.button(key="withdraw_do").click().run()
    assert "现在共有0个文件、0个观测值" in said(settled(app))
    assert "还没有载入文件" in said(app)


def test_the_way_back_moves_the_pointer_only(office):
    first = in_force(office)
    app = open_data(office, part="loaded")
    app.selectbox(key="withdraw_which").select_index(0).run()
    app.button(key="withdraw_do").click().run()
    settled(app)
    before = state(office)
    app.selectbox(key="roll_back_which").select_index(0).run()
    app.button(key="roll_back_do").click().run()
    assert in_force(office) == first
    after = state(office)
    assert {p for p in after if after[p] != before.get(p)} == {(office / "current").relative_to(
        office.parent)}  # fmt: skip
    assert app.dataframe[0].value["文件"].tolist() == ["一季度.xlsx"]


def test_a_vintage_is_frozen_for_a_meeting_and_the_number_taken_back(office):
    app = open_data(office, part="loaded")
    app.text_input(key="freeze_number").input("2024年第1期")
    app.text_input(key="freeze_title").input("调度会")
    app.button(key="freeze_do").click().run()
    assert app.dataframe[1].value["会议期"].tolist() == ["2024年第1期"]
    app.text_input(key="freeze_title").input("另一个会")
    app.button(key="freeze_do").click().run()
    assert "已用于版本" in said(app)
    app.selectbox(key="unfreeze_which").select("2024年第1期").run()
    app.button(key="unfreeze_do").click().run()
    assert app.dataframe[1].value["会议期"].tolist() == [""]


def test_reading_again_gives_the_same_vintage(office):
    before = state(office)
    app = open_data(office, part="loaded")
    app.button(key="reload").click().run()
    assert "没有新内容" in said(settled(app))
    assert state(office) == before


def test_what_changed_since_the_last_vintage(office, tmp_path):
    rows = [("甘州区", 23), ("高台县", 4)]
    path = put(tmp_path / "sent", "更正.xlsx", workbook(rows=rows, day="5月6日"))
    app = open_data(office, part="changes")
    assert "只有一个版本" in said(app)
    load([path], office.parent, office, (ROOT / "data" / "catalogue",))
    app = open_data(office, part="changes")
    assert "改动1个数；新增1个数" in said(app)
    table = app.dataframe[0].value.to_dict("records")
    assert [(r["变化"], r["地区"], r["原来"], r["现在"]) for r in table] == [
        ("改动", "甘州区", "22.5 万元", "23 万元"), ("新增", "高台县", "", "4 万元"),
    ]  # fmt: skip
    assert table[0]["文件 › 工作表 › 单元格"] == "更正.xlsx › 一季度 › B4"
    first = next(name for name in app.selectbox(key="pick_upto").options if "1个文件" in name)
    app = open_data(office, part="changes", upto=first.rpartition("　")[2])  # and the other way
    assert "改动1个数；撤下1个数" in said(app)
    path = put(tmp_path / "sent", "全市.xlsx", workbook(rows=[("张掖市", 27)], day="5月7日"))
    load([path], office.parent, office, (ROOT / "data" / "catalogue",))
    row = open_data(office, part="changes").dataframe[0].value.iloc[0]
    assert (row["变化"], row["原来"], row["现在"]) == ("改动", "36.00万元（汇总）", "27 万元")


def test_a_vintage_of_another_version_is_not_compared(office, tmp_path):
    path = put(tmp_path / "sent", "二季度.xlsx", workbook("二"))
    first = in_force(office)
    load([path], office.parent, office, (ROOT / "data" / "catalogue",))
    with duckdb.connect(office / first / "indicators.duckdb") as con:
        con.execute("drop view lineage; drop table observation")
    assert "无法比较" in said(open_data(office, part="changes"))


# ── questions and answers ───────────────────────────────────────────────────────────────────────


@pytest.fixture
def asking(office, tmp_path):
    """Beside the first quarter a second, in which one column has a word that nobody knows."""
    content = workbook("二", [("甘州区", 30), ("临泽县", 5)], "慰藉款")
    path = put(tmp_path / "sent", "二季度.xlsx", content)
    load([path], office.parent, office, (ROOT / "data" / "catalogue",))
    return office


def answered(app, value):
    assert all(b.disabled for b in app.button if b.key.startswith("keep_"))  # nobody said who
    app.text_input(key="who").set_value("优抚科").run()
    next(s for s in app.selectbox if s.key.startswith("answer_")).set_value(value).run()
    next(b for b in app.button if b.key.startswith("keep_")).click().run()
    assert not app.exception


def test_a_question_is_answered_used_and_taken_back(asking):
    app = open_data(asking, part="questions")
    assert "“慰藉款”" in said(app)
    answered(app, "indicator=condolence_fund")
    assert "1个答复已记下" in said(app)
    assert "慰问金发放额" in said(app)
    app.button(key="reload").click().run()
    assert "现在共有2个文件、4个观测值" in said(settled(app))
    assert "没有需要回答的问题" in said(app)
    assert "慰藉款 → 慰问金发放额（" in said(app)
    next(b for b in app.button if b.key.startswith("undo_")).click().run()
    assert "答复已撤销" in said(app)  # it holds until everything is read again
    app.button(key="reload").click().run()
    assert "现在共有2个文件、2个观测值" in said(settled(app))
    assert "答复已撤销" not in said(app)


def test_answers_about_a_whole_sheet_and_by_a_choice_are_listed_in_words(office):
    kept = [("s-1", "period", "", "2024年二季度"), ("f-1", "mark", "无", "O")]
    rows = [f"{','.join(row)},优抚科,2026-11-23T10:00:00+08:00,二.xlsx" for row in kept]
    head = "form,question,about,answer,who,when,seen_in"
    put(office.parent / "local", "answers.csv", "\n".join([head, *rows]).encode())
    text = said(open_data(office, part="questions"))
    assert "时期 → 2024年二季度（" in text
    assert "无 → 未报（" in text


def add(app, **said):
    for label, value in said.items():
        next(t for t in app.text_input if t.label == label).set_value(value)
    next(b for b in app.button if b.label == "新增").click().run()
    assert not app.exception
    return "\n".join(str(e.value) for kind in ("success", "error") for e in app.get(kind))


def test_an_indicator_is_added_and_read(asking):
    app = open_data(asking, part="questions")
    assert "“X”不合规范" in add(app, 代码="X", 名称="慰藉款")
    text = add(app, 代码="comfort_money", 名称="慰藉款", 英文名称="comfort money")
    assert "已加入 comfort_money" in text
    app = open_data(asking, part="loaded")
    app.button(key="reload").click().run()
    assert "已发布" in said(settled(app))
    assert "慰藉款" not in said(open_data(asking, part="questions"))


def test_an_area_and_an_alias_are_added_and_read(asking):
    app = open_data(asking, part="questions")
    form = [t for t in app.text_input if t.label == "代码"][1].form_id
    for label, value in (("代码", "620700-11"), ("名称", "东片区")):
        fields = (t for t in app.text_input if t.label == label and t.form_id == form)
        next(fields).set_value(value)
    next(s for s in app.selectbox if s.label == "上级地区").set_value("620700")
    next(b for b in app.button if b.form_id == form).click().run()
    assert "已加入 620700-11" in said(app)
    indicator = next(s for s in app.selectbox if s.label == "指标" and "alias" in s.form_id)
    next(t for t in app.text_input if t.label == "表中的写法").set_value("慰藉款")
    indicator.set_value("condolence_fund")
    next(b for b in app.button if b.form_id == indicator.form_id).click().run()
    assert "已加入 慰藉款" in said(app)
    app = open_data(asking, part="loaded")
    app.button(key="reload").click().run()
    assert "现在共有2个文件、4个观测值" in said(settled(app))


def test_an_answer_that_is_none_is_refused_in_words(asking, monkeypatch):
    session = {"place": door.Place(asking)}
    monkeypatch.setattr(changing.st, "session_state", session)
    changing.answer(changing.open_questions()[0], "从未听说的指标", "优抚科")
    assert "从未听说的指标" in changing.why(session["failed"], words("zh"))
    assert not HAN.search(
        changing.why(session["failed"], words("en")).replace("从未听说的指标", "")
    )
    assert not (asking.parent / "local" / "answers.csv").exists()


def test_questions_about_restricted_indicators_are_not_shown(office, tmp_path):
    content = workbook("二", [("甘州区", 3), ("甘州区", 4)], "保障部队任务事故数")
    path = put(tmp_path / "sent", "二季度.xlsx", content)
    load([path], office.parent, office, (ROOT / "data" / "catalogue",))
    for part in ("questions", "issues"):
        assert "事故" not in said(open_data(office, part=part))


def test_a_read_only_server_shows_questions_and_takes_no_answer(asking, monkeypatch):
    monkeypatch.setenv(permission.READ_ONLY, "1")
    app = open_data(asking, part="questions")
    assert "慰藉款" in said(app)
    assert not any(s.key.startswith("answer_") for s in app.selectbox)
    assert not app.button


# ── nobody changes anything on a read-only server, or from elsewhere ────────────────────────────


@pytest.mark.parametrize("part", ["upload", "loaded"])
def test_a_read_only_server_offers_nothing(office, monkeypatch, part):
    monkeypatch.setenv(permission.READ_ONLY, "1")
    app = open_data(office, part=part)
    assert "本服务只供查看" in said(app)
    assert not app.file_uploader
    assert not app.button


@pytest.mark.parametrize("part", ["upload", "loaded"])
def test_a_reader_from_elsewhere_is_offered_nothing(office, monkeypatch, part):
    monkeypatch.setattr(permission, "from_here", ELSEWHERE)
    app = open_data(office, part=part)
    assert "只能在装有本系统的电脑上操作" in said(app)
    assert not app.file_uploader
    assert not app.button


@pytest.mark.parametrize(
    "what",
    [
        *("check", "publish", "withdraw", "roll_back", "answer", "undo"),
        *("add_indicator", "add_area", "add_alias", "freeze", "unfreeze"),
    ],
)
def test_a_read_only_server_refuses_the_function_behind_the_button(office, monkeypatch, what):
    monkeypatch.setenv(permission.READ_ONLY, "1")
    monkeypatch.setattr(changing.st, "session_state", {"place": door.Place(office)})
    uploaded = door.Uploaded((("二季度.xlsx", workbook("二")),))
    arguments = {
        "check": (uploaded,),
        "publish": (uploaded,),
        "withdraw": ("0" * 64,),
        "roll_back": (in_force(office),),
        "answer": (None, "indicator=condolence_fund", "x"),
        "undo": ("f0000000", "x"),
        "add_indicator": ("comfort_money", {}),
        "add_area": ("620700-11", {}),
        "add_alias": ("area", "620702", "甘州"),
        "freeze": (in_force(office), "2024年第1期", "调度会"),
        "unfreeze": ("2024年第1期",),
    }[what]
    before = state(office)
    with pytest.raises(permission.NotAllowedError):
        getattr(changing, what)(*arguments)
    assert state(office) == before


# ── failures are sentences ──────────────────────────────────────────────────────────────────────


def test_a_failed_load_is_a_sentence_and_changes_nothing(office):
    (office.parent / "local").mkdir()
    (office.parent / "local" / "indicators.yml").write_text("broken: [", "utf-8")
    vintage = in_force(office)
    app = open_data(office)
    app.file_uploader[0].set_value([("二季度.xlsx", workbook("二"), "")]).run()
    app.button(key="check").click().run()
    assert "没有完成，数据没有变化：" in said(settled(app))
    assert "indicators.yml" in said(app)
    assert in_force(office) == vintage


@pytest.mark.parametrize("part", ["upload", "questions", "loaded", "gaps", "changes", "issues"])
def test_every_part_in_english_without_a_chinese_word(office, part):
    app = open_data(office, part=part, lang="en")
    text = re.sub(r"一季度(\.xlsx)?", "", said(app))
    assert not HAN.search(text), HAN.findall(text)
    labels = [w.label for kind in ("selectbox", "button", "expander") for w in app.get(kind)]
    assert not any(HAN.search(label) for label in labels)


# ── issues ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def troubled(office, tmp_path):
    """Beside the first quarter a second with two cells that cannot be read, one like a formula."""
    content = workbook(
        "二", [("甘州区", 30), ("临泽县", "5+2"), ("高台县", "'=1+<b>2"), ("山丹县", 4)]
    )
    path = put(tmp_path / "sent", "二季度.xlsx", content)
    load([path], office.parent, office, (ROOT / "data" / "catalogue",))
    return office


def test_issues_are_filtered_by_what_stands_in_the_address(troubled):
    app = open_data(troubled, part="issues", file="二季度.xlsx", rule="not_a_number")
    assert "2条：2个错误" in said(app)
    assert app.selectbox(key="pick_rule").format_func("not_a_number") == "不是一个数"
    app.selectbox(key="pick_severity").set_value("note").run()
    assert "没有符合条件的问题" in said(app)
    assert app.query_params["severity"] == "note"


def test_words_of_a_sheet_are_text_on_the_page_and_in_the_file(troubled):
    app = open_data(troubled, part="issues")
    assert "<b>2" not in said(app)
    assert "&lt;b&gt;2" in said(app)
    database = troubled / in_force(troubled) / "indicators.duckdb"
    found = queries.issues(store.open_vintage(database), queries.Chosen("reported"))
    cells = {i.cell: i.printed for i in found}
    assert cells["B5"] == "5+2"
    text = rows_to_csv(["原文"], [(i.printed,) for i in found]).decode("utf-8")
    assert not any(line.lstrip('"').startswith(("=", "+", "@")) for line in text.splitlines())


def test_an_issue_shows_its_cell(troubled):
    app = open_data(troubled, part="issues", rule="not_a_number")
    card = next(e.key for e in app.expander if e.key.startswith("see_"))
    app.session_state[card] = True
    app.run()
    drawn = next(str(h.value) for h in app.get("html") if "figcaption" in str(h.value))
    assert "<mark>5+2</mark>" in drawn
    assert "二季度.xlsx › 二季度 › B5" in drawn
    assert "张掖市2024年第二季度双拥工作统计表" in drawn
