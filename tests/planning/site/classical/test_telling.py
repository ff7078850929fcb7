"""What is told of a classical plan: zero is data, a reason says what to change, means say of whom."""

from pathlib import Path

import pytest
from tests.planning.site.classical.test_reading import written

from junheng.basics import UserError
from junheng.planning.site import read_problem as read_any
from junheng.planning.site.classical import check, read_problem, solve, summary, tables

_CAP = "2 3\n30 100\n30 100\n5\n1 2\n6\n3 4\n7\n5 6\n"
_PMED = "3 2 1\n1 2 5\n2 3 5\n"


def test_nobody_at_a_place_is_no_lack_of_data(tmp_path: Path) -> None:
    demand = "需求点编号,名称,人数,经度,纬度\na,甲村,10,116.1,39.9\nb,乙村,0,116.1,39.9\n"
    problem = read_problem(
        written(tmp_path, "model: cflp\nprice: 1\nreach_m: 9000\ndetour: 1", demand=demand, ways=False)
    )
    told = " ".join(line.zh for line in summary(problem, solve(problem)))
    assert "1 个需求点人数为 0，不需服务" in told
    assert "1 个需求点或站点缺数据" in told  # the site without a cost alone


def test_a_reason_says_which_key_to_change_with_its_unit(tmp_path: Path) -> None:
    problem = read_problem(written(tmp_path, "model: lscp\nradius: 10"))
    told = summary(problem, solve(problem))[1].zh
    assert "没有可达的站点" in told
    assert "加大 radius（现为 10 米）" in told


def test_places_lacking_have_a_unit_and_a_way_out(tmp_path: Path) -> None:
    demand = "需求点编号,名称,人数,经度,纬度\na,甲村,1000,116.1,39.9\n"
    problem = read_problem(
        written(tmp_path, "model: cflp\nprice: 1\nreach_m: 9000\ndetour: 1", demand=demand, ways=False)
    )
    outcome = solve(problem)
    told = summary(problem, outcome)[1].zh
    assert "少 930 人" in told
    assert "容量（人）" in told
    assert tables(problem, outcome)[0].rows[0][0].zh + "。" == told


def test_out_of_reach_names_the_key_of_the_reach(tmp_path: Path) -> None:
    demand = "需求点编号,名称,人数,经度,纬度\na,甲村,10,117.1,39.9\n"
    problem = read_problem(
        written(tmp_path, "model: p_median\ncount: 1\nreach_m: 90\ndetour: 1", demand=demand, ways=False)
    )
    assert "加大 reach_m（米）" in summary(problem, solve(problem))[1].zh


def test_the_mean_of_a_maximal_covering_is_said_to_be_of_those_covered(tmp_path: Path) -> None:
    problem = read_problem(written(tmp_path, "model: mclp\nradius: 10\ncount: 1"))
    outcome = solve(problem)
    assert outcome["uncovered"]
    assert any("（只算半径内的人）" in line.zh for line in summary(problem, outcome))
    assert "只算半径内的" in str(tables(problem, outcome)[0].note)


@pytest.mark.parametrize(
    "case",
    [
        ("p_median", _CAP, "像是 cap 文件（2 处站点、3 个顾客），应写 model: capacitated"),
        ("cflp", _PMED, "像是 pmed 文件"),
    ],
)
def test_a_file_of_the_other_form_is_recognised(tmp_path: Path, case: tuple[str, str, str]) -> None:
    (tmp_path / "x.txt").write_text(case[1], encoding="utf-8")
    path = tmp_path / "p.yaml"
    path.write_text(f"kind: site\nmodel: {case[0]}\nname: 试\norlib: x.txt\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_any(path)
    assert case[2] in caught.value.what.zh


def test_a_plan_that_cannot_be_read_is_told_in_plain_words(tmp_path: Path) -> None:
    problem = read_problem(written(tmp_path, "model: p_median\ncount: 1"))
    outcome = solve(problem)
    del outcome["assignment"]
    told = " ".join(fault.zh for fault in check(problem, outcome))
    assert "“方案”部分残缺：没有“assignment”" in told
    assert "Error" not in told
