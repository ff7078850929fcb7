"""Interchangeable engines of the swaps: plain Python (definition), numpy (default), numba (extra)."""

import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Protocol

from junheng.basics import Text, UserError
from junheng.class_formation.board import Board

ENGINES = ("auto", "python", "numpy", "numba")
# Below this, loading the compiled kernels (and, once per machine, compiling them) costs more than they save.
_LEAST_CHILDREN = 20_000
_KERNELS = "junheng.class_formation.numba_engine"


class Improve(Protocol):
    """Exchange units on the board until nothing improves, at most ``sweeps`` times through all; then polish."""

    def __call__(self, board: Board, sweeps: int, *, polish: bool) -> None: ...


def find_engine(name: str, children: int = 0) -> Improve:
    """The engine called ``name``; auto: numba where installed and worth loading, else numpy. All give the same layout.

    ``children``: how many will be formed, over all runs. UserError: unknown name, or numba asked for and not installed.
    """
    chosen = _chosen(name, children)
    try:
        return _LOADERS[chosen]()
    except (
        ImportError,
        RuntimeError,
    ):  # numba is there but broken, or finds nowhere to keep what it compiles
        if name != "auto":
            raise
        return _numpy()


def _chosen(name: str, children: int) -> str:
    has_numba = find_spec("numba") is not None
    if name == "auto":
        is_worth_it = children >= _LEAST_CHILDREN or _KERNELS in sys.modules
        return "numba" if has_numba and is_worth_it else "numpy"
    if name not in ENGINES or (name == "numba" and not has_numba):
        raise UserError(
            Text(f"不能使用的计算引擎：{name}", f"This engine cannot be used: {name}"),
            where="engine",
            fix=Text(
                "请用 auto、python 或 numpy；numba 需另装 junheng[numba]",
                "use auto, python or numpy; numba comes with junheng[numba]",
            ),
        )
    return name


def _python() -> Improve:
    from junheng.class_formation.reference_engine import improve

    return improve


def _numpy() -> Improve:
    from junheng.class_formation.numpy_engine import improve

    return improve


def _numba() -> Improve:
    from junheng.class_formation.numba_engine import improve

    return improve


_LOADERS: dict[str, Callable[[], Improve]] = {"python": _python, "numpy": _numpy, "numba": _numba}
