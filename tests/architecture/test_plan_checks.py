"""The check of a plan is a second mind: no solver, no model, no reader; nothing but fractions and the rules."""

import ast
import sys
from pathlib import Path

import pytest

_WORDS = ("words", "telling_words")
_MAY = {"junheng.basics", "junheng.planning.frozen", "__future__"}


def _checks(root: Path) -> list[Path]:
    places = (root / "src" / "junheng" / "planning").rglob("check*.py")
    return sorted(path for path in places if path.stem == "check" or path.stem.startswith("check_"))


def _strangers(path: Path) -> list[str]:
    """What ``path`` imports beyond the standard library, ``_MAY``, its sister checks and its kind's words."""
    inside = path.parent.as_posix().rpartition("/planning/")[2].split("/")
    above = [".".join(("junheng", "planning", *inside[:depth])) for depth in range(1, len(inside) + 1)]
    sisters = tuple(f"{place}.check" for place in above)
    words = {f"{place}.{name}" for place in above for name in _WORDS}
    return [
        name
        for name in _imports(path)
        if name not in _MAY | words
        and not name.startswith(sisters)
        and name.split(".")[0] not in sys.stdlib_module_names
    ]


def _imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        found += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    return found


def test_words_that_checks_share_are_words_alone(root: Path) -> None:
    """A name for a thing may be shared with the teller; a module of such names knows no rule and no reader."""
    names = {name for path in _checks(root) for name in _imports(path) if name.rpartition(".")[2] in _WORDS}
    shared = [root / "src" / Path(*name.split(".")).with_suffix(".py") for name in names]
    assert shared
    assert {str(path): _knows(path) for path in shared if _knows(path)} == {}


def _knows(path: Path) -> list[str]:
    return [
        name
        for name in _imports(path)
        if name not in _MAY and name.split(".")[0] not in sys.stdlib_module_names
    ]


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
