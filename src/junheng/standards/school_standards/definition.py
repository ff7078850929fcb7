"""The shape of a school standard's file: figures it asks for beside the reported ones, groups, dated rows."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from junheng.standards.definition import Document, RegionCode, Source
from junheng.standards.pieces import Amount, Frozen, Identifier, Name, Words

FigureName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Size = Annotated[int, Field(ge=0)]
EVERY_SCHOOL = "TRUE"


class Figure(Frozen):
    """A figure of a school that the data dictionary lacks: it comes from the book of further figures alone."""

    id: FigureName
    name: Name
    unit: Name


class Group(Frozen):
    """Rows that belong together. A school reaches a group with at most ``max_misses`` of its rows missed."""

    id: Identifier
    name: Name
    max_misses: Annotated[int, Field(ge=0)] = 0


class LineTable(Frozen):
    """A line that depends on the size of the school.

    ``by``: expression of the size. ``sizes``: size → line. ``between`` two sizes the line of the lower size holds
    (the default: our own, no text says it), or the straight line between both. ``outside`` the first and last size
    the nearest line holds, or (the default, our own) none: such a school cannot be judged by this row.
    """

    by: Words
    sizes: Annotated[Mapping[Size, Amount], Field(min_length=1)]
    between: Literal["lower_size", "interpolate"] = "lower_size"
    outside: Literal["nearest", "none"] = "none"


class Line(Frozen):
    """What holds for the schools for which expression ``schools`` is true: a number, an expression, or a table."""

    schools: Words = EVERY_SCHOOL
    at_least: Amount | LineTable | Words | None = None
    at_most: Amount | LineTable | Words | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> "Line":
        if (self.at_least is None) is (self.at_most is None):
            raise ValueError("at_least 与 at_most 须有且只有一个 | exactly one of at_least and at_most")
        return self

    @property
    def bound(self) -> Amount | LineTable | str:
        """The line itself, whichever way it points."""
        found = self.at_least if self.at_least is not None else self.at_most
        return "" if found is None else found

    @property
    def side(self) -> Literal["at_least", "at_most"]:
        """Which way it points."""
        return "at_least" if self.at_least is not None else "at_most"


class Row(Frozen):
    """One row: numerator ÷ denominator held against the first of ``lines`` whose schools it is.

    ``unit``: of the quotient. ``quantity``: of the numerator, in which a gap is told; ``whole``: it counts whole
    things, so that a gap is rounded up.
    """

    id: Identifier
    name: Name
    group: Identifier
    numerator: Words
    denominator: Words = "1"
    unit: Name
    quantity: Name
    whole: bool = False
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]
    source: Source | None = None  # where it is another than the version's


class SchoolVersion(Frozen):
    """What holds from a day on. A school reaches the standard with at most ``max_misses`` rows missed."""

    in_force_from: date
    in_force_to: date | None = None
    source: Source
    max_misses: Annotated[int, Field(ge=0)] = 0
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]


class Attests(Frozen):
    """The item of another standard that a school's result is the evidence for."""

    standard: Identifier
    item: Identifier


class SchoolHead(Frozen):
    """Which standard it is, and where it holds: ``region`` is the beginning of a county's code, none: anywhere."""

    id: Identifier
    name: Name
    region: RegionCode | None = None
    is_made_up: bool = False
    attests: Attests | None = None
    note: Name | None = None


class SchoolStandardFile(Frozen):
    """One file."""

    standard: SchoolHead
    documents: Mapping[str, Document]
    figures: tuple[Figure, ...] = ()
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    versions: Annotated[tuple[SchoolVersion, ...], Field(min_length=1)]
