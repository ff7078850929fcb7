"""What is made public tells of no child: small groups stay hidden, and no subtraction brings them back."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.funding.books import ARCHIVE, write_book

from junheng.funding import read_aid, work_out_aid
from junheng.funding.publication import hidden_groups
from junheng.reports.funding import public_page

RULE = """
overlay: {id: list, name: {zh: 名单, en: list}, region: ''}
rules:
  - id: LIST
    role: publication
    name: {zh: 公示, en: list}
    in_force_from: 2020-01-01
    source: {document: 文件, article: 公示七日, certainty: local}
    values: {smallest_cell: 5, list_required: true, list_days: 7}
"""


@settings(max_examples=examples(150))
@given(st.lists(st.integers(1, 30), min_size=1, max_size=7), st.integers(2, 6))
def test_hidden_groups_cannot_be_had_by_subtraction(sizes: list[int], smallest: int) -> None:
    groups = {
        f"g{place}": frozenset(f"{place}-{number}" for number in range(size))
        for place, size in enumerate(sizes)
    }
    hidden = hidden_groups(groups, smallest)
    assert {key for key, found in groups.items() if len(found) < smallest} <= hidden
    if hidden and sum(sizes) >= smallest:  # else nothing is published at all
        assert len(hidden) >= 2
        assert sum(len(groups[key]) for key in hidden) >= smallest


def _problem(folder: Path, on: date, counts: dict[str, int], **more: Any) -> dict[str, Any]:
    rows = [
        (f"PUPIL{category}{number:04}", None, "小学", category, "地方资助", "2024春", 100, "2024-05-20")
        for category, count in counts.items()
        for number in range(count)
    ]
    return read_aid(write_book(folder / "aid.xlsx", {"资助档案": [ARCHIVE, *rows]}), on=on, **more)


def test_a_small_group_and_its_neighbour_are_hidden(tmp_path: Path) -> None:
    problem = _problem(tmp_path, date(2024, 6, 30), {"建档立卡": 30, "残疾": 4, "孤儿": 8})
    tables = work_out_aid(problem)["public"]["aid"]
    assert tables["category"] == {
        "disabled": None,
        "orphan": None,
        "registered_poor": {"times": 30, "yuan": "3000"},
    }
    assert tables["all"] == {"times": 42, "yuan": "4200"}


def test_too_few_children_in_all_are_not_told_of(tmp_path: Path) -> None:
    problem = _problem(tmp_path, date(2024, 6, 30), {"残疾": 4})
    outcome = work_out_aid(problem)
    assert outcome["public"]["aid"] is None
    assert "400" not in public_page(problem, outcome, "县")


def test_five_are_enough(tmp_path: Path) -> None:
    tables = work_out_aid(_problem(tmp_path, date(2024, 6, 30), {"残疾": 5}))["public"]["aid"]
    assert tables["category"] == {"disabled": {"times": 5, "yuan": "500"}}


def test_the_page_names_nobody_and_asks_nobody_else(tmp_path: Path) -> None:
    problem = _problem(tmp_path, date(2024, 6, 30), {"建档立卡": 30, "残疾": 9})
    page = public_page(problem, work_out_aid(problem), "甲<县>")
    assert "PUPIL" not in page
    assert "甲&lt;县&gt;" in page
    assert not any(word in page for word in ("<script", "http:", "https:", "src="))
    assert "少于 5 人" in page


def test_a_list_is_shown_only_where_a_rule_obliges_it_and_until_it_expires(tmp_path: Path) -> None:
    rule = tmp_path / "list.yaml"
    rule.write_text(RULE, encoding="utf-8")
    assert work_out_aid(_problem(tmp_path, date(2024, 5, 27), {"残疾": 9}))["public"]["list"] is None
    problem = _problem(tmp_path, date(2024, 5, 27), {"残疾": 9}, overlays=[rule])
    outcome = work_out_aid(problem)
    assert outcome["public"]["list"]["expires_on"] == "2024-05-27"
    assert outcome["public"]["list"]["rows"][0] == ["*********00", "local", "2024春"]
    assert "PUPIL" not in json.dumps(outcome["public"])
    assert 'data-expires="2024-05-27"' in public_page(problem, outcome, "县")
    late = work_out_aid(_problem(tmp_path, date(2024, 5, 28), {"残疾": 9}, overlays=[rule]))
    assert late["public"]["list"] is None
