"""Pictures of a plan: money by year against the budget, and what more money brings."""

from collections.abc import Sequence

from junheng.reports.charts.axes import Key, Scale, legend, vertical_axis
from junheng.reports.charts.canvas import GREY, INK, MET, STAGE_COLOURS, Canvas
from junheng.reports.word.blocks import Picture

_WIDTH, _HEIGHT, _TOP, _BASE, _LEFT = 154.0, 62.0, 14.0, 54.0, 16.0
_LINE = STAGE_COLOURS["junior"]
_ROOM = 1.15  # above the highest mark


def spending_picture(spent: Sequence[tuple[int, float]], budget: Sequence[tuple[int, float]]) -> Picture:
    """Bars of money spent each year (万元) beside the budget's lines; ``budget`` may be empty."""
    canvas = Canvas(_WIDTH, _HEIGHT)
    keys = [Key("安排", "box", MET)] + ([Key("预算", "line", _LINE)] if budget else [])
    legend(canvas, keys, 4.0)
    highest = max([money for _, money in (*spent, *budget)], default=1) * _ROOM or 1
    scale = Scale(0, highest, _BASE, _TOP)
    vertical_axis(canvas, scale, _LEFT, lambda tick: f"{tick:,.0f}")
    canvas.text(_LEFT, _TOP - 4, "万元", 7.5)
    room = (_WIDTH - _LEFT - 4) / max(1, len(spent))
    limits = dict(budget)
    for place, (year, money) in enumerate(spent):
        left = _LEFT + place * room + room * 0.25
        canvas.box(left, _BASE, left + room * 0.5, scale(money), MET, edge=GREY)
        canvas.text(left + room * 0.25, scale(money) - 2.2, f"{money:,.0f}", 7.5)
        canvas.text(left + room * 0.25, _BASE + 3.2, str(year), 8)
        if year in limits:
            canvas.line(
                (left - room * 0.1, scale(limits[year])), (left + room * 0.6, scale(limits[year])), _LINE, 0.5
            )
    canvas.line((_LEFT, _BASE), (_WIDTH - 4, _BASE), GREY, 0.2)
    return Picture("spending", "各年资金安排", canvas.png(), _WIDTH, _HEIGHT, "各年资金安排（万元）")


def curve_picture(
    points: Sequence[tuple[float, int]], total: int, marks: Sequence[tuple[float, int, str]] = ()
) -> Picture:
    """School-stages that comply (of ``total``) against money (万元); ``marks`` are plans to point out."""
    canvas = Canvas(_WIDTH, _HEIGHT)
    most = max([money for money, _ in points] + [money for money, _, _ in marks], default=1) * _ROOM or 1
    up, across = Scale(0, max(total, 1) * 1.1, _BASE, _TOP), Scale(0, most, _LEFT, _WIDTH - 6)
    vertical_axis(canvas, up, _LEFT, lambda tick: f"{tick:g}")
    canvas.text(_LEFT + 16, _TOP - 6, f"达标学校（学段）数，共 {total}", 7.5)
    canvas.line((_LEFT, _BASE), (_WIDTH - 4, _BASE), GREY, 0.2)
    for part in range(5):
        money = most / _ROOM * part / 4
        canvas.text(across(money), _BASE + 3.2, f"{money:,.0f}", 7.5)
    canvas.text(_WIDTH - 12, _BASE + 6.4, "资金（万元）", 7.5)
    places = [(across(money), up(count)) for money, count in sorted(points)]
    if len(places) > 1:
        canvas.path(places, STAGE_COLOURS["primary"])
    for x, y in places:
        canvas.dot(x, y, 0.8, STAGE_COLOURS["primary"])
    for money, count, words in marks:
        canvas.dot(across(money), up(count), 1.1, _LINE)
        canvas.text(across(money), up(count) - 2.4, words, 7.5, colour=INK)
    return Picture("curve", "资金与达标学校数", canvas.png(), _WIDTH, _HEIGHT, "资金越多，达标学校越多")
