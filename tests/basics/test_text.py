"""Text: both languages, and headings that survive an officer's typing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.basics import STAGE_NAMES, STAGES, Text, UserError, heading_key, nearest, normalise, value_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教学仪器设备资产值（万元）", "教学仪器设备 资产值(万元)"),
        ("学校（机构）标识码", "学校(机构)\n标识码"),
        ("专任教师/#按学历分/本科", "专任教师 按学历分 本科"),
        ("\uff21\uff22\uff23１", "abc1"),
        ("*学校标识码", "学校标识码★"),
    ],
)
def test_headings_that_are_the_same(one: str, other: str) -> None:
    assert heading_key(one) == heading_key(other)


def test_chinese_survives() -> None:
    assert normalise(" 城关镇　中心小学 ") == "城关镇 中心小学"
    assert normalise("第１中学") == "第1中学"


_HEADINGS = st.text(
    st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("学校在校生数（）【】／，：　１㎡")
)


@given(_HEADINGS)
def test_keys_are_stable(text: str) -> None:
    assert heading_key(heading_key(text)) == heading_key(text)
    assert normalise(normalise(text)) == normalise(text)


def test_nearest_suggests_or_stays_silent() -> None:
    assert nearest("在校生人数", ["在校生数", "班数"]) == "在校生数"
    assert nearest("zzzz", ["在校生数", "班数"]) is None


def test_an_error_says_what_where_why_and_how_to_mend() -> None:
    error = UserError(Text("错", "wrong"), where="a.xlsx", why=Text("因", "why"), fix=Text("改", "mend"))
    assert [line.zh for line in error.lines()] == ["错", "位置：a.xlsx", "影响：因", "办法：改"]
    assert error.exit_code == 2
    assert str(error) == "错 | wrong"


def test_every_stage_has_both_names() -> None:
    assert all(STAGE_NAMES[stage].zh and STAGE_NAMES[stage].en for stage in STAGES)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("-1", "1", False),
        ("1.0", "10", False),
        (" 是 ", "是", True),
        ("YES", "yes", True),
        ("（是）", "是", True),
    ],
)
def test_words_for_a_value(one: str, other: str, same: bool) -> None:
    """A sign or a point is part of a code: -1 is not 1."""
    assert (value_key(one) == value_key(other)) is same
