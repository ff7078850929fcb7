"""What a document is made of: plain values that chapters return and the writer turns into Word."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Tagged:
    """A printed number with the id under which ``explain --figure`` opens it."""

    text: str
    id: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out: a verdict."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """“表3” or “图2”: resolved to the number of the table or picture with this key."""

    key: str


Inline = str | Tagged | Strong | Reference


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3, in the table of contents down to level 2."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``style`` is a style id of the template."""

    content: tuple[Inline, ...]
    style: str = "BodyText"


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; ``fill`` is a hex colour or empty, ``align`` overrides the column's."""

    text: str
    fill: str = ""
    align: Literal["", "left", "center", "right"] = ""
    tag: bool = False  # printed small and grey: the ids of the row's numbers
    anchor: str = ""  # a bookmark to place on the text


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption above it and a header row repeated on every page.

    ``widths`` are relative; ``aligns`` one per column; rows hold plain text or Cells.
    """

    key: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    widths: tuple[float, ...]
    aligns: tuple[Literal["left", "center", "right"], ...]
    size_pt: float = 10.5
    noun: str = "表"  # before its number


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as PNG, with its caption below and a description for readers who cannot see it."""

    key: str
    caption: str
    png: bytes
    width_mm: float
    height_mm: float
    description: str


@dataclass(frozen=True, slots=True)
class Editable:
    """A section people write: a content control, kept when the report is made again."""

    tag: str
    title: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, filled in beforehand."""


@dataclass(frozen=True, slots=True)
class Break:
    """A page break, or the start of a section in the other orientation."""

    kind: Literal["page", "landscape", "portrait"]


Block = Heading | Paragraph | Table | Picture | Editable | Contents | Break
