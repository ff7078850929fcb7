"""Index systems: the library adds up, refuses what does not, and says what nobody knows."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.standards.scoring import IndexSystem, index_system, list_systems
from junheng.standards.scoring.schema import PATH, SystemFile, schema_text

ON = date(2024, 9, 1)
ROOT = Path(__file__).resolve().parents[2]
OWN = """system:
  id: own
  name: {zh: 自拟, en: Own}
  subject: school
  version: "1"
  in_force_from: 2020-01-01
  in_force_to: 2025-12-31
  source: {document: 某文, article: 一, certainty: local}
  full: 10
  required_grade: good
documents: {某文: {title: 某文}}
scale: [{id: yes, name: {zh: 是, en: "Yes"}, share: 1}]
grades: [{id: good, name: {zh: 好, en: Good}, at_least: 6}, {id: bad, name: {zh: 差, en: Bad}, at_least: 0}]
rounds: [{id: self, name: {zh: 自评, en: Self}}]
awards: {early_days: 1, source: {document: 某文, article: 一, certainty: local}}
areas:
  - id: A
    name: {zh: 甲, en: A}
    points: 6
    items: [{id: A1, name: {zh: 一, en: One}, points: 2}, {id: A2, name: {zh: 二, en: Two}}]
  - id: B
    name: {zh: 乙, en: B}
    points: 4
    cap: 3
    items: [{id: B1, name: {zh: 一, en: One}, points: 4}]
"""


def own(tmp_path: Path, old: str = "", new: str = "") -> Path:
    """The system above in a file, with one passage changed."""
    assert old in OWN
    path = tmp_path / "own.yaml"
    path.write_text(OWN.replace(old, new) if old else OWN, encoding="utf-8")
    return path


def system(name: str) -> IndexSystem:
    return index_system(name, on=ON)


@pytest.mark.parametrize("name", sorted({head.id for head in list_systems()}))
def test_every_system_of_the_library_adds_up(name: str) -> None:
    found = system(name)
    assert sum(item.points for item in found.items()) == sum(area.points for area in found.areas) == 100
    assert found.full == 100
    assert found.grades[-1].at_least == 0


def test_the_eight_domains_of_school_management() -> None:
    names = [area.name.zh for area in system("school-management").areas]
    assert names == ["行政管理", "德育", "教学与教学评价", "教师", "教学质量", "学生", "安全", "后勤"]
    assert system("school-management").required_grade == "good"


@pytest.mark.parametrize("level", ["county", "school", "pupil"])
def test_the_quality_guide_has_five_aspects_and_invents_no_indicator(level: str) -> None:
    found = system(f"quality-guide-{level}")
    assert len(found.areas) == 5
    assert all(item.is_own_default for item in found.items())
    assert any("12" in text.en for text in found.unknown)


def test_the_seventeen_items_are_the_standards_own() -> None:
    found = system("basic-2012-government")
    assert [item.id for item in found.items()] == [f"BG{number}" for number in range(1, 18)]
    assert {item.points for item in found.items()} == {Fraction(100, 17)}
    assert [area.name.zh for area in found.areas] == ["入学机会", "保障机制", "教师队伍", "质量与管理"]
    assert found.grades[0].at_least == 85


def test_what_is_stated_is_kept_and_the_rest_shared(tmp_path: Path) -> None:
    found = index_system(own(tmp_path), on=ON)
    assert {item.id: item.points for item in found.items()} == {"A1": 2, "A2": 4, "B1": 4}
    assert found.full == 9  # the cap of B


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("points: 6", "points: 5", "system.full"),  # areas 5 + 4
        (
            "id: B1, name: {zh: 一, en: One}, points: 4",
            "id: B1, name: {zh: 一, en: One}, points: 5",
            "areas.B.points",
        ),
        ("id: A2", "id: A1", "areas"),
        ("required_grade: good", "required_grade: best", "required_grade"),
        ("at_least: 6", "at_least: 0", "grades"),
        ("cap: 3", "cap: 7", "areas.B.cap"),
        ("share: 1", "share: 1.5", "share"),
        ("early_days: 1", "early_day: 1", "early_day"),
    ],
)
def test_what_does_not_hold_together_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(UserError) as caught:
        index_system(own(tmp_path, old, new), on=ON)
    assert "own.yaml:" in caught.value.where
    assert told in caught.value.where


def test_a_sum_is_told_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"分值之和是 9，应为 10.*the points add up to 9, not 10"):
        index_system(own(tmp_path, "points: 6", "points: 5"), on=ON)


@pytest.mark.parametrize("on", [date(2019, 12, 31), date(2026, 1, 1)])
def test_a_system_not_in_force_is_refused(tmp_path: Path, on: date) -> None:
    index_system(own(tmp_path), on=date(2025, 12, 31))
    with pytest.raises(UserError, match="不生效"):
        index_system(own(tmp_path), on=on)


def test_the_nearest_name_is_offered() -> None:
    with pytest.raises(UserError) as caught:
        system("school-managment")
    assert caught.value.fix is not None
    assert "school-management" in caught.value.fix.en


def test_an_overlay_changes_points_and_is_named() -> None:
    overlay = ROOT / "examples" / "scoring" / "province_points.yaml"
    found = index_system("basic-2012-government", on=ON, region="990101", overlays=[overlay])
    points = {item.id: item.points for item in found.items()}
    assert (points["BG1"], points["BG9"], points["BG2"]) == (8, 10, Fraction(82, 15))
    assert next(found.items()).citation.overlay == "province-99-points"
    assert sum(points.values()) == 100
    with pytest.raises(UserError, match="叠加文件用于"):
        index_system("basic-2012-government", on=ON, region="150102", overlays=[overlay])


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [("areas.A.items.A9.points", 3, "没有 A9"), ("areas.B.items.B1.points", 3, "分值之和是 3，应为 4")],
)
def test_an_overlay_that_leads_nowhere_or_does_not_sum_is_refused(
    tmp_path: Path, path: str, value: int, told: str
) -> None:
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(
        f"""overlay: {{id: o, name: {{zh: 甲, en: A}}, standard: own}}
documents: {{某文: {{title: 某文}}}}
patches:
  - path: {path}
    versions: [{{in_force_from: 2020-01-01, source: {{document: 某文, article: 一, certainty: local}}, value: {value}}}]
""",
        encoding="utf-8",
    )
    with pytest.raises(UserError, match=told):
        index_system(own(tmp_path), on=ON, overlays=[overlay])


def test_the_schema_is_that_of_the_models() -> None:
    assert PATH.read_text(encoding="utf-8") == schema_text(SystemFile)
