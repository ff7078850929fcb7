"""Change over the years: schools that meet the indicators, and how unequal they are."""

from junheng.reports.charts.axes import Key, Scale, legend, vertical_axis
from junheng.reports.charts.canvas import GREY, INK, STAGE_COLOURS, Canvas
from junheng.reports.facts import Facts
from junheng.reports.trend_facts import YearFacts, years_of
from junheng.reports.word.blocks import Picture

_WIDTH, _HEIGHT, _TOP, _BASE, _LEFT = 154.0, 54.0, 16.0, 47.0, 11.0


def trend_chart(facts: Facts) -> Picture | None:
    """Left: mean share of schools that meet an indicator; right: mean coefficient. None with under two years."""
    years = years_of(facts)
    if len(years) < 2:
        return None
    canvas = Canvas(_WIDTH, _HEIGHT)
    legend(canvas, [Key(stage.name, "line", STAGE_COLOURS[stage.stage]) for stage in facts.stages], 4.0)
    panels = [("share", "各指标达标学校占比的平均（%）"), ("cv", "各指标差异系数的平均")]
    shown = [(what, words) for what, words in panels if any(_known(found, what) for found in years)]
    for place, (what, words) in enumerate(shown):
        panel = _WIDTH / len(shown)
        _panel(canvas, place * panel, panel, years, what, words)
    caption = f"{years[0].year}—{years[-1].year}年达标与校际差异的变化"
    return Picture("trend", caption, canvas.png(), _WIDTH, _HEIGHT, caption) if shown else None


def _known(found: YearFacts, what: str) -> list[float]:
    return [value for value in getattr(found, what).values() if value is not None]


def _panel(canvas: Canvas, left: float, room: float, years: list[YearFacts], what: str, words: str) -> None:
    values = [value for found in years for value in _known(found, what)]
    scale = Scale(0, 105 if what == "share" else max(values) * 1.25 or 1.0, _BASE, _TOP)
    across = Scale(years[0].year, years[-1].year, left + _LEFT + 8, left + room - 10)
    canvas.text(left + _LEFT + (room - _LEFT) / 2, _TOP - 6, words, 8)
    vertical_axis(canvas, scale, left + _LEFT, lambda tick: f"{tick:g}")
    canvas.line((left + _LEFT, _BASE), (left + room - 3, _BASE), GREY, 0.2)
    for found in years:
        canvas.text(across(found.year), _BASE + 3.2, str(found.year), 7.5)
    for stage, colour in STAGE_COLOURS.items():
        values_of = [(found.year, getattr(found, what).get(stage)) for found in years]
        points = [(across(year), scale(value), value) for year, value in values_of if value is not None]
        if len(points) > 1:
            canvas.path([(x, y) for x, y, _ in points], colour)
        for x, y, value in points:
            canvas.dot(x, y, 0.9, colour, edge=colour)
            words = f"{value:.1f}" if what == "share" else f"{value:.3f}"
            # Two stages may lie close together: the lower one is labelled below its point.
            low = value == min(v for year, v in _pairs(years, what) if across(year) == x)
            canvas.text(x, y + 3.0 if low else y - 1.6, words, 7, anchor="mm" if low else "ms", colour=INK)


def _pairs(years: list[YearFacts], what: str) -> list[tuple[int, float]]:
    return [(found.year, value) for found in years for value in _known(found, what)]
