"""The second arithmetic agrees with honest allocations and finds what was tampered with."""

import ast
import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.quota.made_problem import (
    LOT,
    any_input,
    any_rules,
    document,
    junior,
    problem,
    rules,
    senior,
)
from tests.effort import examples

import junheng.admissions.quota
from junheng.admissions import QuotaInput, QuotaLot, QuotaRules, allocate_quota, check_allocation

Json = dict[str, Any]
PACKAGE = Path(junheng.admissions.quota.__file__).parent


def _honest(**parts: Any) -> Json:
    found = document(allocate_quota(problem([31, 17, 40], [231, 118, 77, 305, 64]), rules(**parts), LOT))
    assert check_allocation(found) == []
    return found


def test_it_imports_nothing_of_the_producer() -> None:
    """Of the package only its own parts; of the standard library neither fractions nor anything of numpy."""
    for path in sorted(PACKAGE.glob("check*.py")):
        if path.name == "check_folder.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert name not in {"fractions", "decimal", "numpy"}, path.name
                if name and name.startswith("junheng.admissions"):
                    assert name.startswith("junheng.admissions.quota.check"), (path.name, name)


def _move(found: Json, frm: int, to: int, row: str = "S001") -> None:
    """One seat from one junior school to another, in the table, its columns and the list, as a skilled hand would."""
    (table,) = found["tables"]
    cells = [cell for cell in table["cells"] if cell["senior"] == row]
    rows = [seat for seat in found["seats"] if seat["senior"] == row]
    for place, change in ((frm, -1), (to, 1)):
        cells[place]["seats"] += change
        table["columns"][place]["seats"] += change
        rows[place]["seats"] += change
        rows[place]["general"] += change


def test_a_seat_moved_between_schools_is_found() -> None:
    for frm in range(5):
        for to in range(5):
            found = _honest()
            if frm != to:
                _move(found, frm, to)
                assert check_allocation(found) != [], (frm, to)


def test_seats_swapped_with_all_sums_kept_are_found() -> None:
    """Rows and columns still add up, cells are still floor or ceiling: only the order betrays it."""
    found = _honest()
    (table,) = found["tables"]
    cells = {(cell["senior"], cell["id"]): cell for cell in table["cells"]}
    listed = {(row["senior"], row["id"]): row for row in found["seats"]}
    swapped = 0
    for one in ("S001", "S002"):
        for other in ("S002", "S003"):
            for left in ("J001", "J002", "J003"):
                for right in ("J004", "J005"):
                    spoiled = [(one, left, 1), (one, right, -1), (other, left, -1), (other, right, 1)]
                    if one != other and all(
                        _may(cells[senior_, id_], change) for senior_, id_, change in spoiled
                    ):
                        for senior_, id_, change in spoiled:
                            cells[senior_, id_]["seats"] += change
                            listed[senior_, id_]["seats"] += change
                            listed[senior_, id_]["general"] += change
                        assert any("被越过" in text.zh for text in check_allocation(found))
                        swapped += 1
                        found = _honest()
                        cells = {(cell["senior"], cell["id"]): cell for cell in found["tables"][0]["cells"]}
                        listed = {(row["senior"], row["id"]): row for row in found["seats"]}
    assert swapped > 0


def _may(cell: Json, change: int) -> bool:
    """Whether the cell stays floor or ceiling of its share when it changes."""
    return cell["remainder"] != "0" and cell["floor"] <= cell["seats"] + change <= cell["floor"] + 1


def _set(*keys: Any, to: Any) -> Callable[[Json], None]:
    def change(found: Json) -> None:
        here: Any = found
        for key in keys[:-1]:
            here = here[key]
        here[keys[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_set("quotas", 0, "seats", to=32), "指标应为 31"),
        (_set("problem", "juniors", 0, "graduates", to=400), "应得数不对"),
        (_set("tables", 0, "columns", 0, "exact", to="26"), "应得数不对"),
        (_set("tables", 0, "cells", 0, "exact", to="26"), "应得数不对"),
        (_set("tables", 0, "id", to="other"), "缺少表 schools"),
        (_set("checks", "overall", "verdict", to="met"), "应为 cannot_tell"),
        (_set("checks", "tilt", "verdict", to="met"), "应为 cannot_tell"),
        (_set("seats", 0, "direct", to=1), "指标行有误"),
        (_set("tables", to=[]), "缺少表"),
        (_set("problem", to={}), "残缺"),
    ],
)
def test_single_changes_are_found(change: Callable[[Json], None], words: str) -> None:
    found = _honest()
    change(found)
    told = check_allocation(found)
    assert any(words in text.zh for text in told), [str(text) for text in told]


def test_another_seed_is_found_where_the_lot_decided() -> None:
    way = {"totals": "lot", "cells": "separate"}
    found = _honest(schools=way)
    misses = 0
    for digit in "0123456789abcdef":
        spoiled = copy.deepcopy(found)
        spoiled["lot"]["seed"] = digit * 64
        misses += check_allocation(spoiled) == []
    assert misses <= 1


def test_a_tie_decided_without_a_lot_is_found() -> None:
    found = document(allocate_quota(problem([3], [5, 5]), rules(), LOT))
    found["lot"] = {"kind": "none"}
    assert any("没有抽签" in text.zh or "被越过" in text.zh for text in check_allocation(found))


@given(any_input(), any_rules(), st.data())
@settings(max_examples=examples(60), deadline=None)
def test_a_random_cell_changed_is_always_found(
    given_: QuotaInput, rules_: QuotaRules, data: st.DataObject
) -> None:
    found = document(allocate_quota(given_, rules_, LOT))
    cells = [cell for table in found["tables"] for cell in table["cells"]]
    if cells:
        data.draw(st.sampled_from(cells))["seats"] += data.draw(st.sampled_from([-1, 1]))
        assert check_allocation(found) != []


def test_the_lifted_promise_is_recomputed_another_way() -> None:
    given_ = QuotaInput(
        2027, (senior(1, 11), senior(2, 5)), tuple(junior(n, g) for n, g in ((1, 93), (2, 3), (3, 2), (4, 9)))
    )
    found = document(allocate_quota(given_, rules(minimum={"seats": 1, "of": "total"}), QuotaLot()))
    assert check_allocation(found) == []
    found["rules"]["content"]["minimum"]["seats"] = 2
    assert check_allocation(found) != []
