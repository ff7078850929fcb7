"""Town against country: urban, town and rural means in percent of the county's."""

from junheng.reports.areas import AreaMean, area_means
from junheng.reports.charts.axes import Key, Scale, legend, vertical_axis
from junheng.reports.charts.canvas import GREY, INK, Canvas
from junheng.reports.facts import AREA_NAMES, AREAS, Facts, StageFacts
from junheng.reports.word.blocks import Picture

_WIDTH, _PANEL, _TOP, _LEFT = 154.0, 37.0, 9.0, 20.0
_LABEL_HEIGHT, _LABEL_GAP = 1.6, 0.5
_COLOURS = {"urban": "#1f4e79", "town": "#9fc5e8", "rural": "#c55a11"}


def areas_chart(facts: Facts) -> Picture | None:
    """Grouped bars per stage; None when fewer than two kinds of area have schools."""
    found = [(stage, area_means(facts, stage)) for stage in facts.stages]
    panels = [(stage, means) for stage, means in found if means]
    if not panels:
        return None
    canvas = Canvas(_WIDTH, _TOP + _PANEL * len(panels))
    legend(canvas, [Key(AREA_NAMES[area], "box", _COLOURS[area]) for area in AREAS], 4.0)
    for place, (stage, means) in enumerate(panels):
        _panel(canvas, _TOP + place * _PANEL, stage, means)
    caption = "城区、镇区、乡村学校各指标均值比较（全县均值为100）"
    return Picture("areas", caption, canvas.png(), _WIDTH, canvas.height, caption)


def label_foot(top: float, line: float) -> float:
    """Where a bar's number stands: just over its top, or over the line at 100 where the line would cross it.

    All in mm from the page's top.
    """
    foot = top - _LABEL_GAP
    return (
        line - _LABEL_GAP if foot - _LABEL_HEIGHT < line + _LABEL_GAP and line < foot + _LABEL_GAP else foot
    )


def _panel(canvas: Canvas, top: float, stage: StageFacts, means: list[AreaMean]) -> None:
    base = top + _PANEL - 6
    keys = list(dict.fromkeys(mean.key for mean in means))
    highest = max(120.0, max(mean.percent for mean in means) * 1.1)
    scale = Scale(0, highest, base, top + 2)
    vertical_axis(canvas, scale, _LEFT, lambda tick: f"{tick:g}", about=4)
    canvas.text(6, (top + base) / 2, stage.name, 9)
    room = (_WIDTH - 2 - _LEFT) / len(keys)
    for mean in means:
        width = room * 0.8 / len(AREAS)
        left = _LEFT + keys.index(mean.key) * room + room * 0.1 + AREAS.index(mean.area) * width
        canvas.box(left + 0.2, scale(mean.percent), left + width - 0.2, base, _COLOURS[mean.area])
        foot = label_foot(scale(mean.percent), scale(100))
        canvas.text(left + width / 2, foot, f"{mean.percent:.0f}", 5.5, anchor="ms")
    for place, key in enumerate(keys):
        canvas.text(_LEFT + (place + 0.5) * room, base + 3, key, 7.5)
    canvas.line((_LEFT, base), (_WIDTH - 2, base), GREY, 0.2)
    canvas.line((_LEFT, scale(100)), (_WIDTH - 2, scale(100)), INK, 0.25, dash=1.2)
