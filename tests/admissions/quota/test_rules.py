"""Rules from YAML: the shipped ones load with their sources, every fault is told with its line."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.admissions import load_quota_rules, quota_library
from junheng.admissions.quota.rule_words import rule_lines
from junheng.admissions.quota.rules import exact_number
from junheng.basics import UserError

GOOD = """\
id: x
name: {zh: 甲, en: A}
source: {document: 文件, certainty: local}
share:
  rounding: up
  versions:
    - {in_force_from: 2020-01-01, value: 60%}
schools: {totals: largest_remainder, cells: controlled}
"""


def _load(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    load_quota_rules(path)


@pytest.mark.parametrize("name", sorted(quota_library()))
def test_shipped_rules_load_and_cite(name: str) -> None:
    found, digest = load_quota_rules(name)
    assert found.id == name
    assert len(digest) == 64
    lines = list(rule_lines(found, date(2027, 9, 1)))
    assert all(source.document for _, _, source in lines)
    assert any("现行" in said.zh for _, said, _ in lines)
    assert not any("_" in said.zh for _, said, _ in lines), "a choice without Chinese words"


@pytest.mark.parametrize(
    ("name", "year", "share"),
    [
        ("baotou", 2024, "3/5"),
        ("national_half", 2024, "1/2"),
        ("liaoning_2007", 2007, "7/10"),
        ("guangzhou_2017", 2017, "3/10"),
    ],
)
def test_shipped_shares(name: str, year: int, share: str) -> None:
    version = load_quota_rules(name)[0].share.on(date(year, 9, 1))
    assert version is not None
    assert version.value == Fraction(share)


def test_guangzhou_2017_rounds_down_school_by_school() -> None:
    """44 schools with 30,070 places: 9,002 seats published, 19 below 30 % of the sum, less than one for each school."""
    assert load_quota_rules("guangzhou_2017")[0].share.rounding == "down"
    assert 0 < Fraction(3, 10) * 30_070 - 9_002 < 44


@pytest.mark.parametrize(
    ("text", "value"), [("60%", "3/5"), ("0.6", "3/5"), ("3/5", "3/5"), ("12.5%", "1/8")]
)
def test_numbers_are_exact(text: str, value: str) -> None:
    assert exact_number(text) == Fraction(value)


def test_a_good_file_loads(tmp_path: Path) -> None:
    _load(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("rounding: up", "rounding: nearest", 5, "nearest"),
        ("value: 60%", "value: 160%", 7, "160%"),
        ("value: 60%", "value: sixty", 7, "sixty"),
        ("value: 60%", "value: 1/0", 7, "1/0"),
        ("share:", "shares:", 4, "最接近的键是 share"),
        ("id: x", "id: x\nid: y", 2, "键 id 重复"),
        ("controlled}", "controlled, correction: lot}", 8, "四舍五入"),
        ("largest_remainder,", "rounding,", 8, "correction"),
        ("controlled}", "separate}\nminimum: {seats: 1, of: total}", 9, "of: each"),
        ("controlled}", "deal}\nminimum: {seats: 1, of: each}", 9, "of: total"),
        ("controlled}", "controlled}\nlevels: 2", 9, "levels: 2"),
        ("controlled}", "controlled}\nrural: {coefficient: 0.9}", 9, "0.9"),
        ("controlled}", "controlled}\nties: [rural, rural]", 9, "两次"),
        (
            "controlled}",
            "controlled}\nadmission: {order: score_first, minimum_score: {kind: none}}",
            1,
            "资格",
        ),
        ("certainty: local", "certainty: sure", 3, "sure"),
        ("share:", "share: [", 0, "YAML"),
        ("id: x", "id: &a x\nregion: *a", 2, "别名"),
        ("id: x", "ties: " + "[" * 1000 + "]" * 1000, 0, "嵌套过深"),
        (GOOD, "- a\n", 1, "键: 值"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    with pytest.raises(UserError) as refused:
        _load(tmp_path, GOOD.replace(old, new))
    told = " ".join(str(text) for text in refused.value.lines())
    assert words in told, told
    assert refused.value.where.startswith(f"rules.yaml:{line}" if line else "rules.yaml:")


def test_an_unknown_name_lists_the_shipped_ones() -> None:
    with pytest.raises(UserError) as refused:
        load_quota_rules("nowhere")
    assert refused.value.fix is not None
    assert "baotou" in refused.value.fix.zh


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes("id: 甲".encode("gb18030"))
    with pytest.raises(UserError, match="UTF-8"):
        load_quota_rules(path)
