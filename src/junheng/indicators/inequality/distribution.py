"""What every measure asks of its input: numbers all present, weights positive, the same length."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from junheng.basics import Text, UserError

Array = npt.NDArray[np.float64]
Numbers = Sequence[float] | Array


def checked(
    values: Numbers, weights: Numbers | None, *, negative_allowed: bool = False
) -> tuple[Array, Array]:
    """``values`` and ``weights`` as arrays; without weights each value counts once.

    Raises UserError for an empty distribution, an absent (NaN) or infinite number, a weight that is not
    positive, different lengths, and a negative value where the measure is not defined for it. Absent values
    are for the caller to leave out or to answer "cannot tell": never for a measure to guess.
    """
    found = np.asarray(values, dtype=np.float64)
    weight = np.ones_like(found) if weights is None else np.asarray(weights, dtype=np.float64)
    if found.ndim != 1 or found.shape != weight.shape or not found.size:
        raise _refused(Text("数值与权数应一一对应且不为空", "values and weights must match and not be empty"))
    if not np.isfinite(found).all() or not np.isfinite(weight).all():
        raise _refused(Text("有缺失或无穷的数值", "a number is absent or infinite"))
    if (weight <= 0).any():
        raise _refused(Text("权数应为正数", "weights must be positive"))
    if not negative_allowed and (found < 0).any():
        raise _refused(Text("有负数，该指数没有定义", "a value is negative, where this index is not defined"))
    return found, weight


def mean_of(values: Array, weights: Array) -> float:
    """The weighted mean."""
    return float(np.dot(values, weights) / weights.sum())


def _refused(why: Text) -> UserError:
    return UserError(
        Text(f"无法计算差异指数：{why.zh}", f"An index of inequality cannot be computed: {why.en}"),
        fix=Text(
            "请先剔除缺失的学校，或报告为无法判定", "leave such schools out, or report that it cannot be told"
        ),
    )
