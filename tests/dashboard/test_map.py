"""Maps: outlines from this machine, classes that part what differs, the silent never pale."""

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from dashboard import charts, exports
from dashboard.boundaries import BoundaryError, ground, map_rules
from dashboard.charts.area_map import BLANK, HATCHED
from dashboard.charts.classes import class_names, class_of, limits, shades
from dashboard.locale import words
from dashboard.queries import counties
from dashboard.queries.areas import children
from dashboard.queries.trend import trend
from dashboard.ui.figures import figure

D = "demonstration"
ORIGIN = charts.Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "演示数据", "版本 v1")
CATALOGUE = Path(__file__).parents[2] / "data" / "catalogue"
COUNTIES = ("620702", "620721", "620722", "620723", "620724", "620725")
FUND = "condolence_fund"


@pytest.fixture
def mapped(con, zh):
    def describe(period, over=(), folders=(CATALOGUE,)):
        rows = counties.ranking(con, D, FUND, "620700", period)
        known = ground(folders, "620700", children(con, "620700"), {r.ref_area for r in rows})
        rules = map_rules(folders)
        return charts.area_map(rows, FUND, period, zh, ORIGIN, known, rules, "value", over)

    return describe


def square(code, x, **properties):
    ring = [[x, 30], [x + 1, 30], [x + 1, 31], [x, 31], [x, 30]]
    properties = properties or {"ref_area": code}
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def own(folder, *features, **files):
    text = json.dumps({"type": "FeatureCollection", "features": list(features)})
    (folder / "boundaries.geojson").write_text(text, encoding="utf-8")
    for name, said in files.items():
        (folder / f"{name}.yml").write_text(said, encoding="utf-8")
    return CATALOGUE, folder


def classes_of(chart):
    return [(s.name, [p.category for p in s.points]) for s in chart.series]


def test_every_county_lies_where_it_is_and_local_areas_are_boxes_below():
    known = ground((CATALOGUE,), "620700", COUNTIES, ("620702", "620700-00"))
    at = {r.ref_area: r.centre for r in known.regions}
    assert set(at) == {*COUNTIES, "620700-00"}
    assert at["620721"][0] < at["620724"][0] < at["620702"][0] < at["620725"][0]  # west to east
    assert at["620722"][1] < at["620702"][1] < at["620724"][1] <= known.height  # south to north
    assert [r.ref_area for r in known.regions if r.boxed] == ["620700-00"]
    assert at["620700-00"] == (75.0, known.low + 42.0)
    assert known.low < -84
    assert (known.width, 590 < known.height < 610) == (1000, True)


def test_neighbours_share_their_borders():
    known = ground((CATALOGUE,), "620700", COUNTIES, ())
    corners = [{p for ring in r.rings for p in ring} for r in known.regions]
    shared = {p for n, one in enumerate(corners) for other in corners[n + 1 :] for p in one & other}
    assert len(shared) > 60


def test_an_island_has_every_spot_inside_and_a_hole_none(tmp_path):
    ring = [[100, 30], [104, 30], [104, 34], [100, 34], [100, 30]]
    hole = [[101, 31], [103, 31], [103, 33], [101, 33], [101, 31]]  # winds as the outer ring does
    feature = square("620702", 0)
    feature["geometry"]["coordinates"] = [ring, hole]
    [region] = ground(own(tmp_path, feature), "620700", COUNTIES, ()).regions
    outer, inner = region.rings
    turn = [sum(x * v - u * y for (x, y), (u, v) in zip(r, r[1:], strict=False)) for r in
            (outer, inner)]  # fmt: skip
    assert turn[0] > 0 > turn[1]
    (west, south), (east, north) = min(inner), max(inner)
    assert not [s for s in region.spots if west < s[0] < east and south < s[1] < north]


@pytest.mark.parametrize("key", ["ref_area", "adcode", "gb"])
def test_an_office_s_own_file_wins_whatever_the_code_is_called(tmp_path, key):
    code = "156620702" if key == "gb" else 620702 if key == "adcode" else "620702"
    folders = own(tmp_path, square("", 100, **{key: code}), square("620721", 101))
    known = ground(folders, "620700", COUNTIES, COUNTIES)
    assert [r.ref_area for r in known.regions if not r.boxed] == ["620702", "620721"]
    assert len([r for r in known.regions if r.boxed]) == 4  # no border of another maker beside


