"""A layout's state as an input: unchanged is the same verdict; what is not known is absent."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.effect.judging import DISTRICT, YEAR, after, base, judged, unchanged

from junheng.basics import UserError
from junheng.data import read_input
from junheng.planning.effect import planned_state, write_planned
from junheng.planning.effect.followers import dealt

Json = dict[str, Any]
POINT, PARENT = "2199000058", "2199000038"  # G 乡丁村教学点 and its parent


def closing(extra: dict[str, Any] | None = None) -> Json:
    """The 41 pupils of the teaching point go to the central primary school."""
    state = unchanged()
    for row in state["pupils"]:
        if row["school_id"] == POINT:
            moved, row["pupils"] = row["pupils"], 0
    for row in state["pupils"]:
        if row["school_id"] == PARENT:
            row["pupils"] += moved
            row |= extra or {}
    return state | {"closed": [POINT]}


def test_nothing_changed_is_the_same_verdict(tmp_path: Path) -> None:
    before, _ = judged(DISTRICT)
    found, _ = judged(tmp_path / "state", write_planned(DISTRICT, unchanged(), tmp_path / "state"))
    assert found == before
    again, _ = after(unchanged(), tmp_path / "again")
    assert again == before


def test_a_closed_school_is_gone_and_its_pupils_count_where_they_go(tmp_path: Path) -> None:
    before, stages = judged(DISTRICT)
    found, now = after(closing({"classes": 12, "largest": 45}), tmp_path / "state")
    assert POINT not in {row["school_id"] for row in now}
    was, is_now = ({s["school_id"]: s for s in v["schools"]} for v in (before, found))
    assert is_now[PARENT]["pupils"] == was[PARENT]["pupils"] + 41
    assert is_now[PARENT]["indicators"]["R4"]["value"] < was[PARENT]["indicators"]["R4"]["value"]
    others = [key for key in is_now if key != PARENT]
    assert all(is_now[key]["indicators"] == was[key]["indicators"] for key in others)
    row = next(row for row in now if row["school_id"] == PARENT and row["stage"] == "primary")
    assert (row["classes"], row["max_class_size"], row["boarders"]) == (12, 45, None)
    assert sum(r["pupils"] for r in now) == sum(r["pupils"] for r in stages)
    readme = (tmp_path / "state" / "README.md").read_text(encoding="utf-8")
    assert "丁村教学点" in readme
    assert "不假定教师随学生调动" in readme


def primary_staff(folder: Path) -> dict[str, Json]:
    rows = read_input(folder).tables["teacher_count"].to_pylist()
    return {row["school_id"]: row for row in rows if row["year"] == YEAR and row["stage"] == "primary"}


def test_teachers_follow_only_where_the_state_says_so(tmp_path: Path) -> None:
    move = {"from": POINT, "to": PARENT, "stage": "primary", "pupils": 41}
    staff = primary_staff(base())
    write_planned(base(), closing() | {"followers": [move]}, tmp_path / "state")
    rows = primary_staff(tmp_path / "state")
    for column in ("full_time", "bachelor", "backbone", "pe"):
        assert rows[PARENT][column] == staff[PARENT][column] + staff[POINT][column]
    assert rows[PARENT]["certified"] is None
    assert POINT not in rows


def test_an_opened_school_has_only_what_is_stated(tmp_path: Path) -> None:
    state = unchanged()
    state["opened"] = [{"school_id": "2199000999", "name": "新校", "kind": "primary", "ownership": "public", "stage": "primary",
                        "urban_rural_code": "111", "premises": {"multimedia_rooms": 20}}]  # fmt: skip
    state["pupils"].append(
        {"school_id": "2199000999", "stage": "primary", "pupils": 500, "classes": 12, "largest": 42}
    )
    found, _ = after(state, tmp_path / "state")
    school = next(s for s in found["schools"] if s["school_id"] == "2199000999")
    verdicts = {key: own["verdict"] for key, own in school["indicators"].items()}
    assert verdicts["R7"] == "met"
    assert {verdicts[key] for key in ("R1", "R2", "R3", "R4", "R5", "R6")} == {"cannot_tell"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"closed": ["2199999999"]}, "关闭的学校不在数据里"),
        ({"closed": [PARENT]}, "关闭的学校仍有学生"),
        ({"opened": [{"school_id": PARENT, "name": "x"}]}, "标识码已有"),
        ({"pupils": [{"school_id": PARENT, "stage": "junior", "pupils": 3}]}, "没有这个学校的这个学段"),
        ({"year": 2021}, "没有可作基年的年份"),
    ],
)
def test_a_state_that_does_not_fit_is_refused(change: Json, words: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=words):
        write_planned(base(), unchanged() | change, tmp_path / "state")
    assert not (tmp_path / "state").exists()


def test_changed_input_is_refused_and_no_state_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "problem.yaml"
    path.write_text(f"input: {DISTRICT}\n", encoding="utf-8")
    problem = {"county": {"code": "999901"}, "inputs": [{"file": "2024.xlsx", "sha256": "0" * 64}]}
    with pytest.raises(UserError, match="有变动"):
        planned_state(path, problem, {"state": unchanged()}, tmp_path / "state")
    assert planned_state(path, problem, {}, tmp_path / "state") == ()
    assert planned_state(path, {"county": {"code": "999901"}}, {"state": unchanged()}, tmp_path / "s") == (
        2024,
    )


@settings(max_examples=examples(50))
@given(
    st.integers(0, 200),
    st.dictionaries(st.text("abcd", min_size=1), st.integers(1, 90), min_size=1, max_size=4),
)
def test_everybody_is_dealt_once_and_nearly_in_proportion(persons: int, shares: dict[str, int]) -> None:
    parts = dealt(persons, shares)
    assert sum(part or 0 for part in parts.values()) == persons
    whole = sum(shares.values())
    assert all(abs((part or 0) - persons * shares[key] / whole) < 1 for key, part in parts.items())
    assert dealt(None, shares) == dict.fromkeys(shares)
