"""The coefficients of variation of all indicators beside their limits."""

from collections.abc import Sequence

from junheng.reports.charts.axes import Key, Scale, legend, vertical_axis
from junheng.reports.charts.canvas import GREY, INK, STAGE_COLOURS, Canvas
from junheng.reports.facts import Facts, IndicatorFacts, StageFacts
from junheng.reports.number_text import plain
from junheng.reports.word.blocks import Picture

_WIDTH, _HEIGHT, _LEFT, _TOP, _BASE = 154.0, 66.0, 12.0, 12.0, 59.0
_WIDEST = 14.0


def variation_chart(facts: Facts) -> Picture | None:
    """Bars of the coefficients, hatched where over the limit; None when none could be computed."""
    rules = facts.indicators
    stages = [stage for stage in facts.stages if any(_cv(stage, rule) is not None for rule in rules)]
    if not stages:
        return None
    canvas = Canvas(_WIDTH, _HEIGHT)
    scale = Scale(0, _highest(stages, rules) * 1.12, _BASE, _TOP)
    vertical_axis(canvas, scale, _LEFT, lambda tick: f"{tick:g}")
    canvas.line((_LEFT, _BASE), (_WIDTH - 2, _BASE), GREY, 0.2)
    room = (_WIDTH - 2 - _LEFT) / len(rules)
    for position, rule in enumerate(rules):
        width = min(room * 0.8 / len(stages), _WIDEST)
        left = _LEFT + (position + 0.5) * room - width * len(stages) / 2
        for place, stage in enumerate(stages):
            _bar(canvas, scale, rule, stage, left + place * width, width)
        canvas.text(_LEFT + (position + 0.5) * room, _BASE + 3.2, rule.key, 8)
    legend(canvas, _keys(stages, rules), 4.0)
    limited = any(rule.lines[stage.stage].cv_limit is not None for stage in stages for rule in rules)
    caption = "各指标校际差异系数" + ("与限值" if limited else "")
    described = caption + ("，斜线表示超过限值" if limited else "")
    return Picture("variation", caption, canvas.png(), _WIDTH, _HEIGHT, described)


def _cv(stage: StageFacts, rule: IndicatorFacts) -> float | None:
    found: float | None = stage.indicator(rule.key).get("cv")
    return found


def _highest(stages: Sequence[StageFacts], rules: Sequence[IndicatorFacts]) -> float:
    values = [_cv(stage, rule) for stage in stages for rule in rules]
    values += [rule.lines[stage.stage].cv_limit for stage in stages for rule in rules]
    return max((value for value in values if value is not None), default=0.0) or 1.0


def _bar(
    canvas: Canvas, scale: Scale, rule: IndicatorFacts, stage: StageFacts, left: float, width: float
) -> None:
    cv, limit = _cv(stage, rule), rule.lines[stage.stage].cv_limit
    if stage.indicator(rule.key) and cv is None:
        canvas.text(left + width / 2, _BASE - 4, "无法", 5.5, colour=GREY)
        canvas.text(left + width / 2, _BASE - 1.8, "判定", 5.5, colour=GREY)
    if cv is not None:
        inner = width * 0.06
        corners = (left + inner, scale(cv), left + width - inner, _BASE)
        canvas.box(*corners, STAGE_COLOURS[stage.stage])
        if stage.indicator(rule.key).get("cv_verdict") == "not_met":
            canvas.hatch(*corners)
        canvas.text(left + width / 2, scale(cv) - 0.6, plain(cv, 3, line=limit), 6, anchor="ms")
    if limit is not None:
        canvas.line((left, scale(limit)), (left + width, scale(limit)), INK, 0.7)
        canvas.line((left, scale(limit)), (left + width, scale(limit)), STAGE_COLOURS[stage.stage], 0.45)


def _keys(stages: Sequence[StageFacts], rules: Sequence[IndicatorFacts]) -> list[Key]:
    keys = []
    over = False
    for stage in stages:
        keys.append(Key(stage.name, "box", STAGE_COLOURS[stage.stage]))
        limits = {rule.lines[stage.stage].cv_limit for rule in rules} - {None}
        if len(limits) == 1:
            keys.append(Key(f"{stage.name}限值{limits.pop():g}", "line", STAGE_COLOURS[stage.stage]))
        over = over or any(stage.indicator(rule.key).get("cv_verdict") == "not_met" for rule in rules)
    return [*keys, Key("超过限值", "hatch", GREY)] if over else keys
