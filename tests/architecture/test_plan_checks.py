"""The check of a plan is a second mind: no solver, no model, no reader; nothing but fractions and the rules."""

import ast
import sys
from pathlib import Path

import pytest

_MAY = {"junheng.basics", "junheng.planning.frozen", "__future__"}


def _checks(root: Path) -> list[Path]:
    places = (root / "src" / "junheng" / "planning").rglob("check*.py")
    return sorted(path for path in places if path.stem == "check" or path.stem.startswith("check_"))


def _strangers(path: Path) -> list[str]:
    """What ``path`` imports beyond the standard library, ``_MAY`` and its own sisters."""
    inside = path.parent.as_posix().rpartition("/planning/")[2].split("/")
    sisters = ".".join(("junheng", "planning", *inside, "check"))
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found += [
            name
            for name in names
            if name not in _MAY
            and not name.startswith(sisters)
            and name.split(".")[0] not in sys.stdlib_module_names
        ]
    return found


def test_every_kind_has_a_check_that_knows_no_producer(root: Path) -> None:
    checks = _checks(root)
    assert {path.parent.name for path in checks if path.name == "check.py"} >= {"invest", "rotate", "staff"}
    assert {path.name: _strangers(path) for path in checks if _strangers(path)} == {}


@pytest.mark.parametrize(
    "line", ["import numpy", "from junheng.planning.invest.model import a", "from junheng.data import b"]
)
def test_a_stranger_is_seen(tmp_path: Path, line: str) -> None:
    path = tmp_path / "invest" / "check.py"
    path.parent.mkdir()
    path.write_text(f"from fractions import Fraction\n{line}\n", encoding="utf-8")
    assert len(_strangers(path)) == 1
