"""What a measure rests on is told in words, in both languages, never by the names of variables."""

from datetime import date
from fractions import Fraction

import pytest

from junheng.judgement.promises import Promise, promise_facts, standing
from junheng.judgement.promises.fact_words import fact_words


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("junior_R7_met", "初中 R7 达标学校数", "junior R7 schools that meet it"),
        ("primary_passed", "小学 达标学校数", "primary schools that comply"),
        ("primary_R2_cv", "小学 R2 差异系数", "primary R2 CV"),
        ("primary_R1", "小学 R1 达标", "primary R1 met"),
        ("item_G5", "G5 达标", "G5 met"),
        ("county", "全县达标", "the county complies"),
        ("own_words", "own_words", "own_words"),
    ],
)
def test_words_of_facts(name: str, zh: str, en: str) -> None:
    found = fact_words(name)
    assert (found.zh, found.en) == (zh, en)


def test_every_fact_of_a_finding_has_words() -> None:
    indicator = {"met": 1, "not_met": 2, "undecided": 0, "floor_missed": 1, "mean": 1.5, "cv": 0.2}
    stage = {"schools": 3, "passed": 1, "undecided": 0, "indicators": {"R1": indicator}}
    parts = {"resource": "met", "government": "not_met"}
    facts = promise_facts(
        {
            "county": {"verdict": "met", "parts": parts},
            "items": {"G5": {"verdict": "met"}},
            "stages": {"primary": stage, "junior": stage},
        }
    )
    assert facts
    assert [name for name in facts if fact_words(name).zh == name] == []


def test_a_missed_measure_says_the_figures_in_words() -> None:
    promise = Promise("M1", "R7", "2023", measure="junior_R7_met >= junior_schools", due=date(2025, 1, 1))
    found = standing(
        promise, {"junior_R7_met": Fraction(15), "junior_schools": Fraction(30)}, date(2026, 1, 1)
    )
    assert found.state == "overdue"
    assert found.reason.zh == "衡量标准未满足：初中 R7 达标学校数 15、初中 学校数 30"
    assert (
        found.reason.en == "the measure does not hold: junior R7 schools that meet it 15, junior schools 30"
    )
