"""Overlays of school standards: dated, cited, by region; whatever does not fit is refused with its place."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.standards.school_standards import LineTable, SchoolStandard, school_standard

EXAMPLES = Path(__file__).parents[2] / "examples" / "school_standards"
PROVINCE, CITY = EXAMPLES / "made_up_province.yaml", EXAMPLES / "made_up_city.yaml"
COUNTY = "999901"
HEAD = """overlay: {id: trial, name: {zh: 试算, en: Trial}, standard: made-up-province}
documents: {d: {title: 某文}}
patches:
"""
PATCH = """  - path: PATH
    add: ADD
    versions:
      - in_force_from: 2020-09-01
        source: {document: d, article: 一, certainty: local}
        value: VALUE
"""
NEW_ROW = (
    "{name: {zh: 新, en: New}, group: equipment, numerator: books, unit: {zh: 册, en: books}, "
    "quantity: {zh: 册, en: books}, lines: [{at_least: 1}]}"
)


def trial(folder: Path, path: str, value: str, *, add: bool = False) -> Path:
    """An overlay of one change."""
    file = folder / "trial.yaml"
    text = PATCH.replace("PATH", path).replace("VALUE", value).replace("ADD", str(add).lower())
    file.write_text(HEAD + text, encoding="utf-8")
    return file


def changed(*overlays: Path, on: date = date(2024, 9, 1)) -> SchoolStandard:
    """The example with these overlays."""
    return school_standard(PROVINCE, on=on, region=COUNTY, overlays=overlays)


def site_line(found: SchoolStandard) -> object:
    """The line of the first row for schools in cities."""
    return found.rows[0].lines[0].at_least


def test_a_change_holds_from_its_day_and_is_cited() -> None:
    before, after = changed(CITY, on=date(2023, 8, 31)), changed(CITY, on=date(2023, 9, 1))
    assert (site_line(before), site_line(after)) == (Decimal(8), Decimal("15.1"))
    assert before.cited(before.rows[0]).document == "虚构省教育厅〔2012〕0号"
    cited = after.cited(after.rows[0])
    assert (cited.document, cited.article, cited.overlay) == (
        "虚构市教育局〔2023〕0号",
        "第二条",
        "made-up-city",
    )
    assert after.cited(after.rows[2]).document == "虚构省教育厅〔2012〕0号"
    assert after.rows[0].lines[1].at_least == Decimal(10)  # the other line keeps the province's figure


def test_a_size_of_a_table_alone_can_be_changed() -> None:
    table = changed(CITY).rows[1].lines[0].at_least
    assert isinstance(table, LineTable)
    assert dict(table.sizes) == {
        6: Decimal("7.0"),
        12: Decimal("6.8"),
        24: Decimal("5.5"),
        36: Decimal("5.0"),
    }


@pytest.mark.parametrize(
    ("day", "misses"), [("2020-08-31", 2), ("2020-09-01", 3), ("2022-08-31", 3), ("2022-09-01", 2)]
)
def test_a_change_that_ends_gives_the_provinces_figure_back(day: str, misses: int) -> None:
    assert changed(CITY, on=date.fromisoformat(day)).version.max_misses == misses


def test_the_fingerprint_is_the_files_own_without_overlays_in_force() -> None:
    plain = changed()
    assert changed(CITY, on=date(2019, 9, 1)).sha256 == plain.sha256
    assert changed(CITY).sha256 != plain.sha256
    assert "overlays" not in plain.as_json()


def test_rows_are_added_and_taken_away(tmp_path: Path) -> None:
    more = changed(trial(tmp_path, "rows.new", NEW_ROW, add=True))
    assert [row.id for row in more.rows][-1] == "new"
    assert more.cited(more.rows[-1]).overlay == "trial"
    fewer = changed(trial(tmp_path, "rows.site_area", "null"))
    assert (len(fewer.rows), fewer.rows[0].id) == (10, "building_area")


def test_a_complaint_about_an_overlaid_value_names_the_overlays_line(tmp_path: Path) -> None:
    found = changed(trial(tmp_path, "rows.books.numerator", "bookz"))
    number = [row.id for row in found.rows].index("books")
    assert "trial.yaml:" in found.where(number, "numerator")
    assert "made_up_province.yaml:" in found.where(number, "denominator")


@pytest.mark.parametrize(
    ("path", "value", "add", "said"),
    [
        ("rows.sites_area.whole", "true", False, "最接近的是 site_area"),
        ("rows.site_area.lines.3.at_least", "9", False, "没有 rows.site_area.lines.3"),
        ("rows.site_area.lines.0.at_least", "9", False, "没有 rows.site_area.lines.0"),
        ("rows.site_area.at_least", "9", False, "没有 rows.site_area.at_least"),
        ("rows.site_area.at_least", "9", True, "不认识的键 at_least"),
        ("rows.site_area.lines.1.at_least", "-1", False, "不合要求"),
        ("rows.site_area.lines.1.at_most", "9", True, "有且只有一个"),
        ("rows.site_area.lines.1", "null", False, "不能单独取消"),
        ("rows.site_area.group", "other", False, "分组 other 不存在"),
        ("rows.site_area", NEW_ROW.replace("{name", "{id: other, name"), False, "与路径 site_area 不同"),
        ("rows.site_area.source", "{document: d, article: 二, certainty: local}", True, "出处写在"),
        ("groups.equipment", "null", False, "分组 equipment 不存在"),
        ("version.max_misses", "11", False, "不能允许11项"),
        ("limits.x", "1", True, "没有 limits"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    tmp_path: Path, path: str, value: str, add: bool, said: str
) -> None:
    file = trial(tmp_path, path, value, add=add)
    with pytest.raises(UserError) as caught:
        changed(file)
    told = " ".join(str(line) for line in caught.value.lines())
    assert said in told
    assert "trial.yaml:" in told


def test_an_overlay_for_another_standard_or_region_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="针对 made-up-province"):
        school_standard("rural-2008", on=date(2024, 9, 1), overlays=[CITY])
    other = tmp_path / "other.yaml"
    other.write_text(CITY.read_text("utf-8").replace('region: "9999"', 'region: "9998"'), encoding="utf-8")
    with pytest.raises(UserError, match="不适用于 999901"):
        changed(other)
