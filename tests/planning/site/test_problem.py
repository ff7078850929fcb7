"""Reading: Chinese tables into a frozen problem; bad input located and told,
missing places listed and never dropped."""

from pathlib import Path
from typing import Any

import pytest
from tests.planning.site.tables_of import BLOCKS, DEMAND, PROBLEM, SITES, write

from junheng.basics import UserError
from junheng.planning.site import check, read_problem, solve, summary, tables
from junheng.planning.site.reading.demand import largest_remainders


def test_tables_become_sites_blocks_and_prices(tmp_path: Path) -> None:
    found = read_problem(write(tmp_path))
    old, new = found["sites"]
    assert (old["classes"], old["most"], old["step"], old["step_yuan"], old["may_close"]) == (
        [2, 2],
        2,
        1,
        100_000,
        0,
    )
    assert (new["step"], new["least"], new["most"], new["step_yuan"], new["from"]) == (6, 2, 2, 600_000, 2027)
    assert (new["pupils_least"], old["pupils_least"], old["pupils_most"]) == (100, 0, 2000)
    assert found["scenarios"] == ["low", "mid", "high"]
    assert found["blocks"][0]["pupils"] == {"low": [50, 50], "mid": [60, 60], "high": [70, 70]}
    assert found["blocks"][0]["ways"]["s1"] == 112  # 0.001 degrees of latitude, rounded up
    assert (found["class_pupils"], found["unmet_yuan"], found["way_yuan"]) == (45, 100_000, "0.2")
    assert all(row["source"] for row in found["defaults"])


def test_the_whole_way_from_tables_to_words(tmp_path: Path) -> None:
    frozen = read_problem(write(tmp_path))
    outcome = solve(frozen)
    assert check(frozen, outcome) == ()
    assert 3 <= len(summary(frozen, outcome)) <= 8
    for table in tables(frozen, outcome):
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.name


def test_a_towns_children_are_spread_over_its_blocks(tmp_path: Path) -> None:
    demand = [("乡镇街道", "年份", "中方案"), ("甲街道", 2026, 100), ("甲街道", 2027, 91)]
    found = read_problem(write(tmp_path, 需求=demand))
    assert [row["pupils"]["mid"] for row in found["blocks"]] == [[33, 30], [67, 61]]
    assert found["scenarios"] == ["mid"]


def test_parts_by_largest_remainder_add_up() -> None:
    assert largest_remainders(10, [3, 3, 3]) == [4, 3, 3]
    assert largest_remainders(0, [1, 2]) == [0, 0]


def test_freed_rooms_change_what_stands(tmp_path: Path) -> None:
    freed = [("校址编号", "年份", "班数", "说明"), ("s1", 2027, 3, "学前班停办")]
    assert read_problem(write(tmp_path, 腾出=freed))["sites"][0]["classes"] == [2, 5]


def test_a_table_of_ways_needs_no_coordinates(tmp_path: Path) -> None:
    ways = [("片块编号", "校址编号", "路程"), ("b1", "s1", 700), ("b2", "s1", 3001), ("b2", "s2", 5)]
    blocks = [row[:3] for row in BLOCKS]
    found = read_problem(write(tmp_path, 路程=ways, 片块=blocks))
    assert [row["ways"] for row in found["blocks"]] == [{"s1": 700}, {"s2": 5}]
    assert found["cannot_tell"] == []


def test_missing_coordinates_are_listed_with_their_children_and_not_dropped(tmp_path: Path) -> None:
    blocks = [*BLOCKS[:2], ("b2", "二片", "甲街道", "", "", 60)]
    sites = [*SITES, ("s3", "三校", "是", "", "", 9, 9, "", "", "", "", "")]
    frozen = read_problem(write(tmp_path, 片块=blocks, 校址=sites))
    told = {row["id"]: row for row in frozen["cannot_tell"]}
    assert (told["b2"]["missing"], told["b2"]["pupils"]["mid"]) == (["position"], [60, 60])
    assert told["s3"]["missing"] == ["position"]
    assert [row["id"] for row in frozen["blocks"]] == ["b1"]
    first, *rest = summary(frozen, solve(frozen))
    assert "注意：1 所现有学校没有算进方案（三校（site.xlsx [校址] 第 4 行 row 4）：缺坐标）" in first.zh
    line_zh = next(line.zh for line in rest if "没有进入规划" in line.zh)
    assert "1 个片块（60 名儿童）、1 处校址" in line_zh
    assert all(
        words in line_zh for words in ("三校（site.xlsx", "二片（site.xlsx [片块] 第 3 行 row 3）：缺坐标")
    )


