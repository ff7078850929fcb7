"""Values in words: bilingual, with the clause's comparison, each beside its own source."""

from datetime import date
from decimal import Decimal

import pytest

from junheng.basics import Text
from junheng.standards import Item, Standard, describe, resolve, spoken
from junheng.standards.wording import VALUE_NAMES


def _lines(piece: object) -> dict[str, tuple[str, str, str]]:
    found = describe(piece)  # type: ignore[arg-type]  # pieces of several kinds
    return {line.field: (line.label.zh, line.value.zh, line.value.en) for line in found}


def _item(standard: Standard, name: str) -> Item:
    return next(item for item in standard.items if item.id == name)


def test_an_indicator(quality: Standard) -> None:
    lines = _lines(quality.rule("R4"))
    assert lines["thresholds"] == (
        "标准值",
        "小学 不低于 4.5；初中 不低于 5.8",
        "primary ≥ 4.5; junior ≥ 5.8",
    )
    assert lines["floor"] == ("底线", "小学 3.825；初中 4.93", "primary 3.825; junior 4.93")
    assert lines["cv_limits"][1:] == ("小学 0.5；初中 0.45", "primary 0.5; junior 0.45")
    articles = {line.field: line.citation.article for line in describe(quality.rule("R4"))}
    assert (articles["thresholds"], articles["cv_limits"]) == ("第六条第（四）项", "第六条末款")


def test_rules_of_which_there_is_one(quality: Standard, basic: Standard) -> None:
    assert _lines(quality.variation)["weights"][1:] == ("按在校生数加权", "weighted by pupils")
    assert _lines(quality.variation)["per_indicator"][1:] == ("是", "yes")
    assert _lines(basic.variation)["composite_limits"][1] == "小学 不超过 0.65；初中 不超过 0.55"
    assert _lines(quality.counting)["teaching_point_min_pupils"][1] == "50"
    assert "九年一贯制（小学 1；初中 1.1）" in _lines(quality.split)["weights"][1].replace(" （", "（")


def test_items_with_units_and_relaxations(quality: Standard) -> None:
    lines = _lines(_item(quality, "G3"))
    assert lines["limits.music_room_area"] == ("音乐专用教室面积", "不低于 96 平方米", "≥ 96 m²")
    label, value, _ = lines["relaxations.G3b.limits.art_room_area"]
    assert label == "最大班额不足30人的农村小规模学校：美术专用教室面积"
    assert value == "小学 不低于 54；初中 不低于 61 平方米"
    assert _lines(_item(quality, "Q9"))["limits.between_school_variation"][2] == "< 0.15 (ratio)"


def test_a_line_is_cited_by_the_overlay_that_set_part_of_it() -> None:
    item = _item(resolve("quality-2017", on=date(2024, 9, 1), region="210102"), "G7")
    overlays = {line.field: line.citation.overlay for line in describe(item)}
    assert overlays == {"limits.amount": "shenyang", "limits.national_base": ""}


@pytest.mark.parametrize(
    ("value", "word", "expected"),
    [
        (Decimal("0.50"), "不超过", Text("不超过 0.5", "≤ 0.5")),
        (Decimal("2000"), "以上", Text("以上 2000", "≥ 2000")),
        (400000, "小于", Text("小于 400000", "< 400000")),
        (True, "", Text("是", "yes")),
        (("家长", "教师"), "", Text("家长、教师", "parents, teachers")),
        ("某词", "", Text("某词", "某词")),
    ],
)
def test_spoken_values(value: object, word: str, expected: Text) -> None:
    assert spoken(value, word) == expected


def test_every_word_used_as_a_value_has_an_english_reading(quality: Standard, basic: Standard) -> None:
    words: set[str] = set()
    for standard in (quality, basic):
        limits = [limit for item in standard.items for limit in item.limits.values()]
        limits += [limit for declared in standard.declarations for limit in declared.limits.values()]
        for value in (limit.value for limit in limits):
            words |= {value} if isinstance(value, str) else set(value) if isinstance(value, tuple) else set()
    assert len(words) > 30
    assert sorted(words - set(VALUE_NAMES)) == []
