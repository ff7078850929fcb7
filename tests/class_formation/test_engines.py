"""The three engines give the same layout, bit for bit, or the same refusal."""

from importlib.util import find_spec
from typing import Any

import pytest
from tests.class_formation.random_intakes import random_intake, seed_bytes
from tests.effort import examples

from junheng.basics import UserError
from junheng.class_formation import form, plan_from
from junheng.class_formation.board import Board
from junheng.class_formation.engines import find_engine

FAST = ["numpy", *(["numba"] if find_spec("numba") else [])]


def outcome(seed: int, engine: str) -> Any:
    problem, rows = random_intake(seed)
    try:
        layouts = form(plan_from(problem), rows, seed_bytes(seed), engine=engine)
    except UserError as error:
        return str(error)
    return [(layout.classes, layout.public()) for layout in layouts]


@pytest.mark.parametrize("engine", FAST)
def test_engines_agree_on_random_intakes(engine: str) -> None:
    formed = 0
    for seed in range(examples(1500)):
        expected = outcome(seed, "python")
        assert outcome(seed, engine) == expected, seed
        formed += not isinstance(expected, str)
    assert formed > examples(1500) // 2


def _board(n: int, classes: int, columns: int, seed: int) -> Board:
    """A board as crowded with equal values as can be, so that ties decide."""
    import random

    dice = random.Random(seed)
    rivals: list[list[int]] = [[] for _ in range(n)]
    for _ in range(n // 6):
        i, j = dice.sample(range(n), 2)
        if j not in rivals[i]:
            rivals[i].append(j)
            rivals[j].append(i)
    return Board(
        scores=[[dice.randint(-2, 2) for _ in range(columns)] for _ in range(n)],
        weights=[dice.randint(1, 3) for _ in range(columns)],
        signature=[dice.randint(0, 1) for _ in range(n)],
        rivals=[sorted(found) for found in rivals],
        free=[not found for found in rivals],
        classes=classes,
        position=[i % classes for i in range(n)],
    )


@pytest.mark.parametrize("engine", FAST)
def test_engines_agree_where_everything_ties(engine: str) -> None:
    for seed in range(examples(60)):
        expected, found = _board(30, 4, 2, seed), _board(30, 4, 2, seed)
        find_engine("python")(expected, 5, polish=True)
        find_engine(engine)(found, 5, polish=True)
        assert found.position == expected.position, seed


@pytest.mark.parametrize("engine", ["python", *FAST])
def test_improving_never_worsens_and_keeps_every_count(engine: str) -> None:
    for seed in range(examples(40)):
        board = _board(36, 3, 3, seed)
        before, counts = board.objective(), _counts(board)
        worth = [before]
        for sweeps in (1, 1, 20):
            find_engine(engine)(board, sweeps, polish=sweeps == 20)
            worth.append(board.objective())
        assert worth == sorted(worth, reverse=True)
        assert _counts(board) == counts


def _counts(board: Board) -> list[int]:
    pairs = list(zip(board.position, board.signature, strict=True))
    return [pairs.count((p, s)) for p in range(board.classes) for s in range(2)]


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UserError, match="rust"):
        find_engine("rust")


def test_auto_goes_on_without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from junheng.class_formation.numpy_engine import improve

    many = 1_000_000
    monkeypatch.setitem(sys.modules, "junheng.class_formation.numba_engine", None)
    assert find_engine("auto", many) is improve
    monkeypatch.setattr("junheng.class_formation.engines.find_spec", lambda name: None)
    assert find_engine("auto", many) is improve
    with pytest.raises(UserError, match="numba"):
        find_engine("numba")
