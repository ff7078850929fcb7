"""The papers of a class formation: a page for every class, masked where it must be, balance as certified."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.class_formation.random_intakes import random_intake, seed_bytes

from junheng.admissions import mask_name
from junheng.basics import UserError
from junheng.class_formation import certificate, plan_from, run_draw
from junheng.reports.classes import LATE, ClassFacts, anchor_word, write_balance, write_lists


def _facts(seed: int, **changes: Any) -> ClassFacts:
    problem, rows = random_intake(seed)
    found = run_draw({"kind": "classes", "hash": "sha256", "problem": problem}, rows, seed_bytes(seed))
    classes = {leaf["pid"]: leaf["class"] for leaf in found.leaves}
    content: dict[str, Any] = {
        "title": "测试分班",
        "is_trial": False,
        "groups": found.public["groups"],
        "rows": rows,
        "classes": classes,
        "names": {row["pid"]: {"name": f"欧阳{i}号", "id_number": f"P{i}"} for i, row in enumerate(rows)},
        "certificate": certificate(plan_from(problem), rows, classes),
    }
    return ClassFacts(**(content | changes))


def _formable(start: int) -> int:
    """The next random intake from ``start`` that has a layout."""
    for seed in range(start, start + 40):
        try:
            _facts(seed)
        except UserError:
            continue
        return seed
    raise AssertionError("no random intake can be formed")


def _rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    return [
        row for row in openpyxl.load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True) if row[0]
    ]


@pytest.mark.parametrize("start", [0, 100, 200])
def test_every_child_stands_in_its_class_on_a_page_of_its_own(tmp_path: Path, start: int) -> None:
    facts, path = _facts(_formable(start)), tmp_path / "sealed.xlsx"
    write_lists(path, facts, None)
    book = openpyxl.load_workbook(path)
    seen = {}
    for group in facts.groups:
        title = f"{group['school']} {group['grade']}"
        rows = _rows(path, title)
        seen |= {row[4]: row[0] for row in rows}
        assert [row[1] for row in rows] == [n for size in group["sizes"] for n in range(1, size + 1)]
        breaks = [found.id for found in book[title].row_breaks.brk]
        ends = [sum(group["sizes"][: k + 1]) + 1 for k in range(len(group["sizes"]) - 1)]
        assert breaks == ends
    numbers = {who["id_number"]: facts.classes[pid] for pid, who in facts.names.items()}
    assert seen == numbers


def test_the_public_list_shows_neither_names_nor_numbers(tmp_path: Path) -> None:
    facts, path = _facts(_formable(0)), tmp_path / "public.xlsx"
    write_lists(path, facts, mask_name)
    texts = {
        str(cell)
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
    assert not texts & {who["name"] for who in facts.names.values()}
    assert not texts & {who["id_number"] for who in facts.names.values()}
    assert {mask_name(who["name"]) for who in facts.names.values()} <= texts
    assert {pid[:12] for pid in facts.names} <= texts  # by which a family finds its own row


def test_codes_that_could_be_tried_out_are_not_shown(tmp_path: Path) -> None:
    seed = _formable(0)
    late = next(iter(_facts(seed).names))
    official = _facts(seed, notes={late: f"{LATE}（第 1 批）"})
    write_lists(tmp_path / "official.xlsx", official, mask_name)
    write_lists(tmp_path / "trial.xlsx", _facts(seed, is_trial=True), mask_name)
    group = official.groups[0]
    title = f"{group['school']} {group['grade']}"
    codes = [row[4] for row in _rows(tmp_path / "official.xlsx", title)]
    assert late[:12] not in codes
    assert "编号" not in [cell.value for cell in openpyxl.load_workbook(tmp_path / "trial.xlsx")[title][1]]
    for sheet in openpyxl.load_workbook(tmp_path / "trial.xlsx").worksheets:
        assert "试算——不是正式结果" in sheet.oddHeader.left.text
    for sheet in openpyxl.load_workbook(tmp_path / "official.xlsx").worksheets:
        assert "试算" not in (sheet.oddHeader.left.text or "")


@pytest.mark.parametrize("start", [0, 100])
def test_the_balance_says_what_the_certificate_says(tmp_path: Path, start: int) -> None:
    facts, path = _facts(_formable(start)), tmp_path / "balance.xlsx"
    write_balance(path, facts)
    grades = _rows(path, "各年级均衡")
    for row, group in zip(grades, facts.certificate.groups, strict=False):
        assert row[:2] == (group.school, group.grade)
        assert row[3] == sum(group.held.heads)
        assert row[10] == (None if group.gap is None else pytest.approx(float(group.gap)))
        assert row[12] == anchor_word(facts.certificate, group)
    classes = _rows(path, "各班")
    spread = [row for row in classes if row[2] == "最大差"]
    assert len(classes) - len(spread) == sum(len(group["sizes"]) for group in facts.groups)
    assert [row[3] for row in spread] == [max(g["sizes"]) - min(g["sizes"]) for g in facts.groups]


def test_a_broken_constraint_is_told(tmp_path: Path) -> None:
    facts = _facts(_formable(0))
    units: dict[str, list[str]] = {}
    for row in facts.rows:
        units.setdefault(row["unit"], []).append(row["pid"])
    problem, rows = random_intake(_formable(0))
    pair = next((pids for pids in units.values() if len(pids) > 1), None)
    if pair is None:
        row, other = rows[0], next(r for r in rows[1:] if r["school"] == rows[0]["school"])
        other["unit"] = row["unit"]
        pair = [row["pid"], other["pid"]]
    broken = {**facts.classes, pair[0]: 1, pair[1]: 2}
    found = certificate(plan_from(problem), rows, broken)
    write_balance(tmp_path / "b.xlsx", _facts(_formable(0), classes=broken, certificate=found))
    told = _rows(tmp_path / "b.xlsx", "未满足的约束")
    assert "应同班而分开" in {row[2] for row in told}


def test_an_unwritable_place_is_an_os_error(tmp_path: Path) -> None:
    facts = _facts(_formable(0))
    for write in (
        lambda: write_lists(tmp_path / "no" / "a.xlsx", facts, None),
        lambda: write_balance(tmp_path / "no" / "b.xlsx", facts),
    ):
        with pytest.raises(OSError, match="No such file"):
            write()
