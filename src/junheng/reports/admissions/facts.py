"""What the papers of an admission trial are made of: the result, who is who, and how it came about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.admissions import Audit, Comparison


@dataclass(frozen=True)
class TrialFacts:
    """One trial. ``lines``: what it is and how it was made, item and contents; the first one is printed in red.

    ``result``: the public result without root (docs/method/draws.md §3a); ``leaves``: one for each child.
    ``names``, ``wishes``, ``numbers`` and ``places`` by pid: identity, schools listed, the number shown, the
    place in the order by lot from 1. ``zones``: what the zone table says of each child, where it was asked.
    """

    title: str
    lines: Sequence[tuple[str, str]]
    problem: Mapping[str, Any]
    result: Mapping[str, Any]
    leaves: Sequence[Mapping[str, Any]]
    names: Mapping[str, Mapping[str, str]]
    wishes: Mapping[str, Sequence[str]]
    numbers: Mapping[str, str]
    places: Mapping[str, int]
    audit: Audit
    comparison: Comparison | None = None
    zones: "ZoneFacts | None" = None


@dataclass(frozen=True)
class ZoneFacts:
    """Zones of the children and in-zone shares, as rows of text ready to print.

    ``children``: pid, zone, the zone's schools, the verdict on the school that admitted, the reason.
    ``eligibility``: pid, school id, the answer, the class it gives, the class on the form, reasons; empty if not asked.
    ``schools``: school id, children admitted, in the zone, outside, cannot tell, share at least and at most (%).
    """

    children: Sequence[tuple[str, str, str, str, str]]
    schools: Sequence[tuple[str, int, int, int, int, float, float]]
    notes: Sequence[str]
    eligibility: Sequence[tuple[str, str, str, str, str, str]] = ()
