"""A rule of the library: what is due by which words, from which day on, in which provinces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.funding.exact import Json, exact

# What the values of a role must be. A "?" after the kind: may be left out.
SHAPES: Mapping[str, Mapping[str, str]] = {
    "counting": {"pupils_of": "previous|current", "private": "flag"},
    "tier": {"t1": "list", "t2": "list"},
    "share": {"t1": "part", "t2": "part", "other": "part"},
    "local_share": {"province": "part", "city": "part", "county": "part"},
    "base": {"primary": "amount", "junior": "amount"},
    "boarding": {"amount": "amount"},
    "special": {"amount": "amount"},
    "small_school": {
        "pupils_lt": "amount",
        "count_as": "amount",
        "base": "weighted_mean|lowest|highest",
        "rural": "flag",
        "kinds": "list",
    },
    "bilingual": {"rate": "part"},
    "heating": {"per_m2": "amount?", "per_pupil": "amount?"},
    "year_test": {
        "column": "text",
        "faster_than": "text?",
        "comparison": "不低于|大于",
        "years": "amount",
    },
    "repair": {"t1": "amount", "t2": "amount", "other": "amount"},
    "living": {"primary": "amount", "junior": "amount"},
    "living_day": {"ratio": "part", "categories": "list"},
    "term": {"spring": "text", "autumn": "text", "per_year": "amount"},
    "scheme": {},
    "category": {},
    "aid_share": {"central": "part"},
    "publication": {"smallest_cell": "amount", "list_required": "flag", "list_days": "amount"},
}
MANY = frozenset({"year_test"})  # roles of which several rules hold at once


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry in force. ``values`` are texts as written; ``tiers`` empty: in every province."""

    id: str
    role: str
    name: Text
    values: Mapping[str, Any]
    source: Mapping[str, Any]
    in_force_from: date
    in_force_to: date | None = None
    tiers: tuple[str, ...] = ()
    overlay: str = ""

    @property
    def slot(self) -> str:
        """What it takes the place of: its role, or itself where a role has many rules."""
        return self.id if self.role in MANY else self.role

    def number(self, key: str) -> Fraction | None:
        """A value as an exact number; None where the rule has none."""
        return exact(self.values[key]) if key in self.values else None

    def as_json(self) -> Json:
        """The public form, as it stands in a frozen problem."""
        return {
            "id": self.id,
            "role": self.role,
            "name": {"zh": self.name.zh, "en": self.name.en},
            "values": dict(self.values),
            "source": dict(self.source),
            "in_force_from": self.in_force_from.isoformat(),
            "in_force_to": self.in_force_to.isoformat() if self.in_force_to else None,
            "overlay": self.overlay,
        }


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one region on one day. ``national``: those of the library without any overlay."""

    region: str
    on: date
    tier: str
    held: Mapping[str, Rule]
    national: Mapping[str, Rule]

    def get(self, slot: str) -> Rule | None:
        """The rule in force, or None."""
        return self.held.get(slot)

    def as_json(self) -> Json:
        """The public form: tier, and the rules by slot, those of the nation beside where they differ."""
        other = {slot: rule for slot, rule in self.national.items() if self.held.get(slot) != rule}
        return {
            "region": self.region,
            "on": self.on.isoformat(),
            "tier": self.tier,
            "rules": {slot: rule.as_json() for slot, rule in sorted(self.held.items())},
            "national": {slot: rule.as_json() for slot, rule in sorted(other.items())},
        }
