"""The plainest measure: how many times the best-provided school has what the worst-provided one has."""

from junheng.indicators.inequality.distribution import Numbers, checked


def max_min_ratio(values: Numbers) -> float | None:
    """Greatest over least value; None where the least is 0. Raises UserError as ``distribution.checked``."""
    found, _ = checked(values, None)
    least = float(found.min())
    return float(found.max()) / least if least else None
