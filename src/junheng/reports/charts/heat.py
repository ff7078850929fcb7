"""The whole stage at a glance: schools × indicators, darker where a school is farther from the line."""

from collections.abc import Sequence

from junheng.reports.charts.axes import Key, legend
from junheng.reports.charts.canvas import BELOW, FLOOR, GREY, MET, UNKNOWN, WHITE, Canvas
from junheng.reports.facts import Facts, IndicatorFacts, SchoolFacts, StageFacts
from junheng.reports.word.blocks import Picture

MOST_NAMED = 80  # beyond, names would be too small to read: schools become columns without names
_WIDTH, _TOP, _ROW, _GAP = 154.0, 13.0, 4.6, 6.0
_COLOURS = {"met": MET, "floor": FLOOR, "below": BELOW, "unknown": UNKNOWN}
_KEYS = (
    Key("达标", "box", MET),
    Key("未达标、不低于底线", "box", FLOOR),
    Key("低于底线", "box", BELOW),
    Key("无法判定", "stroke", UNKNOWN),
)


def heat_chart(facts: Facts, stage: StageFacts) -> Picture | None:
    """States of all schools, best first; None for a standard without thresholds or a stage without schools."""
    rules = [rule for rule in facts.used(stage) if rule.lines[stage.stage].threshold is not None]
    if not rules or not stage.schools:
        return None
    schools = sorted(stage.schools, key=lambda school: (-school.met, school.school_id))
    canvas = _named(schools, rules) if len(schools) <= MOST_NAMED else _unnamed(schools, rules)
    legend(canvas, _KEYS, 3.5)
    caption = f"{stage.name}各校各指标达标情况（按达标项数排列）"
    described = f"{caption}，共{len(schools)}所，{len(rules)}项指标；各校数值见附表"
    return Picture(f"heat.{stage.stage}", caption, canvas.png(), canvas.width, canvas.height, described)


def _state(school: SchoolFacts, rule: IndicatorFacts) -> str:
    cell = school.indicators.get(rule.key)
    if cell is None or cell.verdict in (None, "cannot_tell"):
        return "unknown"
    if cell.verdict == "met":
        return "met"
    return "below" if cell.below_floor else "floor"


def _named(schools: Sequence[SchoolFacts], rules: Sequence[IndicatorFacts]) -> Canvas:
    """Schools as rows with their names, in two columns when there are many."""
    columns = 1 if len(schools) <= 20 else 2
    rows = -(-len(schools) // columns)
    canvas = Canvas(_WIDTH, _TOP + rows * _ROW + 2)
    width = (_WIDTH - _GAP * (columns - 1)) / columns
    for column in range(columns):
        block = schools[column * rows : (column + 1) * rows]
        _block(canvas, block, rules, column * (width + _GAP), width)
    return canvas


def _block(
    canvas: Canvas, schools: Sequence[SchoolFacts], rules: Sequence[IndicatorFacts], left: float, width: float
) -> None:
    names = min(42.0, width * 0.42)
    side = (width - names) / len(rules)
    for place, rule in enumerate(rules):
        canvas.text(left + names + (place + 0.5) * side, _TOP - 2.2, rule.key, 7)
    for row, school in enumerate(schools):
        top = _TOP + row * _ROW
        canvas.text(
            left + names - 1.5, top + _ROW / 2, _short(canvas, school.name, names - 2), 6.8, anchor="rm"
        )
        for place, rule in enumerate(rules):
            _cell(canvas, _state(school, rule), left + names + place * side, top, side, _ROW)


def _cell(canvas: Canvas, state: str, x: float, y: float, width: float, height: float) -> None:
    canvas.box(x + 0.15, y + 0.15, x + width - 0.15, y + height - 0.15, _COLOURS[state])
    if state == "unknown":
        canvas.line((x + width * 0.35, y + height / 2), (x + width * 0.65, y + height / 2), GREY, 0.25)


def _unnamed(schools: Sequence[SchoolFacts], rules: Sequence[IndicatorFacts]) -> Canvas:
    """Schools as thin columns, indicators as rows."""
    row = 6.0
    canvas = Canvas(_WIDTH, _TOP + row * len(rules) + 7)
    left = 10.0
    width = (_WIDTH - left) / len(schools)
    for place, rule in enumerate(rules):
        top = _TOP - 4 + place * row
        canvas.text(left - 2, top + row / 2, rule.key, 7.5, anchor="rm")
        for number, school in enumerate(schools):
            x = left + number * width
            canvas.box(x, top, x + width, top + row - 0.5, _COLOURS[_state(school, rule)])
        canvas.line((left, top + row - 0.4), (_WIDTH, top + row - 0.4), WHITE, 0.3)
    words = f"{len(schools)}所学校，由左至右按达标项数从多到少"
    canvas.text((left + _WIDTH) / 2, canvas.height - 3.5, words, 7.5)
    return canvas


def _short(canvas: Canvas, name: str, room: float) -> str:
    """``name`` cut to the room it has."""
    if canvas.text_width(name, 6.8) <= room:
        return name
    while name and canvas.text_width(name + "…", 6.8) > room:
        name = name[:-1]
    return name + "…"
