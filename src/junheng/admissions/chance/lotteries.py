"""Fresh orders by lot for simulated draws: uniform, repeatable, never the official one."""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from junheng.admissions.assignment import Ranks
from junheng.admissions.market import Ints, Market

_TABLE = b"junheng/simulated table/"


def lottery(market: Market, seed: bytes, number: int) -> Ranks:
    """The order of simulated draw ``number``: a uniformly random permutation; per school where tickets are.

    The stream is Philox under a hash of ``seed`` and ``number``, whose raw output numpy keeps stable (NEP 19), so that a
    report can be repeated.
    """
    stream = np.random.Philox(key=_key(seed, number))
    single = _places(stream, len(market.units))
    by_application = _places(stream, market.school.size) if market.problem.tickets == "per_school" else None

    def lot(unit: int, schools: Sequence[int]) -> Sequence[int]:
        return sorted(schools, key=lambda school: hashlib.sha256(_name(seed, number, unit, school)).digest())

    return Ranks(single, by_application, lot if market.problem.leftovers == "by_lot" else None)


def table_lottery(market: Market, seed: bytes, number: int) -> Ranks:
    """The order of simulated draw ``number`` of the table by school and place; its stream is apart from ``lottery``'s.

    Every permutation is equally likely, up to 2^-40: numbers of 64 bits, equal ones by their index.
    """

    def hashed(text: bytes) -> bytes:
        return hashlib.sha256(_TABLE + seed + b"/%d/" % number + text).digest()

    stream = np.random.Philox(key=int.from_bytes(hashed(b"")[:16], "big"))
    single = _whole_places(stream, len(market.units))
    per_school = market.problem.tickets == "per_school"
    by_application = _whole_places(stream, market.school.size) if per_school else None

    def lot(unit: int, schools: Sequence[int]) -> Sequence[int]:
        return sorted(schools, key=lambda school: hashed(b"%d/%d" % (unit, school)))

    return Ranks(single, by_application, lot if market.problem.leftovers == "by_lot" else None)


def resampled(market: Market, own: int, seed: bytes, number: int) -> tuple[Market, int]:
    """A market like ``market`` with its other units drawn anew with replacement; the unit ``own`` stays, as the last.

    It stands for a year that is like the known one but not the same: the unit's place in the new market comes with it.
    """
    count = len(market.units)
    stream = np.random.Philox(key=_key(seed + b"/market", number))
    others = np.delete(np.arange(count), own)
    raw = np.asarray(stream.random_raw(count - 1), dtype=np.uint64)
    # The high 64 bits of raw · (count - 1) would be exact; the share of a double is uniform to 2^-53.
    picked = others[((raw >> np.uint64(11)).astype(np.float64) * 2.0**-53 * (count - 1)).astype(np.int64)]
    units = np.append(picked, own)
    start, application = _gather(market.start, units)
    fallback_start, fallback = _gather(market.fallback_start, units)
    return (
        Market(
            problem=market.problem,
            pids=range(count),  # type: ignore[arg-type]  # nobody is named in a simulated market
            row_unit=np.arange(count),
            units=range(count),  # type: ignore[arg-type]  # as above
            size=market.size[units],
            start=start,
            school=market.school[application],
            klass=market.klass[application],
            fallback_start=fallback_start,
            fallback=market.fallback[fallback],
        ),
        count - 1,
    )


def _gather(start: Ints, units: Ints) -> tuple[Ints, Ints]:
    """The lists of ``units`` one after another: where each begins, and the places they are taken from."""
    lengths = np.diff(start)[units]
    starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    return starts, np.arange(starts[-1]) + np.repeat(start[units] - starts[:-1], lengths)


def _places(stream: Any, count: int) -> Ints:
    """The place of each of ``count`` in a random order; equal numbers (of 48 bits) by their index.

    Sorted by 16 bits at a time, which numpy does by counting: twice as fast as comparing.
    """
    raw = np.asarray(stream.random_raw(count), dtype=np.uint64)
    order = np.arange(count)
    for shift in (0, 16, 32):
        digits = (raw >> np.uint64(shift)).astype(np.uint16)
        order = order[np.argsort(digits[order], kind="stable")]
    places = np.empty(count, dtype=np.int64)
    places[order] = np.arange(count)
    return places


def _whole_places(stream: Any, count: int) -> Ints:
    """The place of each of ``count`` in a random order by all 64 bits, as ``table_lottery`` has always drawn it."""
    order = np.argsort(np.asarray(stream.random_raw(count), dtype=np.uint64), kind="stable")
    places = np.empty(count, dtype=np.int64)
    places[order] = np.arange(count)
    return places


def _key(seed: bytes, number: int) -> int:
    return int.from_bytes(hashlib.sha256(b"junheng/simulated/" + seed + b"/%d" % number).digest()[:16], "big")


def _name(seed: bytes, number: int, unit: int, school: int) -> bytes:
    return b"junheng/simulated/lot/%b/%d/%d/%d" % (seed, number, unit, school)
