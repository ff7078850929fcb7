"""The example that is shipped: written again the same, solved, checked."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from junheng.planning.rotate import check, read_problem, solve

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "plans" / "rotate"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_rotate", FOLDER / "make_rotate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_the_maker_writes(
    maker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maker, "FOLDER", tmp_path)
    maker.main()
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (FOLDER / path.name).read_bytes()


def test_the_example_is_solved_and_checked() -> None:
    problem = read_problem(FOLDER / "problem.yaml")
    assert (problem["cannot_tell"], problem["differences"]) == ([], [])
    outcome = solve(problem, gap=1e-3)
    assert outcome["status"] in {"optimal", "within_gap"}
    assert check(problem, outcome) == ()
    moved, backbone = outcome["shares"][:2]
    assert 10 * len(moved["numerator"]) >= len(moved["denominator"])
    assert 5 * len(backbone["numerator"]) >= len(backbone["denominator"])
