"""The chances of one list, simulated in portions so that progress can be shown, and added up exactly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from junheng.admissions.chance.estimate import Chances, Share, chances_of
from junheng.admissions.chance.interval import clopper_pearson
from junheng.admissions.engines import EngineName
from junheng.admissions.market import Market

_PORTION = 100  # draws between two reports of progress


@dataclass(frozen=True)
class Simulation:
    """How to simulate: number of draws, confidence of the intervals, a name to repeat it by, the others drawn anew."""

    draws: int
    confidence: float = 0.95
    seed: bytes = b""
    expected: bool = False
    engine: EngineName = "auto"


def simulated_chances(
    market: Market, unit: int, simulation: Simulation, advance: Callable[[int], None] = lambda done: None
) -> Chances:
    """The chances of ``unit`` (index) in ``market``; ``advance`` is told of every portion of draws done.

    Every portion has a name of its own under the seed, so the figures do not depend on who watches.
    Raises UserError for an engine that is unknown or not installed.
    """
    parts = []
    for number, start in enumerate(range(0, simulation.draws, _PORTION)):
        draws = min(_PORTION, simulation.draws - start)
        seed = simulation.seed + b"/%d" % number
        parts.append(
            chances_of(
                market,
                unit,
                draws=draws,
                confidence=simulation.confidence,
                seed=seed,
                expected=simulation.expected,
                engine=simulation.engine,
            )
        )
        advance(draws)
    return _added(parts)


def _added(parts: Sequence[Chances]) -> Chances:
    """The portions as one: counts add up, the intervals are those of the sums."""
    first = parts[0]

    def added(shares: Sequence[Share]) -> Share:
        times, draws = sum(share.times for share in shares), sum(share.draws for share in shares)
        return Share(times, draws, *clopper_pearson(times, draws, first.confidence))

    choices = tuple(
        replace(
            choice,
            here=added([part.choices[i].here for part in parts]),
            by_here=added([part.choices[i].by_here for part in parts]),
        )
        for i, choice in enumerate(first.choices)
    )
    leftover, unplaced = added([p.leftover for p in parts]), added([p.unplaced for p in parts])
    return replace(first, choices=choices, leftover=leftover, unplaced=unplaced)
