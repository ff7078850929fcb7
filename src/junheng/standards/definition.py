"""The shape of the files: dated versions under each piece, and overlays. JSON Schemas come from here."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field

from junheng.basics import Stage
from junheng.standards.pieces import (
    Amount,
    CountingValues,
    CountyRuleValues,
    DeclarationValues,
    Frozen,
    Identifier,
    IndicatorValues,
    ItemRelaxationValues,
    ItemValues,
    Name,
    Part,
    RelaxationValues,
    SchoolRuleValues,
    SplitValues,
    VariationValues,
    Words,
)
from junheng.standards.standard import Certainty

Values = TypeVar("Values")
RegionCode = Annotated[str, Field(pattern=r"^([0-9]{2}){1,3}$|^[0-9]{9}$|^[0-9]{12}$")]


class Document(Frozen):
    """A document that values rest on, entered once under its number."""

    title: Words
    issuer: str = ""
    issued_on: date | None = None
    link: str = ""
    note: Name | None = None


class Source(Frozen):
    """Where in which document a value stands, how sure we are, and until when that was checked."""

    document: Words
    article: Words
    certainty: Certainty
    last_checked_on: date | None = None
    note: Name | None = None


class Version(Frozen, Generic[Values]):
    """What holds from a day on, until the next version or ``in_force_to``; null: repealed from that day."""

    in_force_from: date
    in_force_to: date | None = None
    source: Source
    sources: Mapping[str, Source] = {}  # field path → the source of that value, where it is another
    value: Values | None


class Dated(Frozen, Generic[Values]):
    """A piece of which a standard has one."""

    versions: Annotated[tuple[Version[Values], ...], Field(min_length=1)]


class IndicatorEntry(Dated[IndicatorValues]):
    """An indicator under the key the standard gives it (R1), naming a fact of the indicator catalogue."""

    id: Identifier
    indicator: Identifier
    name: Name


class VariationFile(VariationValues):
    """The variation rule with the one limit that all indicators share; an indicator's own wins."""

    cv_limits: Mapping[Stage, Amount] = {}


class RelaxationEntry(Dated[RelaxationValues]):
    """An allowance that widens a numerator."""

    id: Identifier


class ItemRelaxationEntry(Dated[ItemRelaxationValues]):
    """An allowance that lowers limits of an item."""

    id: Identifier


class ItemEntry(Dated[ItemValues]):
    """A declared item of a part."""

    id: Identifier
    part: Part
    name: Name
    relaxations: tuple[ItemRelaxationEntry, ...] = ()


class DeclarationEntry(Dated[DeclarationValues]):
    """A statement by which nothing is judged."""

    id: Identifier
    name: Name


class Head(Frozen):
    """Who the standard is: the document it stands on, the stages and the parts that must all be met."""

    id: Identifier
    name: Name
    document: Words
    in_force_from: date
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]


class StandardFile(Frozen):
    """One file of a standard. Any section may be absent; the files of a folder are taken together."""

    standard: Head | None = None
    documents: Mapping[str, Document] = {}
    indicators: tuple[IndicatorEntry, ...] = ()
    school_rule: Dated[SchoolRuleValues] | None = None
    county_rule: Dated[CountyRuleValues] | None = None
    variation: Dated[VariationFile] | None = None
    counting: Dated[CountingValues] | None = None
    split: Dated[SplitValues] | None = None
    relaxations: tuple[RelaxationEntry, ...] = ()
    items: tuple[ItemEntry, ...] = ()
    declarations: tuple[DeclarationEntry, ...] = ()


class OverlayHead(Frozen):
    """Which standard an overlay changes, and where: a region code, or empty for a what-if."""

    id: Identifier
    name: Name
    standard: Identifier
    region: RegionCode | None = None


class Patch(Dated[Any]):
    """One value of the standard, named by its path, and what it is from a day on.

    A null version gives the place back to the standard. ``add``: the path is new in the standard.
    """

    path: Annotated[str, Field(pattern=r"^[^.\s]+(\.[^.\s]+)+$")]
    add: bool = False


class OverlayFile(Frozen):
    """A province's, a city's or a trial's changes to a standard."""

    overlay: OverlayHead
    documents: Mapping[str, Document] = {}
    patches: Annotated[tuple[Patch, ...], Field(min_length=1)]
