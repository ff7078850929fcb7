"""House numbers as people write them, and what can be read two ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.admissions.zones.address import Door, clean_address, door_at, numeral

ROAD = "中山路"


@pytest.mark.parametrize(
    ("typed", "door"),
    [
        ("中山路12号", Door(12, "house")),
        ("中山路１２号", Door(12, "house")),
        ("中山路 12 号 3单元401室", Door(12, "house")),
        ("中山路十二号", Door(12, "house")),
        ("中山路一百零二号", Door(102, "house")),
        ("中山路二〇三号", Door(203, "house")),
        ("中山路12", Door(12, "house")),
        ("中山路东段12号", Door(12, "house")),
        ("中山路12号院3号楼", Door(12, "house")),
        ("中山路甲12号", Door(12, "house", "甲")),
        ("中山路12号乙", Door(12, "house", "乙")),
        ("中山路12号附3", Door(12, "house", "附3")),
        ("中山路附12号", Door(12, "house", "附")),
        ("中山路12-3号", Door(12, "house", "-3")),
        ("中山路12—3号", Door(12, "house", "-3")),
        ("中山路12之3号", Door(12, "house", "-3")),
        ("中山路12-16号", Door(12, "house", "-16", 16)),
        ("中山路100弄25号", Door(100, "lane")),
        ("中山路100弄3支弄5号", Door(100, "lane")),
        ("中山路100弄", Door(100, "lane")),
    ],
)
def test_doors_are_read(typed: str, door: Door) -> None:
    assert door_at(clean_address(typed), len(ROAD)) == door


@pytest.mark.parametrize(
    "typed",
    ["中山路", "中山路东侧", "中山路12-3", "中山路12栋", "中山路12、14号", "中山路号", "中山路十百号"],
)
def test_what_is_no_door_stays_none(typed: str) -> None:
    assert door_at(clean_address(typed), len(ROAD)) is None


def _written(number: int) -> str:
    """The ordinary Chinese numeral, written independently of the parser."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + units[place]
            gap = False
        else:
            gap = True
    return text


@given(st.integers(1, 9999))
def test_chinese_numerals_are_understood(number: int) -> None:
    written = _written(number)
    assert numeral(written) == number
    if 10 <= number < 20:
        assert numeral(written.removeprefix("一")) == number
