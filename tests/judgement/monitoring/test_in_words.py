"""Conditions in words: read off the expression, with the values that hold, and nothing of the program in them."""

import re
from datetime import date

import pytest

from junheng.basics import Text
from junheng.judgement.monitoring import Rule, closing_words, condition_words, line_words, load_rules
from junheng.judgement.monitoring.fact_names import known_facts

RULES = {rule.id: rule for rule in load_rules(on=date(2026, 3, 2))}
_PROGRAM = re.compile(r"\b(AND|OR|NOT|IS|NULL|IN|COALESCE)\b|[<>='*_]|\w+_\w+")


def _changed(name: str, **given: object) -> Rule:
    return Rule.model_validate(RULES[name].model_dump() | given)


@pytest.mark.parametrize("name", sorted(RULES))
def test_no_rule_needs_its_expression_to_be_read(name: str) -> None:
    rule = RULES[name]
    told = [condition_words(rule), closing_words(rule), *(line_words(rule, line) for line in rule.lines)]
    for words in told:
        assert words.zh
        plain = (
            words.en.replace("last year's", "").replace("this year's", "").replace("year before last's", "")
        )
        plain = re.sub(r"(county|school)'s", "", plain)
        assert not _PROGRAM.search(plain), words.en
        assert not re.search("[\u4e00-\u9fff]", words.en)
        assert not re.search("[A-Za-z_]", words.zh.replace("CV", "")), words.zh


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        (
            "SCH-CLASS-MEAN",
            "在校生数大于45（小学）/50（初中） × 班数",
            "pupils more than 45 (primary)/50 (junior) × classes",
        ),
        ("HOT-CHOICE", "第一志愿人数大于招生计划的120%", "first choices more than 120% of seats"),
        ("CLS-SUPER", "班级学生数不小于66", "pupils in the class at least 66"),
        (
            "ROOM-LOST",
            "今年的专用教室数小于上一年的专用教室数，且今年的班数大于上一年的班数",
            "this year's special rooms less than last year's special rooms, and this year's classes more than last "
            "year's classes",
        ),
    ],
)
def test_a_condition_is_told_as_it_is_computed(name: str, zh: str, en: str) -> None:
    assert condition_words(RULES[name]) == Text(zh, en)


def test_a_changed_line_changes_the_words() -> None:
    rule = _changed("HOT-CHOICE", lines={"over": "1.35"})
    assert condition_words(rule).zh == "第一志愿人数大于招生计划的135%"
    assert line_words(rule, "over").en == "first choices more than 135% of seats"


def test_one_stage_is_told_alone_and_the_value_by_its_name() -> None:
    assert condition_words(RULES["SCH-CLASS-MEAN"], stage="junior").zh == "在校生数大于50 × 班数"
    named = condition_words(RULES["IND-THIN"], names={"value": Text("骨干教师", "backbone teachers")})
    assert "骨干教师优于标准的幅度小于标准的5%" in named.zh
    assert "backbone teachers is better than threshold by less than 5% of threshold" in named.en


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        (
            "NOT (pupils > 5 OR classes IS NULL)",
            "并非“（在校生数大于5，或没有班数）”",
            "it is not so that (pupils more than 5, or there is no classes)",
        ),
        (
            "kind NOT IN ('special', 'senior')",
            "办学类型不属于特殊教育学校、高级中学",
            "kind of school is none of special school, senior school",
        ),
        (
            "GREATEST(pupils, before_pupils) >= 7",
            "今年的在校生数、上一年的在校生数中较大者不小于7",
            "the larger of this year's pupils and last year's pupils at least 7",
        ),
        ("pupils / classes > 0.5", "在校生数 ÷ 班数大于0.5", "pupils ÷ classes more than 0.5"),
        ("TRUE", "总是", "always"),
    ],
)
def test_whatever_an_overlay_writes_is_told(when: str, zh: str, en: str) -> None:
    rule = _changed("HOT-GROWTH", when=when)
    assert condition_words(rule) == Text(zh, en)
    assert set(rule.parsed(when).names) <= {*known_facts("school"), *rule.lines}
