from pathlib import Path

import pytest

from junheng.basics import STAGES, UserError
from junheng.indicators import Indicator, lineage_of, load_catalogue

WANTED = {
    "teachers_above_required_education_per_100",
    "backbone_teachers_per_100",
    "pe_and_arts_teachers_per_100",
    "teaching_area_per_pupil",
    "sports_area_per_pupil",
    "equipment_value_per_pupil",
    "multimedia_rooms_per_100",
    "teaching_area_with_indoor_sports_per_pupil",
    "computers_per_100",
    "books_per_pupil",
    "teachers_per_pupil",
    "teachers_above_required_education_per_pupil",
    "mid_or_senior_title_teachers_per_pupil",
    "classes_per_100_pupils",
    "site_area_per_pupil",
    "pupils_per_class",
}
MINE = """
- id: {id}
  name: {{zh: 生均采暖面积, en: heated area per pupil}}
  unit: {{zh: 平方米/生, en: m2 per pupil}}
  quantity_unit: {{zh: 平方米, en: m2}}
  whole: false
  numerator: {numerator}
  denominator: pupils
  meaning: {{zh: 采暖面积, en: heated area}}
  source: 本县
"""


def test_the_library_holds_what_the_standards_name() -> None:
    assert set(load_catalogue()) == WANTED


@pytest.mark.parametrize("indicator", load_catalogue().values(), ids=lambda found: found.id)
def test_every_indicator_speaks_both_languages_and_cites_its_source(indicator: Indicator) -> None:
    for text in (indicator.name, indicator.unit, indicator.quantity_unit, indicator.meaning):
        assert any("一" <= letter <= "鿿" for letter in text.zh)
        assert text.en.isascii() or "²" in text.en
    assert indicator.source
    assert set(indicator.numerator) <= set(STAGES)
    assert indicator.scale in (1, 100)


def test_above_required_education_depends_on_the_stage() -> None:
    indicator = load_catalogue()["teachers_above_required_education_per_100"]
    primary, junior = lineage_of(indicator, "primary"), lineage_of(indicator, "junior")
    assert ("teacher_count", "associate") in primary
    assert ("teacher_count", "associate") not in junior
    assert primary[-1] == ("stage", "pupils")
    assert "senior" not in indicator.numerator
    assert lineage_of(indicator, "senior") == (("stage", "pupils"),)


def test_a_county_adds_its_own(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(MINE.format(id="heated_area_per_pupil", numerator="heated_area_m2"), "utf-8")
    found = load_catalogue([mine])["heated_area_per_pupil"]
    assert set(found.numerator) == set(STAGES)
    assert set(load_catalogue()) == WANTED


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (MINE.format(id="books_per_pupil", numerator="books"), "books_per_pupil"),
        (MINE.format(id="x", numerator="heated_aria_m2"), "heated_aria_m2"),
        (MINE.format(id="x", numerator="pg_sleep(9)"), "PG_SLEEP"),
        (MINE.format(id="x", numerator="books") + "  colour: red\n", "colour"),
        ("just: a mapping", "list"),
        ("- 3", "key"),
        ("- [unclosed", "mine.yaml"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_the_reason(tmp_path: Path, text: str, named: str) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(text, "utf-8")
    with pytest.raises(UserError) as caught:
        load_catalogue([mine])
    shown = f"{caught.value.where} {caught.value.what}"
    assert "mine.yaml" in shown
    assert named.lower() in shown.lower()


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.yaml"):
        load_catalogue([tmp_path / "none.yaml"])
