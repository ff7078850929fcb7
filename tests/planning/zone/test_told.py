"""What a zoning plan and an audit say: tables, sentences, maps; what rests on doubtful input says so."""

from pathlib import Path
from typing import Any

import pytest
from tests.planning.zone.tables import HEAD, TABLES, written

from junheng.basics import Text
from junheng.planning.tables import Table
from junheng.planning.zone import check, maps, read_problem, solve, summary, tables, walking

HEAD_WIDE = HEAD + "today_from: 2019-09-01\nlimits: {reach_m: 9000}\nweights: {moved: 100}\n"


def _planned(folder: Path, head: str = HEAD_WIDE, **sheets: str) -> tuple[dict[str, Any], dict[str, Any]]:
    problem = read_problem(written(folder, head, **sheets))
    return problem, solve(problem, seconds=5)


def _table(problem: dict[str, Any], outcome: dict[str, Any], name: str) -> Table:
    return next(table for table in tables(problem, outcome) if table.name.zh == name)


def _said(problem: dict[str, Any], outcome: dict[str, Any]) -> str:
    return " ".join(str(line) for line in summary(problem, outcome))


def test_the_best_zones_of_a_row_by_hand(tmp_path: Path) -> None:
    """90 pupils of A–C do not fit the 80 seats of S1. Giving C (20 × 3904 m instead of 2603) is cheaper than B or both."""
    problem, outcome = _planned(tmp_path)
    assert check(problem, outcome) == ()
    assert {row["block"]: row["zone"] for row in outcome["assignment"]} == {
        "A": "S1", "B": "S1", "C": "S2", "D": "S2", "E": "S2", "F": "S2",
    }  # fmt: skip
    assert [(row["block"], row["to"], row["pupils"]) for row in outcome["moved"]] == [("C", "S2", 20)]


def test_a_moved_block_has_its_reason_and_ways(tmp_path: Path) -> None:
    row = _table(*_planned(tmp_path), "调整的片块").rows[0]
    assert row[:5] == ("C", "丙", 20, "东校", "西校")
    assert row[5:7] == (2603, 3904)
    assert isinstance(row[7], Text)
    assert row[7].zh == "原学区学生超过学位"


@pytest.mark.parametrize(
    ("head", "sheets", "reason"),
    [
        (HEAD_WIDE, {"片块": TABLES["片块"].replace("B,乙,110.009,0,30,S1", "B,乙,110.009,0,30,S2")}, "新学校近 3,904 米"),
        (
            HEAD_WIDE,
            {"学校": "学校标识码,学校名称,学段,经度,纬度,学位,停办\nS1,东校,小学,110,0,,是\nS2,西校,小学,110.045,0,200,\n"},
            "原学校停办",
        ),
        (
            HEAD_WIDE,
            {
                "片块": TABLES["片块"].replace(",居委会\n", ",居委会,固定学区\n").replace("一居\nB", "一居,\nB")
                .replace("D,丁,110.027,0,10,S2,二路,全部,二居", "D,丁,110.027,0,10,S2,二路,全部,二居,S1"),
                "学校": TABLES["学校"].replace(",80\n", ",200\n"),
            },
            "问题文件指定",
        ),
    ],
)  # fmt: skip
def test_reasons_follow_from_the_facts(
    tmp_path: Path, head: str, sheets: dict[str, str], reason: str
) -> None:
    problem, outcome = _planned(tmp_path, head, **sheets)
    told = {row[0]: row[7] for row in _table(problem, outcome, "调整的片块").rows}
    assert reason in {text.zh for text in told.values() if isinstance(text, Text)}


def test_the_address_list_follows_the_plan_and_its_day(tmp_path: Path) -> None:
    problem, outcome = _planned(tmp_path)
    table = _table(problem, outcome, "学区地址清单")
    assert [(row[0], row[2], row[3], row[4]) for row in table.rows] == [
        ("S1", "一路", "1-100", "一居"),
        ("S2", "一路", "101-200", "一居"),
        ("S2", "三路", "1-9、13-20", "二居"),
        ("S2", "二路", "全部", "二居"),
    ]
    assert table.note is not None
    assert "2025-09-01" in table.note.zh
    doors = _table(problem, outcome, "门牌核对").rows
    assert [(row[1], row[3], row[4]) for row in doors] == [("三路", 10, 12), ("三路", 11, 11)]
    assert "缺口 2 处" in _said(problem, outcome)


