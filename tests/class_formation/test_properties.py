"""What must hold of every layout: constraints kept, the objective never worse, and nothing but the lot matters."""

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.class_formation.random_intakes import SUBJECTS, Json, random_intake, seed_bytes
from tests.effort import examples

from junheng.basics import UserError
from junheng.class_formation import Layout, form, metrics, plan_from
from junheng.class_formation.form import classes_by_pid

INTAKES = st.integers(10_000, 60_000)


def layouts(problem: Json, rows: list[Json], seed: int, engine: str = "auto") -> list[Layout]:
    try:
        return form(plan_from(problem), rows, seed_bytes(seed), engine=engine)
    except UserError:
        assume(False)
        raise


@given(INTAKES)
@settings(max_examples=examples(150))
def test_hard_constraints_always_hold(seed: int) -> None:
    problem, rows = random_intake(seed)
    found = layouts(problem, rows, seed)
    classes = classes_by_pid(found)
    assert set(classes) == {row["pid"] for row in rows}
    for group in metrics(plan_from(problem), rows, classes):
        assert group.violations == ()
        assert min(group.held.heads) >= 1
    for layout in found:
        assert sum(layout.sizes) == len(layout.group.rows)


@given(INTAKES)
@settings(max_examples=examples(100))
def test_swaps_never_worsen_the_deal_and_keep_all_its_counts(seed: int) -> None:
    problem, rows = random_intake(seed)
    problem |= {"method": "swaps", "sweeps": 20}
    swapped = layouts({**problem, "polish": 1}, rows, seed)
    plain = layouts({**problem, "polish": 0}, rows, seed)
    dealt = layouts({**problem, "method": "stratified"}, rows, seed)
    for better, middle, start in zip(swapped, plain, dealt, strict=True):
        assert better.objective <= middle.objective <= start.objective
        assert better.sizes == start.sizes
        assert _held(better) == _held(start)


def _held(layout: Layout) -> Counter[Any]:
    pairs = list(zip(layout.group.rows, layout.classes, strict=True))
    sexes = Counter((number, row["sex"]) for row, number in pairs)
    return sexes + Counter((number, "special") for row, number in pairs if row["special"])


@given(INTAKES, st.integers(1, 50), st.integers(-500, 500))
@settings(max_examples=examples(80))
def test_the_layout_does_not_feel_how_marks_are_counted(seed: int, factor: int, shift: int) -> None:
    """Every mark scaled alike and shifted, each subject by its own amount: the same classes."""
    problem, rows = random_intake(seed)
    by = {name: shift * number for number, name in enumerate(SUBJECTS)}
    moved = [
        {**row, "marks": {name: factor * mark + by[name] for name, mark in row["marks"].items()}}
        for row in rows
    ]
    before, after = layouts(problem, rows, seed), layouts(problem, moved, seed)
    assert [x.classes for x in before] == [x.classes for x in after]
    assert [x.objective for x in before] == [x.objective for x in after]


@given(INTAKES)
@settings(max_examples=examples(60))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    problem, rows = random_intake(seed)
    shuffled = random.Random(seed).sample(rows, len(rows))
    found = classes_by_pid(layouts(problem, shuffled, seed))
    assert found == classes_by_pid(layouts(problem, rows, seed))


@given(INTAKES)
@settings(max_examples=examples(60))
def test_one_grade_does_not_touch_another(seed: int) -> None:
    problem, rows = random_intake(seed)
    first = problem["groups"][0]
    here = [row for row in rows if row["school"] == first["school"]]
    alone = layouts({**problem, "groups": [first]}, here, seed)
    other = {"school": "别校", "grade": "七年级", "classes": 1, "teams": []}
    more = [{**row, "pid": row["pid"][::-1], "unit": row["pid"][::-1], "school": "别校"} for row in here]
    both = layouts({**problem, "groups": [other, first]}, [*more, *here], seed)
    assert both[1].classes == alone[0].classes


@pytest.mark.parametrize("method", ["swaps", "stratified", "random"])
def test_another_seed_gives_another_layout(method: str) -> None:
    problem, rows = random_intake(12)
    problem = {**problem, "method": method, "relief": 0}
    problem["groups"][0]["classes"], problem["groups"][0]["teams"] = 2, []
    rows = [{**row, "apart": [], "unit": row["pid"]} for row in rows]
    found = {tuple(form(plan_from(problem), rows, seed_bytes(n))[0].classes) for n in range(12)}
    assert len(rows) > 8
    assert len(found) > 6
