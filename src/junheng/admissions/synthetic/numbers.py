"""Repeatable numbers for made-up data: the bytes of a hash of what is drawn, everywhere the same.

An extendable hash (SHAKE-256, FIPS 202) of a seed and a name gives as many numbers as wanted; only whole numbers are
computed from them, so no library and no processor can change a made-up child.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from junheng.admissions.market import Ints

Item = TypeVar("Item")
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers named by what they are for: the order of the calls does not matter."""

    seed: str

    def words(self, name: str, count: int) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
        """``count`` numbers of 64 random bits [count]."""
        drawn = hashlib.shake_256(f"{self.seed}|{name}".encode()).digest(8 * count)
        return np.frombuffer(drawn, dtype="<u8").astype(np.uint64)

    def below(self, name: str, count: int, high: int) -> Ints:
        """``count`` whole numbers from 0 to ``high`` - 1 (high up to 2^32), even to one part in 2^32 [count]."""
        return ((self.words(name, count) >> _HALF) * np.uint64(high) >> _HALF).astype(np.int64)

    def bell(self, name: str, count: int, spread: int) -> Ints:
        """``count`` whole numbers around 0 with a standard deviation near ``spread``: a sum of twelve even ones."""
        total = sum(self.below(f"{name}/{part}", count, 2 * spread + 1) for part in range(12))
        return (np.asarray(total, dtype=np.int64) - 12 * spread) // 2

    def pick(self, name: str, count: int, items: Sequence[Item]) -> list[Item]:
        """``count`` of ``items``, with repetition."""
        return [items[place] for place in self.below(name, count, len(items)).tolist()]


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` in whole parts proportional to ``weights`` (largest remainders, the first wins a tie)."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts
