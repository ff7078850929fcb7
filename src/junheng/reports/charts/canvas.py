"""The ground the charts are drawn on: millimetres, Simplified Chinese, print-safe colours.

Noto Sans CJK is one file of ten faces and the first is Japanese: 直 or 骨 drawn with it look foreign to a
Chinese reader. The face is therefore chosen by its name, never by taking the file's first.
"""

import io
from collections.abc import Sequence
from functools import cache
from typing import Literal

from noto_cjk_sans_otc import FONT_PATH
from PIL import Image, ImageDraw, ImageFont

FAMILY = "Noto Sans CJK SC"
DPI = 180
_FINER = 2  # drawn this much larger, then reduced: smooth edges
_MM_PER_INCH = 25.4
_MOST_FACES = 20

# Light to dark, so that the order also reads on a black-and-white print.
MET, FLOOR, BELOW, UNKNOWN = "#9fc5e8", "#f6b26b", "#a61c00", "#ffffff"
INK, GREY, FAINT, WHITE = "#1f2933", "#6b7280", "#d1d5db", "#ffffff"
STAGE_COLOURS = {"primary": "#2e75b6", "junior": "#c55a11", "senior": "#548235"}

Anchor = Literal["lm", "mm", "rm", "ma", "ms", "la", "ra"]
Point = tuple[float, float]


@cache
def face_index() -> int:
    """The position of the Simplified Chinese face in the font file."""
    for index in range(_MOST_FACES):
        if ImageFont.truetype(str(FONT_PATH), 10, index=index).getname()[0] == FAMILY:
            return index
    raise LookupError(f"{FAMILY} is not in {FONT_PATH}")


@cache
def font(pixels: int) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels."""
    return ImageFont.truetype(str(FONT_PATH), pixels, index=face_index())


class Canvas:
    """A white page of ``width`` × ``height`` mm; x to the right, y downwards, sizes of text in points."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._scale = DPI * _FINER / _MM_PER_INCH
        # Sides divisible by the reduction keep the edges sharp.
        across, down = (round(side * self._scale) // _FINER * _FINER for side in (width, height))
        self._image = Image.new("RGB", (across, down), WHITE)
        self._draw = ImageDraw.Draw(self._image)

    def _px(self, *points: Point) -> list[tuple[float, float]]:
        return [(x * self._scale, y * self._scale) for x, y in points]

    def _thick(self, width: float) -> int:
        return max(1, round(width * self._scale))

    def box(
        self, x0: float, y0: float, x1: float, y1: float, fill: str, *, edge: str = "", width: float = 0.1
    ) -> None:
        """A filled rectangle."""
        (a, b), (c, d) = self._px((x0, y0), (x1, y1))
        corners = (min(a, c), min(b, d), max(a, c), max(b, d))
        self._draw.rectangle(
            corners, fill=fill, outline=edge or None, width=self._thick(width) if edge else 0
        )

    def line(
        self, start: Point, end: Point, colour: str = GREY, width: float = 0.2, *, dash: float = 0
    ) -> None:
        """A straight line, dashed when ``dash`` (mm) is given."""
        if not dash:
            self._draw.line(self._px(start, end), fill=colour, width=self._thick(width))
            return
        (x0, y0), (x1, y1) = start, end
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        for step in range(0, max(1, int(length / dash)), 2):
            a, b = step * dash / length, min(1.0, (step + 1) * dash / length)
            piece = self._px(
                (x0 + a * (x1 - x0), y0 + a * (y1 - y0)), (x0 + b * (x1 - x0), y0 + b * (y1 - y0))
            )
            self._draw.line(piece, fill=colour, width=self._thick(width))

    def path(self, points: Sequence[Point], colour: str, width: float = 0.4) -> None:
        """A line through all points."""
        self._draw.line(self._px(*points), fill=colour, width=self._thick(width), joint="curve")

    def dot(self, x: float, y: float, radius: float, fill: str, *, edge: str = INK) -> None:
        """A filled circle with a thin edge."""
        (centre,) = self._px((x, y))
        self._draw.circle(centre, radius * self._scale, fill=fill, outline=edge, width=self._thick(0.08))

    def hatch(
        self, x0: float, y0: float, x1: float, y1: float, *, colour: str = WHITE, gap: float = 1.2
    ) -> None:
        """Slanting lines over a rectangle."""
        top, bottom = min(y0, y1), max(y0, y1)
        tall, steps = bottom - top, int((abs(x1 - x0) + bottom - top) / gap)
        for step in range(1, steps + 1):
            start = min(x0, x1) + step * gap
            low = (min(start, max(x0, x1)), top + max(0.0, start - max(x0, x1)))
            high = (max(start - tall, min(x0, x1)), min(bottom, top + start - min(x0, x1)))
            self.line(low, high, colour, 0.15)

    def text(
        self, x: float, y: float, words: str, size: float = 8, *, anchor: Anchor = "mm", colour: str = INK
    ) -> None:
        """Words at a point; ``anchor`` as Pillow's: l/m/r, then a (top), m (middle), s (baseline)."""
        (place,) = self._px((x, y))
        self._draw.text(place, words, font=self._font(size), fill=colour, anchor=anchor)

    def _font(self, size: float) -> ImageFont.FreeTypeFont:
        return font(round(size / 72 * _MM_PER_INCH * self._scale))

    def text_width(self, words: str, size: float) -> float:
        """Width of the words in mm."""
        return self._font(size).getlength(words) / self._scale

    def png(self) -> bytes:
        """The page as PNG, the same bytes at every run."""
        stream = io.BytesIO()
        self._image.reduce(_FINER).save(stream, format="png", dpi=(DPI, DPI), compress_level=6)
        return stream.getvalue()
