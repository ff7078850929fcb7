"""Names beside their marks without overlap: greedy placement in eight positions, the important first.

Positions in the order of Imhof's preference (right, above right …, left); a name that fits nowhere is left out and
counted. Boxes are looked up on a grid, so a thousand names take milliseconds (after Christensen, Marks and
Shieber 1995, the greedy method they compare with).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from junheng.reports.maps.scene import Anchor, width_of

Box = tuple[float, float, float, float]  # left, top, right, bottom

_UP, _DOWN = 0.88, 0.22  # of the size: how far letters reach above and below the baseline
_POSITIONS: Sequence[tuple[int, int, Anchor]] = (
    (1, 0, "start"), (1, -1, "start"), (1, 1, "start"), (0, -1, "middle"), (0, 1, "middle"),
    (-1, 0, "end"), (-1, -1, "end"), (-1, 1, "end"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name wanted at ``x``, ``y`` at ``gap`` units from it (0: on the spot itself); larger ``weight`` goes first."""

    id: str
    text: str
    x: float
    y: float
    gap: float
    weight: float
    size: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a name stands: its baseline's point, by offset from the mark, and its anchor."""

    name: Name
    dx: float
    dy: float
    anchor: Anchor

    def box(self) -> Box:
        """The room it takes."""
        wide = width_of(self.name.text, round(self.name.size * 10)) / 10
        left = self.name.x + self.dx - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        base = self.name.y + self.dy
        return left, base - _UP * self.name.size, left + wide, base + _DOWN * self.name.size


class Room:
    """Boxes already taken within a frame."""

    def __init__(self, frame: Box, taken: Iterable[Box] = (), *, cell: float = 400) -> None:
        self._frame, self._cell = frame, cell
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in taken:
            self.take(box)

    def take(self, box: Box) -> None:
        """Mark the box as taken."""
        for cell in _cells(box, self._cell):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        """Whether the box lies in the frame and touches none that is taken."""
        frame = self._frame
        if box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]:
            return False
        return not any(
            _meet(box, other) for cell in _cells(box, self._cell) for other in self._cells.get(cell, ())
        )


def place(names: Sequence[Name], room: Room) -> list[Placed]:
    """The names that fit, in order of placing; ``room`` keeps their boxes."""
    found = []
    for name in sorted(names, key=lambda one: (-one.weight, one.id)):
        for placed in _candidates(name):
            box = placed.box()
            if room.is_free(box):
                room.take(box)
                found.append(placed)
                break
    return found


def _candidates(name: Name) -> Iterator[Placed]:
    middle = (_UP - _DOWN) / 2 * name.size  # from the baseline up to the middle of the letters
    if not name.gap:
        yield Placed(name, 0, middle, "middle")
        return
    for across, down, anchor in _POSITIONS:
        reach = name.gap * (0.75 if across and down else 1)
        lift = (
            (name.gap + name.size * 0.5) * down if not across else (name.gap * 0.75 + name.size * 0.3) * down
        )
        yield Placed(name, across * reach, middle + lift, anchor)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _cells(box: Box, cell: float) -> Iterator[tuple[int, int]]:
    for column in range(int(box[0] // cell), int(box[2] // cell) + 1):
        for row in range(int(box[1] // cell), int(box[3] // cell) + 1):
            yield column, row
