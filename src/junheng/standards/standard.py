"""A standard resolved for one day and region: plain frozen values, each with the words it rests on.

Numbers are ``Decimal`` exactly as written in the library, so that a comparison can be decided exactly.
The files' own shape (dated versions, overlays) is the loader's business; what the other rooms see is here.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from junheng.basics import Stage, Text
from junheng.standards.pieces import (
    Comparison,
    CountingValues,
    CountyRuleValues,
    DeclarationValues,
    Frozen,
    IndicatorValues,
    ItemRelaxationValues,
    ItemTest,
    ItemValues,
    Limit,
    Part,
    RelaxationValues,
    SchoolRuleValues,
    SplitValues,
    VariationValues,
)

__all__ = ["Comparison", "Frozen", "ItemTest", "Limit", "Part"]  # named here before, still found here

Certainty = Literal["found", "local", "derived", "known", "third_party", "seed"]


class Citation(Frozen):
    """Where a value comes from. ``last_checked_on`` stays empty where nobody has checked the source."""

    document: str
    title: str
    article: str = ""
    certainty: Certainty
    in_force_from: date
    in_force_to: date | None = None
    last_checked_on: date | None = None
    note: Text | None = None
    overlay: str = ""  # id of the overlay that set this value, empty: the standard itself


class Cited(Frozen):
    """A piece of a standard and the source of each of its values.

    ``citation`` speaks for the whole piece; once an overlay has changed something in it, it is the overlay's,
    so that nobody misses the change. ``value_citations`` (field path → source) tells value by value; its
    entry "" is the source of the values the overlay left alone.
    """

    citation: Citation
    value_citations: Mapping[str, Citation] = {}

    def citation_of(self, field: str) -> Citation:
        """The source of one value, "thresholds.primary": that of the longest path that leads to it."""
        path = field
        while path:
            if path in self.value_citations:
                return self.value_citations[path]
            path = path.rpartition(".")[0]
        return self.value_citations.get("", self.citation)


class IndicatorRule(IndicatorValues, Cited):
    """One indicator of a standard: which fact, its threshold and floor per stage, its CV limit per stage.

    A standard without levels (basic-2012) has empty ``thresholds``; one without per-indicator CV limits has
    empty ``cv_limits``.
    """

    id: str  # R1
    indicator: str  # id in the indicator catalogue
    name: Text
    cv_citation: Citation | None = None

    def floor(self, stage: Stage) -> Decimal | None:
        """The lowest tolerated value of ``stage`` (threshold × ratio, exact), None where there is none."""
        if self.floor_ratio is None or stage not in self.thresholds:
            return None
        return self.thresholds[stage] * self.floor_ratio


class SchoolRule(SchoolRuleValues, Cited):
    """A school-stage passes when at least ``min_met`` indicators reach T and the rest their floor."""


class CountyRule(CountyRuleValues, Cited):
    """Share of counted school-stages that must pass (1: all)."""


class VariationRule(VariationValues, Cited):
    """How the between-school coefficient of variation is formed and tested.

    ``per_indicator``: every single CV is tested against its limit (quality-2017). ``composite_limits``:
    the mean of the CVs is tested (basic-2012); empty where the composite is only informative.
    """


class CountingRule(CountingValues, Cited):
    """Which school-stages are rows of the evaluation."""


class SplitRule(SplitValues, Cited):
    """Weights per pupil by kind of school and stage, and the premises columns that are shared out."""


class Relaxation(RelaxationValues, Cited):
    """Something more that may be counted in a numerator when a condition holds. Both are expressions."""

    id: str


class ItemRelaxation(ItemRelaxationValues, Cited):
    """Other limits for an item where its condition holds."""

    id: str


class Item(ItemValues, Cited):
    """A declared item of another part (government, quality, recognition, veto): text and limits as data."""

    id: str
    part: Part
    name: Text
    relaxations: tuple[ItemRelaxation, ...] = ()


class Declaration(DeclarationValues, Cited):
    """What a standard states beside its tests: scope, entry condition, procedure. Nothing is judged by it."""

    id: str
    name: Text


class AppliedOverlay(Frozen):
    """What an overlay calls itself; ``region`` is empty for a what-if."""

    name: Text
    region: str = ""


class Standard(Frozen):
    """A whole standard as it stands on ``on`` in ``region`` with its overlays applied."""

    id: str
    name: Text
    document: str
    title: str
    on: date
    region: str = ""
    overlays: tuple[str, ...] = ()
    overlay_heads: Mapping[str, AppliedOverlay] = {}
    stages: tuple[Stage, ...]
    parts: tuple[Part, ...]
    indicators: tuple[IndicatorRule, ...]
    school_rule: SchoolRule | None = None
    county_rule: CountyRule | None = None
    variation: VariationRule
    counting: CountingRule
    split: SplitRule
    relaxations: tuple[Relaxation, ...] = ()
    items: tuple[Item, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    sha256: str  # of all files it was made from, overlays included

    def rule(self, rule_id: str) -> IndicatorRule:
        """The indicator rule with this id; KeyError if the standard has none."""
        for rule in self.indicators:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)
