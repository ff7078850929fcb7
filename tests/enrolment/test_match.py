"""Matching: cases on each side of every line, and the plain reference on small random lists."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.enrolment.made import number, people

from junheng.enrolment import load_rules, make_lists, match, reference_match
from junheng.enrolment.names import plain_name, sound

RULES = load_rules(date(2026, 10, 1))[0].match
BIRTH = "20150310"
CHILD = {
    "name": "张梓涵",
    "id_number": number(BIRTH),
    "sex": "男",
    "birth": BIRTH,
    "guardian": "张三",
    "school": "A",
}


def _wrong(text: str) -> str:
    return text[:15] + str((int(text[15]) + 1) % 10) + text[16:]


def _swapped(text: str) -> str:
    at = next(k for k in range(16) if text[k] != text[k + 1])
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


@pytest.mark.parametrize(
    ("changes", "how", "kind", "score"),
    [
        ({}, "exact", "certain", 100),
        ({"name": "张子晗"}, "exact", "certain", 93),  # sounds alike
        ({"name": "張梓涵"}, "exact", "certain", 99),  # traditional
        ({"name": "王五", "guardian": ""}, "near", "check", 47),  # the number of another: never decided alone
        ({"id_number": _wrong(CHILD["id_number"])}, "near", "certain", 83),
        ({"id_number": _swapped(CHILD["id_number"])}, "near", "certain", 83),
        ({"id_number": _wrong(CHILD["id_number"]), "name": "章梓涵", "guardian": ""}, "near", "check", 68),
        ({"id_number": ""}, "near", "check", 55),
        ({"id_number": "", "guardian": "", "school": ""}, "near", "check", 43),
        ({"id_number": "", "guardian": "", "school": "", "birth": "20150301"}, None, None, None),
        ({"id_number": "", "name": "张梓萌"}, None, None, None),  # a twin's name
        ({"id_number": number(BIRTH, 8)}, "near", "check", 45),  # two sound numbers, all else alike
        ({"id_number": number(BIRTH, 8), "guardian": "李四", "school": ""}, None, None, None),
    ],
)
def test_lines_of_the_score(
    changes: dict[str, str], how: str | None, kind: str | None, score: int | None
) -> None:
    found = match(people([CHILD]), people([{**CHILD, **changes}]), RULES)
    told = [(pair.how, pair.kind, pair.score) for pair in found.pairs]
    assert told == ([(how, kind, score)] if how else [])


def test_student_numbers_are_exact_keys_too() -> None:
    one = {"name": "阿依努尔·买买提", "student_number": "L999902201503101234", "birth": BIRTH}
    other = {**one, "name": "阿依努尔买买提"}
    pair = match(people([one]), people([other]), RULES).pairs[0]
    assert (pair.how, pair.kind, pair.levels[:2]) == ("exact", "certain", ("same_student", "variant"))


def test_a_number_that_stands_twice_decides_nothing() -> None:
    found = match(people([CHILD]), people([CHILD, CHILD]), RULES)
    assert [(pair.right, pair.kind, pair.has_rival) for pair in found.pairs] == [(0, "check", True)]
    assert found.right_alone == [1]


def test_nobody_is_used_twice_and_the_total_is_greatest() -> None:
    """Greedy would give the first child the best partner of the second and leave the second alone."""
    bare = {**CHILD, "id_number": "", "school": ""}
    left = people([{**bare, "guardian": ""}, {**bare, "name": "张子涵"}])
    right = people([bare, {**bare, "name": "张子涵", "guardian": ""}])
    found = match(left, right, RULES)
    assert len({pair.left for pair in found.pairs}) == len({pair.right for pair in found.pairs}) == 2
    assert (
        found == reference_match(left, right, RULES)
        or found.pairs == reference_match(left, right, RULES).pairs
    )


def test_empty_lists() -> None:
    found = match(people([]), people([CHILD]), RULES)
    assert (found.pairs, found.left_alone, found.right_alone) == ([], [], [0])


def test_sounds_and_forms() -> None:
    assert sound(plain_name("吕")) == "lv "
    assert plain_name("劉　國華") == "刘国华"
    assert sound(plain_name("国")) == sound("国")


ROWS = st.fixed_dictionaries({
    "name": st.sampled_from(["张梓涵", "章梓涵", "張梓涵", "张子晗", "张梓萌", "王伟", ""]),
    "id_number": st.sampled_from(
        ["", number(BIRTH), _wrong(number(BIRTH)), _swapped(number(BIRTH)), number(BIRTH, 8), number("20150311")]
    ),
    "student_number": st.sampled_from(["", "", "L999902201503101234", "L999902201503109999"]),
    "sex": st.sampled_from(["男", "女", ""]),
    "birth": st.sampled_from([BIRTH, "20150301", "20150311", "20120101", ""]),
    "guardian": st.sampled_from(["张三", "章三", "李四", ""]),
    "school": st.sampled_from(["A", "B", ""]),
})  # fmt: skip


@given(st.lists(ROWS, max_size=5), st.lists(ROWS, max_size=5))
@settings(max_examples=examples(60), deadline=None)
def test_all_pairs_by_brute_force_say_the_same(
    left: list[dict[str, str]], right: list[dict[str, str]]
) -> None:
    ours, theirs = people(left), people(right)
    found, expected = match(ours, theirs, RULES), reference_match(ours, theirs, RULES)
    assert list(found.pairs) == list(expected.pairs)
    assert (found.left_alone, found.right_alone) == (expected.left_alone, expected.right_alone)


def test_made_up_slips_are_found_and_certainty_is_never_wrong() -> None:
    made = make_lists(3_000, 11)
    found = match(made.left, made.right, RULES)
    right = {pair.left: pair for pair in found.pairs}
    assert all(made.right_of[i] == pair.right for i, pair in right.items() if pair.kind == "certain")
    true = [i for i, j in enumerate(made.right_of) if j >= 0]
    assert sum(i in right and right[i].right == made.right_of[i] for i in true) >= 0.995 * len(true)
