"""Scenes as PNG with Pillow: drawn twice as large and reduced; the same bytes every time."""

import io
import math
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw

from junheng.reports.charts.canvas import GREY, WHITE, font
from junheng.reports.maps.scene import STRIPE, Disc, Item, Scene, Shape, Spot, Words, clean

_FINER = 2
_MOST_PX = 6000  # a side; more only swells the file
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
Px = tuple[float, float]


def png(scene: Scene, width_px: int) -> bytes:
    """The scene as PNG, ``width_px`` wide (at most 6,000)."""
    width = min(width_px, _MOST_PX)
    painter = _Painter(scene, width * _FINER / scene.width)
    for layer in scene.layers:
        for item in layer.items:
            painter.paint(item)
    stream = io.BytesIO()
    image = painter.image.reduce(_FINER).quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    image.save(stream, format="png", optimize=True)
    return stream.getvalue()


class _Painter:
    def __init__(self, scene: Scene, scale: float) -> None:
        self._scale = scale
        sides = [max(1, round(side * scale) // _FINER) * _FINER for side in (scene.width, scene.height)]
        self.image = Image.new("RGB", (sides[0], sides[1]), WHITE)
        self._draw = ImageDraw.Draw(self.image)

    def paint(self, item: Item) -> None:
        if isinstance(item, Shape):
            self._shape(item)
        elif isinstance(item, Disc):
            self._disc(item)
        else:
            self._words(item)

    def _px(self, line: Sequence[Spot]) -> list[Px]:
        return [(x * self._scale, y * self._scale) for x, y in line]

    def _thick(self, units: int) -> int:
        return max(1, round(units * self._scale))

    def _shape(self, item: Shape) -> None:
        lines = [self._px(line) for line in item.lines if len(line) > 1]
        if item.opacity < 1:
            self._veiled(item, lines)
            return
        if item.fill or item.is_hatched or item.is_striped:
            self._fill(item, [line for line in lines if len(line) > 2])
        if item.stroke:
            for line in lines:
                self._stroke([*line, line[0]] if item.is_closed else line, item)

    def _fill(self, item: Shape, rings: list[list[Px]]) -> None:
        if len(rings) == 1 and not (item.is_hatched or item.is_striped):
            self._draw.polygon(rings[0], fill=item.fill)
        elif rings:
            left, top, mask = _mask(rings, self.image.size)
            if item.is_striped:
                stripes = _stripes(mask.size, self._thick(170), self._thick(28), (left, top))
                self.image.paste(STRIPE, (left, top), ImageChops.logical_and(mask, stripes))
                return
            paint = _hatched(mask.size, self._thick(90)) if item.is_hatched else item.fill
            self.image.paste(paint, (left, top, left + mask.width, top + mask.height), mask)

    def _veiled(self, item: Shape, lines: list[list[Px]]) -> None:
        """A shape that lets the ground through: painted on a mask, then mixed."""
        mask = Image.new("L", self.image.size, 0)
        brush, level = ImageDraw.Draw(mask), round(255 * item.opacity)
        for line in lines:
            if item.fill:
                brush.polygon(line, fill=level)
            else:
                brush.line(line, fill=level, width=self._thick(item.width), joint="curve")
        self.image.paste(item.fill or item.stroke, (0, 0), mask)

    def _stroke(self, line: list[Px], item: Shape) -> None:
        width = self._thick(item.width)
        for part in _dashes(line, item.dash * self._scale) if item.dash else [line]:
            self._draw.line(part, fill=item.stroke, width=width, joint="curve")

    def _disc(self, item: Disc) -> None:
        (centre,) = self._px([(item.x, item.y)])
        width = self._thick(item.width) if item.width else 0
        # SVG's stroke lies half outside the circle, Pillow's inside.
        radius = item.radius * self._scale + width / 2
        self._draw.circle(centre, radius, fill=item.fill, outline=item.stroke if width else None, width=width)

    def _words(self, item: Words) -> None:
        (place,) = self._px([(item.x, item.y)])
        face = font(max(1, round(item.size * self._scale)))
        text = clean(item.text)
        rim = self._thick(item.halo // 2) if item.halo else 0
        if not item.spacing:
            self._draw.text(
                place,
                text,
                font=face,
                fill=item.colour,
                anchor=_ANCHORS[item.anchor],
                stroke_width=rim,
                stroke_fill=WHITE,
            )
            return
        step = item.spacing * self._scale
        long = sum(face.getlength(letter) + step for letter in text)
        x = place[0] - {"start": 0.0, "middle": long / 2, "end": long}[item.anchor]
        for letter in text:
            self._draw.text(
                (x, place[1]),
                letter,
                font=face,
                fill=item.colour,
                anchor="ls",
                stroke_width=rim,
                stroke_fill=WHITE,
            )
            x += face.getlength(letter) + step


def _mask(rings: list[list[Px]], size: tuple[int, int]) -> tuple[int, int, Image.Image]:
    """Left, top and the even–odd mask of rings, no larger than their box within the picture."""
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    left, top = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
    right, bottom = min(size[0], math.ceil(max(xs)) + 1), min(size[1], math.ceil(max(ys)) + 1)
    box = (max(1, right - left), max(1, bottom - top))
    mask = Image.new("1", box, 0)
    for ring in rings:
        one = Image.new("1", box, 0)
        ImageDraw.Draw(one).polygon([(x - left, y - top) for x, y in ring], fill=1)
        mask = ImageChops.logical_xor(mask, one)
    return left, top, mask


def _stripes(size: tuple[int, int], gap: int, width: int, start: tuple[int, int]) -> Image.Image:
    """A mask of slanting stripes that run on from box to box (``start``: the box's corner)."""
    image = Image.new("1", size, 0)
    brush = ImageDraw.Draw(image)
    for x in range(-((start[0] + start[1]) % gap), size[0] + size[1] + gap, gap):
        brush.line([(x, 0), (x - size[1], size[1])], fill=1, width=width)
    return image


def _hatched(size: tuple[int, int], gap: int) -> Image.Image:
    image = Image.new("RGB", size, WHITE)
    brush = ImageDraw.Draw(image)
    for start in range(0, size[0] + size[1], gap):
        brush.line([(start, 0), (start - size[1], size[1])], fill=GREY, width=max(1, gap // 4))
    return image


def _dashes(line: list[Px], dash: float) -> list[list[Px]]:
    """Pieces of ``dash`` pixels with gaps as long, measured along the line."""
    pieces: list[list[Px]] = []
    done = 0.0
    for (ax, ay), (bx, by) in pairwise(line):
        length = math.dist((ax, ay), (bx, by))
        at = 0.0
        while length - at > 1e-9:
            step = min(length - at, dash - done % dash)
            if done // dash % 2 == 0:
                pieces.append(
                    [
                        (ax + (bx - ax) * part / length, ay + (by - ay) * part / length)
                        for part in (at, at + step)
                    ]
                )
            at, done = at + step, done + max(step, 1e-9)
    return pieces
