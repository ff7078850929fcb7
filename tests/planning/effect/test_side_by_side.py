"""Before beside after, from plain values."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.planning.effect.judging import DISTRICT, after, judged, unchanged
from tests.planning.effect.test_planned import PARENT, POINT, closing

from junheng.planning.effect import effect_rows, effect_tables, side_of

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
