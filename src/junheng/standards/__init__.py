"""Norms as data: which rules hold on a day in a region, and on which words each rests."""

from junheng.standards.as_written import AsWritten
from junheng.standards.changes import Change, changes
from junheng.standards.definition import Source
from junheng.standards.describe import Line, describe, spoken
from junheng.standards.in_force import school_year_start
from junheng.standards.pieces import Frozen
from junheng.standards.resolve import (
    OverlayHead,
    StandardHead,
    list_overlays,
    list_standards,
    overlay_head,
    resolve,
    standard_id,
)
from junheng.standards.standard import (
    AppliedOverlay,
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
    ItemTest,
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
    "AppliedOverlay",
    "AsWritten",
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
    "Frozen",
    "IndicatorRule",
    "Item",
    "ItemRelaxation",
    "ItemTest",
    "Limit",
    "Line",
    "OverlayHead",
    "Part",
    "Relaxation",
    "SchoolRule",
    "Source",
    "SplitRule",
    "Standard",
    "StandardHead",
    "VariationRule",
    "changes",
    "describe",
    "list_overlays",
    "list_standards",
    "overlay_head",
    "resolve",
    "school_year_start",
    "standard_id",
    "spoken",
]
