"""The audit of zones, worked by hand on six blocks in a row; mutations of it are caught by its check."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.zone.tables import HEAD, TABLES, written

from junheng.basics import UserError
from junheng.planning.zone.audit import audit, audit_today, parts
from junheng.planning.zone.check_audit import check_audit
from junheng.planning.zone.door import check, solve
from junheng.planning.zone.problem import read_problem

ATTENDING = (
    "片块编号,学校标识码,学生数\nA,S1,38\nA,S2,2\nB,S1,30\nC,S1,15\nC,S2,5\nD,S2,10\nE,S2,49\nE,S9,1\n"
)


@pytest.fixture
def problem(tmp_path: Path) -> dict[str, Any]:
    return read_problem(
        written(tmp_path, HEAD + "mode: audit\n", 就读=ATTENDING, 学校=_placed("城区", "121"))
    )


def _placed(one: str, other: str) -> str:
    """The schools' table with town or country."""
    text = TABLES["学校"].replace("学位\n", "学位,城乡\n")
    return text.replace(",80\n", f",80,{one}\n").replace(",100\n", f",100,{other}\n")


def test_ways_by_hand(problem: dict[str, Any]) -> None:
    """S1: A 0 m × 40, B 1302 × 30, C 2603 × 20; S2: D 2603 × 10, E 1302 × 50, F without pupils."""
    found = audit_today(problem)
    assert found["pupils"] == 150
    ways = found["ways"]
    assert ways["mean_m"] == 1215  # (1302 × 80 + 2603 × 30) / 150
    assert (ways["near_all_m"], ways["farthest_m"]) == (2603, 2603)
    first = found["zones"][0]
    assert (first["pupils"], first["capacity"], first["ways"]["farthest_block"]) == (90, 80, "C")
    assert found["seats"] == {
        "capacity": 180, "pupils": 150, "over": [{"zone": "S1", "pupils": 10}], "short": 10, "unknown": [],
    }  # fmt: skip


def test_own_zone_nearest_and_radius_by_hand(problem: dict[str, Any]) -> None:
    found = audit_today(problem)
    assert (found["own"]["pupils"], found["own"]["told"], found["own"]["share"]) == (142, 150, "71/75")
    assert found["own"]["verdict"] == "not_met"  # the line of primary schools is 100 %
    assert [(z["inside"], z["elsewhere"]) for z in found["zones"]] == [(83, 7), (59, 1)]
    assert found["nearest"] == {"told": 150, "pupils": 150}
    assert found["radius"] == {"told": 150, "pupils": 110, "line_m": 500}  # all but block A; F has nobody
    assert found["beyond"] == {"told": 150, "pupils": 0, "reach_m": 3000}


def test_without_homes_the_share_is_not_told(tmp_path: Path) -> None:
    found = audit_today(read_problem(written(tmp_path)))
    assert found["own"] == {"told": 0}
    assert "inside" not in found["zones"][0]


def test_the_line_is_for_day_schools_of_towns(tmp_path: Path) -> None:
    country = audit_today(read_problem(written(tmp_path, 就读=ATTENDING, 学校=_placed("城区", "乡村"))))
    assert (country["own"]["pupils"], country["own"]["told"]) == (83, 90)
    untold = audit_today(read_problem(written(tmp_path, 就读=ATTENDING)))
    assert (untold["own"]["told"], untold["own"]["verdict"]) == (150, "cannot_tell")


def test_the_schools_own_counts_stand_in_for_homes(tmp_path: Path) -> None:
    schools = TABLES["学校"].replace("学位\n", "学位,在校生,学区内学生\n").replace(",80\n", ",80,90,81\n")
    found = audit_today(read_problem(written(tmp_path, 学校=schools)))
    assert (found["own"]["by"], found["own"]["share"]) == ("schools", "0.9")


def test_boarding_schools_have_no_radius(tmp_path: Path) -> None:
    schools = (
        TABLES["学校"]
        .replace("学位\n", "学位,是否寄宿制\n")
        .replace(",80\n", ",80,是\n")
        .replace(",100\n", ",100,否\n")
    )
    assert audit_today(read_problem(written(tmp_path, 学校=schools)))["radius"] == {
        "told": 60,
        "pupils": 60,
        "line_m": 500,
    }


def test_a_split_zone_and_another_version(problem: dict[str, Any]) -> None:
    zone_of = {"A": "S1", "B": "S2", "C": "S1", "D": "S2", "E": "S2", "F": "S2"}
    found = audit(problem, problem["today"]["zones"], zone_of)
    assert found["split"] == ["S1", "S2"]
    assert found["zones"][0]["parts"] == [["A"], ["C"]]
    assert found["zones"][1]["parts"] == [["D", "E", "F"], ["B"]]
    assert found["own"] == {"told": 0}  # who will attend zones that are not yet in force nobody knows


def test_blocks_in_no_zone_are_named(problem: dict[str, Any]) -> None:
    found = audit(problem, problem["today"]["zones"], {"A": "S1"})
    assert (found["unassigned"], found["pupils"]) == (["B", "C", "D", "E", "F"], 40)
    assert found["zones"][1]["ways"] == {"told": 0}


def test_a_closing_school_does_not_count_as_the_nearest_afterwards(tmp_path: Path) -> None:
    text = (
        "学校标识码,学校名称,学段,经度,纬度,学位,停办\nS1,东校,小学,110,0,200,\nS2,西校,小学,110.045,0,,是\n"
    )
    problem = read_problem(written(tmp_path, HEAD + "limits: {reach_m: 9000}\n", 学校=text))
    after = audit(problem, problem["zones"], dict.fromkeys("ABCDEF", "S1"))
    assert after["nearest"] == {"told": 150, "pupils": 150}
    assert audit_today(problem)["seats"]["unknown"] == ["S2"]


def test_audit_mode_solves_nothing_and_checks_itself(problem: dict[str, Any]) -> None:
    outcome = solve(problem)
    assert outcome["audit"] == audit_today(problem)
    assert check(problem, outcome) == ()
    assert solve(problem) == outcome


def test_audit_needs_no_seats(tmp_path: Path) -> None:
    schools = TABLES["学校"].replace(",80\n", ",\n")
    problem = read_problem(written(tmp_path, HEAD + "mode: audit\n", 学校=schools))
    assert audit_today(problem)["seats"]["unknown"] == ["S1"]
    with pytest.raises(UserError, match="没有学位"):
        read_problem(written(tmp_path, 学校=schools))


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(found: dict[str, Any]) -> None:
        *way, last = path.split(".")
        for key in way:
            found = found[int(key)] if isinstance(found, list) else found[key]
        found[last] = value

    return change


@pytest.mark.parametrize(
    "path",
    [
        "pupils", "blocks", "ways.mean_m", "ways.near_all_m", "ways.farthest_m", "ways.told", "nearest.pupils", "nearest.told",
        "radius.pupils", "beyond.pupils", "seats.short", "seats.capacity", "own.pupils", "own.told", "zones.0.pupils",
        "zones.0.blocks", "zones.0.capacity", "zones.1.ways.farthest_m", "zones.0.radius.pupils", "zones.0.nearest.told",
    ],
)  # fmt: skip
def test_every_figure_of_an_audit_is_counted_again(problem: dict[str, Any], path: str) -> None:
    outcome = solve(problem)
    _set(path, 77777)(outcome["audit"])
    assert check_audit(problem, outcome)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("unassigned", ["A"]),
        ("split", ["S1"]),
        ("seats.over", []),
        ("own.verdict", "met"),
        ("own.share", "1/2"),
        ("zones.0.parts", [["A", "B"], ["C"]]),
        ("zones.0.parts", [["A", "B"]]),
    ],
)
def test_words_and_lists_of_an_audit_are_counted_again(
    problem: dict[str, Any], path: str, value: Any
) -> None:
    outcome = solve(problem)
    _set(path, value)(outcome["audit"])
    assert check_audit(problem, outcome)


def test_the_audit_of_another_problem_or_half_an_audit_is_wrong(problem: dict[str, Any]) -> None:
    outcome = solve(problem)
    other = copy.deepcopy(problem)
    other["blocks"][0]["pupils"] += 1
    assert "hash" in check_audit(other, outcome)[0].en
    del outcome["audit"]["seats"]
    assert "lacks" in check_audit(problem, outcome)[0].en
    assert check_audit(problem, {**solve(problem), "audit": {**outcome["audit"], "zones": []}})


def test_an_audit_is_computed_and_proves_nothing(problem: dict[str, Any]) -> None:
    outcome = solve(problem)
    assert outcome["status"] == "computed"
    assert "gap" not in outcome
    assert check_audit(problem, outcome) == ()
    for claim in ({"status": "optimal"}, {"gap": 0}, {"objective": {"cost": 1}}, {"bound": {"cost": 1}}):
        assert check_audit(problem, outcome | claim), claim


def test_a_wrong_figure_is_told_with_its_zone_and_both_figures(problem: dict[str, Any]) -> None:
    outcome = solve(problem)
    true = outcome["audit"]["zones"][0]
    name = next(zone["name"] for zone in problem["today"]["zones"] if zone["id"] == true["id"])
    told = true["pupils"]
    true["pupils"] = told + 1000
    (line, *_) = check_audit(problem, outcome)
    assert line.zh == f"学区 {name}（{true['id']}），学生数：写作 {told + 1000:,}，重算为 {told:,}"


@given(data=st.data())
@settings(max_examples=examples(40), deadline=None)
def test_audits_of_random_zones_agree_with_their_check(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    pupils = data.draw(st.lists(st.integers(0, 50), min_size=6, max_size=6))
    zones = data.draw(st.lists(st.sampled_from(["S1", "S2", ""]), min_size=6, max_size=6))
    lines = [f"{b},{b},{110 + 0.009 * at},0,{pupils[at]},{zones[at]}\n" for at, b in enumerate("ABCDEF")]
    blocks = "片块编号,片块名称,经度,纬度,小学生,现属小学\n" + "".join(lines)
    problem = read_problem(written(tmp_path_factory.mktemp("zone"), HEAD + "mode: audit\n", 片块=blocks))
    outcome = solve(problem)
    assert check(problem, json.loads(json.dumps(outcome))) == ()
    assert outcome["audit"]["pupils"] == sum(n for n, zone in zip(pupils, zones, strict=True) if zone)


def test_parts_of_a_ring_and_a_line() -> None:
    beside = {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}, "d": set[str]()}
    assert parts(["a", "b", "c", "d"], beside) == [["a", "b", "c"], ["d"]]
    assert parts(["a", "c"], beside) == [["a"], ["c"]]
    assert parts([], beside) == []
