"""The certificate: every grade's balance beside the published yardstick, worst first.

The yardstick is data (anchors.yaml): 厦门 2016, at most 1 point between class means, usually under half a point.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text
from junheng.class_formation.group import Row
from junheng.class_formation.metrics import GroupMetrics, MarkBalance, metrics
from junheng.class_formation.plan import Plan
from junheng.class_formation.tolerance import spread

_ANCHORS = Path(__file__).parent / "anchors.yaml"
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Anchor:
    """A published yardstick: the largest gap of class means allowed, and the usual one, in points."""

    id: str
    place: Text
    most: Fraction
    usual: Fraction
    source: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Certificate:
    """The grades, those with the widest gap first, beside an anchor."""

    anchor: Anchor
    groups: tuple[GroupMetrics, ...]

    @property
    def worst_gap(self) -> Fraction | None:
        """The widest gap between class means of any mark in any grade, in points."""
        return max((g.gap for g in self.groups if g.gap is not None), default=None)

    def is_within(self, group: GroupMetrics) -> bool | None:
        """Whether a grade keeps the anchor's largest gap; None where it has no marks. Compared exactly."""
        return None if group.gap is None else group.gap <= self.anchor.most

    def is_usual(self, group: GroupMetrics) -> bool | None:
        """Whether a grade keeps even the usual gap."""
        return None if group.gap is None else group.gap < self.anchor.usual

    def to_json(self) -> dict[str, Any]:
        """For files and reports: gaps as decimal text, the rest as numbers."""
        return {
            "format": "junheng/class-certificate/1",
            "anchor": {
                "id": self.anchor.id,
                "place": {"zh": self.anchor.place.zh, "en": self.anchor.place.en},
                "most": _decimal(self.anchor.most),
                "usual": _decimal(self.anchor.usual),
                "source": {key: str(value) for key, value in self.anchor.source.items()},
            },
            "worst_gap": _decimal(self.worst_gap),
            "groups": [self._group(group) for group in self.groups],
        }

    def _group(self, group: GroupMetrics) -> dict[str, Any]:
        held = group.held
        return {
            "school": group.school,
            "grade": group.grade,
            "sizes": list(held.heads),
            "size_range": spread(held.heads),
            "load_range": spread(held.load),
            "boys_range": spread(held.boys),
            "girls_range": spread(held.girls),
            "special_range": spread(held.specials),
            "sex_chi2_per_freedom": group.sex_chi2,
            "feeder_chi2_per_freedom": group.feeder_chi2,
            "gap": _decimal(group.gap),
            "within_anchor": self.is_within(group),
            "usual": self.is_usual(group),
            "marks": [_mark(mark) for mark in group.marks],
            "violations": [{"kind": v.kind, "name": v.name, "pids": list(v.pids)} for v in group.violations],
            "layout_bits": group.layout_bits,
            "balance_bits": group.balance_bits,
        }


def certificate(
    plan: Plan, rows: Iterable[Row], classes: Mapping[str, int], *, anchor: str = "xiamen_2016"
) -> Certificate:
    """The certificate of a layout (class number of every pid). KeyError: no such anchor."""
    found = metrics(plan, rows, classes)
    found.sort(key=lambda group: -1 if group.gap is None else group.gap, reverse=True)
    return Certificate(load_anchors()[anchor], tuple(found))


@cache
def load_anchors() -> Mapping[str, Anchor]:
    """The shipped yardsticks by id."""
    listed = yaml.safe_load(_ANCHORS.read_text(encoding="utf-8"))["anchors"]
    return {
        a["id"]: Anchor(
            id=a["id"],
            place=Text(a["place"]["zh"], a["place"]["en"]),
            most=Fraction(a["most"]),
            usual=Fraction(a["usual"]),
            source=a["source"],
        )
        for a in listed
    }


def _mark(mark: MarkBalance) -> dict[str, Any]:
    return {
        "name": mark.name,
        "missing": mark.missing,
        "means": [_decimal(mean) for mean in mark.means],
        "gap": _decimal(mark.gap),
        "deviation": mark.deviation,
        "deviation_gap": mark.deviation_gap,
        "eta_squared": mark.eta_squared,
        "icc": mark.icc,
        "expected_gap_of_chance": mark.expected_gap,
        "floor": _decimal(mark.floor),
    }


def _decimal(value: Fraction | None) -> str | None:
    """Four digits after the point, rounded half up once for display; None stays None."""
    if value is None:
        return None
    scaled = (abs(value) * 10**_DIGITS + Fraction(1, 2)) // 1
    whole, rest = divmod(scaled, 10**_DIGITS)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{_DIGITS}d}"