def test_places_far_outside_are_listed_and_not_used(tmp_path: Path) -> None:
    sites = [*SITES, ("s3", "三校", "否", 121.0, 31.0, "", 12, "", "", "", "", "")]
    frozen = read_problem(write(tmp_path, 校址=sites))
    assert [(row["id"], row["missing"]) for row in frozen["cannot_tell"]] == [("s3", ["inside"])]


def test_places_outside_the_boundary_are_listed(tmp_path: Path, example_district: Path) -> None:
    pytest.importorskip("shapely")
    boundary = example_district.parent / "layout" / "boundary.geojson"
    sites = [*SITES, ("s3", "三校", "是", 110.9, 40.0, 9, 9, "", "", "", "", "")]
    frozen = read_problem(write(tmp_path, text=PROBLEM + f"boundary: {boundary}\n", 校址=sites))
    assert [row["id"] for row in frozen["cannot_tell"]] == ["s3"]


def test_blocks_without_children_are_named(tmp_path: Path) -> None:
    demand = [*DEMAND[:3], *(("b2", year, 0, 0, 0) for year in (2026, 2027))]
    frozen = read_problem(write(tmp_path, 需求=demand))
    assert (frozen["empty"], [row["id"] for row in frozen["blocks"]]) == (["b2"], ["b1"])


def test_a_school_whose_rooms_are_unknown_is_listed(tmp_path: Path) -> None:
    sites = [*SITES, ("s3", "三校", "是", 110.0, 40.0, "", 9, "", "", "", "", "")]
    frozen = read_problem(write(tmp_path, 校址=sites))
    assert [(row["id"], row["missing"]) for row in frozen["cannot_tell"]] == [("s3", ["classes"])]


def _sites(**cells: Any) -> list[Any]:
    row = dict(zip(SITES[0], SITES[2], strict=True)) | cells
    return [SITES[0], SITES[1], tuple(row.values())]


_BAD: list[tuple[str, dict[str, Any], str]] = [
    ("absent year", {"需求": DEMAND[:-1]}, "缺 2027 年"),
    ("blank count", {"需求": [*DEMAND[:-1], ("b2", 2027, "", 5, 5)]}, "没有儿童请写 0"),
    ("negative", {"需求": [*DEMAND[:-1], ("b2", 2027, 5, -1, 5)]}, "应在 0 与"),
    ("half a child", {"需求": [*DEMAND[:-1], ("b2", 2027, 5, 1.5, 5)]}, "应为整数"),
    ("unknown block", {"需求": [*DEMAND, ("b9", 2027, 5, 5, 5)]}, "没有片块“b9”"),
    ("doubled row", {"需求": [*DEMAND, DEMAND[-1]]}, "有两行"),
    ("doubled block", {"片块": [*BLOCKS, BLOCKS[-1]]}, "片块编号 b2 重复"),
    ("doubled site", {"校址": [*SITES, SITES[-1]]}, "校址编号 s2 重复"),
    ("swapped", {"校址": _sites(经度=40.0, 纬度=110.0)}, "经度、纬度是否写反"),
    ("no number", {"校址": _sites(经度="东")}, "不是度数"),
    ("existing", {"校址": _sites(现有="也许")}, "应为 是、否 之一"),
    ("no most", {"校址": _sites(最多教室数="")}, "候选校址须写最多教室数"),
    ("too small a site", {"校址": _sites(最多教室数=6)}, "最多 6 班建不成最少 12 班"),
    ("classes due without a year", {"校址": _sites(须建班数=6)}, "没有写须建成年份"),
    ("no sheet", {"需求": [("片块编号", "年份", "中方案")]}, "缺少表“需求”"),
    ("freed of nobody", {"腾出": [("校址编号", "年份", "班数"), ("s9", 2026, 1)]}, "没有校址 s9"),
    ("freed too many", {"腾出": [("校址编号", "年份", "班数"), ("s1", 2026, -3)]}, "减到了 0 以下"),
    ("way of nobody", {"路程": [("片块编号", "校址编号", "路程"), ("b9", "s1", 1)]}, "没有 b9"),
]