def test_a_polygon_without_points_is_no_outline(tmp_path):
    hollow = square("620702", 100)
    hollow["geometry"]["coordinates"] = []
    folders = own(tmp_path, hollow, square("620721", 101))
    known = ground(folders, "620700", COUNTIES, COUNTIES)
    assert [r.ref_area for r in known.regions if not r.boxed] == ["620721"]
    assert len(ground(own(tmp_path, hollow), "620700", COUNTIES, ()).regions) == 6


def test_a_changed_file_is_read_again_and_one_for_elsewhere_is_not_used(tmp_path):
    folders = own(tmp_path, square("150302", 106))
    assert len(ground(folders, "620700", COUNTIES, ()).regions) == 6
    own(tmp_path, square("620702", 100), square("150302", 106))
    assert len(ground(folders, "620700", COUNTIES, ()).regions) == 1
    assert ground(folders, "998800", ("998801",), ("998801",)) is None


@pytest.mark.parametrize(
    ("reason", "feature"),
    [
        ("no_code", square("", 100, name="甘州区")),
        ("not_degrees", square("620702", 500_000)),
        ("no_polygon", {"properties": {"ref_area": "620702"},
                        "geometry": {"type": "Point", "coordinates": [100, 38]}}),
        ("unreadable", {"properties": {}, "geometry": None}),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_drawn_says_what_to_do(tmp_path, reason, feature):
    with pytest.raises(BoundaryError) as refused:
        ground(own(tmp_path, feature), "620700", COUNTIES, ())
    assert refused.value.reason == reason
    for language in ("zh", "en"):
        told = words(language)(f"map.failed.{reason}", **refused.value.parts)
        assert "boundaries.geojson" in told


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("rules_classes", "classes: 9"),
        ("rules_method", "method: jenks"),
        ("rules_breaks", "breaks: {condolence_fund: [3, 2]}"),
        ("rules_breaks", "breaks: {condolence_fund: [.inf]}"),
        ("rules_breaks", "breaks: [3, 4]"),
        ("rules_unreadable", "approval: 2024-13-45"),
        ("rules_unreadable", "- ["),
    ],
)
def test_rules_that_cannot_be_followed_are_refused(tmp_path, reason, said):
    with pytest.raises(BoundaryError) as refused:
        map_rules(own(tmp_path, map=said))
    assert refused.value.reason == reason
    assert "map.yml" in words("zh")(f"map.failed.{reason}", **refused.value.parts)


def test_the_map_prints_its_source_and_approval_number(tmp_path, mapped):
    assert "审图号：未设置，仅供内部使用" in mapped("2024-Q3").notes[-1]
    said = "approval: GS(2024)0650号\nsource: {zh: 自然资源局, en: Bureau}\n"
    (tmp_path / "map.yml").write_text(said, encoding="utf-8")
    credit = mapped("2024-Q3", folders=(CATALOGUE, tmp_path)).notes[-1]
    assert credit.startswith("边界来源：自然资源局；审图号：GS(2024)0650号")


def test_areas_are_classed_and_the_silent_stand_apart(mapped):
    # 甘州 22, 市本级 11, 民乐 9, 临泽 9, 高台 7.7, 肃南 4, 山丹 not reported
    chart = mapped("2024-Q1")
    assert classes_of(chart) == [
        ("不到8", ["620724", "620721"]),
        ("8—10", ["620722", "620723"]),
        ("10及以上", ["620702", "620700-00"]),
        ("无数值", ["620725"]),
    ]
    assert chart.series[-1].colour == HATCHED
    assert chart.notes[0] == "方框表示没有单独边界的地区：市本级"


def test_fixed_classes_are_those_of_all_periods(con, mapped):
    over = trend(con, D, (FUND,), children(con, "620700"), "2023-Q1", "2024-Q4")
    first, second = mapped("2023-Q1", over), mapped("2024-Q3", over)
    assert [s.name for s in first.series] == [s.name for s in second.series][:5]
    assert len(first.series) == 5
    assert "各期统一分5级" in "".join(first.notes)
    assert [s.name for s in mapped("2023-Q1").series] != [s.name for s in first.series]


