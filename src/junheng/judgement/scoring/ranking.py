"""Ranks, only as an aid: a place from … to …, for totals may be equal or not yet known exactly."""

from collections.abc import Mapping

from junheng.judgement.scoring.totals import Interval


def rank_ranges(totals: Mapping[str, Interval]) -> dict[str, tuple[int, int]]:
    """Best and worst place of each subject, 1 the highest total; equal totals share all their places.

    Best: as many are surely ahead as have their lowest total above its highest. Worst: all who may be level or ahead
    are counted before it.
    """
    return {
        own: (
            1 + sum(low > points[1] for low, _ in totals.values()),
            sum(high >= points[0] for _, high in totals.values()),
        )
        for own, points in totals.items()
    }
