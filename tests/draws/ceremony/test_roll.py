"""Freezing: duplicates and split families are named, rows out of shape refused, counts right, speed fit."""

import json
import stat
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.draws.ceremony.playing import child, children, do_freeze

from junheng.basics import UserError
from junheng.draws import Entrant, check_inclusion, freeze, merkle_root, receipts, unit_id
from junheng.draws.canonical import canonical_bytes


def _freeze(folder: Path, entrants: list[Entrant], **changes: Any) -> Any:
    names = {
        "draw_id": "D",
        "title": "示例",
        "purpose": "rehearsal",
        "kind": "admission",
        "hash_name": "sha256",
    }
    return freeze(folder, **{**names, **changes}, entrants=entrants)


def test_the_roll_and_its_counts(tmp_path: Path) -> None:
    roll = _freeze(tmp_path / "d", children(), hash_name="sm3")
    lines = (tmp_path / "d" / "roll" / "rows.jsonl").read_bytes().splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["pid"] for row in rows] == sorted(row["pid"] for row in rows)
    assert [canonical_bytes(row) for row in rows] == lines
    assert roll.root == merkle_root("sm3", lines).hex()
    assert (roll.rows, roll.units) == (30, 29)
    assert roll.per_school == {"A": 20, "B": 30}
    assert roll.per_class == {"0": 50}


def test_bound_children_share_one_unit(tmp_path: Path) -> None:
    _freeze(tmp_path / "d", children())
    rows = [json.loads(line) for line in (tmp_path / "d" / "roll" / "rows.jsonl").read_bytes().splitlines()]
    unit = next(unit for unit, n in Counter(row["unit"] for row in rows).items() if n == 2)
    assert unit == unit_id("sha256", [row["pid"] for row in rows if row["unit"] == unit])
    assert all(row["unit"] == row["pid"] for row in rows if row["unit"] != unit)


def test_private_data_stay_in_a_private_file(tmp_path: Path) -> None:
    _freeze(tmp_path / "d", children())
    private = tmp_path / "d" / "private" / "identities.jsonl"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    for file in (tmp_path / "d").rglob("*"):
        if file.is_file() and file != private:
            assert "张三丰".encode() not in file.read_bytes()
            assert b"11010120190101" not in file.read_bytes()


DUPLICATES = {
    "the same child twice": [child(1), child(2), child(1)],
    "the same number, another spelling of it": [
        child(1),
        Entrant({"name": "张 三丰1", "id_number": " 11010120190101001x"}, "", child(1).row),
    ],
    "the same school roll number": [
        Entrant({"name": "甲", "student_number": "G1"}, "", child(1).row),
        Entrant({"name": "乙", "student_number": "G1"}, "", child(1).row),
    ],
    "twins listed apart: the family stands with one only": [child(1, family="双"), child(2)],
    "twins with different lists": [child(1, family="双"), child(2, family="双", choices=("B", "A"))],
}


@pytest.mark.parametrize("case", DUPLICATES)
def test_duplicates_block_the_freeze_and_say_where(tmp_path: Path, case: str) -> None:
    with pytest.raises(UserError) as caught:
        _freeze(tmp_path / "d", DUPLICATES[case])
    assert "1" in caught.value.where
    assert caught.value.fix is not None
    assert "张三丰" not in str(caught.value)
    assert not (tmp_path / "d" / "log.jsonl").exists()


def test_namesakes_are_no_duplicates(tmp_path: Path) -> None:
    same_name = [Entrant({"name": "李明", "id_number": str(i)}, "", child(i).row) for i in range(2)]
    assert _freeze(tmp_path / "d", same_name).rows == 2


@pytest.mark.parametrize(
    "row",
    [
        {"choices": ["A"], "classes": [], "flags": {}},
        {"choices": ["A", "A"], "classes": [0, 0], "flags": {}},
        {"choices": ["A"], "classes": [0.5], "flags": {}},
        {"choices": ["A"], "classes": [True], "flags": {}},
        {"choices": [1], "classes": [0], "flags": {}},
        {"choices": ["A"], "classes": [0], "flags": {}, "fallback": []},
        {"choices": ["A"], "classes": [0], "flags": {}, "fallback": ["B", "B"]},
        {"choices": ["A"], "classes": [0], "flags": {}, "pid": "x"},
        {"choices": ["A"], "classes": [0], "flags": {}, "phone": "1"},
        {"choices": ["A"], "classes": [0], "flags": []},
        {"choices": ["A"], "classes": [0], "flags": {"note": None}},
        {"classes": []},
    ],
)
def test_rows_out_of_shape_are_refused(tmp_path: Path, row: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        _freeze(tmp_path / "d", [Entrant({"name": "甲"}, "", row)])


def test_rows_of_classes_need_school_and_grade(tmp_path: Path) -> None:
    row = {"school": "A", "grade": "七年级", "sex": 1, "marks": {"语文": 180}}
    roll = _freeze(tmp_path / "d", [Entrant({"name": "甲"}, "", row)], kind="classes")
    assert (roll.per_school, roll.per_class) == ({"A": 1}, {})
    with pytest.raises(UserError):
        _freeze(tmp_path / "e", [Entrant({"name": "甲"}, "", {"school": "A"})], kind="classes")


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "real"},
        {"kind": "lottery"},
        {"hash_name": "md5"},
        {"draw_id": ""},
        {"title": " "},
        {"draw_id": "a\0"},
    ],
)
def test_names_that_are_not_agreed_are_refused(tmp_path: Path, change: dict[str, str]) -> None:
    with pytest.raises(UserError):
        _freeze(tmp_path / "d", [child(1)], **change)


def test_an_empty_roll_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        _freeze(tmp_path / "d", [])


def test_a_receipt_shows_the_row_is_on_the_roll(tmp_path: Path) -> None:
    do_freeze(tmp_path / "d")
    papers = list(receipts(tmp_path / "d"))
    assert len(papers) == 30
    for paper in papers:
        path = [bytes.fromhex(step) for step in paper["roll_path"]]
        leaf, root = canonical_bytes(paper["row"]), bytes.fromhex(paper["roll_root"])
        assert check_inclusion("sha256", leaf, paper["index"], paper["rows"], path, root)
        other = canonical_bytes({**paper["row"], "classes": [9]})
        assert not check_inclusion("sha256", other, paper["index"], paper["rows"], path, root)
