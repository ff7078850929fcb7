"""Addresses against the table: the zone, outside, or cannot tell – never a guess."""

from datetime import date

import pytest
from tests.admissions.zones.rows import DAY, community, road, table

from junheng.admissions import ZoneTable, match_address

TABLE = table(
    road("A", "中山路", 1, 99, side="odd"),
    road("B", "中山路", 2, 98, side="even"),
    road("B", "中山路", 100, None, side="all"),
    road("C", "北街", 1, 50),
    road("C", "北街", 61, 90),
    road("D", "长弄路", 10, 40, units=("lane",)),
    road("E", "中心街", 1, 60, town="东镇"),
    road("F", "中心街", 1, 60, town="西镇"),
    road("E", "府路", 1, 9, town="东镇"),
    community("G", "甲村"),
    community("H", "红旗社区"),
    community("I", "北红旗社区"),
    road("H", "红旗路", 1, 20),
    marked_follow=True,
    places=("海城",),
)


@pytest.mark.parametrize(
    ("address", "zone"),
    [
        ("中山路15号", "A"),
        ("XX市海区中山路16号3单元", "B"),
        ("中山路 ２５８ 号", "B"),
        ("海城中山路1号", "A"),
        ("中山路甲15号", "A"),
        ("中山路15-3号", "A"),
        ("中山路15-19号", "A"),
        ("中山路98-102号", "B"),
        ("长弄路20弄5号", "D"),
        ("东镇中心街7号", "E"),
        ("XX区西镇中心街7号", "F"),
        ("府路3号", "E"),
        ("XX区甲村12号", "G"),
        ("红旗社区3栋", "H"),
        ("北红旗社区3栋", "I"),
        ("红旗社区红旗路3号", "H"),
        ("红旗社区红旗路", "H"),
    ],
)
def test_matched(address: str, zone: str) -> None:
    found = match_address(TABLE, address, DAY)
    assert (found.state, found.zone) == ("matched", zone), found.reason
    assert found.schools == (f"S{zone}",)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "没有地址"),
        ("中山路", "没有可识别的门牌号"),
        ("中山路12栋3单元", "没有可识别的门牌号"),
        ("孙中山路15号", "不是已知地名"),
        ("人民路15号", "没有这条路"),
        ("中山东路15号", "没有这条路"),
        ("北街55号", "空缺"),
        ("中山路15-16号", "可能是几个门牌"),
        ("长弄路20号", "另一类号码"),
        ("中心街7号", "几个镇街"),
        ("南镇中心街7号", "几个镇街"),
        ("西镇府路3号", "没有该镇街的“府路”"),
        ("中山路15号（北街3号）", "两条路"),
        ("红旗社区北街3号", "互相矛盾"),
    ],
)
def test_cannot_tell_with_the_reason(address: str, words: str) -> None:
    found = match_address(TABLE, address, DAY)
    assert found.state == "cannot_tell", found
    assert found.zone == ""
    assert found.schools == ()
    assert words in found.reason.zh
    assert found.reason.en


@pytest.mark.parametrize("address", ["北街91号", "府路11号", "长弄路50弄1号"])
def test_beyond_the_last_range_is_outside(address: str) -> None:
    assert match_address(TABLE, address, DAY).state == "outside"


@pytest.mark.parametrize("follows", [None, False])
def test_marked_doors_need_the_tables_word(follows: bool | None) -> None:
    plain = ZoneTable(TABLE.rows, marked_follow=follows)
    assert match_address(plain, "中山路甲15号", DAY).state == "cannot_tell"
    assert match_address(plain, "中山路15号", DAY).state == "matched"


def test_a_house_beside_lanes_may_be_covered_by_a_row_of_both() -> None:
    both = table(road("A", "长弄路", 1, 60, units=("house", "lane")))
    assert match_address(both, "长弄路20弄5号", DAY).zone == "A"
    assert match_address(both, "长弄路20号", DAY).zone == "A"


def test_zones_are_dated() -> None:
    dated = table(
        road("A", "北街", 1, 99, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31)),
        road("B", "北街", 1, 99, valid_from=date(2027, 1, 1)),
    )
    assert match_address(dated, "北街3号", date(2026, 12, 31)).zone == "A"
    assert match_address(dated, "北街3号", date(2027, 1, 1)).zone == "B"
    assert match_address(dated, "北街3号", date(2025, 1, 1)).state == "cannot_tell"


def test_a_zone_of_several_schools_gives_them_all() -> None:
    several = table(
        road("A", "北街", 1, 9, schools=("S1", "S2")), road("A", "南街", 1, 9, schools=("S1", "S2"))
    )
    assert match_address(several, "南街3号", DAY).schools == ("S1", "S2")


def test_overlapping_rows_cannot_tell_and_name_both() -> None:
    found = match_address(table(road("A", "北街", 1, 9), road("B", "北街", 5, 20)), "北街7号", DAY)
    assert found.state == "cannot_tell"
    assert {row.zone for row in found.rows} == {"A", "B"}
