"""Decides whether the fast lanes may be used, and prepares their words; no heavy import of its own."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError
from junheng.draws.hashes import hmac_pads

if TYPE_CHECKING:
    from types import ModuleType

    import numpy as np

ENGINES = ("auto", "python", "numpy", "numba")
# Below this, importing (and, once per machine, compiling) the lanes costs more than they save.
_LEAST_UNITS = 200_000
_LEAST_UNITS_ONCE_LOADED = 256
_UNIT_BYTES = 64
# 7 bytes of the unit open the second block; its marker and length take 9.
_LONGEST_TAIL = 48


def lane_tickets(
    seed: bytes, units: Sequence[str], tail: bytes, engine: str
) -> "np.ndarray[Any, np.dtype[np.uint8]] | None":
    """HMAC-SHA-256(seed, "ticket\\0" ‖ unit ‖ tail) as [len(units), 32]; None where lanes do not fit.

    They fit ids of 64 ASCII characters (every pid and unit id) and tails up to 48 bytes. ``engine``:
    "auto" takes them when they pay, "numba" whenever they fit, "python" and "numpy" never.
    Raises UserError for another engine, and for "numba" where it is not installed.
    """
    if engine not in ENGINES:
        raise UserError(
            Text(f"未知的计算引擎：{engine}", f"Unknown engine: {engine}"),
            fix=Text("可用：" + "、".join(ENGINES), "use one of " + ", ".join(ENGINES)),
        )
    if (
        engine in ("python", "numpy")
        or len(tail) > _LONGEST_TAIL
        or (engine == "auto" and not _pays(len(units)))
    ):
        return None
    lanes = _module()
    if lanes is None:
        if engine == "auto":
            return None
        raise UserError(
            Text("没有安装 numba", "numba is not installed"),
            fix=Text("请安装：pip install 'junheng[numba]'", "install it: pip install 'junheng[numba]'"),
        )
    return _run(lanes, seed, units, tail)


def _run(
    lanes: "ModuleType", seed: bytes, units: Sequence[str], tail: bytes
) -> "np.ndarray[Any, np.dtype[np.uint8]] | None":
    if set(map(len, units)) != {_UNIT_BYTES}:
        return None
    joined = "".join(units)
    if not joined.isascii() or "\0" in joined:
        return None
    found: np.ndarray[Any, np.dtype[np.uint8]] = lanes.hmac_units(
        hmac_pads("sha256", seed), joined.encode("ascii"), tail
    )
    return found


def _pays(units: int) -> bool:
    is_loaded = _module.cache_info().currsize > 0
    return units >= (_LEAST_UNITS_ONCE_LOADED if is_loaded else _LEAST_UNITS)


@cache
def _module() -> "ModuleType | None":
    """`junheng.draws.lanes`, or None where numba is not installed."""
    try:
        from junheng.draws import lanes
    except ImportError:
        return None
    return lanes
