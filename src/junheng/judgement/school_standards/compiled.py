"""A school standard with its expressions read: refused, with file and line, where one is not in the language."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from junheng.basics import Text, UserError
from junheng.judgement.monitoring.condition import Condition, parse_condition
from junheng.judgement.school_standards.kinds import Kind, require_kind
from junheng.judgement.school_standards.names import allowed_names, kinds_of_names, reported_names
from junheng.standards.school_standards import Line, LineTable, Row, SchoolStandard


class _Reader(Protocol):
    """Reads one expression of a row, at the keys where it stands."""

    def __call__(self, text: str, *keys: str | int) -> Condition: ...


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A line by size: ``sizes`` rising."""

    by: Condition
    sizes: tuple[tuple[int, Fraction], ...]
    between: str
    outside: str


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of a row, ready to be asked."""

    schools: Condition
    side: str
    bound: Fraction | Condition | ReadTable


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row, ready to be asked; ``names`` are all that it uses."""

    row: Row
    numerator: Condition
    denominator: Condition
    lines: tuple[ReadLine, ...]
    names: tuple[str, ...]


def read_rows(standard: SchoolStandard) -> tuple[ReadRow, ...]:
    """The rows of ``standard``. Raises UserError naming file, line and key of an expression that does not fit."""
    figures = [figure.id for figure in standard.figures]
    for figure in figures:
        if figure in reported_names():
            raise UserError(
                Text(f"{figure} 是填报数据已有的数", f"{figure} is a figure of the reported data"),
                where=standard.head.id,
                fix=Text("从 figures 中删去，直接使用", "leave it out of figures and use it as it is"),
            )
    known = allowed_names(figures)
    return tuple(_row(standard, number, row, known) for number, row in enumerate(standard.rows))


def _row(standard: SchoolStandard, number: int, row: Row, known: tuple[str, ...]) -> ReadRow:
    kinds = kinds_of_names(figure.id for figure in standard.figures)

    def read(text: str, *keys: str | int) -> Condition:
        where = standard.where(number, *keys)
        found = parse_condition(text, known, where)
        wanted: Kind = "truth" if keys[-1] == "schools" else "number"
        require_kind(found, kinds, wanted, where)
        return found

    top, bottom = read(row.numerator, "numerator"), read(row.denominator, "denominator")
    lines = []
    for at, line in enumerate(row.lines):
        schools = read(line.schools, "lines", at, "schools")
        lines.append(ReadLine(schools, line.side, _bound(line, read, at)))
    used = [top, bottom, *(one for line in lines for one in _conditions(line))]
    return ReadRow(row, top, bottom, tuple(lines), tuple(dict.fromkeys(n for one in used for n in one.names)))


def _bound(line: Line, read: _Reader, at: int) -> Fraction | Condition | ReadTable:
    bound = line.bound
    if isinstance(bound, Decimal):
        return Fraction(bound)
    if isinstance(bound, LineTable):
        sizes = tuple((size, Fraction(value)) for size, value in sorted(bound.sizes.items()))
        return ReadTable(read(bound.by, "lines", at, line.side, "by"), sizes, bound.between, bound.outside)
    return read(bound, "lines", at, line.side)


def _conditions(line: ReadLine) -> Iterable[Condition]:
    yield line.schools
    if isinstance(line.bound, Condition):
        yield line.bound
    elif isinstance(line.bound, ReadTable):
        yield line.bound.by
