"""The only place where a clause's words become comparisons, and close ones are decided exactly.

不低于 (以上) and 不超过 include the number, 大于 and 小于 do not. A value known only as a double decides
a comparison when it lies farther than a relative 1e-6 from the line; nearer, the caller must bring the exact
fraction. Lines are ``Decimal`` as the standard writes them.
"""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.standards import Comparison

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NEAR = 1e-6

_AT_LEAST: Mapping[Comparison, bool] = {"不低于": True, "大于": True, "不超过": False, "小于": False}
_STRICT: Mapping[Comparison, bool] = {"不低于": False, "大于": True, "不超过": False, "小于": True}
_ON_ARRAYS: Mapping[Comparison, Callable[[Doubles, float], Flags]] = {
    "不低于": np.greater_equal,
    "大于": np.greater,
    "不超过": np.less_equal,
    "小于": np.less,
}
_EXACTLY: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    "不低于": operator.ge,
    "大于": operator.gt,
    "不超过": operator.le,
    "小于": operator.lt,
}
_SIGNS: Mapping[Comparison, str] = {"不低于": "≥", "大于": ">", "不超过": "≤", "小于": "<"}


def sign(word: Comparison) -> str:
    """The mathematical sign of ``word``, for formulas shown to people."""
    return _SIGNS[word]


def more_is_better(word: Comparison) -> bool:
    """Whether a larger value satisfies ``word`` rather than a smaller one."""
    return _AT_LEAST[word]


def is_strict(word: Comparison) -> bool:
    """Whether ``word`` excludes the line itself."""
    return _STRICT[word]


def inclusive(word: Comparison) -> Comparison:
    """The inclusive word of the same direction: floors (“不低于 … 的85％”) always include the line."""
    return "不低于" if _AT_LEAST[word] else "不超过"


def holds(word: Comparison, value: int | Fraction, line: Decimal | Fraction) -> bool:
    """Whether ``value`` stands to ``line`` as ``word`` demands, exactly."""
    return _EXACTLY[word](value, exact_line(line))


@lru_cache(maxsize=1024)
def exact_line(line: Decimal | Fraction) -> int | Fraction:
    """A line, which thousands of values are held to: as a whole number, which compares fastest, where it is one."""
    found = Fraction(line)
    return found.numerator if found.denominator == 1 else found


def holds_each(word: Comparison, values: Doubles, line: Decimal) -> Flags:
    """``holds`` for an array of doubles. Right only away from the line (see ``near``); NaN gives False."""
    return _ON_ARRAYS[word](values, float(line))


def near(values: Doubles, line: Decimal) -> Flags:
    """Where a double is too near to ``line`` to decide: within a relative 1e-6. NaN is not near."""
    close: Flags = np.abs(values - float(line)) <= NEAR * max(abs(float(line)), np.finfo(np.float64).tiny)
    return close
