"""How far raters of one round differ, item by item, and how well they agree as a whole."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from junheng.judgement.scoring.agreement import intraclass, weighted_kappa
from junheng.judgement.scoring.values import Score, Scores
from junheng.standards.scoring import IndexSystem

Json = dict[str, Any]


def rater_spread(system: IndexSystem, scores: Scores) -> list[Json]:
    """By round: items on which raters differ (range in points), kappa of each pair, ICC of all on shares of points.

    A measure that cannot be formed is null: too few common scores, or nothing varies.
    """
    return [
        _round(system, entry.id, {key: found for key, found in scores.items() if key[1] == entry.id})
        for entry in system.rounds
        if any(key[1] == entry.id and len(found) > 1 for key, found in scores.items())
    ]


def _round(system: IndexSystem, round_id: str, scores: Scores) -> Json:
    raters = sorted({score.rater for found in scores.values() for score in found})
    several = {key: found for key, found in scores.items() if len(found) > 1}
    ranges = [
        (key, max(s.points for s in found) - min(s.points for s in found)) for key, found in several.items()
    ]
    icc = intraclass(_matrix(system, raters, scores))
    return {
        "round": round_id,
        "raters": raters,
        "scored_by_several": len(several),
        "differences": [
            {"subject": key[0], "item": key[2], "range": str(size), "scores": _told(several[key])}
            for key, size in sorted(ranges, key=lambda pair: (-pair[1], pair[0]))
            if size
        ],
        "pairs": [_pair(system, one, other, scores) for one, other in combinations(raters, 2)],
        "icc_2_1": None if icc is None else str(icc),
    }


def _told(scores: Sequence[Score]) -> dict[str, str]:
    return {score.rater: str(score.points) for score in scores}


def _matrix(system: IndexSystem, raters: Sequence[str], scores: Scores) -> list[list[Fraction]]:
    """Shares of an item's points, for the items that every rater of the round scored."""
    rows = []
    for key in sorted(scores):
        item, given = system.item(key[2]), {score.rater: score.points for score in scores[key]}
        if item is not None and item.points and set(given) == set(raters):
            rows.append([given[rater] / item.points for rater in raters])
    return rows


def _pair(system: IndexSystem, one: str, other: str, scores: Scores) -> Json:
    places = {rating.id: number for number, rating in enumerate(system.scale)}
    pairs = []
    for key in sorted(scores):
        given = {score.rater: score.rating for score in scores[key]}
        if given.get(one) in places and given.get(other) in places:
            pairs.append((places[given[one]], places[given[other]]))
    kappa = weighted_kappa(pairs, len(places))
    return {
        "raters": [one, other],
        "common": len(pairs),
        "same": sum(a == b for a, b in pairs),
        "weighted_kappa": None if kappa is None else str(kappa),
    }
