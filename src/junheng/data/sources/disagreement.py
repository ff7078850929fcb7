"""Where sources do not agree on a figure: exactly, without tolerance; silence is neither figure nor 0."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from junheng.basics import normalise
from junheng.data.dictionary import ColumnSpec, load_dictionary
from junheng.data.reading.numbers import is_missing, parse_boolean, parse_date, parse_number
from junheng.data.sources.figures import Figure, Told

DisagreementKind = Literal["differ", "silent"]
Value = Fraction | bool | date | str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One figure. "differ": sources say different things; "silent": those that speak agree, ``silent`` say nothing.

    ``spread`` is the largest less the smallest, in the column's unit; ``share`` is the spread over the largest absolute
    value (0 to 2); both None where not every value said is a number, or nothing differs.
    """

    figure: Figure
    kind: DisagreementKind
    said: Mapping[str, Told]
    silent: tuple[str, ...]
    spread: Fraction | None
    share: Fraction | None


def disagreements(sources: Mapping[str, Mapping[Figure, Told]]) -> tuple[Disagreement, ...]:
    """Every figure on which ``sources`` (by name) do not agree, the largest share first, words next, silence last.

    A source is silent on a figure when it says nothing there though it speaks of that column for another row: a
    register of teachers is not silent on floor areas. Values are compared as the reader types them ("８１２" is 812).
    """
    spoken = {name: {(one.table, one.column) for one in told} for name, told in sources.items()}
    by_figure: dict[Figure, dict[str, Told]] = defaultdict(dict)
    for name, told in sources.items():
        for figure, one in told.items():
            if not is_missing(one.value):
                by_figure[figure][name] = one
    found = (_one(figure, said, spoken) for figure, said in by_figure.items())
    return tuple(sorted((one for one in found if one is not None), key=_worst_first))


def same_value(table: str, column: str, one: str, other: str) -> bool:
    """Whether two texts of a column are the same figure; missing equals missing alone."""
    spec = load_dictionary().column(table, column)
    if is_missing(one) or is_missing(other):
        return is_missing(one) and is_missing(other)
    return one == other or _typed(spec, one) == _typed(spec, other)


def _one(
    figure: Figure, said: Mapping[str, Told], spoken: Mapping[str, Collection[tuple[str, str]]]
) -> Disagreement | None:
    at = (figure.table, figure.column)
    silent = tuple(name for name, columns in spoken.items() if name not in said and at in columns)
    if len({one.value for one in said.values()}) > 1:
        spec = load_dictionary().column(*at)
        values = {_typed(spec, one.value) for one in said.values()}
        if len(values) > 1:
            return Disagreement(figure, "differ", said, silent, *_size(values))
    return Disagreement(figure, "silent", said, silent, None, None) if silent else None


def _typed(spec: ColumnSpec, text: str) -> Value:
    found: Value | None = None
    if spec.type in ("integer", "number"):
        found = parse_number(text, spec.unit)
    elif spec.type == "boolean":
        found = parse_boolean(text)
    elif spec.type == "date":
        found = parse_date(text)
    return normalise(text) if found is None else found


def _size(values: Collection[Value]) -> tuple[Fraction | None, Fraction | None]:
    numbers = list(_numbers(values))
    if len(numbers) < len(values):
        return None, None
    spread = max(numbers) - min(numbers)
    return spread, spread / max(abs(one) for one in numbers)


def _numbers(values: Collection[Value]) -> Iterator[Fraction]:
    return (one for one in values if isinstance(one, Fraction))


def _worst_first(one: Disagreement) -> tuple[bool, bool, Fraction, Figure]:
    return one.kind == "silent", one.share is None, -(one.share or Fraction(0)), one.figure
