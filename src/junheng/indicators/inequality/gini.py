"""The Gini coefficient: half the mean absolute difference between two pupils, over the mean.

Computed from the Lorenz curve of the sorted distribution, G = 1 - Σ wᵢ(Lᵢ₋₁ + Lᵢ) / W, with L the cumulated
shares of the total: n·log n instead of all pairs. (Gini 1912; weighted form e.g. Lerman and Yitzhaki 1989.)
"""

import numpy as np

from junheng.indicators.inequality.distribution import Numbers, checked


def gini(values: Numbers, weights: Numbers | None = None) -> float | None:
    """0 where all have the same, towards 1 where one has everything; None where the total is 0.

    Raises UserError as ``distribution.checked``.
    """
    found, weight = checked(values, weights)
    order = np.argsort(found, kind="stable")
    sizes, amounts = weight[order], (found * weight)[order]
    total = amounts.sum()
    if total == 0:
        return None
    curve = np.concatenate(([0.0], np.cumsum(amounts) / total))
    return float(1.0 - np.dot(sizes / sizes.sum(), curve[:-1] + curve[1:]))
