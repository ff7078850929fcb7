"""The shipped example: solved to proof, written the same again, and the same from findings as from its tables."""

import importlib.util
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from junheng.data import check_snapshot, read_input, read_sheets
from junheng.judgement import assess, write_finding
from junheng.planning.pair import read_problem, solve, summary, tables
from junheng.standards import resolve

HEAD = 'kind: pair\ncounty: {code: "999901", name: XX区}\non: 2024-09-01\n'


@pytest.mark.parametrize("name", ["problem", "groups", "trusteeship"])
def test_the_examples_are_solved_to_proof(example_district: Path, name: str) -> None:
    found = read_problem(example_district.parent / "plans" / "pair" / f"{name}.yaml")
    outcome = solve(found)
    assert (outcome["status"], outcome["gap"]) == ("optimal", 0)
    expected = {"problem": (24672, 19), "groups": (20870, 15), "trusteeship": (4000, 2)}[name]
    assert (outcome["objective"]["need"], outcome["objective"]["pairs"]) == expected
    assert 3 <= len(summary(found, outcome)) <= 8
    for table in tables(found, outcome):
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.name


def test_the_tables_are_those_the_program_writes(example_district: Path) -> None:
    folder = example_district.parent / "plans" / "pair"
    spec = importlib.util.spec_from_file_location("make_pair", folder / "make_pair.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.sheets()
    for grid in read_sheets(folder / "pair.xlsx"):
        heading, rows = made[grid.sheet]
        assert tuple(grid.rows[0]) == tuple(heading)
        assert len(grid.rows) == len(rows) + 1
        for shown, row in zip(grid.rows[1:], rows, strict=True):
            assert [_plain(cell) for cell in shown] == [_plain(cell) for cell in row]


def _plain(cell: object) -> object:
    """Numbers to twelve digits: a sheet keeps 16, a double 17."""
    return f"{cell:.12g}" if isinstance(cell, int | float) else cell or ""


def test_needs_and_values_come_from_findings_as_well(example_district: Path, tmp_path: Path) -> None:
    """The finding of the district gives the needs and values that the example's tables hold."""
    example = example_district.parent / "plans" / "pair"
    checked = check_snapshot(read_input(example_district))
    assessed = assess(checked, resolve("quality-2017", on=date(2024, 9, 1)), year=2024)
    write_finding(assessed, tmp_path / "finding", command="test")
    path = tmp_path / "problem.yaml"
    path.write_text(
        HEAD + f"input: {example_district}\nfindings: finding\nchanges: {{before: 2023, after: 2024}}\n",
        "utf-8",
    )
    found, tabled = read_problem(path), read_problem(example / "problem.yaml")
    assert _needs(found) == _needs(tabled)
    known = {_key(v): float(Fraction(v["value"])) for v in tabled["values"] if v["year"] == 2024}
    assert {_key(v): float(Fraction(v["value"])) for v in found["values"]} == pytest.approx(
        known
    )  # 16 digits in a sheet


def _key(value: dict[str, Any]) -> tuple[str, ...]:
    return value["indicator"], value["stage"], value["school"]


def _needs(found: dict[str, Any]) -> dict[tuple[str, str], int]:
    return {(s["id"], p["stage"]): p["need"] for s in found["schools"] for p in s["stages"] if "need" in p}
