"""The two hash functions a draw may name, and HMAC (RFC 2104) over them; digests are 32 bytes."""

import hashlib
import hmac
from collections.abc import Callable
from functools import cache

from junheng.basics import Text, UserError
from junheng.draws.sm3 import sm3

HASHES = ("sha256", "sm3")
DIGEST_BYTES = 32
_BLOCK_BYTES = 64


def digest(name: str, data: bytes) -> bytes:
    """H(data). ``name``: sha256 (FIPS 180-4) or sm3 (GB/T 32905-2016); another raises UserError."""
    return digest_function(name)(data)


@cache
def digest_function(name: str) -> Callable[[bytes], bytes]:
    """H as a function of the bytes alone, for long loops."""
    if name not in HASHES:
        raise UserError(
            Text(f"不支持的杂凑算法：{name}", f"Unknown hash function: {name}"),
            where="hash",
            fix=Text("请写 sha256 或 sm3", "write sha256 or sm3"),
        )
    if name == "sha256":
        return lambda data: hashlib.sha256(data).digest()
    return _library_sm3 if _library_has_sm3() else sm3


def hmac_digest(name: str, key: bytes, data: bytes) -> bytes:
    """HMAC(key, data) of RFC 2104 over H; 32 bytes."""
    return hmac_function(name, key)(data)


def hmac_function(name: str, key: bytes) -> Callable[[bytes], bytes]:
    """HMAC under one key as a function of the message, for long loops."""
    plain = digest_function(name)
    if name == "sha256" or _library_has_sm3():
        return lambda data: hmac.digest(key, data, name)
    inner, outer = hmac_pads(name, key)
    return lambda data: plain(outer + plain(inner + data))


def hmac_pads(name: str, key: bytes) -> tuple[bytes, bytes]:
    """The key XORed with ipad and with opad (RFC 2104 §2), 64 bytes each."""
    short = digest(name, key) if len(key) > _BLOCK_BYTES else key
    block = short.ljust(_BLOCK_BYTES, b"\0")
    return bytes(x ^ 0x36 for x in block), bytes(x ^ 0x5C for x in block)


@cache
def _library_has_sm3() -> bool:
    """Whether this OpenSSL computes SM3 (a name may be listed and still be refused)."""
    try:
        return hashlib.new("sm3", b"abc").digest() == sm3(b"abc")
    except ValueError:
        return False


def _library_sm3(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest()
