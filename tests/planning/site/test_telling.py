"""What is told of a plan: what must be read first comes first, nothing is claimed that was not solved."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.planning.site.scenes import block, problem, site
from tests.planning.site.tables_of import SITES, write

from junheng.planning.site import check, maps, read_problem, solve, summary, tables

Json = dict[str, Any]


def _table(found: Json, outcome: Json, name: str) -> Any:
    return next(table for table in tables(found, outcome) if table.name.zh.startswith(name))


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Json, Json]:
    frozen = read_problem(write(tmp_path_factory.mktemp("site")))
    return frozen, solve(frozen)


@pytest.fixture
def stopped(solved: tuple[Json, Json]) -> tuple[Json, Json]:
    """The same plans, of which that of the high scenario was cut short."""
    frozen, outcome = deepcopy(solved)
    next(plan for plan in outcome["plans"] if plan["scenario"] == "high").update(
        status="interrupted", gap="0.25"
    )
    return frozen, outcome


def test_gaps_of_all_scenarios_are_told_at_the_head(stopped: tuple[Json, Json]) -> None:
    head, proof, *_ = summary(*stopped)
    assert head.zh.startswith("没有解完（差距至多：高方案 25%）")
    assert all(f"{name}方案" in proof.zh for name in "低中高")


def test_scenarios_are_not_compared_where_one_is_unsolved(
    solved: tuple[Json, Json], stopped: tuple[Json, Json]
) -> None:
    assert any("各情景都新建" in line.zh for line in summary(*solved))
    assert not any("各情景都新建" in line.zh for line in summary(*stopped))
    assert any("这次不能说" in line.zh for line in summary(*stopped))
    told = _table(*stopped, "选址")
    at = [column.heading.zh for column in told.columns].index("各情景一致")
    assert {row[at] for row in told.rows} == {None}
    assert "高方案 25%" in told.note.zh
    assert None not in {row[at] for row in _table(*solved, "选址").rows}


def test_a_standing_school_without_a_place_is_named_in_the_first_line(tmp_path: Path) -> None:
    sites = [*SITES, ("s3", "三校", "是", "", "", 9, 9, "", "", "", "", "")]
    frozen = read_problem(write(tmp_path, 校址=sites))
    first = summary(frozen, solve(frozen))[0]
    assert all(
        words in first.zh for words in ("1 所现有学校没有算进方案", "三校（site.xlsx [校址] 第 4 行 row 4）")
    )


def test_the_state_says_classes_and_the_largest_of_every_open_school(solved: tuple[Json, Json]) -> None:
    frozen, outcome = solved
    rows = [row for row in outcome["state"]["pupils"] if row["pupils"]]
    assert rows
    for row in rows:
        assert row["classes"] * (row["largest"] - 1) < row["pupils"] <= row["classes"] * row["largest"]
        assert row["largest"] <= frozen["class_pupils"]


@pytest.mark.parametrize("key", ["classes", "largest"])
def test_other_classes_in_the_state_are_found(solved: tuple[Json, Json], key: str) -> None:
    frozen, outcome = deepcopy(solved)
    next(row for row in outcome["state"]["pupils"] if row["pupils"])[key] += 1
    assert check(frozen, outcome)


def test_the_first_eight_columns_tell_the_target_year_the_reason_and_what_lacks(
    solved: tuple[Json, Json],
) -> None:
    def head(name: str, of: tuple[Json, Json] = solved) -> list[str]:
        return [column.heading.zh for column in _table(*of, name).columns][:8]

    assert head("各校各年")[3:6] == ["2027 班", "2027 学位", "2027 学生"]
    assert {"缺学位", "投资", "运行", "总代价"} <= set(head("情景"))
    lacking = _lacking(3)
    assert head("缺学位", lacking)[3:5] == ["原因", "2027 年"]
    assert [sum(row[at] for row in _table(*lacking, "缺学位").rows) for at in (4, 5)] == [36 - 10, 33 - 10]


def _lacking(many: int) -> tuple[Json, Json]:
    """So many blocks with 12 children each at the end, and one small school."""
    blocks = [block(f"b{at}", [11, 12], {"s1": 5}) for at in range(many)]
    frozen = problem(blocks, [site("s1", may_close=0)])
    return frozen, solve(frozen)


def test_many_blocks_of_a_shortage_are_a_few_names_and_their_number() -> None:
    cell = str(_table(*_lacking(9), "避免不了的缺口").rows[0][2])
    assert cell == "b0片、b1片、b2片、b3片、b4片 等 9 个"


def test_what_is_not_built_is_not_on_todays_map(tmp_path: Path) -> None:
    frozen = read_problem(write(tmp_path))
    before, after = maps(frozen, solve(frozen))
    assert [place.id for place in before.places] == ["s1"]
    assert {place.id for place in after.places} == {"s1", "s2"}
    assert "3000 米以内" in str(before.note)
    assert not before.are_coordinates_assumed


def test_a_merger_onto_a_teaching_point_is_pointed_out() -> None:
    sites = [
        site("s1", may_close=1, yearly_yuan=10**6, classes=2),
        site("s2", classes=3) | {"name": "山头教学点"},
    ]
    frozen = problem([block("b1", [9, 9], {"s1": 1, "s2": 5})], sites)
    outcome = solve(frozen)
    assert _table(frozen, outcome, "撤并去向").rows[0][-1].zh == "去向有教学点：山头教学点"
    assert any("有的去教学点（s1校）" in line.zh for line in summary(frozen, outcome))


def test_implausible_input_is_told_with_the_plan(tmp_path: Path) -> None:
    demand = [
        ("片块编号", "年份", "低方案", "中方案", "高方案"),
        *((name, year, 90, 60, 70) for name in ("b1", "b2") for year in (2026, 2027)),
    ]
    sites = [SITES[0], ("s1", "一校", "是", 110.0, 40.0, 20, 4, "否", "", "", "", ""), SITES[2]]
    frozen = read_problem(write(tmp_path, 需求=demand, 校址=sites))
    told = "".join(line.zh for line in summary(frozen, solve(frozen)))
    assert "低方案 90 人大于中方案 60 人；这样的行共 4 行" in told
    assert "一校现有教室 20 间，多于最多教室数 4" in told


def test_figures_have_units(solved: tuple[Json, Json]) -> None:
    rows = _table(*solved, "口径").rows
    assert all(row[2] is not None for row in rows[:-1])


def test_a_plan_that_cannot_be_read_is_told_without_programmers_words(solved: tuple[Json, Json]) -> None:
    frozen, outcome = deepcopy(solved)
    del outcome["plans"][0]["sites"]
    (fault,) = check(frozen, outcome)
    assert fault.zh == "方案残缺：没有“sites”"
    outcome["plans"] = 5
    assert "Error" not in str(check(frozen, outcome))


def test_a_school_left_out_is_named_even_where_there_is_no_plan() -> None:
    late = site("s1", existing=0, **{"from": 2027}, must={"year": 2026, "steps": 1})
    left = {
        "id": "s3",
        "what": "site",
        "existing": 1,
        "missing": ["classes"],
        "zh": "三校（a 第 4 行）：缺现有教室数",
        "en": "s3",
    }
    frozen = problem([block("b1", [9, 9], {"s1": 1})], [late], cannot_tell=[left])
    outcome = solve(frozen)
    assert not outcome["plans"]
    assert summary(frozen, outcome)[0].zh.startswith("注意：1 所现有学校没有算进方案（三校（a 第 4 行）")
