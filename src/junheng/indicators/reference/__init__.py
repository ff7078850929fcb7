"""The slow, obvious engine: plain Python, exact fractions, no SQL. The others must agree with it."""

from junheng.indicators.reference.facts import measured_rows
from junheng.indicators.reference.plain import evaluate_plainly
from junheng.indicators.reference.rows import Row, exact
from junheng.indicators.reference.stage_rows import stage_rows
from junheng.indicators.reference.values import value_of

__all__ = ["Row", "evaluate_plainly", "exact", "measured_rows", "stage_rows", "value_of"]
