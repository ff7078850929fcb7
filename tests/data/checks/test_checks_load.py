"""The rule files: a county's own rule works, and a mistake is refused with file, rule and key."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.data import Snapshot, check_snapshot, load_checks
from junheng.data.checks.definition import RuleError
from junheng.data.checks.expression import compile_condition
from junheng.data.checks.load import LIBRARY, read_rules

RULE = """
- id: local.small_school
  severity: experience
  view: school_stage
  limits: {few: 30}
  values: {mean: pupils / classes}
  fails_when: mean < few
  marks: [pupils]
  name: {zh: 班额过小, en: small classes}
  what: {zh: "平均 {mean}，少于 {few}", en: "mean {mean} below {few}"}
  why: {zh: 浪费, en: waste}
  fix: {zh: 核对, en: check}
  source: 本县规定
"""


def _file(tmp_path: Path, text: str) -> tuple[Path]:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return (path,)


def test_a_county_adds_a_rule_without_code(tmp_path: Path, snapshot_of: Callable[..., Snapshot]) -> None:
    checks = load_checks(_file(tmp_path, RULE))
    snapshot = snapshot_of(
        {"stage": [{"pupils": 50, "classes": 4}, {"stage": "junior", "pupils": 9, "classes": 0}]}
    )
    told = [p for p in check_snapshot(snapshot, checks=checks).problems if p.check == "local.small_school"]
    assert [(p.what.zh, p.what.en, p.row) for p in told] == [("平均 12.5，少于 30", "mean 12.5 below 30", 2)]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "severity: experience",
            "severity: fatal",
            ["own.yaml 第 3 行 line 3: local.small_school → severity"],
        ),
        ("view: school_stage", "view: schol_stage", ["schol_stage", "did you mean “school_stage”"]),
        ("pupils / classes", "pupls / classes", ["line 7", "fails_when", "pupls", "did you mean “pupils”"]),
        ("marks: [pupils]", "marks: [class_rows]", ["class_rows"]),
        ("source: 本县规定", "", ["source"]),
        (
            "fails_when: mean < few",
            "fails_when: mean <",
            ["own.yaml", "line 7", "fails_when", "cannot parse"],
        ),
        ("fails_when: mean < few", "fails_when: (SELECT 1) > 0", ["own.yaml", "not allowed"]),
        ("pupils / classes", "mean / classes", ["defined by itself"]),
        ("少于 {few}", "少于 {fewer}", ["fewer", "line 10", "→ what"]),
        ("source: 本县规定", "source: x\n  colour: red", ["colour"]),
        ("- id: local.small_school", "- id: stage.zero_pupils", ["given twice"]),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    assert old in RULE
    with pytest.raises(UserError) as error:
        load_checks(_file(tmp_path, RULE.replace(old, new)))
    told = "\n".join(str(line) for line in error.value.lines())
    assert [word for word in words if word not in told] == []


@pytest.mark.parametrize("text", ["id: x", "- [", "a: [1"])
def test_a_file_that_is_no_list_of_rules_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match="检查规则有误"):
        load_checks(_file(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "read_csv('x') = 1",
        "pupils; DROP TABLE stage",
        "stage.pupils > 1",
        "CAST(pupils AS INT) > 1",
        "pupils > (SELECT 1)",
        "pupils || 'a' = 'b'",
        "pupils > ?",
        "* > 1",
        "pupils BETWEEN 1 AND 2",
        "sum(pupils) > 1",
    ],
)
def test_nothing_outside_the_grammar_passes(text: str) -> None:
    with pytest.raises(RuleError):
        compile_condition(text)


def test_a_division_by_zero_is_blank_and_fails_nothing() -> None:
    condition = compile_condition("a / b > share", meanings={"share": "0.5", "b": "c - d"})
    assert condition.sql == '"a" / NULLIF(("c" - "d"), 0) > 0.5'
    assert condition.columns == ("a", "c", "d")


def test_no_rule_of_the_library_has_the_id_of_another() -> None:
    keys = [check.key for check in load_checks()]
    ids = {rule.id: path.name for path in sorted(LIBRARY.glob("*.yaml")) for rule in read_rules(path)}
    assert len(keys) == len(set(keys)) > 400
    assert len(ids) == sum(len(read_rules(path)) for path in LIBRARY.glob("*.yaml"))


def test_every_rule_cites_a_source_and_speaks_both_languages() -> None:
    for check in load_checks():
        rule = check.rule
        for text in (rule.name, rule.what, rule.why, rule.fix):
            assert any("一" <= letter <= "鿿" for letter in text.zh), check.id
            assert text.en.isascii() or not any("一" <= letter <= "鿿" for letter in text.en), check.id
        assert rule.severity == "logic" or not rule.blames, check.id


def test_the_manual_lists_every_rule() -> None:
    manual = Path(__file__).resolve().parents[3] / "docs" / "method" / "checks.md"
    text = manual.read_text(encoding="utf-8")
    assert sorted({check.id for check in load_checks() if f"| `{check.id}` | " not in text}) == []


def test_the_example_of_the_recipe_works(tmp_path: Path, snapshot_of: Callable[..., Snapshot]) -> None:
    recipe = Path(__file__).resolve().parents[3] / "docs" / "recipes" / "add_a_check.md"
    example = recipe.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    checks = load_checks(_file(tmp_path, textwrap.dedent(example)))
    snapshot = snapshot_of({"stage": {"pupils": 100, "left_behind_pupils": 91}})
    told = [
        p.what.zh
        for p in check_snapshot(snapshot, checks=checks).problems
        if p.check.endswith("behind_share")
    ]
    assert told == ["留守儿童数 91 人，占 0.91"]
