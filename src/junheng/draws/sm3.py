"""SM3 in plain Python (GB/T 32905-2016), for builds of OpenSSL that lack it."""

_IV = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
_MASK = 0xFFFFFFFF


def _turn(x: int, n: int) -> int:
    n %= 32
    return ((x << n) | (x >> (32 - n))) & _MASK


# Clause 4.2, already turned left by the round's number as clause 5.3.3 uses it.
_CONSTANTS = [_turn(0x79CC4519 if j < 16 else 0x7A879D8A, j) for j in range(64)]


def sm3(data: bytes) -> bytes:
    """The 32-byte SM3 digest of ``data``."""
    length = len(data) * 8
    padded = data + b"\x80" + bytes((55 - len(data)) % 64) + length.to_bytes(8, "big")
    state: tuple[int, ...] = _IV
    for start in range(0, len(padded), 64):
        state = _compress(state, padded[start : start + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


def _expand(block: bytes) -> list[int]:
    """Message expansion, clause 5.3.2: W_0..W_67."""
    w = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ _turn(w[j - 3], 15)
        x ^= _turn(x, 15) ^ _turn(x, 23)
        w.append(x ^ _turn(w[j - 13], 7) ^ w[j - 6])
    return w


def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """Compression function, clause 5.3.3."""
    w = _expand(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        a12 = _turn(a, 12)
        ss1 = _turn((a12 + e + _CONSTANTS[j]) & _MASK, 7)
        if j < 16:
            ff, gg = a ^ b ^ c, e ^ f ^ g
        else:
            ff, gg = (a & b) | (a & c) | (b & c), (e & f) | (~e & g)
        tt1 = (ff + d + (ss1 ^ a12) + (w[j] ^ w[j + 4])) & _MASK
        tt2 = (gg + h + ss1 + w[j]) & _MASK
        d, c, b, a = c, _turn(b, 9), a, tt1
        h, g, f, e = g, _turn(f, 19), e, tt2 ^ _turn(tt2, 9) ^ _turn(tt2, 17)
    return tuple(x ^ y for x, y in zip((a, b, c, d, e, f, g, h), state, strict=True))
