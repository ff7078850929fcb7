"""Scales, ticks and legends: the little that all charts share beyond lines and boxes."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from junheng.reports.charts.canvas import GREY, WHITE, Canvas


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from ``low`` to ``high`` onto millimetres from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of ``value``."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self, about: int = 5) -> list[float]:
        """Round values within the scale."""
        raw = (self.high - self.low) / about
        size = 10.0 ** math.floor(math.log10(raw))
        step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw)
        first = math.ceil(self.low / step - 1e-9)
        return [step * n for n in range(first, math.floor(self.high / step + 1e-9) + 1)]


def vertical_axis(
    canvas: Canvas, scale: Scale, x: float, show: Callable[[float], str], *, about: int = 5
) -> None:
    """Ticks and a line at ``x``, labels to its left."""
    canvas.line((x, scale.start), (x, scale.end), GREY, 0.2)
    for tick in scale.ticks(about):
        canvas.line((x - 1, scale(tick)), (x, scale(tick)), GREY, 0.2)
        canvas.text(x - 1.6, scale(tick), show(tick), 7, anchor="rm")


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend."""

    words: str
    mark: Literal["box", "dot", "line", "dash", "bar", "hatch", "stroke"]
    colour: str


def legend(
    canvas: Canvas, keys: Sequence[Key], y: float, *, size: float = 7.5, centre: float | None = None
) -> None:
    """Keys in one row around ``centre`` (default: the middle of the canvas)."""
    widths = [canvas.text_width(key.words, size) + 10 for key in keys]
    x = (canvas.width / 2 if centre is None else centre) - (sum(widths) - 4) / 2
    for key, width in zip(keys, widths, strict=True):
        _mark(canvas, key, x, y)
        canvas.text(x + 5.2, y, key.words, size, anchor="lm")
        x += width


def _mark(canvas: Canvas, key: Key, x: float, y: float) -> None:
    if key.mark == "dot":
        canvas.dot(x + 3, y, 0.9, key.colour)
    elif key.mark == "bar":
        canvas.line((x + 3, y - 1.6), (x + 3, y + 1.6), key.colour, 0.4)
    elif key.mark in ("line", "dash"):
        canvas.line((x, y), (x + 4.4, y), key.colour, 0.45, dash=1.1 if key.mark == "dash" else 0)
    elif key.mark == "stroke":
        canvas.box(x + 0.6, y - 1.3, x + 4.4, y + 1.3, WHITE, edge=GREY)
        canvas.line((x + 1.6, y), (x + 3.4, y), GREY, 0.25)
    else:
        canvas.box(x + 0.6, y - 1.3, x + 4.4, y + 1.3, key.colour, edge=GREY)
        if key.mark == "hatch":
            canvas.hatch(x + 0.6, y - 1.3, x + 4.4, y + 1.3)


def wrapped(words: str, width: int, most: int = 3) -> list[str]:
    """``words`` on at most ``most`` lines of ``width`` characters."""
    return [words[start : start + width] for start in range(0, len(words), width)][:most]
