"""Repeatable draws for made-up data: a hash of the seed and of the name of what is drawn."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

_BITS = 53  # as many as a double holds exactly


@dataclass(frozen=True, slots=True)
class Draws:
    """Random numbers named by what they are for: the order of the calls does not matter.

    A hash, not a generator of a library: its stream is the same in every version and on every machine, so a
    committed workbook can be made again.
    """

    seed: int

    def unit(self, *name: object) -> float:
        """A number in [0, 1) for this name."""
        text = "|".join(str(part) for part in (self.seed, *name))
        digest = hashlib.sha256(text.encode()).digest()
        return (int.from_bytes(digest[:8], "big") >> (64 - _BITS)) / (1 << _BITS)

    def between(self, low: float, high: float, *name: object) -> float:
        """A number in [low, high) for this name."""
        return low + (high - low) * self.unit(*name)

    def whole(self, low: int, high: int, *name: object) -> int:
        """A whole number in low..high, both included."""
        return low + int((high - low + 1) * self.unit(*name))

    def share(self, total: int, low: float, high: float, *name: object) -> int:
        """Part of ``total``, between the shares ``low`` and ``high``, in whole units, rounded down."""
        return int(total * self.between(low, high, *name))


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` in whole parts proportional to ``weights`` (largest remainders; first wins a tie)."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts
