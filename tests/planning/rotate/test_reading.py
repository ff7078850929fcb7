"""Reading a rotation: what is written, what is refused, what is only told."""

from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.planning.rotate import read_problem, solve

HEAD = "教师编号,学校标识码,学段,任教学科,在本校连续任教年限,县级以上骨干教师,教师资格证学段,家庭所在地,可去学校,职务"
GOOD = ["T1,A,小学,语文,8,是,初中,甲,,", "T2,B,小学,语文,7,否,小学,,,", "T3,B,小学,数学,2,否,小学,,A,教师"]
SCHOOLS = ["A,小学,100,150,20", "B,小学,120,150.01,20"]
YAML = "kind: rotate\nyear: 2025\nteachers: t.csv\nschools: s.csv\n"


def write(
    folder: Path, rows: list[str], yaml: str = "", schools: list[str] | None = None, head: str = HEAD
) -> Path:
    (folder / "t.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    lines = ["学校标识码,学段,在校生数,经度,纬度", *(SCHOOLS if schools is None else schools)]
    (folder / "s.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "p.csv").write_text("地点,经度,纬度\n甲,150,20\n", encoding="utf-8")
    (folder / "problem.yaml").write_text(YAML + yaml, encoding="utf-8")
    return folder / "problem.yaml"


def test_a_problem_is_frozen(tmp_path: Path) -> None:
    found = read_problem(write(tmp_path, GOOD, "places: p.csv\nrule: {home_km: 10}\n"))
    first = found["persons"][0]
    assert first == {
        "id": "T1", "school": "A", "stage": "primary", "subject": "语文", "role": "teacher", "years": 8,
        "has": ["backbone"], "home": "甲", "certificate": ["junior"],
    }  # fmt: skip
    assert found["persons"][2]["reach"] == ["A"]
    assert found["rule"] | {"home_km": 10} == found["rule"]
    assert (found["rule"]["moved_of_eligible"], found["rule"]["backbone_of_moved"]) == ("0.1", "0.2")
    assert {row["certainty"] for row in found["sources"]} <= {"found", "known", "local", "assumed"}
    # 0.01° of longitude at 20° N: 6,371,008.8 m · 0.01° · cos 20° = 1,044.9 m, times 1.3
    assert found["pairs"]["primary"] == {"A": {"B": 1358}, "B": {"A": 1358}}
    assert found["homes"]["甲"]["B"] == 1358
    assert solve(found)["status"] == "optimal"


def refused(tmp_path: Path, rows: list[str], yaml: str = "", **more: object) -> str:
    with pytest.raises(UserError) as caught:
        read_problem(write(tmp_path, rows, yaml, **more))  # type: ignore[arg-type] # as given by the test
    return "\n".join(map(str, caught.value.lines()))


@pytest.mark.parametrize(
    ("yaml", "told"),
    [
        ("rule: {moved_of_eligable: 0.1}\n", "moved_of_eligible"),
        ("rule: {moved_of_eligible: 1.5}\n", "more than 1"),
        ("rule: {most_moved_of_eligible: 0.05}\n", "contradict"),
        ("rule: {principals_of_due: 0.1}\n", "principal_terms"),
        ("rule: {backbone_of_moved: off}\n", "cannot be off"),
        ("rule: {nearest: 2.5}\n", "whole number"),
        ("objective: best\n", "gap or cv"),
        ("attributes: [{id: backbone, weight: 0}]\n", "every weight is 0"),
        ("attributes: [{id: above}]\n", "column"),
        ("attributes: [{id: above, column: 高于规定学历}]\n", "高于规定学历"),
        ("scholls: x\n", "schools"),
        ("rule: {home_km: 5}\n", "甲"),
        ("year: 2026\n", "twice"),
    ],
)
def test_a_fault_of_the_problem_file_is_told(tmp_path: Path, yaml: str, told: str) -> None:
    assert told in refused(tmp_path, GOOD, yaml)


def test_faults_of_the_list_are_told_at_once(tmp_path: Path) -> None:
    rows = [
        "T1,A,小学,语文,eight,是,初中,,,", "T2,Z,小学,语文,7,否,小学,,,", "T4,A,大学,语文,7,否,小学,,,",
        "T5,A,小学,语文,7,也许,小学,,,", "110101199003077758,A,小学,语文,7,否,小学,,,", "T6,A,小学,语文,7,否,幼师,,,",
        "T7,A,小学,语文,7,否,小学,,,", "T7,A,小学,语文,7,否,小学,,,",
    ]  # fmt: skip
    text = refused(tmp_path, rows)
    for place in ("E2", "B3", "C4", "F5", "A6", "G7", "A9"):
        assert place in text
    assert "pseudonyms" in text


def test_what_is_absent_is_listed_never_zero(tmp_path: Path) -> None:
    rows = [*GOOD, "T4,C,小学,语文,8,,小学,,,", "T5,D,小学,语文,8,是,小学,,,"]
    found = read_problem(
        write(tmp_path, rows, schools=[*SCHOOLS, "C,小学,90,150,20.01", "D,小学,,150,20.01"])
    )
    assert [(row["school_id"], row["missing"]) for row in found["cannot_tell"]] == [
        ("C", ["backbone"]),
        ("D", ["pupils"]),
    ]
    assert [school["id"] for school in found["schools"] if school["stages"]] == ["A", "B"]
    outcome = solve(found)
    assert {row["person"]: row["reason"] for row in outcome["blocked"]} == {"T4": "school", "T5": "school"}
    assert {"T4", "T5"} <= set(outcome["shares"][0]["denominator"])


def test_without_places_a_distance_limit_lists_the_schools(tmp_path: Path) -> None:
    schools = ["A,小学,100,,", "B,小学,120,,"]
    found = read_problem(write(tmp_path, GOOD, "rule: {most_km: 5}\n", schools))
    assert all("distances" in row["missing"] for row in found["cannot_tell"])
    found = read_problem(write(tmp_path, GOOD, "", schools))
    assert found["pairs"]["primary"] == {"A": {"B": "unknown"}, "B": {"A": "unknown"}}
    assert solve(found)["fairness"]["unknown_metres"] == len(solve(found)["moves"])


def test_names_are_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, [row + ",张三" for row in GOOD], head=HEAD + ",姓名")
    assert "张三" not in str(read_problem(path))
