"""Every check has a row that fails it and a row that passes; what is blamed is blanked, nothing else changes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from junheng.basics import UserError
from junheng.data import Problem, Snapshot, check_snapshot, load_checks, load_dictionary
from junheng.data.checks.definition import Check

CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("test_checks_cases.yaml").read_text(encoding="utf-8")
)
WRITTEN = [check for check in load_checks() if not check.rule.facet]
Make = Callable[..., Snapshot]


def _case(check: Check) -> dict[str, Any] | None:
    return CASES.get(check.key) or CASES.get(check.id)


def _bound(given: Any, check: Check) -> Any:
    """``given`` with the bound names replaced by their columns; columns a table does not have are left out."""
    if isinstance(given, list):
        return [_bound(row, check) for row in given]
    return {check.bound.get(name, name): value for name, value in given.items()}


def _tables(given: Mapping[str, Any], check: Check) -> dict[str, Any]:
    found = {}
    for name, rows in given.items():
        columns = load_dictionary().tables[name].columns
        bound = _bound(rows, check)
        listed = bound if isinstance(bound, list) else [bound]
        found[name] = [{k: v for k, v in row.items() if k in columns} for row in listed]
    return found


def _problems(given: Mapping[str, Any], check: Check, make: Make) -> list[Problem]:
    now = {name: rows for name, rows in given.items() if name != "previous"}
    before = make(_tables(given["previous"], check), 2023) if "previous" in given else None
    found = check_snapshot(make(_tables(now, check)), before, checks=[check]).problems
    return [problem for problem in found if problem.check == check.id]


def test_every_check_has_a_case() -> None:
    assert [check.key for check in WRITTEN if _case(check) is None] == []


def test_every_case_has_a_check() -> None:
    known = {check.key for check in load_checks()} | {check.id for check in load_checks()}
    assert sorted(set(CASES) - known) == []


@pytest.mark.parametrize("check", WRITTEN, ids=lambda check: check.key)
def test_the_failing_row_fails(check: Check, snapshot_of: Make) -> None:
    case = _case(check)
    assert case is not None
    problems = _problems(case["fails"], check, snapshot_of)
    assert len(problems) >= 1
    for problem in problems:
        assert problem.severity == check.rule.severity
        assert "{" not in problem.what.zh + problem.what.en + problem.fix.zh
        assert problem.column == (check.marks[0][1] if check.marks else "")


@pytest.mark.parametrize("check", WRITTEN, ids=lambda check: check.key)
def test_the_passing_row_passes(check: Check, snapshot_of: Make) -> None:
    case = _case(check)
    assert case is not None
    assert _problems(case["passes"], check, snapshot_of) == []


@pytest.mark.parametrize("check", [c for c in WRITTEN if c.blames], ids=lambda check: check.key)
def test_a_logic_check_blanks_what_it_blames_and_nothing_else(check: Check, snapshot_of: Make) -> None:
    case = _case(check)
    assert case is not None
    before = snapshot_of(_tables(case["fails"], check))
    checked = check_snapshot(before, checks=[check])
    assert {(table, column) for table, _, column in checked.blanked} == set(check.blames)
    for name, table in before.tables.items():
        after = checked.snapshot.tables[name]
        for column in table.column_names:
            gone = {at for where, at, which in checked.blanked if (where, which) == (name, column)}
            kept = [None if at in gone else v for at, v in enumerate(table.column(column).to_pylist())]
            assert after.column(column).to_pylist() == kept
        assert after.schema == table.schema


def test_a_problem_names_its_cells_and_what_was_typed(snapshot_of: Make) -> None:
    checked = check_snapshot(snapshot_of({"stage": [{"pupils": 100, "boarders": 120, "classes": 4}]}))
    (problem,) = [p for p in checked.problems if p.check == "stage.part_over_pupils"]
    assert (problem.file, problem.sheet, problem.row, problem.cell) == ("book.xlsx", "stage", 2, "G2+D2")
    assert (problem.value, problem.year, problem.school_id, problem.stage) == (
        "120",
        2024,
        "2115000001",
        "primary",
    )
    assert problem.what.zh == "寄宿生数 120 多于在校生数 100"
    assert problem.what.en == "boarders 120 exceed the 100 pupils"


def test_one_wrong_cell_is_told_once(snapshot_of: Make) -> None:
    """A negative number is blank for every other rule, and is not told again as a blank."""
    rows = {
        "stage": [{"pupils": -30, "boarders": 5, "classes": 2, "max_class_size": 20}, {"stage": "junior"}]
    }
    checked = check_snapshot(snapshot_of(rows))
    about = [p.check for p in checked.problems if p.column == "pupils" and p.stage == "primary"]
    assert about == ["cell.minimum"]
    assert checked.snapshot.tables["stage"].column("pupils").to_pylist() == [None, None]
    assert checked.snapshot.raw["stage"].column("pupils").to_pylist() == ["-30", None]


def test_a_blank_that_the_reader_told_is_not_told_again(snapshot_of: Make) -> None:
    from dataclasses import replace

    from junheng.basics import Text

    told = Problem(
        check="read.not_a_number",
        severity="logic",
        cause="x",
        what=Text("不是数", "no number"),
        fix=Text("改", "mend"),
        table="stage",
        column="pupils",
        row=2,
        year=2024,
        school_id="2115000001",
        stage="primary",
    )
    rows = {"stage": [{"pupils": None}, {"stage": "junior", "pupils": 60}]}
    snapshot = replace(snapshot_of(rows), problems=(told,))
    found = check_snapshot(snapshot).problems
    assert [p.check for p in found if p.table == "stage" and p.column == "pupils"] == ["read.not_a_number"]


def test_a_wholly_blank_column_is_one_problem(snapshot_of: Make) -> None:
    rows = {"stage": [{"pupils": None, "classes": 3}, {"stage": "junior", "pupils": None}]}
    found = [p for p in check_snapshot(snapshot_of(rows)).problems if p.column == "pupils"]
    assert [(p.check, p.row) for p in found] == [("blank.stage", 0)]


def test_years_of_one_input_are_compared(snapshot_of: Make) -> None:
    old, new = snapshot_of({"stage": {"pupils": 100}}, 2023), snapshot_of({"stage": {"pupils": 200}}, 2024)
    both = {name: pa.concat_tables([old.tables[name], table]) for name, table in new.tables.items()}
    problems = check_snapshot(Snapshot(both, new.sources, ())).problems
    assert [(p.check, p.year) for p in problems if p.check.startswith("change.")] == [
        ("change.count_jump", 2024)
    ]


def test_a_previous_input_of_the_same_year_is_refused(snapshot_of: Make) -> None:
    with pytest.raises(UserError, match="precedes"):
        check_snapshot(snapshot_of({}), snapshot_of({}))


def test_an_absurd_integer_does_not_overflow(snapshot_of: Make) -> None:
    rows = {"stage": {"pupils": 2**62, "classes": 2**62, "max_class_size": 2**62}}
    problems = check_snapshot(snapshot_of(rows)).problems
    assert {p.column for p in problems if p.check == "cell.maximum"} == {
        "pupils",
        "classes",
        "max_class_size",
    }


def test_an_empty_table_fails_nothing(snapshot_of: Make) -> None:
    snapshot = snapshot_of({"school": [], "stage": [], "teacher_count": []})
    assert [p for p in check_snapshot(snapshot).problems if p.row] == []
