"""Pupils who live in the zone of their school: the column in_zone_pupils of item G13."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from junheng.admissions.zones.match import match_address
from junheng.admissions.zones.table import ZoneTable
from junheng.basics import Stage, Text


@dataclass(frozen=True, slots=True)
class Resident:
    """One pupil of a school: the school's code as the zone table writes it, the stage, the home address."""

    school_id: str
    stage: Stage
    address: str


@dataclass(slots=True)
class InZone:
    """Counts of one school and stage. ``undecided``: reasons, how many pupils each concerns."""

    school_id: str
    stage: Stage
    pupils: int = 0
    in_zone: int = 0
    outside: int = 0
    undecided: dict[Text, int] = field(default_factory=dict)

    @property
    def in_zone_pupils(self) -> int | None:
        """The figure of the stage table; None while any pupil cannot be told: missing is not zero."""
        return None if self.undecided else self.in_zone

    @property
    def bounds(self) -> tuple[int, int]:
        """At least and at most so many pupils live in the zone."""
        return self.in_zone, self.in_zone + sum(self.undecided.values())


def in_zone_counts(table: ZoneTable, residents: Iterable[Resident], on: date) -> list[InZone]:
    """Counts by school and stage, ascending: whose home lies in a zone of the own school on that day."""
    found: dict[tuple[str, Stage], InZone] = {}
    known: dict[str, tuple[str, tuple[str, ...], Text]] = {}
    for resident in residents:
        key = (resident.school_id, resident.stage)
        counts = found.setdefault(key, InZone(*key))
        if resident.address not in known:
            match = match_address(table, resident.address, on)
            known[resident.address] = (match.state, match.schools, match.reason)
        state, schools, reason = known[resident.address]
        counts.pupils += 1
        if state == "cannot_tell":
            counts.undecided[reason] = counts.undecided.get(reason, 0) + 1
        elif resident.school_id in schools:
            counts.in_zone += 1
        else:
            counts.outside += 1
    return [found[key] for key in sorted(found)]


def stage_rows(counts: Iterable[InZone], year: int) -> list[dict[str, Any]]:
    """Rows for the table ``stage``: its key, pupils, in_zone_pupils (None where undecided)."""
    return [
        {
            "year": year,
            "school_id": entry.school_id,
            "stage": entry.stage,
            "pupils": entry.pupils,
            "in_zone_pupils": entry.in_zone_pupils,
        }
        for entry in counts
    ]
