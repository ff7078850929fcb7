"""After publication: locked, and every exception a line that cannot be taken back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.class_formation.small import SEED, Json, problem, row

from junheng.basics import UserError
from junheng.class_formation import (
    Move,
    MoveRule,
    current_classes,
    load_move_rule,
    lock_layout,
    read_lock,
    read_moves,
    record_move,
    run_draw,
)
from junheng.draws import canonical_bytes, merkle_root

RULE = MoveRule(Fraction(1, 10), "本地文件")
NOW = datetime(2027, 9, 3, 9, 0, tzinfo=UTC)


def published() -> tuple[Json, list[Json]]:
    spec = {"kind": "classes", "hash": "sha256", "problem": problem(2)}
    rows = sorted((row(i) for i in range(20)), key=lambda r: str(r["pid"]))
    outcome = run_draw(spec, rows, SEED)
    root = merkle_root("sha256", [canonical_bytes(leaf) for leaf in outcome.leaves]).hex()
    return {"root": root, "rows": 20, **outcome.public}, outcome.leaves


@pytest.fixture
def move(tmp_path: Path) -> Callable[..., Move]:
    result, leaves = published()
    lock_layout(tmp_path, draw_id="2027-1", hash_name="sha256", result=result, leaves=leaves)

    def record(number: int = 0, **fields: Any) -> Move:
        leaf = leaves[number]
        plain: dict[str, Any] = {
            "pid": leaf["pid"],
            "new": 3 - leaf["class"],
            "reason": "听力障碍，需靠近资源教室",
            "asked_by": "校长",
            "approved_by": "区教育局基教科",
            "document": "区教〔2027〕12号",
        }
        return record_move(tmp_path, **{**plain, **fields}, now=NOW, rule=RULE)

    return record


def test_a_move_is_recorded_and_replayed(tmp_path: Path, move: Callable[..., Move]) -> None:
    made = move()
    assert read_moves(tmp_path) == [made]
    before, after = read_lock(tmp_path).classes, current_classes(tmp_path)
    assert {pid for pid in before if before[pid] != after[pid]} == {made.pid}
    assert after[made.pid] == made.new


def test_the_local_cap_holds_and_going_back_frees_it(tmp_path: Path, move: Callable[..., Move]) -> None:
    first = move(0)
    move(1)
    with pytest.raises(UserError, match="2"):
        move(2)
    assert len(read_moves(tmp_path)) == 2
    move(0, new=first.old)
    move(2)
    assert len(read_moves(tmp_path)) == 4


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": " "},
        {"document": ""},
        {"approved_by": "校长"},
        {"new": 3},
        {"new": 0},
        {"pid": "nobody"},
    ],
)
def test_a_move_without_its_papers_is_refused(
    tmp_path: Path, move: Callable[..., Move], fields: dict[str, Any]
) -> None:
    with pytest.raises(UserError):
        move(**fields)
    assert read_moves(tmp_path) == []


def test_no_move_to_the_same_class(move: Callable[..., Move], tmp_path: Path) -> None:
    pid, number = next(iter(read_lock(tmp_path).classes.items()))
    with pytest.raises(UserError):
        move(pid=pid, new=number)


def test_a_line_taken_out_or_changed_is_seen(tmp_path: Path, move: Callable[..., Move]) -> None:
    move(0)
    move(1)
    log = tmp_path / "moves.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(lines[1])
    with pytest.raises(UserError):
        read_moves(tmp_path)
    log.write_bytes(lines[0].replace("校长".encode(), "局长".encode()) + lines[1])
    with pytest.raises(UserError):
        current_classes(tmp_path)


def test_a_locked_layout_is_not_replaced(tmp_path: Path, move: Callable[..., Move]) -> None:
    move()
    result, leaves = published()
    lock_layout(tmp_path, draw_id="2027-1", hash_name="sha256", result=result, leaves=leaves)
    with pytest.raises(UserError):
        lock_layout(tmp_path, draw_id="2027-2", hash_name="sha256", result=result, leaves=leaves)
    assert len(read_moves(tmp_path)) == 1


def test_leaves_of_another_result_are_refused(tmp_path: Path) -> None:
    result, leaves = published()
    leaves[0]["class"] = 3 - leaves[0]["class"]
    with pytest.raises(UserError):
        lock_layout(tmp_path, draw_id="2027-1", hash_name="sha256", result=result, leaves=leaves)


def test_an_altered_lock_is_seen(tmp_path: Path, move: Callable[..., Move]) -> None:
    move()
    path = tmp_path / "lock.json"
    path.write_bytes(path.read_bytes().replace(b'"class":1', b'"class":2', 1))
    with pytest.raises(UserError):
        read_lock(tmp_path)


def test_the_shipped_rule_is_dated_and_cited() -> None:
    rule = load_move_rule(date(2027, 9, 1))
    assert 0 < rule.largest_share < 1
    assert rule.document
    with pytest.raises(UserError):
        load_move_rule(date(2000, 1, 1))
