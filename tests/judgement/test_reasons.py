"""Every code that is produced anywhere has words, in Chinese without a program's names."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import junheng
from junheng.judgement import judge
from junheng.judgement.reasons import reason
from junheng.standards import Standard

SOURCE = Path(junheng.__file__).parent
_IN_SQL = re.compile(r"THEN '([a-z_]+)")
_IN_PYTHON = re.compile(
    r'f?"((?:missing|split|without_value|unknown_pupils|kind|run_by|stage|teaching_point):)'
)
_LATIN_WORD = re.compile(r"[a-z]{3,}")
SAMPLES = [
    "stage:senior",
    "kind:special",
    "kind:vocational",
    "kind:nine_year",
    "run_by:city",
    "run_by:enterprise",
    "private",
    "teaching_point:",
    "teaching_point:<50",
    "not_counted_row",
    "no_pupils",
    "no_value",
    "mean_zero",
    "no_counted_schools",
    "nothing_tested",
    "missing:stage.pupils",
    "missing:premises.teaching_area_m2,school.kind",
    "missing:premises.teaching_area_m2@2199000062",
    "split:pupils:junior",
    "split:row:primary",
    "split:weights:nine_year",
    "without_value:3",
    "unknown_pupils:2",
]


@pytest.mark.parametrize("code", SAMPLES)
def test_a_code_has_words(code: str) -> None:
    words = reason(code).text
    assert "原因：" not in words.zh
    assert not _LATIN_WORD.search(words.zh.lower()), words.zh
    assert not words.en.startswith("reason:")


def test_the_stage_outside_the_standard_is_named() -> None:
    assert reason("stage:senior").text.zh == "高中学段不在本标准范围"


def _kinds_in_the_sources() -> Iterator[str]:
    for room in ("indicators/query", "indicators/reference", "judgement"):
        for path in (SOURCE / room).rglob("*.py"):
            text = path.read_text("utf-8")
            yield from _IN_SQL.findall(text) if "not_counted_row" in text else ()
            yield from (found.rstrip(":") for found in _IN_PYTHON.findall(text))


def test_no_kind_in_the_sources_is_without_a_sample() -> None:
    kinds = set(_kinds_in_the_sources())
    assert {"stage", "kind", "run_by", "not_counted_row", "missing", "split"} <= kinds
    assert kinds <= {sample.partition(":")[0] for sample in SAMPLES}


def _reasons(told: Any) -> Iterator[dict[str, str]]:
    if isinstance(told, dict):
        if {"code", "zh", "en"} <= told.keys():
            yield told
        for value in told.values():
            yield from _reasons(value)
    elif isinstance(told, list):
        for value in told:
            yield from _reasons(value)


def test_a_county_of_all_sorts_speaks_plainly(
    quality: Standard, basic: Standard, school_of: Any, county_of: Any, facts_of: Any
) -> None:
    senior = school_of("S", kind="complete_secondary")
    senior["stage"]["stage"] = senior["teacher_count"]["stage"] = "senior"
    schools = [school_of("A"), senior, school_of("K", kind="special"), school_of("C", run_by="city")]
    schools += [school_of("P", ownership="private"), school_of("T", kind="teaching_point", pupils=20)]
    schools += [school_of("N", is_counted=False), school_of("Z", pupils=0), school_of("U", pupils=None)]
    schools += [school_of("J", "junior", kind="nine_year"), school_of("M", teaching_area_m2=None)]
    codes = set()
    for standard in (quality, basic):
        told = judge(facts_of(county_of(*schools), standard), standard, year=2024)[0].as_json()
        for found in _reasons(told):
            codes.add(found["code"].partition(":")[0])
            assert "原因：" not in found["zh"]
            assert found["code"] not in found["zh"]
    assert {
        "stage",
        "kind",
        "run_by",
        "not_counted_row",
        "private",
        "missing",
        "split",
        "no_attestation",
    } <= codes
