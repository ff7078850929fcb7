"""Rule sets in YAML: the shipped examples make problems, and what is misspelt or contradictory is refused."""

from pathlib import Path

import pytest

from junheng.admissions import Ranking, RuleSet, SchoolRule, load_rule_set, problem_of, rule_library
from junheng.basics import UserError

SCHOOLS = [
    SchoolRule(id="a", name="甲中学", ownership="private", plan=3),
    SchoolRule(id="b", name="乙中学", plan=2),
    SchoolRule(id="c", name="丙中学", plan=1),
]
RING = Ranking(method="ring", start=2, step=1)


@pytest.mark.parametrize("name", rule_library())
def test_every_shipped_rule_set_makes_a_problem(name: str) -> None:
    rules = load_rule_set(name)
    assert rules.id == name
    assert rules.sources[0].document
    assert rules.name.zh != rules.name.en
    problem = problem_of(rules, SCHOOLS, RING if rules.ranking.method == "ring" else None)
    assert [school.id for school in problem.schools] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("name", "width", "stages"),
    [
        ("xicheng_wish_first", 1, [["a", "b", "c"]]),
        ("parallel_three", 3, [["a", "b", "c"]]),
        ("deferred_acceptance", 3, [["a", "b", "c"]]),
        ("multi_school_zone", 3, [["a", "b", "c"]]),
        ("private_then_public", 1, [["a"], ["b", "c"]]),
    ],
)
def test_mechanisms_become_bands_and_stages(name: str, width: int, stages: list[list[str]]) -> None:
    problem = problem_of(load_rule_set(name), SCHOOLS)
    assert problem.band_width == width
    assert [stage.schools for stage in problem.stages] == stages


def test_what_the_hall_draws_is_needed_to_run_a_ring() -> None:
    rules = load_rule_set("nanchang_private_ring")
    with pytest.raises(UserError, match="ring needs start"):
        problem_of(rules, SCHOOLS)
    assert problem_of(rules, SCHOOLS, RING).ranking.start == 2


def test_a_stage_without_schools_is_left_out() -> None:
    problem = problem_of(load_rule_set("private_then_public"), SCHOOLS[1:])
    assert [stage.id for stage in problem.stages] == ["public"]


HEAD = "id: x\nname: {zh: 例, en: example}\nsources: [{document: 自拟, certainty: derived}]\n"
WHOLE = (
    HEAD + "mechanism: parallel\nband_width: 2\nis_class_first: true\nclasses: [{code: 1, name: 甲}]\n"
    'schools:\n  - {id: "101", name: 甲, plan: 3, pools: [{id: p, seats: 2, classes: [1], unfilled: close},'
    " {id: q, seats: 1}]}\n  - {id: b, name: 乙, plan: 4}\n"
    "stages: [{id: first, schools: [b]}, {id: rest}]\n"
)


def _load(tmp_path: Path, text: str) -> RuleSet:
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return load_rule_set(path)


def test_a_file_with_its_own_schools(tmp_path: Path) -> None:
    problem = problem_of(_load(tmp_path, WHOLE))
    assert problem.key == ("class", "band", "ticket")
    assert [(stage.id, stage.schools) for stage in problem.stages] == [("first", ["b"]), ("rest", ["101"])]
    assert [pool.seats for school in problem.schools for pool in school.pools] == [2, 1, 4]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "mechanism: parallel\n", "belongs to parallel"),
        (HEAD + "mechanism: deferred\nband_width: 2\n", "belongs to parallel"),
        (HEAD + "mechanism: serial\ntickets: per_school\n", "serial has one number"),
        (HEAD + "mechanism: lottery\n", "lottery"),
        (HEAD + "mechanism: deferred\nmechanism: serial\n", "given twice"),
        (HEAD + "mechanism: deferred\nsource: x\n", "unknown key source"),
        (HEAD + "mechanism: deferred\ndigits: nine\n", "nine"),
        (HEAD.replace("example}", "&x a}") + "mechanism: *x\n", "aliases"),
        ("- a list\n", "not a mapping"),
        ("a: [\n", "not valid YAML"),
        ("mechanism: deferred\n", "required key"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        _load(tmp_path, text)
    assert said in caught.value.what.en
    assert "rules.yaml" in caught.value.where


def test_a_rule_set_that_is_not_there() -> None:
    with pytest.raises(UserError) as caught:
        load_rule_set("no_such_rules")
    assert caught.value.fix is not None
    assert "xicheng_wish_first" in caught.value.fix.en


def test_no_schools_at_all() -> None:
    with pytest.raises(UserError, match="no schools"):
        problem_of(load_rule_set("deferred_acceptance"))
