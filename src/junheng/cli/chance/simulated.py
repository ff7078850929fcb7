"""Simulated orders by lot: uniform, repeatable, never to be mistaken for tickets of a seed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from junheng.admissions import Market, Ranks

_PREFIX = b"junheng/simulated table/"


def simulated_ranks(market: "Market", seed: bytes, number: int) -> "Ranks":
    """The order of simulated draw ``number`` under ``seed``: every permutation equally likely, up to 2^-40.

    Raw Philox output, which numpy keeps stable (NEP 19), under a hash of seed and number.
    """
    import numpy as np

    from junheng.admissions import Ranks
    from junheng.draws import digest

    def hashed(text: bytes) -> bytes:
        return digest("sha256", _PREFIX + seed + b"/%d/" % number + text)

    stream = np.random.Philox(key=int.from_bytes(hashed(b"")[:16], "big"))
    single = _places(stream, len(market.units))
    per_school = market.problem.tickets == "per_school"
    by_application = _places(stream, market.school.size) if per_school else None

    def lot(unit: int, schools: Sequence[int]) -> Sequence[int]:
        return sorted(schools, key=lambda school: hashed(b"%d/%d" % (unit, school)))

    return Ranks(single, by_application, lot if market.problem.leftovers == "by_lot" else None)


def _places(stream: Any, count: int) -> Any:
    """The place of each of ``count`` in a random order."""
    import numpy as np

    order = np.argsort(np.asarray(stream.random_raw(count), dtype=np.uint64), kind="stable")
    places = np.empty(count, dtype=np.int64)
    places[order] = np.arange(count)
    return places
