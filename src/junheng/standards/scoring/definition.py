"""The shape of an index system's file: areas, items, points, scale, grades, rounds, vetoes, awards."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from junheng.standards.definition import Document, Source
from junheng.standards.pieces import Amount, Frozen, Identifier, Name, Share

Subject = Literal["school", "county", "pupil"]


class RatingEntry(Frozen):
    """A word of the scale and the share of an item's points it earns."""

    id: Identifier
    name: Name
    share: Share


class ItemEntry(Frozen):
    """One item. Without ``points`` it takes an equal share of what its area, or the whole, has left."""

    id: Identifier
    name: Name
    points: Amount | None = None
    is_own_default: bool = False  # no official wording is known: the words are this program's own
    source: Source | None = None  # where it is another than the system's


class FloorEntry(Frozen):
    """An area that earns less than ``share`` of its points keeps the subject's grade at ``grade_at_most``."""

    share: Share
    grade_at_most: Identifier


class AreaEntry(Frozen):
    """Items that belong together. ``cap``: the most the area may bring, where that is less than its points."""

    id: Identifier
    name: Name
    points: Amount | None = None
    cap: Amount | None = None
    floor: FloorEntry | None = None
    is_own_default: bool = False
    items: Annotated[tuple[ItemEntry, ...], Field(min_length=1)]


class GradeEntry(Frozen):
    """A grade and the lowest total that earns it."""

    id: Identifier
    name: Name
    at_least: Amount


class RoundEntry(Frozen):
    """One round of scoring: who signs it, and whether the scorers must have been there."""

    id: Identifier
    name: Name
    needs_visit: bool = False
    signers: tuple[Name, ...] = ()


class CountingEntry(Frozen):
    """Which round speaks (``latest``: the last one with any score), and how raters of one round are joined."""

    round: Identifier = "latest"
    raters: Literal["mean", "median"] = "mean"


class VetoEntry(Frozen):
    """What loses everything (``fail``), or keeps the grade at ``grade_at_most``."""

    id: Identifier
    name: Name
    effect: Literal["fail", "grade_at_most"] = "fail"
    grade_at_most: Identifier | None = None


class AwardEntry(Frozen):
    """When a dated target counts as met early: this many days before its date. On its day it is on time."""

    early_days: Annotated[int, Field(ge=1)]
    source: Source


class StandardItems(Frozen):
    """Items that a standard of the library declares already: taken from there, never written twice.

    ``total``: the item whose limits hold full marks, pass mark and the names of the areas; the others of
    ``part`` belong to the area their article names. ``pass_grade``: the grade the pass mark earns.
    """

    standard: Identifier
    part: Literal["government", "quality"]
    total: Identifier
    full: Identifier
    pass_mark: Identifier
    areas: Identifier
    pass_grade: Identifier


class SystemHead(Frozen):
    """Who the system is, whom it scores, since when, on which words it stands, and what of them is not known."""

    id: Identifier
    name: Name
    subject: Subject
    version: Annotated[str, Field(min_length=1)]
    in_force_from: date
    in_force_to: date | None = None
    source: Source
    full: Amount | None = None
    required_grade: Identifier
    unknown: tuple[Name, ...] = ()


class SystemFile(Frozen):
    """One version of an index system."""

    system: SystemHead
    documents: Mapping[str, Document]
    scale: Annotated[tuple[RatingEntry, ...], Field(min_length=1)]
    grades: Annotated[tuple[GradeEntry, ...], Field(min_length=1)]
    rounds: Annotated[tuple[RoundEntry, ...], Field(min_length=1)]
    counting: CountingEntry = CountingEntry()
    vetoes: tuple[VetoEntry, ...] = ()
    awards: AwardEntry
    areas: tuple[AreaEntry, ...] = ()
    areas_from: StandardItems | None = None
