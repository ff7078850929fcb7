import pytest
from tests.class_formation.small import SEED, Json, formed, plan, row

from junheng.basics import UserError
from junheng.class_formation import LateRule, place_late

RULES = plan(3)
ROWS = [row(i) for i in range(29)]  # sizes 10 10 9


def placed(newcomers: list[Json], rule: LateRule | None = None, rows: list[Json] = ROWS) -> dict[str, int]:
    classes = formed(RULES, rows)
    found = place_late(RULES, rows, classes, newcomers, SEED, rule)
    assert formed(RULES, rows) == classes  # the layout itself is never touched
    return found


def sizes(found: dict[str, int]) -> list[int]:
    everyone = [*formed(RULES, ROWS).values(), *found.values()]
    return [everyone.count(c) for c in (1, 2, 3)]


def test_the_smallest_class_takes_the_first_newcomer() -> None:
    assert sizes(placed([row(100)])) == [10, 10, 10]


@pytest.mark.parametrize("rule", ["smallest", "minimisation"])
def test_many_newcomers_keep_the_classes_even(rule: str) -> None:
    found = sizes(placed([row(100 + i) for i in range(10)], LateRule(rule)))
    assert max(found) - min(found) <= 1 + (rule == "minimisation")


def test_ties_are_broken_by_lot_and_not_by_number() -> None:
    rows = ROWS[:27]
    firsts = {next(iter(placed([row(n)], rows=rows).values())) for n in range(100, 130)}
    assert firsts == {1, 2, 3}


def test_minimisation_sends_a_strong_child_where_strength_is_missing() -> None:
    rules = plan(2)
    rows = [row(i, sex=1, marks={"数学": m}) for i, m in enumerate([10, 20, 30, 40])]
    classes = {rows[0]["pid"]: 1, rows[1]["pid"]: 1, rows[2]["pid"]: 2, rows[3]["pid"]: 2}
    for number in range(100, 106):
        strong = row(number, sex=1, marks={"数学": 60})
        found = place_late(rules, rows, classes, [strong], SEED, LateRule("minimisation"))
        assert found[strong["pid"]] == 1


def test_who_must_not_meet_does_not_meet() -> None:
    rows = [{**child, "apart": ["x"] if i == 0 else []} for i, child in enumerate(ROWS)]
    home = formed(RULES, rows)[rows[0]["pid"]]
    for number in range(100, 112):
        newcomer = row(number, apart=["x"])
        assert placed([newcomer], rows=rows)[newcomer["pid"]] != home


def test_twins_arriving_together_stay_together() -> None:
    twins = [row(100 + i, unit="b" * 64) for i in range(2)]
    assert len(set(placed(twins).values())) == 1


def test_nowhere_to_go_is_named() -> None:
    rows = [{**child, "apart": ["x"] if i < 3 else []} for i, child in enumerate(ROWS)]
    newcomer = row(100, apart=["x"])
    with pytest.raises(UserError) as error:
        placed([newcomer], rows=rows)
    assert newcomer["pid"] in error.value.where


def test_a_child_already_placed_is_refused() -> None:
    with pytest.raises(UserError):
        placed([ROWS[0]])


def test_a_grade_that_was_not_formed_is_refused() -> None:
    with pytest.raises(UserError):
        placed([row(100, grade="九年级")])
