"""Points of every item by round: one score a rater, joined over raters, as decided appeals left them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import Text
from junheng.data.books import Fault
from junheng.judgement.scoring.faulted import row_fault
from junheng.judgement.scoring.problem import Problem, Row
from junheng.standards.scoring import IndexSystem

Key = tuple[str, str, str]  # subject, round, item


@dataclass(frozen=True, slots=True)
class Score:
    """One rater's score of one item. ``rating``: id of the scale, "" where points were given."""

    rater: str
    points: Fraction
    rating: str
    row: Row


Scores = Mapping[Key, Sequence[Score]]


def single_scores(problem: Problem) -> tuple[dict[Key, list[Score]], list[Fault]]:
    """The scores that count, by subject, round and item; and what is wrong with the others.

    A rater who scored an item twice in a round counts neither time, for which one is meant cannot be told.
    """
    found: dict[Key, list[Score]] = {}
    faults: list[Fault] = []
    for row in problem.scores:
        key = (row.cell("subject"), row.cell("round"), row.cell("item"))
        item = problem.system.item(key[2])
        if all(key) and row.cell("rater") and item is not None:
            points, rating, fault = _points(row, item.points, problem.system)
            faults += [fault] if fault else []
            found.setdefault(key, []).append(Score(row.cell("rater"), points or Fraction(), rating, row))
            if points is None:
                found[key].pop()
    for key, scores in found.items():
        found[key], doubled = _once(scores, key)
        faults += doubled
    return found, faults


def _once(scores: list[Score], key: Key) -> tuple[list[Score], list[Fault]]:
    raters = [score.rater for score in scores]
    doubled = [score for score in scores if raters.count(score.rater) > 1]
    faults = [
        row_fault(
            "scores.twice",
            score.row,
            Text(
                f"{score.rater} 对 {key[2]} 在同一轮评了不止一次，都不计",
                f"{score.rater} scored {key[2]} more than once in a round: none counts",
            ),
            Text("请保留一次", "keep one of them"),
        )
        for score in doubled
    ]
    return [score for score in scores if raters.count(score.rater) == 1], faults


def _points(row: Row, full: Fraction, system: IndexSystem) -> tuple[Fraction | None, str, Fault | None]:
    """The points of a row, its rating, and what is wrong with it; nothing at all is simply not scored."""
    stated = Fraction(row.cell("points")) if row.cell("points") else None
    share = next((entry.share for entry in system.scale if entry.id == row.cell("rating")), None)
    rated = None if share is None else share * full
    if stated is not None and not 0 <= stated <= full:
        what = Text(
            f"得分 {row.cell('points')} 不在 0 到 {_shown(full)} 之间",
            f"{row.cell('points')} is not from 0 to {_shown(full)}",
        )
        return (
            None,
            "",
            row_fault(
                "scores.points.outside",
                row,
                what,
                Text("该项按未评处理，请改正", "counts as not scored; mend it"),
            ),
        )
    if stated is not None and rated is not None and stated != rated:
        what = Text("等级与得分不一致", "the rating and the points contradict each other")
        return (
            None,
            "",
            row_fault("scores.contradict", row, what, Text("只填其中一个", "fill in one of them")),
        )
    return (stated if rated is None else rated), ("" if rated is None else row.cell("rating")), None


def _shown(points: Fraction) -> str:
    return f"{float(points):g}"


def joined(scores: Sequence[Score], how: str) -> Fraction | None:
    """One value of several raters: mean or median of their points; None of none."""
    points = sorted(score.points for score in scores)
    if not points:
        return None
    if how == "mean":
        return sum(points, Fraction()) / len(points)
    middle = len(points) // 2
    return points[middle] if len(points) % 2 else (points[middle - 1] + points[middle]) / 2
