"""Before beside after, from plain values."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.planning.effect.judging import DISTRICT, after, judged, unchanged
from tests.planning.effect.test_planned import PARENT, POINT, closing

from junheng.planning.effect import effect_rows, effect_tables, effect_words, scenario_table, side_of

Json = dict[str, Any]


def test_nothing_changed_leaves_no_change(tmp_path: Path) -> None:
    sides = [side_of(*judged(DISTRICT)), side_of(*after(unchanged(), tmp_path / "state"))]
    rows = effect_rows(*sides)
    assert sides[0] == sides[1]
    assert {row["change"] for row in rows} == {"0"}
    by_key = {(row["stage"], row["key"]): row["before"] for row in rows}
    assert by_key["primary", "R1:met"] == 46
    assert by_key["junior", "passed"] == 0
    assert effect_tables(*sides)[1].rows == []


def test_a_closed_teaching_point_side_by_side(tmp_path: Path) -> None:
    walks = [[{"stage": "primary", "pupils": 41, "metres": metres}] for metres in (700, 2600)]
    before = side_of(*judged(DISTRICT), walks[0])
    later = side_of(*after(closing({"classes": 12, "largest": 45}), tmp_path / "state"), walks[1], 120_000)
    rows = {(row["stage"], row["key"]): row for row in effect_rows(before, later)}
    walk = rows["primary", "metres_mean"]
    assert [walk[key] for key in ("unit", "before", "after", "change", "turn")] == [
        "米",
        700,
        2600,
        "1900",
        -1,
    ]
    assert "before" not in rows["", "cost_yuan"]
    assert "change" not in rows["", "cost_yuan"]
    assert Fraction(rows["primary", "R4:cv"]["change"]) != 0
    county, schools = effect_tables(before, later)
    names = [row[0] for row in schools.rows]
    assert all(POINT not in str(name) for name in names)
    assert len(county.rows) == len(rows)
    assert later["schools"][f"{PARENT}/primary"]["name"] == before["schools"][f"{PARENT}/primary"]["name"]


def test_what_one_side_lacks_is_absent_not_zero() -> None:
    verdict: Json = {"year": 2024, "stages": {}, "schools": []}
    stage = {"schools": 1, "passed": 0, "undecided": 0, "indicators": {}}
    school = {"school_id": "a", "stage": "primary", "name": "甲", "verdict": "met", "indicators": {}}
    told = verdict | {"stages": {"primary": stage}, "schools": [school]}
    known = side_of(
        told, [{"school_id": "a", "stage": "primary", "pupils": 90, "classes": 2, "max_class_size": None}]
    )
    absent = side_of(told, [{"school_id": "a", "stage": "primary", "pupils": 90, "classes": None}])
    rows = {row["key"]: row for row in effect_rows(known, absent)}
    assert rows["class_mean"]["before"] == 45
    assert {"after", "change", "turn"} & set(rows["class_mean"]) == set()
    assert rows["classes_untold"]["change"] == "1"
    assert "class_largest" not in rows
    walk = side_of(
        told, (), [{"stage": "primary", "pupils": 3, "metres": 10}, {"stage": "primary", "pupils": 2}]
    )
    assert (walk["stages"]["primary"]["metres_mean"], walk["stages"]["primary"]["metres_untold"]) == (10, 2)


def test_scenarios_stand_in_columns_with_today_first(tmp_path: Path) -> None:
    walk = [{"stage": "primary", "pupils": 41, "metres": 700}]
    today = side_of(*judged(DISTRICT), walk)
    closed = side_of(*after(closing({"classes": 12, "largest": 45}), tmp_path / "a"), (), 120_000)
    table = scenario_table({"现状": today, "甲": closed, "乙": today})
    assert [column.heading.zh for column in table.columns] == ["学段", "项目", "单位", "现状", "甲", "乙"]
    rows = {(str(row[0]), str(row[1]).split(" | ")[0]): row[3:] for row in table.rows}
    walks = next(cells for (_, name), cells in rows.items() if name == "上学路程（平均）")
    assert walks == ("700", None, "700"), "a side that does not know says nothing"
    cost = next(cells for (_, name), cells in rows.items() if name == "方案费用")
    assert cost == (None, "120000", None)


def test_what_gets_worse_is_said_in_words() -> None:
    def side(cv: str, verdict: str, met: int, schools: dict[str, Json]) -> Json:
        told = {"R1": {"met": met, "not_met": 0, "undecided": 0, "cv": cv, "cv_verdict": verdict}}
        return {"year": 2024, "stages": {"primary": {"indicators": told}}, "schools": schools}

    first, later = ({f"{name}/primary": {"name": name}} for name in ("甲校", "乙校"))
    words = effect_words(side("0.2993", "met", 46, first), side("0.5589", "not_met", 37, later))
    assert [line.zh for line in words] == [
        "差异系数由不超变为超过上限：小学 R1 0.2993→0.5589。",
        "达标校减少的指标：小学 R1 46→37。",
        "方案后才判定的学校（学段） 1 个：乙校（新设、停办，或学生数使其计入、不计入）。",
        "方案后不再判定的学校（学段） 1 个：甲校（新设、停办，或学生数使其计入、不计入）。",
    ]
    assert effect_words(side("0.1", "met", 3, first), side("0.1", "met", 3, first)) == ()


def test_a_mean_over_the_few_that_say_is_not_told() -> None:
    rows = [
        {"school_id": name, "stage": "primary", "pupils": 90, "classes": classes, "max_class_size": largest}
        for name, classes, largest in (("甲", 2, 45), ("乙", None, None))
    ]
    schools = [
        {"school_id": name, "stage": "primary", "name": name, "verdict": "met", "indicators": {}}
        for name in "甲乙"
    ]
    stage = {"schools": 2, "passed": 2, "undecided": 0, "indicators": {}}
    told = side_of({"year": 2024, "stages": {"primary": stage}, "schools": schools}, rows)
    assert told["stages"]["primary"]["classes_untold"] == 1
    assert "class_mean" not in told["stages"]["primary"]
    assert "class_largest" not in told["stages"]["primary"]
