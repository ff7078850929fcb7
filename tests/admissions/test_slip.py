"""The sentences of a slip: known answers, and random draws explained without contradiction."""

from typing import Any

import pytest
from hypothesis import given, settings
from tests.admissions.random_markets import random_markets, spec_of
from tests.effort import examples

from junheng.admissions import SlipReason, market_from, order_of, run_draw, slip_reason
from junheng.basics import UserError

Json = dict[str, Any]
SEED = bytes(range(32))
LOW, MIDDLE, HIGH = ("0" * 63 + "1", "8" + "0" * 63, "f" * 64)


def problem_of(**changes: Any) -> Json:
    found: Json = {
        "band_width": 1,
        "digits": 10,
        "classes": [{"code": 0, "name": "优先"}, {"code": 1, "name": "其他"}],
        "schools": [
            {"id": s, "name": f"{s}校", "plan": 2, "pools": [{"id": "all", "seats": 2}]}
            for s in ("a", "b", "c")
        ],
        "stages": [{"id": "main", "schools": ["a", "b", "c"]}],
    }
    return {**found, **changes}


def shown(school: str, *cutoffs: Any) -> Json:
    return {"id": school, "pools": [{"id": f"p{i}", "cutoff": cutoff} for i, cutoff in enumerate(cutoffs)]}


def cut(band: int, code: int, ticket: str) -> Json:
    return {"band": band, "class": code, "ticket": ticket}


def reason(
    cutoff: Any, *, ticket: str = MIDDLE, choices: str = "a", place: int = 0, **changes: Any
) -> SlipReason:
    """The reason at the school in ``place`` for a child who got nothing, where all schools have ``cutoff``."""
    row = {"choices": list(choices), "classes": [1] * len(choices)}
    result = {"school": "", "stage": "", "choice": 0, "pool": "", "reason": "no_seat"}
    schools = [shown(school, cutoff) for school in "abc"]
    return slip_reason(problem_of(**changes), row, result, schools, ticket)[place]


@pytest.mark.parametrize(
    ("cutoff", "asked", "kind", "words"),
    [
        (cut(0, 1, LOW), {}, "number", "您的号码 5000000000，该校最后录取的号码 0000000000，号码小的在前"),
        (cut(0, 1, HIGH), {"order": "descending"}, "number", "号码大的在前"),
        (cut(0, 0, HIGH), {}, "class", "招到优先类别“优先”就已满，您的类别是“其他”"),
        (
            cut(0, 1, HIGH),
            {"choices": "ba", "place": 1},
            "band",
            "招到第 1 志愿就已满，您把它填在本批第 2 志愿",
        ),
        (
            cut(0, 1, HIGH),
            {"choices": "bca", "place": 2, "band_width": 2},
            "band",
            "第 1 段志愿（每段 2 个）",
        ),
        (cut(1, 0, HIGH), {"key": ["class", "band", "ticket"]}, "class", "招到优先类别“优先”"),
        ("closed", {}, "closed", "没有名额"),
        ("replay", {}, "replay", "整体复算"),
        ("open", {}, "contradiction", "应当录取"),
        (cut(0, 1, HIGH), {}, "contradiction", "应当录取"),
        (cut(1, 1, LOW), {}, "contradiction", "应当录取"),
        (cut(0, 1, "8" + "0" * 62 + "1"), {"order": "descending"}, "number", "按完整号码比较"),
        (cut(0, 1, LOW), {"digits": 0}, "number", "8000000000000000…"),
    ],
)
def test_each_reason_has_its_words(cutoff: Any, asked: dict[str, Any], kind: str, words: str) -> None:
    found = reason(cutoff, **asked)
    assert found.kind == kind, found.text
    assert words in found.text.zh
    assert found.text.en


