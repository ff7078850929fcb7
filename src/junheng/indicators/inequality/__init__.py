"""How unequal a distribution is: plain functions on arrays of values and weights, each with its law."""

from junheng.indicators.inequality.atkinson import atkinson
from junheng.indicators.inequality.distribution import Array
from junheng.indicators.inequality.gini import gini
from junheng.indicators.inequality.ratio import max_min_ratio
from junheng.indicators.inequality.theil import GroupShare, TheilParts, theil, theil_by_group
from junheng.indicators.inequality.variation import Variation, variation

__all__ = [
    "Array",
    "GroupShare",
    "TheilParts",
    "Variation",
    "atkinson",
    "gini",
    "max_min_ratio",
    "theil",
    "theil_by_group",
    "variation",
]
