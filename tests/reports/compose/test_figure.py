"""Figures printed and reckoned, and sentences that the library must not hold."""

import importlib.util
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.reports.compose.conftest import EXAMPLES

from junheng.basics import UserError
from junheng.reports.compose import compose, load_library
from junheng.reports.compose.definition import SentenceRule
from junheng.reports.compose.figure import Ground, Known, Unknown, figures_of, printed
from junheng.reports.compose.told import Told

LIBRARY = load_library()
GROUND = Ground(LIBRARY, {}, {})


@pytest.mark.parametrize(
    ("value", "form", "unit", "text"),
    [
        (Fraction(66), "count", "所", "66所"),
        (Fraction(1_277_000_000), "money", "", "12.77亿元"),
        (Fraction(54_610_000), "money", "", "5461万元"),
        (Fraction(9_999), "money", "", "9999元"),
        (Fraction(46, 66), "percent", "", "69.6%"),
        (Fraction(24, 30), "percent", "", "80%"),
        (Fraction(13, 10), "percent", "", "130%"),
        (Fraction(49_425, 1_053), "number", "人", "46.94人"),
        ("2017-12-20", "text", "", "2017-12-20"),
    ],
)
def test_a_figure_is_printed_with_its_unit(value: Any, form: str, unit: str, text: str) -> None:
    assert printed(value, form, unit, 2, GROUND) == text


def _rule(**figures: Any) -> SentenceRule:
    return SentenceRule.model_validate({"id": "x", "figures": figures, "zh": "{c}。", "en": "{c}"})


def _ground(a: int, b: int) -> Ground:
    told = {
        key: Told(Fraction(value), "", "文", "第2行")
        for key, value in (("new_projects", a), ("ext_projects", b))
    }
    return Ground(LIBRARY, {}, told)


@pytest.mark.parametrize(
    ("how", "a", "b", "value"),
    [
        ("sum", 9, 14, Fraction(23)),
        ("difference", 9, 14, Fraction(-5)),
        ("quotient", 9, 14, Fraction(9, 14)),
        ("share", 9, 14, Fraction(9, 14)),
        ("share", 14, 14, Fraction(1)),
        ("share", 15, 14, None),
        ("share", 0, 0, None),
        ("quotient", 1, 0, None),
    ],
)
def test_a_figure_is_reckoned_or_unknown(how: str, a: int, b: int, value: Fraction | None) -> None:
    parts = {"a": {"told": "new_projects"}, "b": {"told": "ext_projects"}}
    found = figures_of(_rule(**parts, c={how: ["a", "b"], "label": "比"}), _ground(a, b))["c"]
    assert (found.value if isinstance(found, Known) else None) == value


def test_an_unknown_part_leaves_the_whole_unknown() -> None:
    rule = _rule(a={"told": "new_projects"}, b={"told": "goal_year"}, c={"sum": ["a", "b"], "label": "和"})
    found = figures_of(rule, _ground(1, 2))
    assert isinstance(found["a"], Known)
    assert isinstance(found["c"], Unknown)
    assert "达标目标年份" in found["c"].reason.zh


@pytest.mark.parametrize(
    "change",
    [
        {"zh": "{d}。"},
        {"zh": "{c}2024年。"},
        {"needs": "c = 0"},
        {"figures": {"c": {"label": "无出处"}}},
        {"figures": {"c": {"share": ["c", "q"], "label": "无此数"}}},
    ],
)
def test_an_unsound_sentence_is_refused(change: dict[str, Any]) -> None:
    sound = {"id": "x", "figures": {"c": {"told": "goal_year"}}, "zh": "{c}。", "en": "{c}"}
    SentenceRule.model_validate(sound)
    with pytest.raises(ValueError, match="x"):
        SentenceRule.model_validate(sound | change)


def test_the_example_work_data_are_what_the_script_writes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_compose", EXAMPLES / "make_compose.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.make(tmp_path / "again")
    for name in ("district.xlsx", "city.xlsx"):
        assert (tmp_path / "again" / name).read_bytes() == (EXAMPLES / "compose" / name).read_bytes()


def test_a_damaged_result_is_refused(tmp_path: Path) -> None:
    (tmp_path / "aid.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match="不能读取"):
        compose("district", [tmp_path], tmp_path / "r.docx")
