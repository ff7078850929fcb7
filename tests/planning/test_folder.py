"""A plan's folder: written in canonical bytes, read back, and any later change found."""

from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.planning import altered_files, is_plan, kind_of, plans_in, read_plan, seal_plan, write_plan

PROBLEM = {"format": "junheng-plan-1", "kind": "pair", "名称": "XX区"}
OUTCOME = {"format": "junheng-plan-1", "kind": "pair", "status": "optimal", "gap": "0.5"}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "规划"
    (folder / "planned").mkdir(parents=True)
    write_plan(folder, PROBLEM, OUTCOME)
    (folder / "planned" / "stage.csv").write_text("a\n", encoding="utf-8")
    seal_plan(folder, {"command": ["plan"]})
    return folder


def test_a_plan_comes_back(plan: Path) -> None:
    assert read_plan(plan) == (PROBLEM, OUTCOME)
    assert is_plan(plan)
    assert plans_in(plan) == plans_in(plan.parent) == (plan,)
    assert altered_files(plan) == ()


def test_changed_lost_and_new_files_are_named(plan: Path) -> None:
    (plan / "planned" / "stage.csv").write_text("b\n", encoding="utf-8")
    (plan / "plan.json").unlink()
    (plan / "新.txt").write_text("", encoding="utf-8")
    assert altered_files(plan) == ("plan.json", "planned/stage.csv", "新.txt")


@pytest.mark.parametrize("content", [b"", b"[]", b'{"kind": 3}', b'{"a": 1.5}', b"\xff"])
def test_what_is_no_plan_is_refused(plan: Path, content: bytes) -> None:
    (plan / "problem.json").write_bytes(content)
    with pytest.raises(UserError):
        read_plan(plan)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": 3}'])
def test_a_list_of_files_that_is_none_is_refused(plan: Path, content: str) -> None:
    (plan / "about.json").write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match="没有完整的规划"):
        altered_files(plan)


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(UserError, match="没有这种规划") as refused:
        kind_of("invset")
    assert "invest" in str(refused.value.fix)