@pytest.mark.parametrize("bad", _BAD, ids=lambda bad: bad[0])
def test_bad_cells_are_told_with_their_place(tmp_path: Path, bad: tuple[str, dict[str, Any], str]) -> None:
    with pytest.raises(UserError) as caught:
        read_problem(write(tmp_path, **bad[1]))
    assert bad[2] in str(caught.value)
    assert "site.xlsx" in str(caught.value) or "需求" in str(caught.value)


def _faults(path: Path) -> list[str]:
    """The faults told, a line each."""
    with pytest.raises(UserError) as caught:
        read_problem(path)
    return [line.strip() for line in caught.value.what.zh.splitlines() if line.strip()[:1].isdigit()]


def test_an_existing_school_at_an_impossible_place_is_refused(tmp_path: Path) -> None:
    sites = [*SITES, ("s3", "三校", "是", 121.0, 31.0, 9, 9, "", "", "", "", "")]
    (fault,) = _faults(write(tmp_path, 校址=sites))
    assert all(words in fault for words in ("site.xlsx [校址] D4", "三校", "200 千米以上"))


def test_blank_rooms_that_others_are_added_to_are_the_fault(tmp_path: Path) -> None:
    freed = [("校址编号", "年份", "班数"), ("s1", 2027, 1)]
    (fault,) = _faults(write(tmp_path, 腾出=freed, 校址=[SITES[0], _with("s1", 现有教室数=""), SITES[2]]))
    assert "[校址] F2" in fault
    assert "现有教室数为空" in fault


def test_a_bad_place_is_no_absent_site_to_what_is_freed(tmp_path: Path) -> None:
    freed = [("校址编号", "年份", "班数"), ("s1", 2027, 1)]
    bad = [SITES[0], _with("s1", 经度=40.0, 纬度=110.0), SITES[2]]
    (fault,) = _faults(write(tmp_path, 腾出=freed, 校址=bad))
    assert "经度、纬度是否写反" in fault


def _with(name: str, **cells: Any) -> tuple[Any, ...]:
    row = next(row for row in SITES if row[0] == name)
    return tuple((dict(zip(SITES[0], row, strict=True)) | cells).values())


def test_bad_cells_of_all_sheets_are_told_at_once_and_each_once(tmp_path: Path) -> None:
    demand = [*DEMAND[:3], ("b2", 2026, "abc", "", 70), ("b2", 2027, 50, -4, 70)]
    found = _faults(write(tmp_path, 需求=demand, 校址=[SITES[0], _with("s1", 最多教室数="x"), SITES[2]]))
    assert len(found) == 4
    assert sorted(cell for cell in ("C4", "D4", "D5", "G2") for line in found if f"] {cell}：" in line) == [
        "C4", "D4", "D5", "G2",
    ]  # fmt: skip


def test_prices_that_are_nowhere_are_a_line_each_with_the_rows_counted(tmp_path: Path) -> None:
    text = PROBLEM.replace("costs_wan: {open: 100, class: 10, yearly: 20, class_yearly: 5, close: 1}\n", "")
    found = _faults(write(tmp_path, text=text))
    assert len(found) == 5
    assert any("每校年运行费有 2 行空白" in line for line in found)


def test_a_missing_column_is_the_only_fault(tmp_path: Path) -> None:
    (fault,) = _faults(write(tmp_path, 需求=[row[:2] for row in DEMAND]))
    assert "缺少列 中方案" in fault


