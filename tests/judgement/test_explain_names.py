"""What a person may call things: stages, items, indicators, campuses; and what stands behind a sum."""

import json
from pathlib import Path
from typing import Any

import pytest

from junheng.basics import UserError
from junheng.judgement import (
    Explanation,
    Finding,
    assess,
    explain_county,
    explain_figure,
    explain_indicator,
    explain_school,
    read_finding,
    write_finding,
)
from junheng.standards import Standard

POOR = {"a": 0, "b": 4, "c": 7}  # backbone teachers; 10 are asked of 1000 pupils


@pytest.fixture(scope="module")
def finding(
    quality: Standard, school_of: Any, county_of: Any, as_read: Any, tmp_path_factory: pytest.TempPathFactory
) -> Finding:
    schools = [school_of(name, backbone=count, name=f"{name}校") for name, count in POOR.items()]
    schools += [school_of("d", name="中心小学"), school_of("e", backbone=None)]
    schools += [school_of("d2", name="东校区", pupils=100, is_counted=False, parent_school_id="d")]
    folder = tmp_path_factory.mktemp("names") / "out"
    assessment = assess(as_read(county_of(*schools)), quality, year=2024)
    return read_finding(write_finding(assessment, folder, command="c"))


def _lines(explanation: Explanation) -> list[str]:
    return [str(line) for node in explanation.walk() for line in (node.title, *node.lines)]


def _text(explanation: Explanation) -> str:
    return "\n".join(_lines(explanation))


@pytest.mark.parametrize("stage", ["primary", "小学", "Primary", " 小学 "])
def test_a_stage_by_either_name(finding: Finding, stage: str) -> None:
    assert "小学" in explain_school(finding, "a", stage).title.zh
    assert "小学 R2" in explain_county(finding, "R2", stage).title.zh


@pytest.mark.parametrize("stage", ["初中", "middle"])
def test_a_wrong_stage_lists_both_forms(finding: Finding, stage: str) -> None:
    with pytest.raises(UserError) as caught:
        explain_school(finding, "a", stage)
    said = " ".join(str(line) for line in caught.value.lines())
    assert "小学 primary" in said
    with pytest.raises(UserError) as other:
        explain_county(finding, "R2", "高中")
    assert "小学 primary、初中 junior" in " ".join(str(line) for line in other.value.lines())


@pytest.mark.parametrize("name", ["d2", "东校区"])
def test_a_merged_campus_is_answered_with_its_parent(finding: Finding, name: str) -> None:
    for found in (explain_school(finding, name), explain_indicator(finding, name, "R2")):
        assert "中心小学" in found.title.zh
        assert "东校区（d2） 不单独评价，已并入 中心小学" in found.lines[0].zh


def test_a_school_of_its_own_has_no_such_note(finding: Finding) -> None:
    assert "并入" not in _text(explain_school(finding, "d"))


@pytest.mark.parametrize("name", ["G4", "g4", "学校规模", "size of schools"])
def test_a_declared_item_shows_what_is_asked(finding: Finding, name: str) -> None:
    for found in (explain_county(finding, name), explain_indicator(finding, "a", name)):
        text = _text(found)
        assert "G4 学校规模" in found.title.zh
        assert "不超过2000人" in text
        assert "不超过 2000" in text
        assert "第七条第（四）项" in text
        assert "放宽口径 G4a：没有用到" in text
        assert "算法：在校生数" in text


@pytest.mark.parametrize("name", ["每百名学生拥有县级以上骨干教师数", "backbone_teachers_per_100", "r2"])
def test_an_indicator_by_any_of_its_names(finding: Finding, name: str) -> None:
    rule = next(rule for rule in finding.standard.indicators if rule.id == "R2")
    asked = rule.indicator if name.startswith("backbone") else name
    for one in (asked, rule.name.en):
        assert "R2" in explain_indicator(finding, "a", one).title.zh


def test_an_unknown_indicator_is_answered_with_items_too(finding: Finding) -> None:
    with pytest.raises(UserError) as caught:
        explain_county(finding, "学校规摸")
    assert "学校规模" in " ".join(str(line) for line in caught.value.lines())


def test_formulas_speak_in_headings_with_the_columns_beside(finding: Finding) -> None:
    formula = explain_indicator(finding, "a", "R4").children[0].lines[0]
    assert "教学及辅助用房面积" in formula.zh
    assert "teaching_area_m2" not in formula.zh
    assert "teaching_area_m2" in formula.en


@pytest.fixture
def figures(finding: Finding) -> Any:
    """Write figures.json with one figure of sensitivity.json, and take it away again."""
    path = finding.folder / "figures.json"

    def write(at: str, kind: str) -> Explanation:
        refs = {"file": "sensitivity.json", "path": at, "stage": "primary", "indicator": "R2"}
        entry = {"id": "F1", "name": "n", "value": 1, "text": "1", "label": "l", "kind": kind, "refs": refs}
        path.write_text(json.dumps([entry]), "utf-8")
        return explain_figure(finding, "F1")

    yield write
    Path(path).unlink()


def test_a_shortfall_lists_what_adds_up_to_it(finding: Finding, figures: Any) -> None:
    total = finding.sensitivity()["totals"]["primary"]["R2"]["shortfall"]
    (behind,) = figures("totals.primary.R2.shortfall", "shortfall").children
    shown = [line.zh.split("：") for line in behind.lines[:-1]]
    assert [name for name, _ in shown][:3] == ["a校", "b校", "c校"]
    amounts = [float(words.split(" ")[0]) for _, words in shown]
    assert amounts == sorted(amounts, reverse=True)
    assert sum(amounts) == total
    assert "1 所缺数据" in behind.lines[-1].zh


def test_the_fewest_schools_are_exactly_those(finding: Finding, figures: Any) -> None:
    path = finding.folder / "sensitivity.json"
    kept = path.read_bytes()
    unit = {"zh": "人", "en": "persons"}
    raises = [{"school_id": "b", "name": "b校", "value": 0.4, "raise": 3, "unit": unit}]
    gap = {"schools": ["b"], "mean": 0.7, "below_mean": 2, "raises": raises}
    told = json.loads(kept) | {"raise_to_mean": {"primary": {"R2": gap}}}
    try:
        path.write_text(json.dumps(told), "utf-8")
        text = _text(figures("raise_to_mean.primary.R2.schools", "count"))
    finally:
        path.write_bytes(kept)
    assert "b校" in text
    assert not any(other in text for other in ("a校", "c校", "中心小学"))