def test_audits_stand_side_by_side(tmp_path: Path) -> None:
    table = _table(*_planned(tmp_path), "学区审计")
    rows = {row[0].zh: row[1:3] for row in table.rows if isinstance(row[0], Text)}
    assert rows["超员（人）"] == (10, 0)
    assert rows["最远（米）"] == (2603, 3904)
    assert rows["在本学区就读（%）"] == (None, None)  # no data: blank, never 0
    assert any("教督〔2017〕6号" in str(row[-1]) for row in table.rows)


def test_versions_are_dated_and_kept(tmp_path: Path) -> None:
    problem, outcome = _planned(tmp_path)
    rows = _table(problem, outcome, "学区沿革").rows
    assert next((row[0], row[2], row[3], row[4]) for row in rows) == ("2019-09-01", "2025-08-31", None, None)
    assert [*rows[1][3:5]] == [1, 20]
    assert [row[2:] for row in _table(problem, outcome, "历次变动").rows] == [("C", "丙", "东校", "西校", 20)]
    register = _table(problem, outcome, "沿革").rows
    assert len(register) == 12
    assert register[0] == ("2019-09-01", "2019-09-01", "2025-08-31", "A", "S1")


def test_a_plan_is_proposed_and_not_in_force(tmp_path: Path) -> None:
    rows = _table(*_planned(tmp_path), "学区沿革").rows
    assert rows[-1][2] == Text("方案，未公布", "proposed, not published")
    assert "现行有效" not in str(rows)
    audited = _table(*_planned(tmp_path, HEAD_WIDE + "mode: audit\n"), "学区沿革").rows
    assert [row[2] for row in audited] == [Text("现行有效", "in force")]


def test_what_binds_and_what_is_doubtful_is_named_in_words(tmp_path: Path) -> None:
    head = HEAD + "limits: {reach_m: 1500}\n"
    problem, outcome = _planned(tmp_path, head, 学校=TABLES["学校"].replace(",80\n", ",70\n"))
    row = {"row": "capacity:S1", "zone": "S1", "price": "1301", "zh": "紧", "en": "short"}
    (bound,) = _table(problem, {**outcome, "binding": [row]}, "卡在哪里").rows
    assert bound[0] == Text("东校（S1）的学位", "seats of 东校 (S1)")
    where = [str(row[0]) for row in _table(problem, outcome, "有疑问的输入").rows]
    assert any("最远路程（问题文件 limits.reach_m）" in place for place in where), where


def test_the_doubts_of_the_summary_are_those_of_the_table(tmp_path: Path) -> None:
    problem, outcome = _planned(tmp_path, 相邻=TABLES["相邻"].replace("E,F\n", ""))
    listed = len(_table(problem, outcome, "有疑问的输入").rows)
    assert listed == len(problem["warnings"]) == 2  # a block without pupils, an island
    assert f"输入有 {listed} 条疑问" in _said(problem, outcome)


def test_sentences_set_off_thousands_and_tell_kilometres(tmp_path: Path) -> None:
    blocks = TABLES["片块"].replace("A,甲,110.000,0,40", "A,甲,110.000,0,4000")
    problem, outcome = _planned(tmp_path, 片块=blocks, 学校=TABLES["学校"].replace(",80\n", ",8000\n"))
    said = _said(problem, outcome)
    assert "4,110 名学生" in said
    assert "人·公里" in said
    assert "人·米" not in said


def test_an_audit_is_not_called_optimal(tmp_path: Path) -> None:
    problem, outcome = _planned(tmp_path, HEAD + "mode: audit\n")
    assert outcome["status"] == "computed"
    assert "差距" not in _said(problem, outcome)


def test_the_register_is_read_again_as_it_was_written(tmp_path: Path) -> None:
    problem, outcome = _planned(tmp_path)
    lines = ["版本,起始日期,截止日期,片块编号,学区编号"]
    lines += [
        ",".join("" if cell is None else str(cell) for cell in row)
        for row in _table(problem, outcome, "沿革").rows
    ]
    later = HEAD.replace("2025-09-01", "2028-09-01") + "limits: {reach_m: 9000}\n"
    blocks = TABLES["片块"].replace(",S1,", ",,").replace(",S2,", ",,")
    again = read_problem(written(tmp_path, later, 片块=blocks, 沿革="\n".join(lines) + "\n"))
    assert [version["id"] for version in again["versions"]] == ["2019-09-01", "2025-09-01"]
    assert {row["block"]: row["zone"] for row in again["today"]["assignment"]}["C"] == "S2"


