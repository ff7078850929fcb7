"""The rows of one scope, column by column; each expression is worked out once, for all rows together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from junheng.indicators.expression import Expression
from junheng.indicators.fields import fields_of
from junheng.indicators.items.columnwise import Column, column_of
from junheng.indicators.reference.rows import exact

Number = int | Fraction
_OWNERS = ("school_id", "senior_school_id", "respondent_group", "county_code")
_WHOLE_DOUBLES = 2**53  # below it a double without a fraction is the whole number it is written as


class Frame:
    """``size`` rows of ``scope`` (a table, or ``UNIT``). ``load`` gives a column of it when it is first asked for."""

    def __init__(self, scope: str, size: int, load: Callable[[str], Column]) -> None:
        self.scope = scope
        self.size = size
        self.nothing: Column = [None] * size
        self._load = load
        self._columns: dict[str, Column] = {}
        self._values: dict[str, Column] = {}
        self._lacks: dict[str, list[tuple[str, ...]]] = {}

    def column(self, name: str) -> Column:
        """The values of one column, absent ones as None. Raises KeyError for a name the scope has not."""
        if name not in self._columns:
            if name not in fields_of(self.scope):
                raise KeyError(name)
            found = self._load(name)
            self._columns[name] = found if any(value is not None for value in found) else self.nothing
        return self._columns[name]

    def values(self, expression: Expression) -> Column:
        """What ``expression`` comes to in each row."""
        if expression.text not in self._values:
            self._values[expression.text] = column_of(expression.tree, self)
        return self._values[expression.text]

    def has_gaps(self, expression: Expression) -> bool:
        """Whether ``expression`` has no value in some row."""
        return any(value is None for value in self.values(expression))

    def lacks(self, expression: Expression) -> list[tuple[str, ...]]:
        """For each row the columns of ``expression`` that are absent in it, as "table.column"."""
        if expression.text not in self._lacks:
            named = [(self.place(name), self.column(name)) for name in expression.columns]
            if all(column is self.nothing for _, column in named):
                found = [tuple(place for place, _ in named)] * self.size
            else:
                found = [
                    tuple(place for place, column in named if column[row] is None) for row in range(self.size)
                ]
            self._lacks[expression.text] = found
        return self._lacks[expression.text]

    @cached_property
    def owners(self) -> Sequence[tuple[str, str]]:
        """Whose each row is - a school, the senior school that gives places, a group that answers, the county - and its stage."""
        held = fields_of(self.scope)
        names = [name for name in _OWNERS if name in held]
        owners = [next(filter(None, row), "") for row in zip(*map(self.column, names), strict=True)]
        stages = self.column("stage") if "stage" in held else self.nothing
        return [(str(owner), stage or "") for owner, stage in zip(owners, stages, strict=True)]

    def place(self, name: str) -> str:
        """The table and column that ``name`` stands for, as "table.column"."""
        return ".".join(place_of(self.scope, name))


def place_of(scope: str, name: str) -> tuple[str, str]:
    """Table and column that ``name`` stands for in rows of ``scope``."""
    field = fields_of(scope)[name]
    return field.table, field.column


def exact_numbers(values: Iterable[int | float | None]) -> Column:
    """What the numbers of a column mean exactly; those that are absent, or no numbers at all, as None."""
    return [
        value if type(value) is int or value is None
        # most areas and sums of money are whole, and a fraction is dear to make
        else int(value) if type(value) is float and value.is_integer() and abs(value) < _WHOLE_DOUBLES
        else _plain(exact(value))
        for value in values
    ]  # fmt: skip


def _plain(value: Fraction | None) -> Number | None:
    return value.numerator if value is not None and value.denominator == 1 else value


def total(values: Iterable[Number]) -> Number:
    """Their sum. Fractions of one denominator add up as whole numbers: the sum is reduced once, not every time."""
    sums: dict[int, int] = {}
    for value in values:
        sums[value.denominator] = sums.get(value.denominator, 0) + value.numerator
    whole = sums.pop(1, 0)
    return sum((Fraction(top, bottom) for bottom, top in sums.items()), whole)


class FrameRow(Mapping[str, Any]):
    """One row of a frame, numbers as fractions."""

    __slots__ = ("_frame", "_row")

    def __init__(self, frame: Frame, row: int) -> None:
        self._frame = frame
        self._row = row

    def __getitem__(self, name: str) -> Any:
        value = self._frame.column(name)[self._row]
        return Fraction(value) if type(value) is int and name != "year" else value

    def __iter__(self) -> Iterator[str]:
        return iter(fields_of(self._frame.scope))

    def __len__(self) -> int:
        return len(fields_of(self._frame.scope))
