"""What a result is shown in: facts, tables with cells that open, bars, and intervals against a limit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.judgement import VERDICT_NAMES, Verdict

Words = str | Text
Json = dict[str, Any]
NONE = Text("没有", "None")
UNKNOWN = Text("无法判定", "cannot tell")
_WIDTH = 100  # of a bar, in its own units


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``state`` is a badge, ``opened`` the lines that open below it."""

    words: Words
    state: str = ""
    is_number: bool = False
    opened: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures with their names. ``is_counts``: it tells of no single school or person."""

    title: Text
    rows: Sequence[tuple[Words, Cell]]
    is_counts: bool = True
    shape: str = "facts"


@dataclass(frozen=True, slots=True)
class Table:
    """A table, paged by ``key``; an empty one says ``empty``."""

    key: str
    title: Text
    heads: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    empty: Text = NONE
    note: Text | None = None
    is_counts: bool = False
    shape: str = "table"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, the number printed, its part of the longest (0 to 100), whether it is a bad one."""

    label: str
    number: str
    width: float
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below one another."""

    title: Text
    bars: Sequence[Bar]
    note: Text | None = None
    is_counts: bool = True
    shape: str = "bars"


@dataclass(frozen=True, slots=True)
class Span:
    """A figure with its interval, as parts of the line (0 to 100); its badge; what opens below it."""

    label: Words
    said: Words
    low: float
    point: float
    high: float
    state: str = ""
    state_words: Words = ""

    @property
    def width(self) -> float:
        """Of the interval."""
        return max(self.high - self.low, 0.5)


@dataclass(frozen=True, slots=True)
class Spans:
    """Intervals over one line, ``limit`` marked in it where there is one."""

    title: Text
    spans: Sequence[Span]
    limit: float | None = None
    note: Text | None = None
    is_counts: bool = True
    shape: str = "spans"


Block = Facts | Table | Bars | Spans


def number(value: Any) -> Cell:
    """A number with its thousands apart; "—" for what is not known."""
    return Cell(
        "—" if value is None else f"{value:,}" if isinstance(value, int) else str(value), is_number=True
    )


def exactly(value: str | None, digits: int = 2) -> str:
    """A fraction of the library in few digits, for reading: nothing is compared by it. "—" for None.

    >>> exactly("482/5"), exactly("4"), exactly(None)
    ('96.4', '4', '—')
    """
    if value is None:
        return "—"
    return (
        f"{float(Fraction(value)):.{digits}f}".rstrip("0").rstrip(".")
        if "." in f"{float(Fraction(value))}"
        else value
    )


def words_of(pair: Mapping[str, str]) -> Text:
    """A pair of the library's JSON."""
    return Text(pair["zh"], pair["en"])


def verdict(value: str | None) -> Cell:
    """A verdict as its badge."""
    return Cell("—") if value is None else Cell(VERDICT_NAMES[Verdict(value)], state=value)


def bars(title: Text, pairs: Iterable[tuple[str, int, bool]], note: Text | None = None) -> Bars:
    """Bars of counts, the longest one whole."""
    rows = list(pairs)
    most = max((count for _, count, _ in rows), default=0) or 1
    drawn = [
        Bar(label, f"{count:,}", round(_WIDTH * count / most, 2), is_bad and count > 0)
        for label, count, is_bad in rows
    ]
    return Bars(title, drawn, note)


def problems(listed: Sequence[Json], places: str = "at") -> Table:
    """What does not fit in what was given: the cause, how often, where, what to do."""
    rows = [
        (
            Cell(words_of(one["what"])),
            number(one.get("count", len(one[places]))),
            Cell("；".join(one[places][:3]), opened=tuple(one[places][3:200])),
            Cell(words_of(one["fix"]) if one.get("fix") else ""),
        )
        for one in listed
    ]
    heads = (
        Text("问题", "Problem"), Text("处", "Times"), Text("位置", "Where"), Text("办法", "What to do"),
    )  # fmt: skip
    return Table(
        "problems", Text("数据问题", "Problems in the data"), heads, rows, Text("没有发现。", "None found.")
    )


def faults(listed: Sequence[Json]) -> Table:
    """The faults of a book, row by row."""
    rows = [(Cell(str(one["where"])), Cell(words_of(one["what"]))) for one in listed]
    heads = (Text("位置", "Where"), Text("问题", "Fault"))
    return Table(
        "faults", Text("数据问题", "Faults in the book"), heads, rows, Text("没有发现。", "None found.")
    )
