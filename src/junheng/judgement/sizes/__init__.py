"""Class and school sizes of a county: bands, large classes and schools, targets, rooms and seats needed."""

from junheng.judgement.sizes.assess import SizeReport, TargetResult, assess_sizes
from junheng.judgement.sizes.count import Tally, county_names
from junheng.judgement.sizes.dissolve import Need, Untold
from junheng.judgement.sizes.rules import SizeRules, load_size_rules, size_rules_on
from junheng.judgement.sizes.school_sizes import SchoolSize, SchoolSizes, SizeCount, school_sizes

__all__ = [
    "Need",
    "SchoolSize",
    "SchoolSizes",
    "SizeCount",
    "SizeReport",
    "SizeRules",
    "Tally",
    "TargetResult",
    "Untold",
    "assess_sizes",
    "county_names",
    "load_size_rules",
    "school_sizes",
    "size_rules_on",
]
