from datetime import date
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.standards import list_standards, resolve
from junheng.verification.condemned import cell_rules, relation_rules
from junheng.verification.definitions import CHECKS, INDICATORS, REGISTERS, entries, formulas, read_yaml


def test_the_definitions_are_where_they_are_looked_for() -> None:
    assert {"severity", "fails_when"} <= set(entries(CHECKS)[0])
    assert {"numerator", "denominator"} <= set(entries(INDICATORS)[0])
    assert set(read_yaml(REGISTERS)) == {"teacher", "pupil"}


def test_without_definitions_nothing_is_verified(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        entries(tmp_path)
    with pytest.raises(UserError):
        read_yaml(tmp_path / "absent.yaml")


def test_every_indicator_and_relaxation_of_the_library_is_understood() -> None:
    for head in list_standards():
        standard = resolve(head.id, on=date(2024, 9, 1))
        found = formulas(standard)
        assert list(found) == [rule.id for rule in standard.indicators]
        assert sum(len(formula.extras) for formula in found.values()) == len(standard.relaxations)
        for formula in found.values():
            assert set(standard.stages) <= set(formula.numerator)


def test_an_indicator_that_is_defined_nowhere_is_refused() -> None:
    standard = resolve("quality-2017", on=date(2024, 9, 1))
    lost = standard.indicators[0].model_copy(update={"indicator": "no_such"})
    with pytest.raises(UserError):
        formulas(standard.model_copy(update={"indicators": (lost,)}))


def test_an_indicator_of_ones_own_is_found(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "- {id: no_such, unit: {zh: 人, en: p}, quantity_unit: {zh: 人, en: p}, whole: true, scale: 10,\n"
        "   numerator: full_time, denominator: pupils}\n",
        "utf-8",
    )
    standard = resolve("quality-2017", on=date(2024, 9, 1))
    named = standard.indicators[0].model_copy(update={"indicator": "no_such"})
    found = formulas(standard.model_copy(update={"indicators": (named,)}), [own])
    assert found["R1"].scale == 10


def test_the_rules_that_condemn_cells_are_many_and_all_understood() -> None:
    """Were one not read, a cell would silently count here and not there."""
    logic = [entry for entry in entries(CHECKS) if entry["severity"] == "logic"]
    for table in ("school", "stage", "teacher_count", "premises", "finance", "class", "teacher", "pupil"):
        assert cell_rules(table)
    related = [entry for entry in logic if not entry.get("facet") and entry.get("blames")]
    views = {entry["view"] for entry in related}
    known = {rule.id for view in views for rule in relation_rules(view)}
    assert known == {entry["id"] for entry in related}
