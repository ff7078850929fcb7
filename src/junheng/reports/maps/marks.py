"""Marks of schools and sites: shape tells the kind, in colour and in grey print alike."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from junheng.basics import Text
from junheng.reports.charts.canvas import INK, STAGE_COLOURS, WHITE
from junheng.reports.maps.scene import Disc, Item, Shape

Form = Literal["disc", "square", "diamond", "triangle", "star", "cross", "ring", "plus", "dot"]
_TURN = math.tau
_STAR_INNER = 0.45
_CROSS = 0.36  # half the width of a bar


@dataclass(frozen=True, slots=True)
class Mark:
    """How a kind of place looks; ``weight``: whose name goes first where room is short."""

    words: Text
    form: Form
    colour: str
    weight: int


MARKS: Mapping[str, Mark] = {
    "opened": Mark(Text("新建学校", "opened"), "star", "#b3261e", 6),
    "closed": Mark(Text("停办学校", "closed"), "cross", INK, 5),
    "merged": Mark(Text("并入他校", "merged"), "cross", "#6b3fa0", 5),
    "expanded": Mark(Text("扩建学校", "expanded"), "plus", "#b3261e", 4),
    "senior": Mark(Text("高中", "senior school"), "triangle", STAGE_COLOURS["senior"], 2),
    "nine_year": Mark(Text("九年一贯制学校", "nine-year school"), "diamond", "#7a2e6e", 3),
    "junior": Mark(Text("初中", "junior school"), "square", STAGE_COLOURS["junior"], 2),
    "primary": Mark(Text("小学", "primary school"), "disc", "#1f4e79", 2),
    "school": Mark(Text("学校", "school"), "disc", "#1f4e79", 2),
    "teaching_point": Mark(Text("教学点", "teaching point"), "dot", "#1f4e79", 1),
    "not_met": Mark(Text("未达标", "not met"), "square", "#b3261e", 3),
    "floor": Mark(Text("达底线", "floor reached"), "triangle", "#b7791f", 3),
    "met": Mark(Text("达标", "met"), "disc", "#2f7d4f", 2),
    "cannot_tell": Mark(Text("无法判定", "cannot tell"), "ring", "#4b5563", 1),
    "return_late": Mark(Text("逾期未报", "late"), "triangle", "#c2452f", 3),
    "return_returned": Mark(Text("已退回", "sent back"), "diamond", "#b7791f", 2),
    "return_draft": Mark(Text("填报中", "draft"), "ring", "#4b5563", 1),
    "return_submitted": Mark(Text("待审核", "to review"), "square", "#2f6fb0", 1),
    "return_accepted": Mark(Text("已通过", "accepted"), "disc", "#2f7d4f", 0),
    "candidate": Mark(Text("未选用的备选校址", "site not taken"), "ring", "#4b5563", 0),
}


def mark_of(kind: str) -> Mark:
    """The mark of a kind; a word not known is a plain dot under that word."""
    return MARKS.get(kind, Mark(Text(kind, kind), "dot", INK, 1))


def drawn(mark: Mark, x: int, y: int, radius: int, title: str = "") -> list[Item]:
    """The mark as items, with a white rim so that it stands out on any ground."""
    rim = max(8, radius // 5)
    if mark.form in ("disc", "dot"):
        return [
            Disc(x, y, radius if mark.form == "disc" else radius * 2 // 3, mark.colour, WHITE, rim, title)
        ]
    if mark.form == "ring":
        return [Disc(x, y, radius, WHITE, mark.colour, rim, title)]
    ring = [(x + round(radius * dx), y + round(radius * dy)) for dx, dy in _outline(mark.form)]
    items: list[Item] = [Shape([ring], mark.colour, WHITE, rim, title=title)]
    return items


def _outline(form: Form) -> list[tuple[float, float]]:
    """The corners about the middle, for a radius of 1."""
    if form == "square":
        return [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
    if form == "diamond":
        return [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)]
    if form == "triangle":
        return [(0, -1.2), (1.15, 0.85), (-1.15, 0.85)]
    if form == "star":
        reach = [1.5 if point % 2 == 0 else 1.5 * _STAR_INNER for point in range(10)]
        return [(r * math.sin(_TURN * n / 10), -r * math.cos(_TURN * n / 10)) for n, r in enumerate(reach)]
    a = _CROSS
    bars = [(-a, -1.2), (a, -1.2), (a, -a), (1.2, -a), (1.2, a), (a, a), (a, 1.2), (-a, 1.2), (-a, a), (-1.2, a),
            (-1.2, -a), (-a, -a)]  # fmt: skip
    if form == "plus":
        return bars
    half = math.sqrt(0.5)
    return [((x - y) * half, (x + y) * half) for x, y in bars]
