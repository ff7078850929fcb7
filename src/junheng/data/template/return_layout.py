"""A school's return as a workbook to fill offline: what it holds, and where each cell stands.

A table of few rows is a form, one item a line and a pair of columns (this year, last year) a row; a table of many
is a list, one row a line and a pair of columns a field, with blank lines for what is new. Writer and reader both
stand on this module: neither knows a place the other does not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from junheng.basics import Text
from junheng.data.dictionary import ColumnSpec, TableSpec, load_dictionary
from junheng.data.template.sheet import heading_text

MARK = "junheng-return"  # the first word of the hidden sheet, and its name
LAST = "上年"
CHECK = "核对 Check"
FORM_HEADS = ("项目", "Item")
NEW_ROWS = 60  # blank lines of a list: more classes than a school adds in a year
At = tuple[int, int]  # row and column, 0-based


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One row: its key's parts after what is ``known``, canonical; its values, and those of the year before, as text."""

    key: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    last_year: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReturnBook:
    """A return. ``known`` are columns nobody is asked for (year, school_id, county_code); ``tables`` in their order.

    ``seal`` is carried in the hidden sheet and comes back as it was: the site's own words, in pieces of text.
    """

    title: Text
    known: Mapping[str, str]
    tables: Mapping[str, Sequence[ReturnRow]]
    seal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the cells of one table stand; ``keys`` are the keys of the rows it was given."""

    table: TableSpec
    known: frozenset[str]
    keys: tuple[tuple[str, ...], ...]

    @property
    def key_columns(self) -> tuple[ColumnSpec, ...]:
        """The columns that tell a school's rows apart."""
        return tuple(self.table.columns[name] for name in self.table.key if name not in self.known)

    @property
    def fields(self) -> tuple[ColumnSpec, ...]:
        """The columns that are filled."""
        aside = self.known | set(self.table.key)
        return tuple(one for one in self.table.columns.values() if one.name not in aside)

    @property
    def is_list(self) -> bool:
        """Whether a school has many rows of it."""
        return bool({one.name for one in self.key_columns} - {"stage"})

    @property
    def lines(self) -> int:
        """Lines below the headings that may be filled."""
        return len(self.keys) + NEW_ROWS if self.is_list else len(self.fields)

    @property
    def check_column(self) -> int:
        """The column that says what does not fit."""
        if self.is_list:
            return len(self.key_columns) + 2 * len(self.fields)
        return len(FORM_HEADS) + 2 * len(self.keys)

    def at(self, row: int, column: int) -> At:
        """Where the ``column``-th field of the ``row``-th row stands; what it was last year stands right of it."""
        if self.is_list:
            return 1 + row, len(self.key_columns) + 2 * column
        return 1 + column, len(FORM_HEADS) + 2 * row

    def headings(self) -> dict[At, str]:
        """Every word that is not to be changed, by its place."""
        return dict(self._list_heads() if self.is_list else self._form_heads())

    def _form_heads(self) -> Iterator[tuple[At, str]]:
        for index, words in enumerate(FORM_HEADS):
            yield (0, index), words
        for line, spec in enumerate(self.fields, 1):
            yield (line, 0), heading_text(spec)
            yield (line, 1), spec.heading.en
        for index, key in enumerate(self.keys):
            name = " ".join(shown(spec, part) for spec, part in zip(self.key_columns, key, strict=True))
            _, column = self.at(index, 0)
            yield (0, column), f"{name} 本年".strip()
            yield (0, column + 1), f"{name} {LAST}".strip()
        yield (0, self.check_column), CHECK

    def _list_heads(self) -> Iterator[tuple[At, str]]:
        for index, spec in enumerate(self.key_columns):
            yield (0, index), heading_text(spec)
        for index, spec in enumerate(self.fields):
            _, column = self.at(0, index)
            yield (0, column), heading_text(spec)
            yield (0, column + 1), f"{LAST}{spec.heading.zh}"
        yield (0, self.check_column), CHECK


def sheet_of(table: str, known: Mapping[str, str], keys: Sequence[tuple[str, ...]]) -> Sheet:
    """The places of one table. Raises KeyError for a table the dictionary has not."""
    return Sheet(load_dictionary().tables[table], frozenset(known), tuple(keys))


def shown(spec: ColumnSpec, value: str) -> str:
    """A canonical value as people read and choose it."""
    if spec.type == "boolean":
        return {"true": "是", "false": "否"}.get(value, value)
    return spec.values[value].zh if spec.type == "enum" and value in spec.values else value
