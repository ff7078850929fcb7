"""What a drawing is made of, in whole units: shapes, discs and words in layers, for SVG and PNG.

A page is 10,000 units wide (`WIDTH`): 10 units are one pixel of a picture 1,000 pixels wide.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from junheng.reports.charts.canvas import INK, WHITE, font

WIDTH = 10_000
STRIPE = "#b3261e"
Anchor = Literal["start", "middle", "end"]
Spot = tuple[int, int]
_MEASURED_AT = 100


@dataclass(frozen=True, slots=True)
class Shape:
    """Lines or, with ``fill``, even–odd rings. ``title`` is told when pointed at. ``fill`` "" paints no inside.

    ``is_hatched``: grey on white instead of ``fill``; ``is_striped``: stripes of `STRIPE`, the ground seen between.
    """

    lines: Sequence[Sequence[Spot]]
    fill: str = ""
    stroke: str = ""
    width: int = 0
    dash: int = 0
    is_closed: bool = True
    is_hatched: bool = False
    is_striped: bool = False
    opacity: float = 1.0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle."""

    x: int
    y: int
    radius: int
    fill: str
    stroke: str = WHITE
    width: int = 12
    title: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text on its baseline, with a white rim where ``halo`` units are given."""

    x: int
    y: int
    text: str
    size: int
    anchor: Anchor = "start"
    colour: str = INK
    halo: int = 0
    spacing: int = 0


Item = Shape | Disc | Words


@dataclass(frozen=True, slots=True)
class Layer:
    """Items under one name, painted in order."""

    name: str
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing of ``width`` × ``height`` units; ``title`` and ``description`` are for those who cannot see it."""

    width: int
    height: int
    layers: Sequence[Layer]
    title: str = ""
    description: str = ""


# Beyond XML 1.0 §2.2: a file holding one of these is not well formed. Lone surrogates cannot be written at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(words: str) -> str:
    """Words on one line; what no file can hold becomes U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", words.replace("\r", " ").replace("\n", " "))


@cache
def width_of(words: str, size: int) -> int:
    """The width of a line of text in units, as Noto Sans CJK sets it."""
    return round(font(_MEASURED_AT).getlength(clean(words)) * size / _MEASURED_AT)


def wrapped(words: str, size: int, room: int) -> list[str]:
    """``words`` on lines of at most ``room`` units: broken between Chinese characters and at spaces."""
    lines, line = [], ""
    for part in _parts(words):
        if line and width_of((line + part).rstrip(), size) > room:
            lines.append(line.rstrip())
            line = part.lstrip()
        else:
            line += part
        while width_of(line.rstrip(), size) > room and len(line) > 1:  # one endless word
            most = next(n for n in range(len(line), 0, -1) if n == 1 or width_of(line[:n], size) <= room)
            lines.append(line[:most])
            line = line[most:]
    return [*lines, line.rstrip()] if line.strip() else lines


_NOT_FIRST = "，。、；：？！）》〕”’％%,.;:?!)"


def _parts(words: str) -> list[str]:
    """Pieces that may stand on different lines; closing marks stay with what goes before."""
    parts: list[str] = []
    for letter in words:
        is_wide = ord(letter) > 0x2E7F
        glued = letter in _NOT_FIRST or (parts and not is_wide and not _ends_open(parts[-1]))
        if parts and (glued or parts[-1] in ("（", "《", "“")):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def _ends_open(part: str) -> bool:
    """Whether a line may break after ``part``."""
    return part[-1] == " " or ord(part[-1]) > 0x2E7F
