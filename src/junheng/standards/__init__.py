"""Norms as data: which rules hold on a day in a region, and on which words each rests."""

from junheng.standards.changes import Change, changes
from junheng.standards.describe import Line, describe, spoken
from junheng.standards.in_force import school_year_start
from junheng.standards.resolve import (
    OverlayHead,
    StandardHead,
    list_overlays,
    list_standards,
    resolve,
)
from junheng.standards.standard import (
    Certainty,
    Citation,
    Cited,
    Comparison,
    CountingRule,
    CountyRule,
    Declaration,
    IndicatorRule,
    Item,
    ItemRelaxation,
    Limit,
    Part,
    Relaxation,
    SchoolRule,
    SplitRule,
    Standard,
    VariationRule,
)
from junheng.standards.wording import CERTAINTY_NAMES, EVIDENCE_NAMES, FIELD_NAMES, PART_NAMES, SECTION_NAMES

__all__ = [
    "CERTAINTY_NAMES",
    "EVIDENCE_NAMES",
    "FIELD_NAMES",
    "PART_NAMES",
    "SECTION_NAMES",
    "Certainty",
    "Change",
    "Citation",
    "Cited",
    "Comparison",
    "CountingRule",
    "CountyRule",
    "Declaration",
    "IndicatorRule",
    "Item",
    "ItemRelaxation",
    "Limit",
    "Line",
    "OverlayHead",
    "Part",
    "Relaxation",
    "SchoolRule",
    "SplitRule",
    "Standard",
    "StandardHead",
    "VariationRule",
    "changes",
    "describe",
    "list_overlays",
    "list_standards",
    "resolve",
    "school_year_start",
    "spoken",
]
