"""An index system resolved for a day and region: exact points for every item, ready to freeze."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.standards.standard import Citation

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """An item with the points it is worth and the words it stands on."""

    id: str
    name: Text
    points: Fraction
    citation: Citation
    is_own_default: bool


@dataclass(frozen=True, slots=True)
class Area:
    """An area; ``most`` is what it may bring at the most (its points or its cap)."""

    id: str
    name: Text
    points: Fraction
    most: Fraction
    floor_share: Fraction | None
    floor_grade: str
    is_own_default: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Rating:
    """A word of the scale; ``share`` of an item's points."""

    id: str
    name: Text
    share: Fraction


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade, from its lowest total on."""

    id: str
    name: Text
    at_least: Fraction


@dataclass(frozen=True, slots=True)
class Round:
    """A round of scoring, in its order."""

    id: str
    name: Text
    needs_visit: bool
    signers: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Veto:
    """A veto; an empty ``grade_at_most`` fails the subject outright."""

    id: str
    name: Text
    grade_at_most: str


@dataclass(frozen=True, slots=True)
class IndexSystem:
    """A whole index system. ``full`` is what all areas can bring together, points with caps counted."""

    id: str
    name: Text
    subject: str
    version: str
    full: Fraction
    required_grade: str
    counting_round: str  # id of a round, or "latest"
    raters: str  # mean or median
    early_days: int
    scale: tuple[Rating, ...]
    grades: tuple[Grade, ...]  # best first
    rounds: tuple[Round, ...]
    vetoes: tuple[Veto, ...]
    areas: tuple[Area, ...]
    citation: Citation
    award_citation: Citation
    unknown: tuple[Text, ...]
    overlays: tuple[str, ...]
    sha256: str  # of all files it was made from

    def items(self) -> Iterator[Item]:
        """All items in their order."""
        for area in self.areas:
            yield from area.items

    def item(self, item_id: str) -> Item | None:
        """The item with this id, None if there is none."""
        return next((item for item in self.items() if item.id == item_id), None)

    def as_json(self) -> Json:
        """The system as frozen data: fractions as text ("100/17"), names as {"zh", "en"}."""
        return {
            "id": self.id, "name": _name(self.name), "subject": self.subject, "version": self.version,
            "full": str(self.full), "required_grade": self.required_grade,
            "counting": {"round": self.counting_round, "raters": self.raters}, "early_days": self.early_days,
            "scale": [{"id": r.id, "name": _name(r.name), "share": str(r.share)} for r in self.scale],
            "grades": [{"id": g.id, "name": _name(g.name), "at_least": str(g.at_least)} for g in self.grades],
            "rounds": [
                {"id": r.id, "name": _name(r.name), "needs_visit": r.needs_visit, "signers": [s.zh for s in r.signers]}
                for r in self.rounds
            ],
            "vetoes": [{"id": v.id, "name": _name(v.name), "grade_at_most": v.grade_at_most} for v in self.vetoes],
            "areas": [_area(area) for area in self.areas],
            "citation": _citation(self.citation), "unknown": [_name(text) for text in self.unknown],
            "overlays": list(self.overlays), "sha256": self.sha256,
        }  # fmt: skip


def _area(area: Area) -> Json:
    floor = None if area.floor_share is None else {"share": str(area.floor_share), "grade": area.floor_grade}
    return {
        "id": area.id, "name": _name(area.name), "points": str(area.points), "most": str(area.most), "floor": floor,
        "is_own_default": area.is_own_default,
        "items": [
            {
                "id": item.id, "name": _name(item.name), "points": str(item.points),
                "is_own_default": item.is_own_default, "citation": _citation(item.citation),
            }
            for item in area.items
        ],
    }  # fmt: skip


def _name(text: Text) -> Mapping[str, str]:
    return {"zh": text.zh, "en": text.en}


def _citation(citation: Citation) -> Json:
    return {"document": citation.document, "article": citation.article, "certainty": citation.certainty,
            "overlay": citation.overlay}  # fmt: skip
