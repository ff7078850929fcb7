"""The zone table in Excel: written and read back the same; every faulty row named."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.forms import write_book
from tests.effort import examples

from junheng.admissions import ZoneRow, ZoneTable, made_up_zones, read_zone_table, write_zone_table
from junheng.basics import UserError
from junheng.data.books import Place


def row(**changes: Any) -> dict[str, Any]:
    first = {"片区编号": "P1", "学校代码": "101", "路名": "北街", "单双号": "单", "起号": 1, "止号": "99号"}
    return {**first, "社区（村）": "", "生效日期": date(2027, 1, 1), "失效日期": "", **changes}


def test_a_book_is_read(tmp_path: Path) -> None:
    rows = [
        row(),
        row(
            片区编号="P2", 学校代码="102、103", 路名="", 单双号="", 起号="", 止号="", **{"社区（村）": "甲村"}
        ),
    ]
    found = read_zone_table(write_book(tmp_path / "z.xlsx", rows, "片区表"), ["101", "102", "103"])
    assert [(r.zone, r.schools, r.road, r.side, r.first, r.last, r.community) for r in found.rows] == [
        ("P1", ("101",), "北街", "odd", 1, 99, ""),
        ("P2", ("102", "103"), "", "all", None, None, "甲村"),
    ]
    assert str(found.rows[1].place) == "z.xlsx [片区表] 第 3 行 row 3"
    assert found.marked_follow is None


@pytest.mark.parametrize(
    ("changes", "words", "cell"),
    [
        ({"片区编号": ""}, "没有填", "A2"),
        ({"学校代码": "999"}, "不在学校名单", "B2"),
        ({"路名": ""}, "应填且只填一项", "C2"),
        ({"社区（村）": "甲村"}, "应填且只填一项", "C2"),
        ({"单双号": ""}, "须写单、双或全", "D2"),
        ({"单双号": "奇"}, "单、双、全", "D2"),
        ({"起号": "甲"}, "门牌号应为数字", "E2"),
        ({"起号": 2}, "单双", "E2"),
        ({"止号": 100}, "单双", "F2"),
        ({"起号": 101}, "止号小于起号", "F2"),
        ({"生效日期": ""}, "没有填", "H2"),
        ({"生效日期": "明年"}, "不能是“明年”。填日期", "H2"),
        ({"失效日期": date(2026, 1, 1)}, "失效早于生效", "I2"),
        ({"起号": "=1"}, "公式", "E2"),
    ],
)
def test_faults_are_named_with_their_cells(
    tmp_path: Path, changes: dict[str, Any], words: str, cell: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        read_zone_table(write_book(tmp_path / "z.xlsx", [row(**changes)], "片区表"), ["101"])
    assert f"z.xlsx [片区表] {cell}" in str(caught.value.what)


def test_a_book_without_zones_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有找到片区表"):
        read_zone_table(write_book(tmp_path / "z.xlsx", [{"甲": 1}]))


def _bare(table: ZoneTable) -> ZoneTable:
    return replace(table, rows=tuple(replace(r, place=Place()) for r in table.rows))


def test_the_template_reads_back_the_same(tmp_path: Path) -> None:
    write_zone_table(tmp_path / "empty.xlsx")
    assert read_zone_table(tmp_path / "empty.xlsx").rows == ()
    write_zone_table(tmp_path / "full.xlsx", made_up_zones())
    assert _bare(read_zone_table(tmp_path / "full.xlsx")) == made_up_zones()


_NAMES = st.text(st.characters(categories=["Lo"]), min_size=1, max_size=5)


@st.composite
def _rows(draw: st.DrawFn) -> ZoneRow:
    starts = draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    ends = draw(st.none() | st.dates(starts, date(2031, 1, 1)))
    schools = tuple(draw(st.lists(st.sampled_from(["1", "02", "S3"]), min_size=1, unique=True)))
    if draw(st.booleans()):
        return ZoneRow(Place(), "P", schools, starts, ends, community="村" + draw(_NAMES))
    first = draw(st.none() | st.integers(1, 50))
    last = draw(st.none() | st.integers(first or 1, 99))
    units = draw(st.sampled_from([("house",), ("lane",), ("house", "lane")]))
    return ZoneRow(Place(), "P", schools, starts, ends, "镇", "路", "all", first, last, units)


@given(st.lists(_rows(), max_size=4), st.sampled_from([None, True, False]))
@settings(max_examples=examples(15))
def test_any_table_survives_the_workbook(
    tmp_path_factory: pytest.TempPathFactory, rows: list[ZoneRow], follows: bool | None
) -> None:
    from junheng.admissions.zones import clean_address

    rows = [replace(r, community=clean_address(r.community)) for r in rows]
    table = ZoneTable(tuple(rows), follows, ("海城",))
    path = tmp_path_factory.mktemp("zones") / "z.xlsx"
    write_zone_table(path, table)
    assert _bare(read_zone_table(path)) == table