def test_declared_limits_win(tmp_path, mapped):
    (tmp_path / "map.yml").write_text("breaks: {condolence_fund: [80000, 120000]}", "utf-8")
    chart = mapped("2024-Q3", folders=(CATALOGUE, tmp_path))
    assert [s.name for s in chart.series] == ["不到8", "8—12", "12及以上"]
    assert [p.category for p in chart.series[0].points] == ["620721"]


AMOUNTS = st.lists(st.floats(-1e7, 1e9).map(lambda x: round(x, 2)), min_size=1, max_size=80)


@given(AMOUNTS, st.integers(2, 5), st.sampled_from(["quantile", "equal"]), st.integers(0, 2))
def test_classes_are_few_rising_and_hold_every_value(values, most, method, decimals):
    cuts = limits(values, most, method, decimals)
    assert list(cuts) == sorted(set(cuts))
    assert len(cuts) < most
    shown = {round(v, decimals) for v in values}
    places = {v: class_of(v, cuts, decimals) for v in sorted(shown)}
    assert list(places.values()) == sorted(places.values())
    if method == "quantile":
        assert set(places.values()) == set(range(len(cuts) + 1))  # no class without an area
    assert len(class_names(cuts, decimals, words("zh"))) == len(set(shades(len(cuts) + 1)))


@given(st.lists(st.integers(0, 9), min_size=2, max_size=30))
def test_no_limit_of_a_count_tells_one_from_two(values):
    cuts = limits(values, 5, "quantile", 0)
    assert class_of(1, cuts, 0) == class_of(2, cuts, 0)


def test_the_figure_is_valid_and_any_spot_of_a_county_is_a_click_on_it(mapped):
    chart = mapped("2024-Q1")
    spec = figure(chart, words("zh"))
    assert len(go.Figure(spec).data) == len(spec["data"])
    codes = {code for trace in spec["data"] for code in trace.get("customdata", ())}
    assert codes == {*COUNTIES, "620700-00"}
    hatched = [t["name"] for t in spec["data"] if t.get("fillpattern")]
    assert hatched == ["无数值"]
    said = "".join(t for trace in spec["data"] for t in trace.get("text", ()))
    assert "山丹<br>未报" in said
    assert "甘州<br>22.00" in said


def test_the_slide_has_a_shape_an_area_that_can_be_edited(mapped):
    [slide] = Presentation(io.BytesIO(exports.to_pptx(mapped("2024-Q1")))).slides
    [group] = [s for s in slide.shapes if s.shape_type == 6]
    areas = {s.name: s for s in group.shapes if not s.has_text_frame or not s.text_frame.text}
    assert {"甘州区", "山丹县", "市本级"} <= set(areas)
    assert "diag" in str(areas["山丹县"].fill.pattern).lower()
    told = "\n".join(s.text_frame.text for s in [*slide.shapes, *group.shapes] if s.has_text_frame)
    for part in ("22.00", "未报", "10及以上", "无数值", "审图号"):
        assert part in told


def test_a_value_that_is_withheld_has_no_shade_of_its_class(mapped):
    chart = mapped("2024-Q3")
    lowest = chart.series[0]
    gone = tuple(replace(p, value=None, short="不公布", text="不公布") for p in lowest.points)
    chart = replace(chart, series=(replace(lowest, points=gone), *chart.series[1:]))
    picture = exports.to_svg(chart)
    fills = re.findall(r'<path [^>]*fill="([^"]*)"[^>]*fill-rule', picture)
    assert lowest.colour not in fills
    assert sum("hatched" in fill for fill in fills) == len(gone)
    assert "不公布" in picture


def test_an_area_that_nobody_asked_is_blank(con, zh):
    rows = counties.ranking(con, D, FUND, "620700", "2024-Q3")[:-2]
    known = ground((CATALOGUE,), "620700", COUNTIES, ())
    chart = charts.area_map(rows, FUND, "2024-Q3", zh, ORIGIN, known, map_rules((CATALOGUE,)))
    assert (chart.series[-1].colour, chart.series[-1].name) == (BLANK, "不适用或未要求")
    assert [p.text for p in chart.series[-1].points] == ["未要求上报"] * 2
