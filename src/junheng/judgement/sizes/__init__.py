"""Class sizes of a county: bands, large and super-large classes, targets, rooms needed to dissolve them."""

from junheng.judgement.sizes.assess import SizeReport, TargetResult, assess_sizes
from junheng.judgement.sizes.count import Tally, county_names
from junheng.judgement.sizes.dissolve import Need, Untold
from junheng.judgement.sizes.rules import SizeRules, load_size_rules, size_rules_on

__all__ = [
    "Need",
    "SizeReport",
    "SizeRules",
    "Tally",
    "TargetResult",
    "Untold",
    "assess_sizes",
    "county_names",
    "load_size_rules",
    "size_rules_on",
]
