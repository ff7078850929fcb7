"""Small cells hidden, with what would give them away; rows published only in company."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.audit.test_audit import audited, one_seat
from tests.effort import examples

from junheng.admissions import (
    audit_tables,
    default_publication,
    flag_group,
    hide_small,
    k_anonymity,
    read_publication,
)
from junheng.basics import Text, UserError


def test_a_small_cell_is_hidden_with_a_companion_in_row_and_column() -> None:
    assert hide_small([[20, 3, 30], [40, 50, 60]], 5) == [[None, None, 30], [None, None, 60]]


def test_large_and_empty_cells_stay() -> None:
    assert hide_small([[20, 0], [5, 9]], 5) == [[20, 0], [5, 9]]
    assert hide_small([], 5) == []


_TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


@given(_TABLES, st.integers(1, 6))
@settings(max_examples=examples(200))
def test_no_hidden_cell_follows_from_its_row_or_column(table: list[list[int]], smallest: int) -> None:
    shown = hide_small(table, smallest)
    lines = [list(enumerate_row) for enumerate_row in shown]
    true = [list(row) for row in table]
    if len(table) > 1:
        lines += [list(column) for column in zip(*shown, strict=True)]
        true += [list(column) for column in zip(*table, strict=True)]
    for line, counts in zip(lines, true, strict=True):
        hidden = [count for cell, count in zip(line, counts, strict=True) if cell is None]
        assert all(cell is None or cell == 0 or cell >= smallest for cell in line)
        assert all(cell is None or cell == count for cell, count in zip(line, counts, strict=True))
        if hidden and len(hidden) < len(line):
            assert len(hidden) > 1
            assert sum(hidden) >= smallest


def _crowd() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    pupils = {f"{i:02d}": (["a", "b"], [0, 0]) for i in range(30)}
    problem, rows = one_seat({"a": 12, "b": 10}, pupils)
    for i, row in enumerate(rows):
        row["flags"] = {} if i == 29 else {"sex": 1 if i < 20 else 2}
    return problem, rows


def test_groups_in_public_hide_small_counts_and_officers_see_all() -> None:
    problem, rows = _crowd()
    labels: dict[int | str, Text] = {1: Text("男", "boys"), 2: Text("女", "girls")}
    found = audited(problem, rows, groups=[flag_group(rows, "sex", labels)])
    public = found.as_json()["groups"][0]["values"]
    assert [value["zh"] for value in public] == ["男", "女", "未填"]
    assert public[2]["children"] is None
    assert public[2]["outcomes"] == [None] * len(public[2]["outcomes"])
    own = audit_tables(found, is_public=False)[2]
    assert [row[1] for row in own.rows] == [20, 9, 1]
    shown = audit_tables(found)[2]
    assert None in shown.rows[2]
    assert "空格" in shown.note.zh


def test_tables_name_the_rule_and_hold_every_figure() -> None:
    found = audited(*_crowd())
    tables = audit_tables(found)
    assert all(found.mechanism.zh in table.title.zh for table in tables)
    assert tables[0].rows == (("第1志愿 wish 1", 12, "40.00"), ("第2志愿 wish 2", 10, "33.33"))
    assert dict(tables[1].rows)["未录取人数 unplaced"] == 8
    assert "never compare" in tables[0].note.en


def _rows(*wishes: tuple[str, ...], **others: Any) -> list[dict[str, Any]]:
    return [
        {"pid": str(i), "unit": str(i), "choices": list(w), "classes": [0] * len(w), "flags": {}, **others}
        for i, w in enumerate(wishes)
    ]


def test_rows_in_company_may_be_published() -> None:
    report = k_anonymity(_rows(*[("a", "b")] * 3, *[("b",)] * 3), k=3)
    assert report.may_publish
    assert (report.wishes.smallest, report.wishes.combinations, report.wishes.alone) == (3, 2, 0)
    assert "可以公布" in report.verdict.zh


def test_one_lonely_wish_keeps_all_rows_back() -> None:
    report = k_anonymity(_rows(*[("a", "b")] * 5, ("b", "a")), k=2)
    assert not report.may_publish
    assert (report.wishes.alone, report.wishes.below) == (1, 1)
    assert "不宜公布" in report.verdict.zh
    assert report.as_json()["wishes"]["is_safe"] is False


def test_flags_fallback_and_twins_single_a_child_out_too() -> None:
    rows = _rows(*[("a",)] * 6)
    assert k_anonymity(rows, k=3).may_publish
    for change in ({"flags": {"sex": 1}}, {"fallback": ["b"]}):
        assert not k_anonymity([{**rows[0], **change}, *rows[1:]], k=3).may_publish
    twins = [{**row, "unit": "t"} if i < 2 else row for i, row in enumerate(rows)]
    report = k_anonymity(twins, k=3)
    assert report.wishes.is_safe
    assert not report.may_publish


def test_thresholds_are_data(tmp_path: Path) -> None:
    assert default_publication().smallest_cell >= 2
    path = tmp_path / "p.yaml"
    path.write_text(
        "format: junheng/publication/1\nsource: {document: x}\nsmallest_cell: 10\nk_anonymity: 20\n",
        encoding="utf-8",
    )
    assert read_publication(path).k_anonymity == 20
    path.write_text(
        "format: junheng/publication/1\nsource: {}\nsmallest_cell: 0\nk_anonymity: 5\n", encoding="utf-8"
    )
    with pytest.raises(UserError, match="smallest_cell"):
        read_publication(path)
