"""Problems are grouped by cause: one wrong value that breaks many rows is one line to read."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import Text
from junheng.data import Problem, Snapshot, check_snapshot, group_problems
from junheng.data.checks.groups import SAMPLES

Make = Callable[..., Snapshot]


def _problem(**fields: object) -> Problem:
    plain = Problem("read.x", "experience", "c", Text("甲", "a"), Text("改", "mend"))
    return replace(plain, **fields)  # type: ignore[arg-type]  # the fields of the problem, by name


def test_one_wrong_code_explains_two_thousand_rows(snapshot_of: Make) -> None:
    schools = [{"school_id": f"21150{i:05}", "county_code": "1501O2" if i else "150102"} for i in range(2001)]
    problems = check_snapshot(snapshot_of({"school": schools, "stage": []})).problems
    group = next(g for g in group_problems(problems) if g.check == "school.county_digits")
    assert (group.count, group.value, group.table, group.column) == (2000, "1501O2", "school", "county_code")
    assert group.title.zh == "县级区划代码“1501O2”不是 6 位数字，疑为 150102：这一个值造成 2000 处问题"
    assert group.title.en.startswith("the county code “1501O2” is not 6 digits; perhaps 150102")
    assert group.title.en.endswith("this one value explains 2000 problems")
    assert [problem.row for problem in group.samples] == [3, 4, 5, 6, 7]
    assert len(group.problems) == 2000
    assert group.why.zh
    assert group.source


def test_a_missing_parent_is_one_cause_for_all_its_children(snapshot_of: Make) -> None:
    schools = [{"school_id": f"211500000{i}", "parent_school_id": "2115000099"} for i in range(3)]
    schools += [{"school_id": "2115000009", "parent_school_id": "2115000098"}]
    groups = group_problems(check_snapshot(snapshot_of({"school": schools})).problems)
    assert [(g.count, g.value) for g in groups if g.check == "school.parent_not_found"] == [
        (3, "2115000099"),
        (1, "2115000098"),
    ]


def test_logic_stands_first_then_the_biggest() -> None:
    problems = [_problem(cause="big", row=i) for i in range(9)]
    problems += [_problem(cause="small", severity="logic", row=1)]
    problems += [_problem(cause=cause, row=i) for cause in "ba" for i in range(2)]
    assert [group.cause for group in group_problems(problems)] == ["small", "big", "a", "b"]


def test_different_wrong_values_are_named_by_the_check(snapshot_of: Make) -> None:
    rows = [{"pupils": 10, "boarders": 20 + i, "stage": s} for i, s in enumerate(["primary", "junior"])]
    groups = group_problems(check_snapshot(snapshot_of({"stage": rows})).problems)
    group = next(g for g in groups if g.check == "stage.part_over_pupils")
    assert (group.title.zh, group.value, group.count) == (
        "部分多于在校生：2 处，如：寄宿生数 20 多于在校生数 10",
        "",
        2,
    )


def test_problems_of_the_reader_are_grouped_too() -> None:
    same = [_problem(row=i) for i in range(3)]
    unlike = [_problem(row=i, what=Text(f"甲{i}", f"a{i}"), cause="d") for i in range(3)]
    titles = {group.cause: group.title for group in group_problems([*same, *unlike])}
    assert titles["c"] == Text("甲（共 3 处）", "a (3 places)")
    assert titles["d"] == Text("甲0，等 3 处", "a0, and the like in 3 places")


def test_a_group_is_plain_data_without_its_thousands() -> None:
    (group,) = group_problems([_problem(row=i, file="a.xlsx") for i in range(20)])
    found = group.as_json()
    assert found["count"] == 20
    assert [sample["row"] for sample in found["samples"]] == list(range(SAMPLES))
    assert found["samples"][0]["what"] == {"zh": "甲", "en": "a"}
    assert "problems" not in found


@pytest.mark.parametrize("problems", [[], ()])
def test_nothing_wrong_is_no_group(problems: list[Problem]) -> None:
    assert group_problems(problems) == ()


PROBLEMS = st.builds(
    _problem,
    cause=st.sampled_from("abc"),
    severity=st.sampled_from(["logic", "experience"]),
    row=st.integers(0, 5),
    file=st.sampled_from(["x", "y"]),
    value=st.sampled_from(["", "1"]),
)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(PROBLEMS, max_size=12), st.randoms())
def test_the_order_of_problems_does_not_matter_and_none_is_lost(
    problems: list[Problem], random: object
) -> None:
    turned = list(problems)
    random.shuffle(turned)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert group_problems(turned) == group_problems(problems)
    assert sum(group.count for group in group_problems(problems)) == len(problems)
