"""A proof as a tree: where prices do not close the gap, sites are held open or shut in turn.

Every leaf holds prices whose bound is valid for its branch; together the leaves cover every plan, so that the least of
their bounds holds for all. What a leaf claims can be recomputed from its prices with no solver at all.
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Branch:
    """Sites held open and shut (columns, sorted)."""

    opened: tuple[int, ...] = ()
    shut: tuple[int, ...] = ()

    def with_open(self, site: int) -> "Branch":
        """The branch in which ``site`` is open, too."""
        return Branch(tuple(sorted((*self.opened, site))), self.shut)

    def with_shut(self, site: int) -> "Branch":
        """The branch in which ``site`` is shut, too."""
        return Branch(self.opened, tuple(sorted((*self.shut, site))))


ANYWHERE = Branch()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A branch, the bound of its ``prices`` there, and the site to split on next (-1: none is left)."""

    branch: Branch
    bound: Fraction
    prices: Any
    split: int


def grow(
    root: Leaf,
    bound_of: Callable[[Branch, Leaf], Leaf],
    is_closed: Callable[[Fraction], bool],
    most: int,
    is_over: Callable[[Sequence[Leaf]], bool] = lambda _leaves: False,
) -> list[Leaf]:
    """The leaves below ``root``: the one with the least bound is split until all are closed, or ``most`` leaves exist.

    ``bound_of(branch, parent)`` prices a child; ``is_closed(bound)``: no better plan can be there (asked anew each time,
    for a better plan may have been found meanwhile); ``is_over(leaves so far)``: end here.
    """
    heap, number = [(root.bound, 0, root)], 1
    done: list[Leaf] = []
    while heap and len(heap) + len(done) < most and not is_over([*done, *(entry[2] for entry in heap)]):
        _, _, leaf = heapq.heappop(heap)
        if is_closed(leaf.bound) or leaf.split < 0:
            done.append(leaf)
            continue
        for branch in (leaf.branch.with_open(leaf.split), leaf.branch.with_shut(leaf.split)):
            child = bound_of(branch, leaf)
            heapq.heappush(heap, (child.bound, number, child))
            number += 1
    return sorted(
        done + [leaf for _, _, leaf in heap], key=lambda leaf: (leaf.branch.opened, leaf.branch.shut)
    )
