"""The shipped example: its tables are written again byte for byte, and its three problems read."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from junheng.planning.invest import read_problem

FOLDER = Path(__file__).parents[3] / "examples" / "plans" / "invest"


def test_tables_are_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = spec_from_file_location("make_invest", FOLDER / "make_invest.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    module.main()
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("name", "mode", "money"),
    [
        ("problem", {"kind": "all_by"}, None),
        ("with_1134_5", {"kind": "most_within"}, 1_134_500_000),
        ("little_money", {"kind": "most_within"}, 60_000_000),
        ("pareto", {"kind": "pareto", "points": 9}, None),
    ],
)
def test_problems(name: str, mode: dict[str, object], money: int | None) -> None:
    found = read_problem(FOLDER / f"{name}.yaml")
    assert found["mode"] == mode
    assert sum(found["budgets"].values()) == money if money else "budgets" not in found
    judged = [stage["stage"] for school in found["schools"] for stage in school["stages"] if stage["judged"]]
    assert (judged.count("primary"), judged.count("junior")) == (66, 30)
    assert all("虚构" in measure["source"] for measure in found["measures"])
    assert not found["cannot_tell"]
