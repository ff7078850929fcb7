"""Declared items judged: weights of a score, a veto turned round, findings opened down to their rows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from junheng.basics import UserError
from junheng.judgement import (
    Assessment,
    Explanation,
    Finding,
    Verdict,
    assess,
    explain_county,
    explain_indicator,
    judge,
    read_finding,
    write_finding,
)
from junheng.standards import ItemTest, Limit, Standard

Canonical = Callable[[str, Sequence[Mapping[str, Any]]], pa.Table]
DATED = {"year": 2024, "scope": "county", "scope_id": "150102", "dated_on": None}


def _attested(canonical: Canonical, ratings: Mapping[str, str]) -> pa.Table:
    day = date(2024, 6, 30)
    return canonical(
        "attestation",
        [{**DATED, "item": key, "rating": found, "dated_on": day} for key, found in ratings.items()],
    )


def _weighted(standard: Standard, weights: Mapping[str, int]) -> Standard:
    """The standard as a province might weigh its seventeen items."""
    value = {key: Decimal(weight) for key, weight in weights.items()}
    limit = Limit.model_validate(
        {"name": {"zh": "权重", "en": "weights"}, "value": value, "comparison": "为"}
    )
    items = tuple(
        item.model_copy(update={"limits": {**item.limits, "weights": limit}}) if item.id == "BG" else item
        for item in standard.items
    )
    return standard.model_copy(update={"items": items})


@pytest.mark.parametrize(
    ("weight", "verdict", "score"), [(1, "not_met", 16 / 17), (3, "not_met", 16 / 19), (0, "met", 1)]
)
def test_a_score_is_weighed_as_the_province_says(
    basic: Standard, school_of: Any, county_of: Any, facts_of: Any, canonical: Canonical,
    weight: int, verdict: str, score: float,
) -> None:  # fmt: skip
    ratings = {f"BG{n}": "符合" for n in range(1, 17)} | {"BG17": "不符合"}
    weights = dict.fromkeys(ratings, 1) | {"BG17": weight}
    strict = basic.model_copy(update={"items": tuple(
        item.model_copy(update={"limits": {**item.limits, "score": item.limits["score"].model_copy(update={"value": Decimal(95)})}})
        if item.id == "BG" else item for item in basic.items)})  # fmt: skip
    tables = county_of(school_of("A")) | {"attestation": _attested(canonical, ratings)}
    standard = _weighted(strict, weights)
    found = judge(facts_of(tables, standard), standard, year=2024)[0].items["BG"]
    assert found.verdict == verdict
    assert found.value == pytest.approx(100 * score)


def test_all_attested_and_nothing_computed_leaves_the_county_open(
    quality: Standard, school_of: Any, county_of: Any, facts_of: Any, canonical: Canonical
) -> None:
    vetoes = {f"V{n}": "未发现" for n in (1, 2, 3, 4, 5, 6, 8)}
    tables = county_of(school_of("A"), school_of("B", "junior")) | {
        "attestation": _attested(canonical, vetoes)
    }
    found = judge(facts_of(tables, quality), quality, year=2024)[0]
    assert found.items["V1"].verdict is Verdict.MET
    assert found.items["V7"].verdict is Verdict.CANNOT_TELL
    assert found.parts["veto"].verdict is Verdict.CANNOT_TELL
    assert [why.code for why in found.parts["veto"].reasons] == ["item_open:V7"]


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ({"fact": "teachers_certifed", "limit": "rate"}, "teachers_certified"),
        ({"fact": "in_zone", "limit": "rate", "only": {"area": "areas"}}, "areas"),
    ],
)
def test_a_test_that_names_what_is_not_there_is_refused(
    quality: Standard, school_of: Any, county_of: Any, facts_of: Any, test: Mapping[str, Any], said: str
) -> None:
    items = tuple(
        item.model_copy(update={"tests": (ItemTest.model_validate(test),)}) if item.id == "G12" else item
        for item in quality.items
    )
    standard = quality.model_copy(update={"items": items})
    evaluation = facts_of(county_of(school_of("A")), standard)
    with pytest.raises(UserError, match="G12") as caught:
        judge(evaluation, standard, year=2024)
    assert said in str(caught.value) + str(caught.value.fix)


@pytest.fixture(scope="module")
def finding(school_of: Any, county_of: Any, canonical: Canonical, as_read: Any, quality: Standard,
            tmp_path_factory: pytest.TempPathFactory) -> Finding:  # fmt: skip
    """Two primary schools with rooms and classes, one short of a music room."""
    tables = dict(county_of(school_of("A"), school_of("B")))
    tables["stage"] = canonical("stage", [
        {"year": 2024, "school_id": key, "stage": "primary", "pupils": 1000, "classes": 24, "max_class_size": 42}
        for key in "AB"
    ])  # fmt: skip
    tables["special_room"] = canonical("special_room", [
        {"year": 2024, "school_id": key, "room_id": f"{kind}{n}", "kind": kind, "area_m2": 100.0}
        for key, kind, count in (("A", "music", 2), ("A", "art", 2), ("B", "music", 1), ("B", "art", 2))
        for n in range(count)
    ])  # fmt: skip
    tables["attestation"] = _attested(canonical, {"G1": "符合"})
    assessment: Assessment = assess(as_read(tables), quality, year=2024)
    folder: Path = tmp_path_factory.mktemp("items")
    return read_finding(write_finding(assessment, folder / "f", command="c"))


def _text(found: Explanation) -> str:
    return "\n".join([one.zh for node in found.walk() for one in (node.title, *node.lines)])


def _cells(found: Explanation) -> list[tuple[str, str, str, int | None]]:
    return [(c.column, c.value, c.sheet, c.row) for node in found.walk() for c in node.cells]


def test_a_school_opens_down_to_its_rooms(finding: Finding) -> None:
    found = explain_indicator(finding, "B", "G3")
    assert "B学校" in found.title.zh
    assert "未达标" in found.title.zh
    assert "音乐专用教室差 1间" in _text(found)
    assert "放宽口径 G3a：没有用到" in _text(found)
    assert "每间音乐专用教室面积不小于96平方米" in _text(found)
    cells = _cells(found)
    assert ("special_room.area_m2", "100", "专用教室", 7) in cells
    assert ("stage.classes", "24", "学段", 4) in cells
    assert not any(row == 3 and column.startswith("special_room") for column, _, _, row in cells)  # of A


def test_the_county_names_who_misses(finding: Finding) -> None:
    text = _text(explain_county(finding, "G3"))
    assert "2 个中达到 1，未达到 1，无法判定 0" in text
    assert "B学校：未达标，音乐专用教室差 1间" in text
    assert "A学校" not in text


def test_evidence_is_shown_with_its_row(finding: Finding) -> None:
    found = explain_county(finding, "G1")
    assert "评定“符合”，2024-06-30 起" in _text(found)
    assert ("attestation.rating", "符合", "佐证材料", 3) in _cells(found)


def test_an_item_that_asks_no_single_school_is_the_countys(finding: Finding) -> None:
    assert explain_indicator(finding, "B", "G8").title.zh.startswith("G8 教师待遇")
