"""Reading a zoning problem: what is frozen, what is refused with its place, what is kept and listed."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.planning.zone.tables import HEAD, TABLES, said, written

from junheng.basics import UserError
from junheng.draws import canonical_bytes
from junheng.planning.zone.problem import read_problem

BLOCKS, SCHOOLS = TABLES["片块"], TABLES["学校"]


def _about(problem: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["about"]: row for row in problem["warnings"]}


def test_a_small_problem(tmp_path: Path) -> None:
    found = read_problem(written(tmp_path))
    assert [(z["id"], z["schools"], z["capacity"], z["seed"]) for z in found["zones"]] == [
        ("S1", ["S1"], 80, "A"),
        ("S2", ["S2"], 100, "F"),
    ]
    assert found["neighbours"] == [["A", "B"], ["B", "C"], ["C", "D"], ["D", "E"], ["E", "F"]]
    assert found["islands"] == []
    first = found["blocks"][0]
    assert (first["pupils"], first["now"], first["lon"]) == (40, ["S1"], "110.000")
    assert first["addresses"] == [{"street": "一路", "numbers": "1-99单", "community": "一居"}]
    # 0.009° of a great circle of radius 6,371.0088 km is 1,000.755 m; × 1.3 = 1,301.3 after rounding up to 1,001
    assert found["straight"]["B"]["S1"] == 1001
    assert found["ways"]["B"]["S1"] == 1302
    assert found["metres"]["B"] == {"S1": 1302}  # the other school lies 5.2 km away, beyond 3,000 m
    assert canonical_bytes(found) == canonical_bytes(json.loads(canonical_bytes(found)))


def test_reading_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert canonical_bytes(read_problem(path)) == canonical_bytes(read_problem(path))


def test_blocks_without_children_are_kept_and_listed(tmp_path: Path) -> None:
    assert _about(read_problem(written(tmp_path)))["empty"]["touches"] == ["F"]


def test_seats_from_rooms_are_said_to_be(tmp_path: Path) -> None:
    rooms = SCHOOLS.replace("学位", "教室数").replace(",80\n", ",2\n").replace(",100\n", ",3\n")
    found = read_problem(written(tmp_path, 学校=rooms))
    assert [zone["capacity"] for zone in found["zones"]] == [90, 135]  # 45 to a class
    assert "2 所学校的学位 = 教室数 × 班额" in found["sources"]["seats"]["zh"]


def test_too_few_seats_are_told_beforehand(tmp_path: Path) -> None:
    found = read_problem(written(tmp_path, 学校=SCHOOLS.replace(",100\n", ",60\n")))
    assert "学位合计 140 少于学生合计 150，差 10" in _about(found)["capacity"]["zh"]


def test_islands_are_exempt_and_listed(tmp_path: Path) -> None:
    found = read_problem(written(tmp_path, 相邻=TABLES["相邻"].replace("E,F\n", "")))
    assert found["islands"] == ["F"]
    assert _about(found)["islands"]["touches"] == ["F"]


def test_a_far_block_is_widened_with_the_way_there(tmp_path: Path) -> None:
    head = HEAD + "limits: {reach_m: 1500}\n"
    found = read_problem(written(tmp_path, head))
    # C lies 2,603 m from S1: widened; B, through which one walks, is in reach of S1 anyway
    assert "S1" in found["metres"]["C"]
    assert _about(found)["reach"]["touches"] == ["C", "D"]
    assert "B" in found["metres"]


def test_a_closed_school_has_no_zone_and_its_blocks_are_moved(tmp_path: Path) -> None:
    text = (
        "学校标识码,学校名称,学段,经度,纬度,学位,停办\nS1,东校,小学,110,0,200,\nS2,西校,小学,110.045,0,,是\n"
    )
    found = read_problem(written(tmp_path, 学校=text))
    assert [zone["id"] for zone in found["zones"]] == ["S1"]
    assert found["closed"] == ["S2"]
    assert next(b for b in found["blocks"] if b["id"] == "E")["now"] == []
    assert [zone["id"] for zone in found["today"]["zones"]] == ["S1", "S2"]


def test_several_schools_in_a_zone(tmp_path: Path) -> None:
    found = read_problem(written(tmp_path, 学区="学区编号,学区名称,学校标识码\nZ,大学区,S1\nZ,,S2\n"))
    assert [(z["id"], z["name"], z["schools"], z["capacity"], z["seed"]) for z in found["zones"]] == [
        ("Z", "大学区", ["S1", "S2"], 180, "F")
    ]
    assert found["metres"]["E"] == {"Z": 1302}  # the way to the nearer of the two
    assert {tuple(b["now"]) for b in found["blocks"]} == {("Z",)}


def test_a_good_junior_school_alone_is_said_with_the_clause(tmp_path: Path) -> None:
    junior = "学校标识码,学校名称,学段,经度,纬度,学位,优质学校\nS1,东中,初中,110,0,80,是\nS2,西中,初中,110.045,0,90,否\n"
    blocks = BLOCKS.replace("小学生,现属小学", "初中生,现属初中")
    found = read_problem(written(tmp_path, HEAD.replace("primary", "junior"), 学校=junior, 片块=blocks))
    row = _about(found)["policy"]
    assert row["touches"] == ["S1"]
    assert "教基一厅〔2014〕1号" in row["zh"]
    shared = read_problem(
        written(
            tmp_path,
            HEAD.replace("primary", "junior"),
            学校=junior,
            片块=blocks,
            学区="学区编号,学校标识码\nZ,S1\nZ,S2\n",
        )
    )
    assert "policy" not in _about(shared)


def test_private_schools_have_no_zone(tmp_path: Path) -> None:
    text = SCHOOLS.replace("学位", "学位,办学性质").replace("\nS", "\nP,私校,小学,110,0,50,民办\nS", 1)
    found = read_problem(written(tmp_path, 学校=text))
    assert [school["id"] for school in found["schools"]] == ["S1", "S2"]
    assert _about(found)["private"]["touches"] == ["P"]


def test_a_forecast_replaces_the_pupils(tmp_path: Path) -> None:
    rows = "".join(f"2027,{block},高,{n}\n2027,{block},低,1\n" for n, block in enumerate("ABCDEF", 5))
    head = HEAD + 'year: "2027"\nscenario: 高\n'
    found = read_problem(written(tmp_path, head, 预测=f"年份,片块编号,情景,学生数\n{rows}"))
    assert [block["pupils"] for block in found["blocks"]] == [5, 6, 7, 8, 9, 10]
    assert found["year"] == "2027"


def test_ways_of_the_table_win(tmp_path: Path) -> None:
    found = read_problem(written(tmp_path, 路程="片块编号,学校标识码,路程（米）\nB,S1,777\nB,S2,2500\n"))
    assert found["metres"]["B"] == {"S1": 777, "S2": 2500}
    assert "2 对用路程表" in found["sources"]["ways"]["zh"]


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({"片块": BLOCKS.replace("A,甲,110.000,0,40", "A,甲,110.000,0,")}, ["片块.csv E2", "没有学生请写 0"]),
        ({"片块": BLOCKS.replace("A,甲,110.000,0,40", "A,甲,110.000,0,many")}, ["片块.csv E2", "不是数"]),
        ({"片块": BLOCKS.replace("A,甲,110.000,0,40", "A,甲,40.0,110.0,40")}, ["片块.csv C2", "写反了"]),
        ({"片块": BLOCKS.replace("A,甲,110.000,0", "A,甲,,0")}, ["片块.csv C2", "只有一个"]),
        ({"片块": BLOCKS + "A,甲,110,0,41,S1,,,\n"}, ["片块.csv A8", "两行且内容不同"]),
        ({"片块": BLOCKS.replace(",S1,一路,1-99单", ",S9,一路,1-99单")}, ["片块.csv F2", "片块 A", "S9"]),
        ({"片块": BLOCKS.replace("1-99单", "从头到尾")}, ["片块.csv H2", "看不懂门牌号段", "1-199单"]),
        ({"学校": SCHOOLS.replace(",80\n", ",\n")}, ["学校.csv A2", "没有学位，也没有教室数"]),
        ({"学校": SCHOOLS.replace("S1,东校,小学", "S1,东校,大学")}, ["学校.csv C2", "不认识的学段"]),
        ({"学校": SCHOOLS + "S1,东校,小学,110,0,5\n"}, ["学校.csv A4", "有两行"]),
        ({"学校": SCHOOLS.replace("S1,东校,小学", "S1,东校,九年一贯制")}, ["学校.csv F2", "两个学段"]),
        ({"相邻": "甲片块,乙片块\nA,Z\n"}, ["相邻.csv B2", "片块表没有 Z（共 1 行）"]),
        ({"相邻": "甲片块,乙片块\nA,A\n"}, ["相邻.csv B2", "与自己相邻"]),
        ({"相邻": ""}, ["没有相邻关系", "contiguity: off"]),
        ({"学区": "学区编号,学校标识码\nZ,S9\n"}, ["学区.csv B2", "学校表没有 S9"]),
        ({"学区": "学区编号,学校标识码\nZ,S1\nY,S1\n"}, ["学区.csv B3", "已在学区 Z"]),
        ({"现行学区": "片块编号,学区编号\nA,S2\n"}, ["片块.csv F2", "两种说法", "现行学区.csv B2"]),
        ({"就读": "片块编号,学校标识码,学生数\nQ,S1,3\n"}, ["就读.csv A2", "片块表没有 Q"]),
        ({"路程": "片块编号,学校标识码,路程（米）\nA,S1,5\nA,S1,6\n"}, ["路程.csv C3", "两个路程"]),
        ({"片区": "片块编号\nA\n"}, ["片区.csv", "不认识的表", "片块"]),
        ({"学校": "学校名称\n东校\n"}, ["学校.csv", "缺少列", "学校标识码"]),
    ],
)
def test_faults_are_told_with_their_place(tmp_path: Path, sheets: dict[str, str], words: list[str]) -> None:
    message = said(written(tmp_path, **sheets))
    for word in words:
        assert word in message, message


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (
            HEAD.replace("kind: zone", "kind: pair"),
            ["这是 pair 的问题，请用 junheng plan pair", "kind must be zone"],
        ),
        (HEAD.replace("kind: zone", "kind: zones"), ["kind must be zone"]),
        (
            HEAD.replace("stage: primary", "stage: senior"),
            ["problem.yaml → stage", "primary（小学）、junior（初中）"],
        ),
        (HEAD.replace("stage: primary\n", ""), ["缺少 stage"]),
        (HEAD.replace("2025-09-01", "next autumn"), ["problem.yaml → from", "不是日期"]),
        (HEAD + "mode: dream\n", ["problem.yaml → mode", "plan、audit"]),
        (HEAD + "limit: {}\n", ["不认识的键 limit", "limits"]),
        (HEAD + "limits: {reach: 3}\n", ["problem.yaml → limits", "reach_m"]),
        (HEAD + "limits: {least_fill: 1.2}\n", ["least_fill", "0 与 1"]),
        (HEAD + "limits: {reach_m: 0}\n", ["limits.reach_m", "1"]),
        (HEAD + 'year: "2031"\n', ["没有 2031 年"]),
        (HEAD + "columns: {片块: {没有这列: x}}\n", ["没有列“没有这列”"]),
    ],
)
def test_faults_of_the_problem_file(tmp_path: Path, head: str, words: list[str]) -> None:
    message = said(written(tmp_path, head))
    for word in words:
        assert word in message, message


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ("areas: blocks.geojson", "areas"), ("areas: {file: a.geojson}", "areas"), ("cut: {with: then.geojson}", "cut.with"),
        ("columns: {片块: x}", "columns.片块"), ("columns: {片块: {学生数: [x]}}", "columns.片块.学生数"),
        ("weights: {moved: [1]}", "weights.moved"), ("weights: 3", "weights"), ("roads: roads.csv", "roads"),
        ("roads: {edges: roads.csv}", "roads"), ("name: [a, b]", "name"), ("boundary: {file: x}", "boundary"),
        ("limits: {reach_m: {}}", "limits.reach_m"), ("weights: {moved: -1}", "weights.moved"),
        ("distance: {detour: 0.9}", "distance.detour"), ("contiguity: near", "contiguity"),
        ("today_from: 2026-01-01", "today_from"),
    ],
)  # fmt: skip
def test_what_is_no_such_value_is_refused(tmp_path: Path, more: str, where: str) -> None:
    assert f"problem.yaml → {where}" in said(written(tmp_path, f"{HEAD}{more}\n"))


@pytest.mark.parametrize(
    "tables", ["tables: [[片块.csv]]", "tables: {片块: [a]}", "tables: {怪表: a.csv}", "tables: [没有.csv]"]
)
def test_files_that_are_none_are_refused(tmp_path: Path, tables: str) -> None:
    path = tmp_path / "problem.yaml"
    path.write_text(f"{HEAD}{tables}\n", "utf-8")
    with pytest.raises(UserError):
        read_problem(path)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    blocks = BLOCKS.replace("A,甲,110.000,0,40", "A,甲,110.000,0,x").replace(
        "B,乙,110.009,0,30", "B,乙,110.009,0,y"
    )
    message = said(written(tmp_path, 片块=blocks, 学校=SCHOOLS.replace(",80\n", ",z\n")))
    assert all(place in message for place in ("片块.csv E2", "片块.csv E3", "学校.csv F2"))


def test_columns_of_foreign_tables_are_renamed(tmp_path: Path) -> None:
    blocks = "code,n,x,y\nA,40,110.0,0\nB,2,110.009,0\n"
    head = HEAD + "columns: {片块: {片块编号: code, 学生数: n, 经度: x, 纬度: y}}\n"
    found = read_problem(written(tmp_path, head, 片块=blocks, 相邻="甲片块,乙片块\nA,B\n"))
    assert [(block["id"], block["pupils"]) for block in found["blocks"]] == [("A", 40), ("B", 2)]
    assert found["today"]["assignment"] == []


def test_places_without_coordinates_are_listed(tmp_path: Path) -> None:
    found = read_problem(written(tmp_path, 片块=BLOCKS.replace("C,丙,110.018,0", "C,丙,,")))
    assert _about(found)["placeless"]["touches"] == ["C"]
    assert "C" not in found["metres"]


def test_a_school_far_from_everything_is_refused_with_its_row_and_distance(tmp_path: Path) -> None:
    message = said(written(tmp_path, 学校=SCHOOLS + "S3,远校,小学,121.0,30,50\n"))
    for word in ("学校.csv A4", "远校（S3）", "121.0, 30", "3,532 公里", "distance.audit_m（20,000 米）"):
        assert word in message, message


def test_a_school_known_to_be_far_is_kept_where_the_limit_says_so(tmp_path: Path) -> None:
    head = HEAD + "distance: {audit_m: 9000000}\n"
    found = read_problem(written(tmp_path, head, 学校=SCHOOLS + "S3,远校,小学,121.0,30,50\n"))
    assert not any("S3" in zones for zones in found["metres"].values())


def test_a_block_far_from_everything_is_refused(tmp_path: Path) -> None:
    message = said(written(tmp_path, 片块=BLOCKS.replace("C,丙,110.018", "C,丙,150.018")))
    for word in ("片块.csv E4", "片块 丙（C）", "150.018, 0", "公里"):
        assert word in message, message


def test_the_stage_is_read_in_either_language(tmp_path: Path) -> None:
    chinese = read_problem(written(tmp_path, HEAD.replace("primary", "小学")))
    assert chinese == read_problem(written(tmp_path))


CLOSED = "学校标识码,学校名称,学位,停办\nS1,东校,200,是\nS2,西校,,是\n"
NOBODY = BLOCKS.replace(",S1,", ",,").replace(",S2,", ",,")


@pytest.mark.parametrize(
    ("head", "sheets", "words"),
    [
        (HEAD, {"学校": CLOSED}, "没有可招生的学校"),
        (HEAD + "mode: audit\n", {"片块": NOBODY}, "无从审计"),
        (HEAD, {"学校": SCHOOLS.replace("110.000,0", ",").replace("110.045,0", ",")}, "没有坐标也没有路程表"),
        (HEAD, {"学校": "学校标识码,学位\n", "片块": NOBODY}, "学校.csv：学校表没有行"),
        (HEAD, {"学校": SCHOOLS.replace("小学", "初中")}, "没有小学的公办学校"),
    ],
)
def test_nothing_to_do_is_said(tmp_path: Path, head: str, sheets: dict[str, str], words: str) -> None:
    assert words in said(written(tmp_path, head, **sheets))


def test_one_block_needs_no_neighbours(tmp_path: Path) -> None:
    block = "片块编号,经度,纬度,学生数\nA,110,0,5\n"
    found = read_problem(written(tmp_path, 片块=block, 相邻=""))
    assert found["islands"] == ["A"]