def test_ranks_drawn_in_the_hall_are_compared_as_numbers() -> None:
    rule = {"ranking": {"method": "external", "numbers": {"u": "7"}}}
    found = reason(cut(0, 1, "0000000015"), ticket="0000000120", **rule)
    assert found.kind == "number"
    assert "您的号码 120，该校最后录取的号码 15" in found.text.zh


def test_wishes_after_the_granted_one_were_not_asked() -> None:
    row = {"choices": ["a", "b"], "classes": [1, 1]}
    result = {"school": "a", "stage": "main", "choice": 1, "pool": "all", "reason": "choice"}
    found = slip_reason(problem_of(), row, result, [shown(s, "open") for s in "abc"], MIDDLE)
    assert [line.kind for line in found] == ["admitted", "not_reached"]
    assert "第 1 志愿" in found[1].text.zh


def test_later_stages_are_over_once_a_seat_is_given() -> None:
    problem = problem_of(stages=[{"id": "民办", "schools": ["b"]}, {"id": "公办", "schools": ["a", "c"]}])
    row = {"choices": ["a", "b"], "classes": [1, 1]}
    result = {"school": "b", "stage": "民办", "choice": 2, "pool": "all", "reason": "choice"}
    found = slip_reason(problem, row, result, [shown(s, "open") for s in "abc"], MIDDLE)
    assert [line.kind for line in found] == ["stage_over", "admitted"]
    assert "民办" in found[0].text.zh


def test_every_pool_open_to_the_class_is_explained() -> None:
    schools = [
        {
            "id": "a",
            "name": "",
            "plan": 3,
            "pools": [
                {"id": "优", "seats": 1, "classes": [0]},
                {"id": "甲", "seats": 1, "classes": [1]},
                {"id": "乙", "seats": 1},
            ],
        }
    ]
    problem = problem_of(schools=schools, stages=[{"id": "m", "schools": ["a"]}])
    published = [shown("a", "open", cut(0, 1, LOW), "closed")]
    nothing = {"school": "", "stage": "", "choice": 0, "pool": "", "reason": "no_seat"}
    found = slip_reason(problem, {"choices": ["a"], "classes": [1]}, nothing, published, MIDDLE)[0]
    assert "“p1”名额" in found.text.zh
    assert "“p2”名额：未录取：没有名额" in found.text.zh
    assert "“p0”" not in found.text.zh
    schools[0]["pools"] = [{"id": "优", "seats": 3, "classes": [0]}]
    none = slip_reason(problem, {"choices": ["a"], "classes": [1]}, nothing, [shown("a", "open")], MIDDLE)[0]
    assert none.kind == "no_pool"


def test_missing_schools_and_numbers_are_refused() -> None:
    row, nothing = {"choices": ["a"], "classes": [1]}, {"school": "", "choice": 0, "reason": "no_seat"}
    with pytest.raises(UserError, match="没有学校 a"):
        slip_reason(problem_of(), row, nothing, [], MIDDLE)
    with pytest.raises(UserError, match="缺少在 a 的号码"):
        slip_reason(problem_of(), row, nothing, [shown("a", cut(0, 1, LOW))], {"b": LOW})


@given(random_markets())
@settings(max_examples=examples(120))
def test_every_listed_school_of_a_draw_is_explained(market: tuple[Json, list[Json]]) -> None:
    problem, rows = market
    outcome = run_draw(spec_of(problem), rows, SEED)
    made = market_from(problem, rows)
    order = order_of(made, "sha256", SEED)
    for row, leaf in zip(rows, outcome.leaves, strict=True):
        unit = made.units.index(row["unit"])
        tickets = {s: order.ticket_text(unit, made.school_ids.index(s)) for s in row["choices"]}
        found = slip_reason(problem, row, leaf, outcome.public["schools"], tickets)
        assert [line.school for line in found] == row["choices"]
        assert [line.kind for line in found].count("admitted") == (leaf["reason"] == "choice")
        assert "contradiction" not in {line.kind for line in found}, (found, leaf)
