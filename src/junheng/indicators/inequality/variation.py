"""The coefficient of variation of 教督〔2012〕3号: weighted by pupils, population form.

mean = Σwx / Σw, SD = √(Σw(x - mean)² / Σw), CV = SD / mean. Weights are pupils; without weights every school
counts the same, which is not the rule and is shown only beside it.
"""

from dataclasses import dataclass

import numpy as np

from junheng.indicators.inequality.distribution import Numbers, checked, mean_of


@dataclass(frozen=True, slots=True)
class Variation:
    """Mean and standard deviation in the unit of the values; ``cv`` is None where the mean is 0."""

    mean: float
    sd: float
    cv: float | None


def variation(values: Numbers, weights: Numbers | None = None) -> Variation:
    """Mean, SD and coefficient of variation of ``values``.

    Invariant under scaling all values, scaling all weights, and replicating the population. Raises UserError
    as ``distribution.checked``; negative values are allowed.
    """
    found, weight = checked(values, weights, negative_allowed=True)
    mean = mean_of(found, weight)
    sd = float(np.sqrt(np.dot(weight, (found - mean) ** 2) / weight.sum()))
    return Variation(mean, sd, sd / mean if mean else None)