def test_like_faults_of_demand_are_counted(tmp_path: Path) -> None:
    blocks = [*BLOCKS, *((f"c{at}", f"{at}片", "乙街道", 110.0, 40.0, "") for at in range(9))]
    (fault,) = _faults(write(tmp_path, 片块=blocks))
    assert "“乙街道”和它的 9 个片块（从 c0 起）都没有需求" in fault
    town = [("", "乙街道", year, 5, 6, 7) for year in (2026, 2027)]
    rows = [
        ("片块编号", "乡镇街道", "年份", "低方案", "中方案", "高方案"),
        *((b, "", *rest) for b, *rest in DEMAND[1:]),
    ]
    (fault,) = _faults(write(tmp_path, 片块=blocks, 需求=[*rows, *town]))
    assert "有 9 个片块空白" in fault


def test_absent_years_are_one_fault(tmp_path: Path) -> None:
    text = PROBLEM.replace("2026-2027", "2026-2030")
    found = _faults(write(tmp_path, text=text))
    assert [line.split(" ", 1)[1] for line in found] == [
        f"需求 {name}：缺 2028、2029、2030 年" for name in ("b1", "b2")
    ]


@pytest.mark.parametrize("word", ["小学", "primary", "Primary"])
def test_a_stage_is_read_in_either_language(tmp_path: Path, word: str) -> None:
    text = PROBLEM.replace("stage: 小学", f"stage: {word}")
    assert read_problem(write(tmp_path, text=text))["stage"] == "primary"


def test_a_slip_in_the_models_name_is_told_alone_with_all_models(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_problem(write(tmp_path, text=PROBLEM + "model: scholls\n"))
    assert caught.value.what.zh.startswith("没有模型“scholls”；是否 schools？可用：schools、p_median")
    assert "不认识的键" not in str(caught.value)


_LINES = [
    ("years: 2026-2027", "years: 2027-2026", "逐年相连"),
    ("reach: {metres: 3000, detour: 1}", "reach: {metres: 3000, minutes: 30}", "恰写一个"),
    ("reach: {metres: 3000, detour: 1}", "reach: {minutes: 30}", "须写出行方式"),
    ("stage: 小学", "stage: 高中", "应为 小学 或 初中"),
    ("name: 小题", "name: ''", "没有填"),
    ("class: 10, ", "", "没有价格"),
    ("kind: site", "kind: site\nunmet: {rule: never}", "应为 priced 或 none"),
    ("kind: site", "kind: site\nbudget_wan: {2026: 5}", "缺 2027 年"),
    ("kind: site", "kind: site\nlead: high2", "没有情景 high2"),
    ("kind: site", "kind: site\nexisting: gone", "应为 fixed 或 free"),
    ("kind: site", "kind: site\ncosts: {}", "不认识的键 costs；是否 costs_wan？可用：kind、model"),
    ("kind: site", "kind: site\ncoordinates: guessed", "应为 surveyed 或 assumed"),
    ("tables: site.xlsx", "tables: absent.xlsx", "无法读取文件"),
]


@pytest.mark.parametrize("line", _LINES, ids=lambda line: line[1][:30])
def test_bad_lines_of_the_problem_file_are_told(tmp_path: Path, line: tuple[str, str, str]) -> None:
    assert line[0] in PROBLEM
    with pytest.raises(UserError) as caught:
        read_problem(write(tmp_path, text=PROBLEM.replace(line[0], line[1])))
    assert line[2] in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    blocks = [*BLOCKS[:2], ("b2", "二片", "甲街道", "东", 40, 60)]
    with pytest.raises(UserError) as caught:
        read_problem(write(tmp_path, 校址=_sites(最多教室数=6), 片块=blocks, 需求=DEMAND[:-1]))
    for words in ("不是度数", "建不成", "缺 2027 年"):
        assert words in str(caught.value)


def test_capacity_below_demand_is_no_fault_but_a_shortage_told(tmp_path: Path) -> None:
    demand = [
        DEMAND[0],
        *((block, year, 5000, 6000, 7000) for block in ("b1", "b2") for year in (2026, 2027)),
    ]
    frozen = read_problem(write(tmp_path, 需求=demand))
    outcome = solve(frozen)
    cut = next(row for row in outcome["unavoidable"] if (row["scenario"], row["year"]) == ("mid", 2027))
    assert (cut["children"], cut["seats"]) == (12_000, 45 * (4 + 12))
    assert outcome["status"] in ("optimal", "within_gap")
