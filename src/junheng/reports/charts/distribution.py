"""How the schools of a stage lie around the lines: one row of dots per indicator."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from junheng.reports.charts.axes import Key, Scale, legend, wrapped
from junheng.reports.charts.canvas import BELOW, FAINT, FLOOR, GREY, INK, MET, Canvas
from junheng.reports.facts import Facts, IndicatorFacts, StageFacts
from junheng.reports.word.blocks import Picture

FURTHEST = 250.0  # percent of the reference; what lies beyond is counted at the edge
_BIN = 2.5  # percent: dots in one bin are stacked
_WIDTH, _ROW, _TOP, _BOTTOM, _LEFT, _RIGHT = 154.0, 11.5, 9.0, 11.0, 45.0, 8.0
_COLOURS = {"met": MET, "floor": FLOOR, "below": BELOW, "none": MET}
_RADIUS = 0.75


def distribution_chart(facts: Facts, stage: StageFacts) -> Picture | None:
    """Dots of all schools per indicator; None when no school has a value."""
    rules = [rule for rule in facts.used(stage) if _points(rule, stage)]
    if not rules:
        return None
    height = _TOP + _ROW * len(rules) + _BOTTOM
    canvas = Canvas(_WIDTH, height)
    scale = Scale(0, FURTHEST, _LEFT, _WIDTH - _RIGHT)
    levels = any(rule.lines[stage.stage].threshold is not None for rule in rules)
    against = "标准值" if levels else "全县平均值"
    _lines(canvas, scale, rules, stage, against)
    for row, rule in enumerate(rules):
        _draw_row(canvas, scale, _TOP + row * _ROW, rule, stage)
    caption = f"{stage.name}各校指标分布（各校值相当于{against}的百分比）"
    described = f"{caption}，每点一校，共{stage.total}所"
    return Picture(f"distribution.{stage.stage}", caption, canvas.png(), _WIDTH, height, described)


def _reference(rule: IndicatorFacts, stage: StageFacts) -> float | None:
    threshold = rule.lines[stage.stage].threshold
    found = threshold if threshold is not None else stage.indicator(rule.key).get("mean")
    return found or None


def _points(rule: IndicatorFacts, stage: StageFacts) -> list[tuple[float, str]]:
    """(percent of the reference, state) of every school with a value, ascending."""
    reference = _reference(rule, stage)
    if reference is None:
        return []
    found = []
    for school in stage.schools:
        cell = school.indicators.get(rule.key)
        if cell is not None and cell.value is not None:
            state = "none" if cell.verdict is None else "met" if cell.verdict == "met" else "floor"
            found.append((100 * cell.value / reference, "below" if cell.below_floor else state))
    return sorted(found)


def _lines(
    canvas: Canvas, scale: Scale, rules: Sequence[IndicatorFacts], stage: StageFacts, against: str
) -> None:
    """The reference at 100, the floors, the axis and the legend."""
    bottom = _TOP + _ROW * len(rules)
    keys = [Key(against, "line", INK), Key("中位学校", "bar", INK)]
    for share in _floors(rules, stage):
        canvas.line((scale(share), _TOP), (scale(share), bottom), BELOW, 0.3, dash=1.1)
        keys.append(Key(f"底线（{share:g}%）", "dash", BELOW))
    canvas.line((scale(100), _TOP), (scale(100), bottom), INK, 0.4)
    if any(rule.lines[stage.stage].threshold is not None for rule in rules):
        keys += [Key("达标", "dot", MET), Key("未达标", "dot", FLOOR)]
        keys += [Key("低于底线", "dot", BELOW)] if _floors(rules, stage) else []
    legend(canvas, keys, 4.0)
    canvas.line((_LEFT, bottom), (_WIDTH - _RIGHT, bottom), GREY, 0.2)
    for tick in scale.ticks():
        canvas.line((scale(tick), bottom), (scale(tick), bottom + 1), GREY, 0.2)
        canvas.text(scale(tick), bottom + 3, f"{tick:g}", 7)
    canvas.text((_LEFT + _WIDTH - _RIGHT) / 2, bottom + 7.5, f"相当于{against}的百分比（%）", 7.5)


def _floors(rules: Sequence[IndicatorFacts], stage: StageFacts) -> list[float]:
    """The floors in percent of their thresholds; mostly one for all indicators."""
    shares = set()
    for rule in rules:
        line = rule.lines[stage.stage]
        if line.floor is not None and line.threshold:
            shares.add(round(100 * line.floor / line.threshold, 4))
    return sorted(shares)


def _draw_row(canvas: Canvas, scale: Scale, top: float, rule: IndicatorFacts, stage: StageFacts) -> None:
    middle = top + _ROW / 2
    words = wrapped(f"{rule.key} {rule.name}", 14)
    for place, line in enumerate(words):
        canvas.text(_LEFT - 2, middle + (place - (len(words) - 1) / 2) * 3.2, line, 7.5, anchor="rm")
    if top > _TOP:
        canvas.line((_LEFT, top), (_WIDTH - _RIGHT, top), FAINT, 0.15)
    points = _points(rule, stage)
    heights = _stack([min(percent, FURTHEST) for percent, _ in points])
    step = min(1.5, (_ROW - 2.4) / max(1, *heights)) if heights else 0.0
    for (percent, state), height in zip(points, heights, strict=True):
        canvas.dot(scale(min(percent, FURTHEST)), top + _ROW - 1.2 - height * step, _RADIUS, _COLOURS[state])
    centre = scale(min(median(percent for percent, _ in points), FURTHEST))
    canvas.line((centre, top + 0.8), (centre, top + _ROW - 0.8), INK, 0.35)
    beyond = sum(percent > FURTHEST for percent, _ in points)
    if beyond:
        canvas.text(_WIDTH - _RIGHT + 1.6, middle, f"+{beyond}", 6.5, anchor="lm", colour=GREY)


def _stack(positions: Sequence[float]) -> list[int]:
    """How many dots already stand in the same narrow bin, for sorted positions."""
    seen: dict[int, int] = defaultdict(int)
    heights = []
    for position in positions:
        place = int(position // _BIN)
        heights.append(seen[place])
        seen[place] += 1
    return heights
