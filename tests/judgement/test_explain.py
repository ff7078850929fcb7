"""Every figure opens down to cells and clause; a name misspelt is answered with the nearest one."""

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


@pytest.fixture(scope="module")
def finding(
    quality: Standard, school_of: Any, county_of: Any, as_read: Any, tmp_path_factory: pytest.TempPathFactory
) -> Finding:
    primary = school_of("N", kind="nine_year", pupils=600, multimedia_rooms=23)
    junior = school_of("N", "junior", pupils=400)
    del junior["school"], junior["premises"]
    rural = {"urban_rural_code": "210", "pupils": 80, "pe": 0, "music": 0, "art": 0, "extra_pe_arts": 1}
    small = school_of("R", **rural)
    small["teacher_count"]["extra_pe_arts"] = 1
    schools = [school_of("A"), school_of("B", backbone=0, name="城关镇第二小学"), primary, junior, small]
    schools += [
        school_of("M", pe=None),
        school_of("Z", pupils=0),
        school_of("E", equipment_value_yuan=1_999_999.0),
    ]
    folder = tmp_path_factory.mktemp("explain") / "out"
    return read_finding(
        write_finding(assess(as_read(county_of(*schools)), quality, year=2024), folder, command="c")
    )


def _text(explanation: Explanation) -> str:
    parts = []
    for node in explanation.walk():
        parts += [str(node.title), *map(str, node.lines)]
        parts += [
            f"{c.label} {c.column} {c.value} {c.raw} {c.file} {c.sheet} {c.cell} {c.note}" for c in node.cells
        ]
    return "\n".join(parts)


def test_formula_numbers_cells_line_and_clause(finding: Finding) -> None:
    text = _text(explain_indicator(finding, "B", "R2"))
    assert "城关镇第二小学 小学 R2" in text
    assert "100 × (backbone) / (pupils)" in text
    assert "100 × (0) / (1000) = 0 " in text
    assert "book.xlsx 学段 D" in text.replace("学段表", "学段")
    assert "0 ≥ 1？未达标" in text
    assert "0.85 × 1" in text
    assert "达到标准尚缺：10 人" in text
    assert "教督〔2017〕6号" in text
    assert "第六条第（二）项" in text
    assert "最后核对 2026-01-31" in text


def test_the_split_shows_its_arithmetic(finding: Finding) -> None:
    text = _text(explain_indicator(finding, "N", "R7", "junior"))
    assert "400×1.1 / (600×1 + 400×1.1) = 0.4230769231" in text
    assert "(23×0.4230769231)" in text
    assert "学段折算系数" in text
    both = explain_indicator(finding, "N", "R7")
    assert len(both.children) == 2


def test_a_relaxation_is_named_and_added(finding: Finding) -> None:
    text = _text(explain_indicator(finding, "R", "R3"))
    assert "R3s" in text
    assert "+ extra_pe_arts" in text
    assert "100 × (0 + 0 + 0 + 0 + 1) / (80) = 1.25" in text


def test_an_absent_cell_is_named(finding: Finding) -> None:
    text = _text(explain_indicator(finding, "M", "R3"))
    assert "无法判定" in text
    assert "体育" in text
    assert "缺失 | missing" in text


def test_what_rounding_would_do_is_told(finding: Finding) -> None:
    assert "若先取 2 位小数再比较，会变为达标" in _text(explain_indicator(finding, "E", "R6"))


def test_a_school_and_its_rule(finding: Finding) -> None:
    text = _text(explain_school(finding, "城关镇第二小学"))
    assert "7 项中 6 项达标（至少 6 项），低于底线：R2" in text
    assert "每所学校至少6项指标" in text
    assert "不参与评价" in _text(explain_school(finding, "Z"))
    assert len(explain_school(finding, "N").children) == 2


def test_the_county_and_who_moves_its_coefficient(finding: Finding) -> None:
    text = _text(explain_county(finding, "R2", "primary"))
    assert "对差异影响最大的学校" in text
    assert "ΣX / ΣP" in text
    assert "不加权的差异系数" in text
    assert "上限" in text
    whole = _text(explain_county(finding))
    assert "未达标" in whole
    assert "申报条件" in whole
    assert len(explain_county(finding, "每百名学生拥有县级以上骨干教师数").children) == 2


def test_the_untellable_coefficient_says_why(finding: Finding) -> None:
    assert "1 个学段缺该指标的值" in _text(explain_county(finding, "R3", "primary"))


@pytest.mark.parametrize(
    ("school", "indicator", "stage", "said"),
    [
        ("城关镇第三小学", "R2", None, "城关镇第二小学"),
        ("B", "R22", None, "R2"),
        ("B", "R2", "junior", "小学"),
        ("学校", "R2", None, "学校标识码"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(
    finding: Finding, school: str, indicator: str, stage: str | None, said: str
) -> None:
    with pytest.raises(UserError) as caught:
        explain_indicator(finding, school, indicator, stage)
    assert said in " ".join(str(line) for line in caught.value.lines())


def test_an_unknown_stage_of_the_county(finding: Finding) -> None:
    assert "小学 R2" in explain_county(finding, "R2", "小学").title.zh
    with pytest.raises(UserError, match="senior"):
        explain_county(finding, "R2", "senior")


def test_figures_of_a_report(finding: Finding) -> None:
    with pytest.raises(UserError, match="还没有报告"):
        explain_figure(finding, "F1")
    refs = {"stage": "primary", "indicator": "R2"}
    figures = [
        {"id": "F1", "name": "primary.R2.met", "value": 4, "text": "4", "label": "达标学校数", "kind": "count",
         "refs": {**refs, "file": "verdict.json", "path": "stages.primary.indicators.R2.met"}},
        {"id": "F2", "name": "primary.schools", "value": 6, "text": "6", "label": "学校数", "kind": "count",
         "refs": {"stage": "primary"}},
        {"id": "F3", "name": "share", "value": 66.6, "text": "66.6", "label": "占比", "kind": "share",
         "refs": {"part": "F1", "whole": "F2"}},
        {"id": "F4", "name": "value", "value": 0, "text": "0", "label": "实际值", "kind": "value",
         "refs": {**refs, "school_id": "B"}},
        {"id": "F5", "name": "verdict", "value": "not_met", "text": "未达标", "label": "结论",
         "kind": "county_verdict", "refs": {}},
        {"id": "F6", "name": "school", "value": 6, "text": "6", "label": "达标项数", "kind": "count",
         "refs": {"school_id": "B"}},
    ]  # fmt: skip
    path = finding.folder / "figures.json"
    path.write_text(json.dumps(figures, ensure_ascii=False), "utf-8")
    try:
        share = _text(explain_figure(finding, "F3"))
        assert "F1 达标学校数" in share
        assert "F2 学校数" in share
        assert "城关镇第二小学" in share
        assert "stages.primary.indicators.R2.met" in _text(explain_figure(finding, "primary.R2.met"))
        assert "100 × (backbone) / (pupils)" in _text(explain_figure(finding, "f4"))
        assert "申报条件" in _text(explain_figure(finding, "F5"))
        assert "7 项中 6 项" in _text(explain_figure(finding, "F6"))
        with pytest.raises(UserError, match="F66"):
            explain_figure(finding, "F66")
    finally:
        path.unlink()


def test_a_folder_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"manifest\.json"):
        read_finding(tmp_path)
