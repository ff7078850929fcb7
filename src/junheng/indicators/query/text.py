"""Small pieces of SQL: literals, column lists, and named steps joined into one query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from junheng.basics import Text
from junheng.indicators.fields import FieldType

SQL_TYPES: dict[FieldType, str] = {
    "number": "DOUBLE",
    "text": "VARCHAR",
    "boolean": "BOOLEAN",
    "date": "DATE",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One named step (common table expression) with the sentence that explains it."""

    name: str
    meaning: Text
    body: str


def joined(steps: Sequence[Step], final: str) -> str:
    """The whole query: steps in order, then the final SELECT."""
    parts = [f"-- {step.meaning.zh} / {step.meaning.en}\n{step.name} AS (\n{step.body}\n)" for step in steps]
    return "WITH\n" + ",\n".join(parts) + "\n" + final


def quoted(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """String literals for IN (…), sorted."""
    return ", ".join(quoted(text) for text in sorted(texts))


def year_filter(column: str, years: Sequence[int]) -> str:
    """The condition that keeps ``years``."""
    return (
        f"{column} = {int(years[0])}"
        if len(years) == 1
        else f"{column} IN ({', '.join(str(int(y)) for y in years)})"
    )


def number(value: Decimal) -> str:
    """A number literal that every engine reads as a double."""
    return f"{value:f}e0"


def lines(parts: Iterable[str], indent: int = 4) -> str:
    """Columns one below the other, separated by commas."""
    return (",\n" + " " * indent).join(parts)


def selected(body: str, columns: Iterable[str]) -> str:
    """SELECT ``columns`` followed by ``body`` (FROM …)."""
    return f"  SELECT\n    {lines(columns)}\n  {body}"
