"""Atkinson's index: the share of the total that could be given up if the rest were spread evenly.

A(ε) = 1 - (Σ p (x/μ)^(1-ε))^(1/(1-ε)), and for ε = 1 one minus the geometric over the arithmetic mean. The larger
the aversion ε, the more the poorest schools count. (Atkinson 1970.)
"""

import numpy as np

from junheng.basics import Text, UserError
from junheng.indicators.inequality.distribution import Numbers, checked, mean_of


def atkinson(values: Numbers, weights: Numbers | None = None, *, epsilon: float = 0.5) -> float | None:
    """0 where all have the same, at most 1; None where the mean is 0. With ε ≥ 1 one zero value gives 1.

    ``epsilon`` > 0 is the aversion to inequality. Raises UserError for another ``epsilon`` and as
    ``distribution.checked``.
    """
    if not epsilon > 0 or not np.isfinite(epsilon):
        raise UserError(
            Text(
                f"阿特金森指数的厌恶系数应为正数：{epsilon}",
                f"Atkinson's epsilon must be positive: {epsilon}",
            ),
            fix=Text("常用 0.5、1、2", "0.5, 1 and 2 are usual"),
        )
    found, weight = checked(values, weights)
    mean = mean_of(found, weight)
    if mean == 0:
        return None
    if epsilon >= 1 and (found == 0).any():
        return 1.0
    relative, shares = found / mean, weight / weight.sum()
    if epsilon == 1:
        return float(1.0 - np.exp(np.dot(shares, np.log(relative))))
    return float(1.0 - np.dot(shares, relative ** (1.0 - epsilon)) ** (1.0 / (1.0 - epsilon)))