def test_the_summary_states_proof_move_and_both_audits(tmp_path: Path) -> None:
    said = _said(*_planned(tmp_path))
    for words in (
        "换学区 1 块、20 人",
        "差距 ",
        "只由价格复核的下界",
        "现行：2 个学区",
        "方案：2 个学区",
        "自 2025-09-01 起",
    ):
        assert words in said, said


def test_too_few_seats_give_the_least_and_the_clash(tmp_path: Path) -> None:
    schools = TABLES["学校"].replace(",100\n", ",55\n")
    problem, outcome = _planned(tmp_path, 学校=schools)
    assert outcome["status"] == "infeasible"
    assert check(problem, outcome) == ()
    said = _said(problem, outcome)
    assert "超得最少" in said
    assert "学位合计 135 少于学生合计 150，差 15" in said
    assert sum(row["pupils"] for row in outcome["over"]) >= 15


def test_results_on_doubtful_input_say_so(tmp_path: Path) -> None:
    problem, outcome = _planned(tmp_path, 相邻=TABLES["相邻"].replace("E,F\n", ""))
    assert "孤岛" in _said(problem, outcome)
    zones = _table(problem, outcome, "各学区（现行）").rows
    assert [row[-1] for row in zones] == [None, Text("孤岛", "island")]
    assert _table(problem, outcome, "有疑问的输入").rows


def test_an_audit_alone_tells_no_plan(tmp_path: Path) -> None:
    problem, outcome = _planned(tmp_path, HEAD + "mode: audit\n")
    names = {table.name.zh for table in tables(problem, outcome)}
    assert "学区审计" in names
    assert not names & {"学区", "调整的片块", "划分明细"}
    assert "方案" not in "".join(line.zh for line in summary(problem, outcome))


def test_maps_show_today_and_plan_with_those_who_move(tmp_path: Path) -> None:
    problem, outcome = _planned(tmp_path)
    today, plan = maps(problem, outcome)
    assert [area.group for area in today.areas] == ["S1", "S1", "S1", "S2", "S2", "S2"]
    assert [area.group for area in plan.areas] == ["S1", "S1", "S2", "S2", "S2", "S2"]
    assert [(flow.start, flow.end, flow.weight) for flow in plan.flows] == [("C", "S2", 20)]
    assert [(place.id, place.kind, place.size) for place in plan.places] == [
        ("S1", "primary", 80),
        ("S2", "primary", 100),
    ]
    assert today.flows == ()


def test_without_coordinates_there_is_no_map(tmp_path: Path) -> None:
    blocks = "片块编号,学生数,现属学区\nA,4,S1\nB,5,S1\n"
    ways = "片块编号,学校标识码,路程（米）\nA,S1,5\nB,S1,6\n"
    schools = "学校标识码,学校名称,学位\nS1,东校,20\n"
    problem, outcome = _planned(
        tmp_path, HEAD, 片块=blocks, 路程=ways, 学校=schools, 相邻="甲片块,乙片块\nA,B\n"
    )
    assert maps(problem, outcome) == ()
    assert check(problem, outcome) == ()


def test_every_told_text_is_bilingual(tmp_path: Path) -> None:
    problem, outcome = _planned(tmp_path)
    for table in tables(problem, outcome):
        for text in (table.name, *(column.heading for column in table.columns)):
            assert text.zh
            assert text.en
            assert text.en.isascii(), text


def test_walking_today_and_planned(tmp_path: Path) -> None:
    problem, outcome = _planned(tmp_path)
    ways = [[row["metres"] for row in walking(problem, outcome, planned)] for planned in (False, True)]
    assert ways == [[0, 1302, 2603, 2603, 1302], [0, 1302, 3904, 2603, 1302]]  # A to E; F has nobody


def test_made_up_places_are_said_to_be_on_the_map(tmp_path: Path) -> None:
    problem, outcome = _planned(tmp_path, HEAD_WIDE + "coordinates: assumed\n")
    assert all(layers.are_coordinates_assumed for layers in maps(problem, outcome))
