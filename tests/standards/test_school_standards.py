"""School standards as data: the official figures, versions, regions, and faults named with their place."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from junheng.basics import UserError
from junheng.standards.located_yaml import read_yaml
from junheng.standards.schema import schema_text
from junheng.standards.school_standards import LineTable, list_school_standards, school_standard
from junheng.standards.school_standards.definition import SchoolStandardFile
from junheng.standards.school_standards.load import LIBRARY
from junheng.standards.school_standards.schema import PATH

ON = date(2024, 9, 1)
MADE_UP = Path(__file__).parents[2] / "examples" / "school_standards" / "made_up_province.yaml"
# City building area, m² per pupil: kind, classes, basic, planning.
CITY = [
    ("primary", [12, 18, 24, 30], "6.6 5.8 5.4 5.2", "10.0 8.3 7.9 7.2"),
    ("nine_year", [18, 27, 36, 45], "6.5 5.8 5.6 5.5", "9.3 7.9 8.0 7.8"),
    ("junior", [12, 18, 24, 30], "7.9 7.1 6.7 6.4", "11.4 10.1 9.8 9.0"),
    ("complete_secondary", [18, 24, 30, 36], "7.3 6.8 6.5 6.3", "10.3 9.9 9.1 8.8"),
]


@pytest.mark.parametrize(("kind", "classes", "basic", "planning"), CITY)
def test_the_city_figures_are_the_official_ones(
    kind: str, classes: list[int], basic: str, planning: str
) -> None:
    for name, figures in (("city-2002-basic", basic), ("city-2002-planning", planning)):
        (row,) = school_standard(name, on=ON).rows
        line = next(one for one in row.lines if f"'{kind}'" in one.schools)
        assert isinstance(line.at_least, LineTable)
        expected = dict(zip(classes, map(Decimal, figures.split()), strict=True))
        assert dict(line.at_least.sizes) == expected


@pytest.mark.parametrize(
    ("name", "sizes"), [("rural-2008", [30, 45, 50]), ("rural-2008-later", [30, 40, 45])]
)
def test_the_rural_figures_are_the_official_ones(name: str, sizes: list[int]) -> None:
    rows = {row.id: row for row in school_standard(name, on=ON).rows}
    assert [line.at_most for line in rows["class_size"].lines] == sizes
    assert [line.at_most for line in rows["most_classes"].lines] == [4, 24, 24]
    assert [line.at_least for line in rows["least_classes"].lines] == [6, 12]


def test_every_shipped_standard_is_cited_and_none_is_made_up() -> None:
    heads = list_school_standards()
    assert [head.id for head in heads] == [
        "city-2002-basic",
        "city-2002-planning",
        "rural-2008",
        "rural-2008-later",
    ]
    for head in heads:
        found = school_standard(head.id, on=ON)
        assert not head.is_made_up
        assert all(found.cited(row).certainty == "found" and found.cited(row).article for row in found.rows)


def test_the_example_says_that_it_is_made_up_and_has_eleven_rows_of_which_two_may_be_missed() -> None:
    found = school_standard(MADE_UP, on=ON, region="999901")
    assert found.head.is_made_up
    assert (len(found.rows), found.version.max_misses) == (11, 2)


def test_the_schema_is_current_and_takes_every_file() -> None:
    assert PATH.read_text("utf-8") == schema_text(SchoolStandardFile)
    validator = Draft202012Validator(json.loads(PATH.read_text("utf-8")))
    for path in [*LIBRARY.glob("*.yaml"), MADE_UP]:
        assert list(validator.iter_errors(_plain(read_yaml(path).content))) == []


def _plain(value: Any) -> Any:
    """What an editor's YAML reader makes of the same file."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def test_a_standard_of_another_region_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        school_standard(MADE_UP, on=ON, region="150102")
    assert "不是 150102" in str(caught.value)
    assert "made_up_province.yaml:" in str(caught.value.lines())


def test_each_side_of_the_day_in_force() -> None:
    with pytest.raises(UserError):
        school_standard("rural-2008", on=date(2008, 11, 30))
    assert school_standard("rural-2008", on=date(2008, 12, 1)).rows


def test_versions_follow_each_other_to_the_day(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(SMALL + LATER, encoding="utf-8")
    days = {date(2020, 8, 31): 1, date(2020, 9, 1): 2}
    assert {day: school_standard(path, on=day).rows[0].lines[0].at_least for day in days} == days


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(UserError) as caught:
        school_standard("city-2002-basics", on=ON)
    assert "city-2002-basic" in str(caught.value)


SMALL = """standard: {id: small, name: {zh: 小, en: Small}}
documents: {d: {title: 某文}}
figures: [{id: bath_m2, name: {zh: 浴室, en: Bath}, unit: {zh: 平方米, en: m2}}]
groups: [{id: g, name: {zh: 组, en: Group}}]
versions:
  - in_force_from: 2010-09-01
    source: {document: d, article: 一, certainty: local}
    rows:
      - {id: a, name: {zh: 甲, en: A}, group: g, numerator: books, unit: {zh: 册, en: b}, quantity: {zh: 册, en: b}, lines: [{at_least: 1}]}
"""
LATER = (
    SMALL.split("versions:\n")[1].replace("2010-09-01", "2020-09-01").replace("at_least: 1", "at_least: 2")
)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("group: g,", "group: h,", 9, "没有分组 h"),
        ("at_least: 1}", "at_least: 1, at_most: 2}", 9, "exactly one of"),
        ("{at_least: 1}", "{}", 9, "exactly one of"),
        ("lines:", "line:", 9, "line"),
        ("{document: d,", "{document: e,", 7, "没有登记"),
        ("certainty: local", "certainty: sure", 7, "sure"),
        ("    rows:", "    max_misses: 1\n    rows:", 8, "不能允许1项"),
        ("id: bath_m2", "id: Bath", 3, "Bath"),
        ("[{id: g, name: {zh: 组, en: Group}}]", "[]", 4, "groups"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in SMALL
    path = tmp_path / "s.yaml"
    path.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        school_standard(path, on=ON)
    told = " ".join(str(one) for one in caught.value.lines())
    assert said in told
    assert f"s.yaml:{line}" in told


@pytest.mark.parametrize("twice", ["figures", "groups"])
def test_a_name_given_twice_is_refused(tmp_path: Path, twice: str) -> None:
    own = next(line for line in SMALL.splitlines() if line.startswith(twice))
    inner = own.split(": ", 1)[1][1:-1]
    path = tmp_path / "s.yaml"
    path.write_text(SMALL.replace(inner, f"{inner}, {inner}"), encoding="utf-8")
    with pytest.raises(UserError, match="重复"):
        school_standard(path, on=ON)


def test_versions_out_of_order_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(SMALL + LATER.replace("2020-09-01", "2010-09-01"), encoding="utf-8")
    with pytest.raises(UserError, match="先后"):
        school_standard(path, on=ON)
