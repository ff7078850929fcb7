"""Rules as data: dated and cited, changed by overlays, and nothing outside the language passes."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.judgement.monitoring import Rule, load_rules
from junheng.judgement.monitoring.condition import parse_condition

ON = date(2024, 9, 1)
HEAD = "overlay: {id: t-1, region: '15', document: 某省文件, article: 第一条, certainty: local}\n"


def test_every_rule_is_cited_and_our_own_defaults_say_so() -> None:
    rules = load_rules(on=ON)
    assert len(rules) >= 30
    for rule in rules:
        assert rule.citation.document
        assert rule.citation.article
        if rule.citation.document == "本系统缺省":
            assert rule.citation.certainty == "known"
            assert rule.citation.last_checked_on is None


def test_before_its_day_a_rule_is_not_in_force() -> None:
    assert load_rules(on=date(2016, 9, 1)) == ()


def _overlaid(tmp_path: Path, text: str, region: str = "150102") -> dict[str, Rule]:
    path = tmp_path / "overlay.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return {rule.id: rule for rule in load_rules([path], on=ON, region=region)}


def test_an_overlay_sets_adds_and_takes_away(tmp_path: Path) -> None:
    found = _overlaid(
        tmp_path,
        "rules:\n"
        "  - {id: IND-THIN, set: {level: orange, lines: {thin: 0.20}}}\n"
        "  - {id: COLD-EMPTY, off: true}\n"
        "  - {id: OWN-1, name: {zh: 甲, en: a}, level: red, scope: school, over: school, topic: size,\n"
        "     when: 'pupils > 3000', reason: {zh: '{pupils} 人', en: '{pupils} pupils'}}\n",
    )
    thin = next(rule for rule in load_rules(on=ON) if rule.id == "IND-THIN")
    changed = found["IND-THIN"]
    assert "COLD-EMPTY" not in found
    assert "OWN-1" in found
    assert (changed.level, changed.lines_of("primary")["thin"]) == ("orange", Fraction(1, 5))
    assert changed.citation.overlay == "t-1"
    assert thin.lines_of("primary")["thin"] == Fraction(1, 20)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("rules:\n  - {id: IND-THINN, off: true}\n", "150102"),
        ("rules:\n  - {id: IND-THIN, off: true}\n", "210102"),
        ("rules:\n  - {id: IND-THIN, set: {when: 'valeu > 1'}}\n", "150102"),
        ("rules:\n  - {id: IND-THIN, set: {level: purple}}\n", "150102"),
        ("rules:\n  - {id: IND-THIN, id: X, off: true}\n", "150102"),
        ("rulez: []\n", "150102"),
    ],
)
def test_what_is_no_overlay_is_refused(tmp_path: Path, text: str, region: str) -> None:
    with pytest.raises(UserError) as refused:
        _overlaid(tmp_path, text, region)
    assert refused.value.fix is not None


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "a.b > 1",
        "value; 1",
        "value -- x",
        "SELECT 1",
        "c > 1",
        "value > 1e9",
        "value IN ()",
    ],
)
def test_nothing_outside_the_language_passes(text: str) -> None:
    with pytest.raises(UserError):
        parse_condition(text, ("a", "value"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a > 1 AND b > 1", None),
        ("a > 9 AND b > 1", False),
        ("a > 1 OR b > 1", True),
        ("NOT b > 1", None),
        ("b IS NULL", True),
        ("a / 0 > 1", None),
        ("a IN (1, 2, 3)", True),
        ("a IN (1, b)", None),
        ("COALESCE(b, a) = 3", True),
        ("LEAST(a, 2) = 2", True),
        ("-a < 0", True),
    ],
)
def test_what_is_absent_cannot_be_told(text: str, expected: bool | None) -> None:
    condition = parse_condition(text, ("a", "b"))
    assert condition.holds({"a": Fraction(3), "b": None}) is expected


def test_kinds_are_not_mixed() -> None:
    with pytest.raises(UserError, match="混用"):
        parse_condition("a > 'x'", ("a",)).holds({"a": Fraction(1)})
