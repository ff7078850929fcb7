"""Three engines that agree bit for bit: python (the definition), numpy, numba (extra)."""

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Literal, cast

from junheng.admissions.engines.contest import Contest, Held
from junheng.basics import Text, UserError

EngineName = Literal["auto", "python", "numpy", "numba"]
Decide = Callable[[Contest, str], Held]

_MODULES = {"python": "reference", "numpy": "cutoff_rounds", "numba": "heaps"}
_FEW = 300  # applications below which plain lists beat arrays
_MANY = 1_000_000  # applications from which importing numba (and once compiling) pays


def choose_engine(applications: int, times: int = 1) -> EngineName:
    """The engine ``auto`` means for ``times`` runs over so many applications: no small market waits for a compiler."""
    work = applications * times
    if find_spec("numba") is not None and (work >= _MANY or (applications >= _FEW and _is_warm())):
        return "numba"
    return "python" if applications < _FEW else "numpy"


def engine_for(name: EngineName, applications: int) -> Decide:
    """The deciding function of an engine. Raises UserError for one that is unknown or not installed."""
    chosen = choose_engine(applications) if name == "auto" else name
    if name == "auto" and chosen == "numba":
        return _numba_or_numpy()
    if chosen not in _MODULES:
        raise UserError(
            Text(f"没有引擎 {chosen}", f"there is no engine {chosen}"),
            where="engine",
            fix=Text(f"可用：auto、{'、'.join(_MODULES)}", f"use auto, {', '.join(_MODULES)}"),
        )
    if chosen == "numba" and find_spec("numba") is None:
        raise UserError(
            Text("未安装 numba", "numba is not installed"),
            fix=Text(
                "pip install 'junheng[numba]'，或改用 engine=numpy",
                "pip install 'junheng[numba]', or use engine=numpy",
            ),
        )
    return _decide_of(chosen)


def _decide_of(name: EngineName) -> Decide:
    return cast(Decide, import_module(f"junheng.admissions.engines.{_MODULES[name]}").decide)


def _numba_or_numpy() -> Decide:
    """numba where it works: it may be installed and still refuse, when it finds no folder for compiled code."""
    try:
        return _decide_of("numba")
    except (ImportError, RuntimeError):
        return _decide_of("numpy")


def _is_warm() -> bool:
    return "junheng.admissions.engines.heaps" in sys.modules


__all__ = ["Contest", "Decide", "EngineName", "Held", "choose_engine", "engine_for"]
