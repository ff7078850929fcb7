"""From a roll to a drawn result: entrants, freeze, the ceremony's own steps are the draws' tests."""

from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.class_formation import entrants, plan_from, propose_problem, read_intake, run_draw
from junheng.draws import freeze

HEAD = "学校,年级,姓名,证件号码,性别,毕业学校,同班,回避,留守儿童,语文,数学"
PLAN_K = 2


def roll(tmp_path: Path, lines: list[str]) -> Path:
    path = tmp_path / "roll.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path


LINES = [
    "甲中学,七年级,张一,P001,男,东小学,1,,是,80,90",
    "甲中学,七年级,张二,P002,男,东小学,1,,否,70,60.5",
    "甲中学,七年级,李明,P003,女,西小学,,x,否,88,99",
    "甲中学,七年级,李明,P004,女,西小学,,,否,60,",
    "甲中学,七年级,王五,P005,女,,,x,否,75,77",
    "甲中学,七年级,赵六,P006,男,东小学,,,,66,88",
]


def test_rows_hold_no_name_and_no_label(tmp_path: Path) -> None:
    found = entrants(read_intake(roll(tmp_path, LINES)))
    rows = [entrant.row for entrant in found]
    assert found[0].identity == {"name": "张一", "id_number": "P001"}
    assert found[0].family == found[1].family != ""
    assert found[2].family == ""
    assert rows[0]["flags"] == {"left_behind": 1}
    assert rows[5]["flags"] == {}
    assert rows[3]["marks"] == {"语文": 120}
    text = str(rows)
    assert not any(word in text for word in ("张一", "P001", "李明", "'x'"))


def test_labels_and_same_names_become_apart_ids(tmp_path: Path) -> None:
    intake = read_intake(roll(tmp_path, LINES))
    rows = [entrant.row["apart"] for entrant in entrants(intake)]
    assert rows == [[], [], ["apart-1", "apart-2"], ["apart-2"], ["apart-1"], []]
    without = [entrant.row["apart"] for entrant in entrants(intake, same_names_apart=False)]
    assert without == [[], [], ["apart-1"], [], ["apart-1"], []]


def test_an_intake_with_faults_makes_no_entrants(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        entrants(read_intake(roll(tmp_path, [*LINES, LINES[0]])))


def test_the_proposed_problem_is_a_plan_and_forms_classes(tmp_path: Path) -> None:
    intake = read_intake(roll(tmp_path, LINES))
    problem = propose_problem(intake)
    problem["groups"] = [{"school": "甲中学", "grade": "七年级", "classes": PLAN_K, "teams": ["甲", "乙"]}]
    names = [c.name for c in plan_from(problem).covariates]
    assert names == ["总分", "语文", "数学", "总分²", "语文²", "数学²", "留守儿童", "毕业学校"]
    folder = tmp_path / "draw"
    options = {"draw_id": "2027-c", "title": "编班", "purpose": "rehearsal", "kind": "classes"}
    roll_head = freeze(folder, hash_name="sha256", entrants=entrants(intake), **options)
    assert (roll_head.rows, roll_head.units) == (6, 5)
    rows = [_strict(line) for line in (folder / "roll" / "rows.jsonl").read_bytes().splitlines()]
    spec = {"kind": "classes", "hash": "sha256", "problem": problem}
    outcome = run_draw(spec, rows, bytes(32))
    classes = {leaf["pid"]: leaf["class"] for leaf in outcome.leaves}
    bound = [classes[row["pid"]] for row in rows if row["unit"] != row["pid"]]
    assert len(bound) == 2
    assert len(set(bound)) == 1
    for name in ("apart-1", "apart-2"):
        assert len({classes[row["pid"]] for row in rows if name in row["apart"]}) == 2


def _strict(line: bytes) -> dict[str, object]:
    from junheng.draws import strict_json

    found: dict[str, object] = strict_json(line)
    return found


def test_without_marks_nothing_is_balanced_by_marks(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    path.write_text("学校,年级,姓名,证件号码,性别\n甲小学,一年级,张一,P1,男\n", encoding="utf-8")
    assert propose_problem(read_intake(path), method="stratified")["covariates"] == []


def test_one_subject_alone_is_the_total(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    path.write_text("学校,年级,姓名,证件号码,性别,总分\n甲中学,七年级,张一,P1,男,250.5\n", encoding="utf-8")
    found = [(c["name"], c["source"]) for c in propose_problem(read_intake(path))["covariates"]]
    assert found == [("总分", "mark"), ("总分²", "squared")]
