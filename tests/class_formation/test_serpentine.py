"""Known answers of policy.md §7.3, and what the exact text adds to it."""

from typing import Any

import pytest
from tests.class_formation.small import Json, formed, plan, row

from junheng.basics import UserError
from junheng.class_formation.serpentine import snake


def ranked(boys: int, girls: int, **fields: Any) -> list[Json]:
    """Boys, then girls, each with falling marks."""
    sexes = [1] * boys + [2] * girls
    return [row(i, sex=sex, marks={"数学": 1000 - i}, **fields) for i, sex in enumerate(sexes)]


def positions(rows: list[Json], k: int, method: str = "serpentine") -> list[int]:
    """Positions 0…k-1 in the order of rows, named after the first boys: the lot of class numbers undone."""
    found = formed(plan(k, method), rows)
    classes = [found[child["pid"]] for child in rows]
    names = {number: position for position, number in enumerate(dict.fromkeys(classes[:k]))}
    return [names[c] for c in classes]


def test_the_formula_of_the_policy() -> None:
    assert [snake(r, 4) for r in range(12)] == [0, 1, 2, 3, 3, 2, 1, 0, 0, 1, 2, 3]
    assert [snake(r, 4, backwards=True) for r in range(5)] == [3, 2, 1, 0, 0]


def test_boys_forwards_girls_reversed() -> None:
    assert positions(ranked(6, 6), 3) == [0, 1, 2, 2, 1, 0, 2, 1, 0, 0, 1, 2]


def test_remainders_of_the_sexes_fall_on_opposite_ends() -> None:
    # Seven boys: the seventh goes to position 0. Seven girls reversed: the seventh goes to position 2.
    assert positions(ranked(7, 7), 3) == [0, 1, 2, 2, 1, 0, 0, 2, 1, 0, 0, 1, 2, 2]


def test_girls_are_not_reversed_where_that_would_pile_up_the_remainders() -> None:
    # Two classes, 3 boys (one whole block), 5 girls (two): reversed, class sizes would be 5 and 3.
    found = positions(ranked(3, 5), 2)
    assert found == [0, 1, 1, 0, 1, 1, 0, 0]
    assert sorted([found.count(0), found.count(1)]) == [4, 4]


@pytest.mark.parametrize("k", [2, 3, 5])
def test_sizes_and_sexes_differ_by_one_at_most(k: int) -> None:
    for boys in range(k, 4 * k):
        for girls in range(0, 4 * k, 3):
            found = positions(ranked(boys, girls), k)
            for part in (found[:boys], found[boys:], found):
                sizes = [part.count(p) for p in range(k)]
                assert max(sizes) - min(sizes) <= 1, (boys, girls)


def test_unknown_sex_fills_the_smallest_class() -> None:
    rows = [*ranked(3, 0), row(90, sex=0, marks={"数学": 1}), row(91, sex=0, marks={})]
    # Boys 0 1 1: position 0 has one; then sizes are level and position 0 comes first.
    assert positions(rows, 2) == [0, 1, 1, 0, 0]


def test_a_child_without_marks_comes_last() -> None:
    rows = ranked(5, 0)
    del rows[0]["marks"]["数学"]
    found = formed(plan(2, "serpentine"), rows)
    # Ranked 1 2 3 4 and then 0: the fifth goes where the fourth went.
    assert found[rows[0]["pid"]] == found[rows[4]["pid"]] == found[rows[1]["pid"]]


def test_twins_are_brought_together_by_the_nearest_of_the_same_sex() -> None:
    rows = ranked(6, 0)
    rows[0]["unit"] = rows[2]["unit"] = "a" * 64
    # 0 1 2 2 1 0: child 2 belongs to child 0 in class 0; the nearest loose boy there is child 5.
    found = formed(plan(3, "serpentine"), rows)
    classes = [found[child["pid"]] for child in rows]
    assert classes[0] == classes[2]
    assert classes[5] == classes[3]
    assert classes[1] == classes[4]


def test_children_to_be_apart_are_parted_by_the_nearest() -> None:
    rows = ranked(6, 0)
    rows[2]["apart"] = rows[3]["apart"] = ["same name"]
    found = formed(plan(3, "serpentine"), rows)
    classes = [found[child["pid"]] for child in rows]
    # 0 1 2 2 1 0: child 3 leaves for child 4's class (place 4, the nearest in another class).
    assert classes[3] == classes[1]
    assert classes[4] == classes[2]
    assert classes[0] == classes[5]


def test_where_no_exchange_helps_the_children_are_named() -> None:
    rows = ranked(2, 2)
    rows[0]["unit"] = rows[1]["unit"] = "a" * 64
    with pytest.raises(UserError) as error:
        formed(plan(2, "serpentine"), rows)
    assert rows[0]["pid"] in error.value.where
    assert rows[1]["pid"] in error.value.where


def test_rotation_turns_each_list_and_nothing_else() -> None:
    rows = [row(i, sex=1, flags={"order": i}) for i in range(9)]
    found = formed(plan(3, "rotated"), rows)
    classes = [found[child["pid"]] for child in rows]
    turned = [classes[by:] + classes[:by] for by in range(9)]
    shapes = [[list(dict.fromkeys(t)).index(c) for c in t] for t in turned]
    assert [0, 1, 2, 2, 1, 0, 0, 1, 2] in shapes


def test_rotation_needs_the_declared_order() -> None:
    rows = [row(i, flags={"order": i}) for i in range(6)]
    rows[4]["flags"] = {}
    with pytest.raises(UserError) as error:
        formed(plan(2, "rotated"), rows)
    assert rows[4]["pid"] in error.value.where


def test_a_serpentine_cannot_relieve() -> None:
    with pytest.raises(UserError, match="relief"):
        plan(2, "serpentine", relief=2)
