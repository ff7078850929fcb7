"""The p-centre: the least distance within which p sites reach everybody, by halving a list.

That a shorter distance cannot do is a bound on set covering at the next shorter distance: more than p sites are needed
there (Minieka 1970).
"""

from dataclasses import dataclass, field
from math import ceil

import numpy as np
import numpy.typing as npt

from junheng.planning.clock import Clock
from junheng.planning.site.classical.covering import CoverProof, Whole, cover, greedy_cover


@dataclass(frozen=True, slots=True)
class Centre:
    """``radius`` reached by ``sites``. ``proof`` that more than p sites are needed at the distance ``shorter`` (both None:
    nothing shorter reaches everybody, or nothing was proven). ``solver``: the least radius by the solver's word."""

    sites: Whole
    radius: int
    shorter: int | None
    proof: CoverProof | None
    solver: int


@dataclass
class _Halving:
    ways: Whole
    barred: npt.NDArray[np.bool_]
    count: int
    clock: Clock
    found: dict[int, Whole] = field(default_factory=dict)
    proofs: dict[int, CoverProof] = field(default_factory=dict)

    def __post_init__(self) -> None:
        far = int(self.ways.max()) + 1
        self.lengths = np.where(self.barred, far, self.ways)
        levels = np.unique(self.ways[~self.barred])
        self.levels = levels[levels >= int(self.lengths.min(1).max())]  # everybody's own nearest site

    def reaches(self, radius: int) -> bool:
        """Whether ``count`` sites that reach everybody within ``radius`` were found."""
        reach, fixed = self.lengths <= radius, np.ones(self.ways.shape[1], np.int64)
        sites = greedy_cover(reach, fixed)
        if sites.size > self.count:
            self.proofs[radius] = cover(reach, fixed, self.clock, self.count)
            sites = self.proofs[radius].sites
        if sites.size <= self.count:
            self.found[radius] = sites
        return bool(sites.size <= self.count)


def centre(ways: Whole, barred: npt.NDArray[np.bool_], count: int, clock: Clock) -> Centre | None:
    """The best radius for ``count`` sites; None where no radius was found to do."""
    own = _Halving(ways, barred, count, clock)
    if not own.levels.size or barred.all(1).any() or not own.reaches(int(own.levels[-1])):
        return None
    low, high = 0, own.levels.size - 1
    while low < high:
        middle = (low + high) // 2
        if own.reaches(int(own.levels[middle])):
            high = middle
        else:
            low = middle + 1
        if clock.is_over():
            break
    sites = own.found[int(own.levels[high])]
    return _told(own, sites, int(own.lengths[:, sites].min(1).max()))


def _told(own: _Halving, sites: Whole, radius: int) -> Centre:
    """With the proof at the greatest distance below ``radius`` that shows more than ``count`` sites to be needed."""
    below = own.levels[own.levels < radius]
    if below.size and int(below[-1]) not in own.proofs and not own.clock.is_over():
        own.reaches(int(below[-1]))
    short = sorted(at for at, proof in own.proofs.items() if at < radius)
    proven = [at for at in short if ceil(own.proofs[at].bound) > own.count]
    trusted = [at for at in short if own.proofs[at].solver > own.count]
    least = int(own.levels[own.levels > trusted[-1]][0]) if trusted else int(own.levels[0])
    if not proven:
        return Centre(sites, radius, None, None, min(least, radius))
    return Centre(sites, radius, proven[-1], own.proofs[proven[-1]], min(least, radius))
