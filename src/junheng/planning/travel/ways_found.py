"""The ways that were found between two lists of places, and what must be said about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from junheng.basics import Text

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ways:
    """Every pair within ``limit``: rows of ``origins`` and ``destinations``, and ``lengths``, sorted by origin.

    ``unit``: m or s, whole, rounded up. ``off_network``: places farther from any node than the snap distance, measured by
    great circle × detour instead. ``cut_off``: places whose roads do not join the largest part of the graph: they reach
    only what lies in their own part. ``unlocated``: places without coordinates, which reach nothing. ``basis``: how it
    was measured, in words; a result that rests on ways must say it.
    """

    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    starts: Whole
    ends: Whole
    lengths: Whole
    unit: str
    limit: float
    basis: Text
    off_network: tuple[str, ...] = ()
    cut_off: tuple[str, ...] = ()
    unlocated: tuple[str, ...] = ()

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {name: row for row, name in enumerate(self.origins)}

    @cached_property
    def _first(self) -> Whole:
        """Where the pairs of every origin begin."""
        return np.searchsorted(self.starts, np.arange(len(self.origins) + 1)).astype(np.int64)

    def of(self, origin: str) -> dict[str, int]:
        """The destinations within reach of one origin, by name. KeyError: not one of the origins."""
        row = self._rows[origin]
        part = slice(int(self._first[row]), int(self._first[row + 1]))
        ends, lengths = self.ends[part].tolist(), self.lengths[part].tolist()
        return {self.destinations[end]: length for end, length in zip(ends, lengths, strict=True)}

    def pairs(self) -> Iterator[tuple[str, str, int]]:
        """Origin, destination, length of every pair, sorted."""
        for start, end, length in zip(
            self.starts.tolist(), self.ends.tolist(), self.lengths.tolist(), strict=True
        ):
            yield self.origins[start], self.destinations[end], length
