"""Problem files and tables: what is read, what is listed as lacking, what is refused and where."""

from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.planning.site.classical import check, read_problem, solve, summary, tables

DEMAND = "需求点编号,名称,人数,经度,纬度\na,甲村,10,116.10,39.90\nb,乙村,20,116.12,39.90\nc,丙村,,116.13,39.90\nd,丁村,5,,\n"
SITES = "站点编号,名称,固定费用,容量,经度,纬度\nx,东校,100,40,116.10,39.90\ny,西校,80.5,30,116.12,39.90\nz,无费用,,30,116.13,39.90\n"
WAYS = "需求点,站点,路程（米）\na,x,0\na,y,2000\nb,x,2000\nb,y,0\nd,y,700\n"


def written(
    folder: Path, problem: str, *, ways: bool = True, demand: str = DEMAND, sites: str = SITES
) -> Path:
    """The problem file beside its tables."""
    named = {"需求点.csv": demand, "站点.csv": sites} | ({"路程.csv": WAYS} if ways else {})
    for name, text in named.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "problem.yaml"
    listed = ", ".join(named)
    path.write_text(f"kind: site\ntables: [{listed}]\n{problem}\n", encoding="utf-8")
    return path


def test_a_median_from_tables(tmp_path: Path) -> None:
    problem = read_problem(written(tmp_path, "model: p_median\ncount: 1\nname: 试"))
    assert [point["id"] for point in problem["demand"]] == ["a", "b", "d"]
    assert problem["ways"] == [[0, 2000, ""], [2000, 0, ""], ["", 700, ""]]
    assert [(row["what"], row["id"]) for row in problem["cannot_tell"]] == [("demand", "c")]
    outcome = solve(problem)
    assert (outcome["open"], outcome["objective"]) == (["y"], {"cost": 10 * 2000 + 5 * 700})
    assert check(problem, outcome) == ()
    assert "1 个需求点或站点缺数据" in " ".join(text.zh for text in summary(problem, outcome))
    assert [table.name.en for table in tables(problem, outcome)] == [
        *("open sites", "who goes where", "proof", "prices", "left out"),
    ]


def test_money_from_people_and_metres(tmp_path: Path) -> None:
    problem = read_problem(written(tmp_path, 'model: cflp\nprice: "0.01"'))
    assert problem["model"] == "capacitated"
    assert problem["ways"] == [[0, 200], [400, 0], ["", 35]]
    assert [row["id"] for row in problem["cannot_tell"]] == ["c", "z"]
    outcome = solve(problem, gap=0.0)
    assert outcome["open"] == ["x", "y"]  # y alone has 30 places for 35 people
    assert outcome["objective"] == {
        "cost": "215.5"
    }  # fixed 180.5; everybody goes to the nearest, only d has a way to go: 35
    assert check(problem, outcome) == ()


def test_great_circles_where_no_ways_are_told(tmp_path: Path) -> None:
    problem = read_problem(written(tmp_path, "model: lscp\nradius: 1800\ndetour: 1", ways=False))
    assert [row["id"] for row in problem["cannot_tell"]] == ["c", "d", "z"]
    assert problem["ways"][0][0] == 0
    assert 1700 < problem["ways"][0][1] < 1720
    assert problem["basis"]["zh"]
    assert solve(problem)["open"] == ["y"]  # both in reach of everybody, the cheaper one


def test_a_file_of_orlib(tmp_path: Path) -> None:
    (tmp_path / "net.txt").write_text("3 2 1\n1 2 4\n2 3 1\n", encoding="ascii")
    path = tmp_path / "problem.yaml"
    for model, value in (("p_median", {"cost": 5}), ("p_centre", {"radius": 4})):
        path.write_text(f"kind: site\nmodel: {model}\norlib: net.txt\n", encoding="utf-8")
        assert solve(read_problem(path))["objective"] == value
    path.write_text("kind: site\nmodel: mclp\norlib: net.txt\nradius: 1\n", encoding="utf-8")
    assert solve(read_problem(path))["objective"] == {"covered": 2}
    path.write_text("kind: site\nmodel: p_median\norlib: net.txt\ncount: 7\n", encoding="utf-8")
    with pytest.raises(UserError, match="只有 3 个"):
        read_problem(path)


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("model: p_median", "没有写站点数"),
        ("model: p_mediam\ncount: 1", "应为 p_median"),
        ("model: p_median\ncount: 0", "应在 1 与"),
        ("model: p_median\ncount: 1.5", "整数"),
        ("model: set_covering", "服务半径"),
        ("model: capacitated", "价格"),
        ("model: p_median\ncount: 1\nraduis: 3", "不认识的键 raduis；是否 radius"),
        ("model: p_median\ncount: 1\norlib: x.txt", "恰写一个"),
        ("model: p_median\ncount: 9", "只有 3 个"),
    ],
)
def test_settings_that_are_refused(tmp_path: Path, problem: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_problem(written(tmp_path, problem))


@pytest.mark.parametrize(
    ("demand", "said"),
    [
        (DEMAND + "a,又一甲,1,116,39\n", "重复"),
        (DEMAND.replace("10,116.10,39.90", "-3,116.10,39.90"), "应在 0 与"),
        (DEMAND.replace("116.10,39.90", "39.90,116.10"), "写反"),
        ("名称,人数\n甲,1\n", "缺少列"),
        (DEMAND.replace("a,", "q,"), "没有 a"),
    ],
)
def test_tables_that_are_refused(tmp_path: Path, demand: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_problem(written(tmp_path, "model: p_median\ncount: 1", demand=demand))


def test_no_reach_told_and_none_to_be_had(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="reach_m"):
        read_problem(written(tmp_path, "model: p_median\ncount: 1", ways=False))
