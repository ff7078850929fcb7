"""HMAC-SHA-256 over many units of 64 characters, a lane per unit (numba; FIPS 180-4, RFC 2104).

Message: 7 bytes "ticket\\0", 64 bytes unit, tail. Its second block is the same for all units but for
the unit's last 7 bytes. Word j of all lanes lies side by side, so one instruction serves many lanes.
All compiled functions stand in this one file: numba's cache looks at the file of the function it keeps,
and would go on using an old copy of one that was called from another file.
"""

from typing import Any

import numba
import numpy as np

_PREFIX = b"ticket\0"
_Words = np.ndarray[Any, np.dtype[np.uint32]]
# As many lanes at a time as keep their words within the first-level cache.
_LANES = 128


def _first_primes(count: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


def _root_bits(number: int, power: int) -> np.uint32:
    """The first 32 bits of the fraction of the square or cube root (FIPS 180-4 §4.2.2, §5.3.3)."""
    scaled = number << (32 * power)
    low, high = 0, 1 << 40
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**power <= scaled else (low, middle)
    return np.uint32(low & 0xFFFFFFFF)


_INITIAL = tuple(_root_bits(prime, 2) for prime in _first_primes(8))
_ROOTS = [_root_bits(prime, 3) for prime in _first_primes(64)]
_CONSTANTS = tuple(tuple(_ROOTS[start : start + 8]) for start in range(0, 64, 8))


def hmac_units(pads: tuple[bytes, bytes], joined: bytes, tail: bytes) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The tickets, [n, 32] bytes, of the n units written one after another in ``joined``.

    ``pads``: the seed XORed with ipad and opad; ``tail``: what follows each unit, at most 48 bytes.
    """
    units = np.frombuffer(joined, dtype=np.uint32).reshape(-1, 16)
    out = np.empty((len(units), 8), dtype=np.uint32)
    end = bytes(7) + tail + b"\x80"
    length = (64 + len(_PREFIX) + 64 + len(tail)) * 8
    second = _words(end.ljust(56, b"\0") + length.to_bytes(8, "big"))
    keys = np.array([_words(pads[0]), _words(pads[1])])
    _hmac_lanes(units, keys, np.array(_INITIAL), _words(_PREFIX + b"\0"), second, out)
    return out.view(np.uint8)


def _words(block: bytes) -> _Words:
    return np.frombuffer(block, dtype=">u4").astype(np.uint32)


@numba.njit(cache=True)
def _hmac_lanes(units, keys, initial, opening, second, out):  # type: ignore[no-untyped-def]  # numba infers the types
    """Fill ``out`` [n, 8] from ``units`` [n, 16], both in words as they lie in memory.

    Blocks 0 and 1 are those of the key and done once; 2 and 3 hold the message, 4 the inner digest. One
    loop over them, so that the long compression is compiled in one place only.
    """
    state, spent = np.zeros(8 * _LANES, dtype=np.uint32), np.zeros(8 * _LANES, dtype=np.uint32)
    inner, outer = np.zeros(8 * _LANES, dtype=np.uint32), np.zeros(8 * _LANES, dtype=np.uint32)
    body, w = np.zeros(16 * _LANES, dtype=np.uint32), np.zeros(16 * _LANES, dtype=np.uint32)
    for start in range(0, len(units), _LANES):
        lanes = min(_LANES, len(units) - start)
        _load_units(units, start, lanes, body)
        for block in range(2 if start else 0, 5):
            if block < 2:
                _spread(initial, state)
                _spread(keys[block], w)
            elif block == 2:
                _copy(inner, state)
                _first_block(body, opening, w)
            elif block == 3:
                _second_block(body, second, w)
            else:
                _digest_block(state, w)
                _copy(outer, state)
            _compress(state, w, spent)
            if block < 2:
                _copy(state, outer if block else inner)
        for i in range(lanes):
            for j in range(8):
                out[start + i, j] = _swap(state[j * _LANES + i])


@numba.njit
def _load_units(units, start, lanes, body):  # type: ignore[no-untyped-def]  # numba infers the types
    for i in range(lanes):
        for j in range(16):
            body[j * _LANES + i] = _swap(units[start + i, j])


@numba.njit
def _spread(words, target):  # type: ignore[no-untyped-def]  # numba infers the types
    """The same words in every lane."""
    for j in range(len(words)):
        for i in range(_LANES):
            target[j * _LANES + i] = words[j]


@numba.njit
def _copy(source, target):  # type: ignore[no-untyped-def]  # numba infers the types
    # Loops, here and below: every slice assigned would be one more function to compile.
    for i in range(len(source)):
        target[i] = source[i]


@numba.njit
def _first_block(body, opening, w):  # type: ignore[no-untyped-def]  # numba infers the types
    """Seven bytes of prefix, then the unit's bytes 0-56: every word straddles two of the unit's."""
    for i in range(_LANES):
        w[i] = opening[0]
        w[_LANES + i] = opening[1] | (body[i] >> np.uint32(24))
    for i in range(14 * _LANES):
        w[2 * _LANES + i] = (body[i] << np.uint32(8)) | (body[_LANES + i] >> np.uint32(24))


@numba.njit
def _second_block(body, second, w):  # type: ignore[no-untyped-def]  # numba infers the types
    """The unit's bytes 57-63, then what is the same for all: tail, marker, length."""
    _spread(second, w)
    for i in range(_LANES):
        before, last = body[14 * _LANES + i], body[15 * _LANES + i]
        w[i] = (before << np.uint32(8)) | (last >> np.uint32(24))
        w[_LANES + i] |= last << np.uint32(8)


@numba.njit
def _digest_block(state, w):  # type: ignore[no-untyped-def]  # numba infers the types
    """The inner digest as the message of the outer hash: 32 bytes after a block of key."""
    _copy(state, w)
    for i in range(_LANES):
        w[8 * _LANES + i] = np.uint32(0x80000000)
        w[15 * _LANES + i] = np.uint32(96 * 8)
    for i in range(9 * _LANES, 15 * _LANES):
        w[i] = np.uint32(0)


@numba.njit(forceinline=True)
def _swap(x):  # type: ignore[no-untyped-def]  # numba infers the types
    """The four bytes of a word, turned round."""
    middle = ((x >> np.uint32(8)) & np.uint32(0xFF00)) | ((x << np.uint32(8)) & np.uint32(0xFF0000))
    return np.uint32((x >> np.uint32(24)) | middle | (x << np.uint32(24)))


@numba.njit(forceinline=True)
def _turn(x, n):  # type: ignore[no-untyped-def]  # numba infers the types
    return np.uint32((x >> np.uint32(n)) | (x << np.uint32(32 - n)))


@numba.njit(forceinline=True)
def _one(a, b, c, d, e, f, g, h, wk):  # type: ignore[no-untyped-def]  # numba infers the types
    """One round. Only two words change; the caller turns the names instead of moving the rest."""
    t1 = np.uint32(h + (_turn(e, 6) ^ _turn(e, 11) ^ _turn(e, 25)) + (g ^ (e & (f ^ g))) + wk)
    t2 = (_turn(a, 2) ^ _turn(a, 13) ^ _turn(a, 22)) + ((a & b) | (c & (a | b)))
    return np.uint32(d + t1), np.uint32(t1 + t2)


@numba.njit(forceinline=True)
def _eight(s, w, k):  # type: ignore[no-untyped-def]  # numba infers the types
    a, b, c, d, e, f, g, h = s
    d, h = _one(a, b, c, d, e, f, g, h, w[0] + k[0])
    c, g = _one(h, a, b, c, d, e, f, g, w[1] + k[1])
    b, f = _one(g, h, a, b, c, d, e, f, w[2] + k[2])
    a, e = _one(f, g, h, a, b, c, d, e, w[3] + k[3])
    h, d = _one(e, f, g, h, a, b, c, d, w[4] + k[4])
    g, c = _one(d, e, f, g, h, a, b, c, w[5] + k[5])
    f, b = _one(c, d, e, f, g, h, a, b, w[6] + k[6])
    e, a = _one(b, c, d, e, f, g, h, a, w[7] + k[7])
    return a, b, c, d, e, f, g, h


@numba.njit(forceinline=True)
def _next(w16, w15, w7, w2):  # type: ignore[no-untyped-def]  # numba infers the types
    """W_t from W_(t-16), W_(t-15), W_(t-7), W_(t-2)."""
    low = _turn(w15, 7) ^ _turn(w15, 18) ^ (w15 >> np.uint32(3))
    high = _turn(w2, 17) ^ _turn(w2, 19) ^ (w2 >> np.uint32(10))
    return np.uint32(w16 + low + w7 + high)


@numba.njit(forceinline=True)
def _extend(u, v):  # type: ignore[no-untyped-def]  # numba infers the types
    """The eight words of the schedule after ``u`` and ``v``."""
    x0 = _next(u[0], u[1], v[1], v[6])
    x1 = _next(u[1], u[2], v[2], v[7])
    x2 = _next(u[2], u[3], v[3], x0)
    x3 = _next(u[3], u[4], v[4], x1)
    x4 = _next(u[4], u[5], v[5], x2)
    x5 = _next(u[5], u[6], v[6], x3)
    x6 = _next(u[6], u[7], v[7], x4)
    x7 = _next(u[7], v[0], x0, x5)
    return x0, x1, x2, x3, x4, x5, x6, x7


@numba.njit
def _compress(state, w, s):  # type: ignore[no-untyped-def]  # numba infers the types
    """Add one block of every lane to its state; word j of lane i stands at j * _LANES + i.

    ``state``: 8 * _LANES words, changed in place; the block ``w`` (16 * _LANES words) and scratch ``s`` are spent.
    """
    _copy(state, s)
    for part in range(4):
        if part:
            _schedule(w)
        _sixteen(s, w, _CONSTANTS[2 * part], _CONSTANTS[2 * part + 1])
    for i in range(len(state)):
        state[i] += s[i]


@numba.njit
def _sixteen(s, w, k, more):  # type: ignore[no-untyped-def]  # numba infers the types
    """Sixteen rounds of every lane. Short enough to compile soon, long enough to stay in registers."""
    for i in range(_LANES):
        t = _eight(_load(s, i), _load(w, i), k)
        _store(s, i, _eight(t, _load(w, 8 * _LANES + i), more))


@numba.njit
def _schedule(w):  # type: ignore[no-untyped-def]  # numba infers the types
    """The next sixteen words of the schedule of every lane, in place of the last sixteen."""
    for i in range(_LANES):
        u, v = _load(w, i), _load(w, 8 * _LANES + i)
        u = _extend(u, v)
        _store(w, i, u)
        _store(w, 8 * _LANES + i, _extend(v, u))


@numba.njit(forceinline=True)
def _load(words, at):  # type: ignore[no-untyped-def]  # numba infers the types
    """Eight words of one lane. Written out: only then does the compiler put the lanes side by side."""
    return (
        words[at],
        words[_LANES + at],
        words[2 * _LANES + at],
        words[3 * _LANES + at],
        words[4 * _LANES + at],
        words[5 * _LANES + at],
        words[6 * _LANES + at],
        words[7 * _LANES + at],
    )


@numba.njit(forceinline=True)
def _store(words, at, eight):  # type: ignore[no-untyped-def]  # numba infers the types
    words[at] = eight[0]
    words[_LANES + at] = eight[1]
    words[2 * _LANES + at] = eight[2]
    words[3 * _LANES + at] = eight[3]
    words[4 * _LANES + at] = eight[4]
    words[5 * _LANES + at] = eight[5]
    words[6 * _LANES + at] = eight[6]
    words[7 * _LANES + at] = eight[7]
