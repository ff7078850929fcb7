"""Tickets: HMAC(s, "ticket\\0" ‖ unit), a number per unit that depends on nobody else in the roll.

The loop over the standard library's hmac is the legal definition; `junheng.draws.lanes` (extra
``numba``) computes the same bytes for many units side by side. Smaller bytes are better unless the spec
says ``descending`` (consistent sampling: Rivest, arXiv 1808.10016).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError
from junheng.draws.canonical import text_bytes
from junheng.draws.hashes import DIGEST_BYTES, hmac_digest, hmac_function
from junheng.draws.lanes_door import lane_tickets

if TYPE_CHECKING:
    import numpy as np

PREFIX = b"ticket\0"
ORDERS = ("ascending", "descending")


def ticket(hash_name: str, seed: bytes, unit: str, school: str | None = None) -> bytes:
    """The 32-byte ticket of one unit; with ``school``, its ticket at that school (per-school draws)."""
    return hmac_digest(hash_name, seed, PREFIX + text_bytes(unit) + _tail(school))


def tickets(hash_name: str, seed: bytes, units: Sequence[str], *, engine: str = "auto") -> list[bytes]:
    """The single tickets of ``units``, in their order."""
    fast = _lanes(hash_name, seed, units, None, engine)
    if fast is None:
        return stdlib_tickets(hash_name, seed, units)
    return _cut(fast)


def school_tickets(
    hash_name: str, seed: bytes, units: Sequence[str], school: str, *, engine: str = "auto"
) -> list[bytes]:
    """The tickets of ``units`` at ``school``, in their order."""
    fast = _lanes(hash_name, seed, units, school, engine)
    if fast is None:
        return stdlib_tickets(hash_name, seed, units, school)
    return _cut(fast)


def ticket_array(
    hash_name: str, seed: bytes, units: Sequence[str], school: str | None = None, *, engine: str = "auto"
) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    """The tickets as an array [len(units), 32] of bytes; with ``school``, those at that school."""
    import numpy as np

    fast = _lanes(hash_name, seed, units, school, engine)
    if fast is not None:
        return fast
    joined = b"".join(stdlib_tickets(hash_name, seed, units, school))
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(units), DIGEST_BYTES)


def stdlib_tickets(
    hash_name: str, seed: bytes, units: Sequence[str], school: str | None = None
) -> list[bytes]:
    """The legal definition: one HMAC of the standard library per unit."""
    under_seed = hmac_function(hash_name, seed)
    tail = _tail(school)
    return [under_seed(PREFIX + text_bytes(unit) + tail) for unit in units]


def shown_number(ticket_bytes: bytes, digits: int) -> str:
    """floor(ticket · 10^digits / 2^256), zero-padded: keeps the order, shortens the number.

    Where two shown numbers coincide the full ticket decides. ``digits`` from 1 to 77.
    """
    if not 1 <= digits <= 77 or len(ticket_bytes) != DIGEST_BYTES:
        raise UserError(Text(f"位数不合规定：{digits}", f"Not a number of digits for a ticket: {digits}"))
    return str(int.from_bytes(ticket_bytes, "big") * 10**digits >> 256).zfill(digits)


def _tail(school: str | None) -> bytes:
    return b"" if school is None else b"\0" + text_bytes(school)


def _cut(array: "np.ndarray[Any, np.dtype[np.uint8]]") -> list[bytes]:
    whole = array.tobytes()
    return [whole[start : start + DIGEST_BYTES] for start in range(0, len(whole), DIGEST_BYTES)]


def _lanes(
    hash_name: str, seed: bytes, units: Sequence[str], school: str | None, engine: str
) -> "np.ndarray[Any, np.dtype[np.uint8]] | None":
    """The lanes' array, or None: they would not pay, another hash, no numba, or unusual unit ids."""
    return lane_tickets(seed, units, _tail(school), engine) if hash_name == "sha256" else None
