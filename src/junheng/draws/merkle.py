"""Merkle trees of RFC 6962 §2.1: root, audit path, consistency proof, and the checks of RFC 9162.

A leaf is hashed with a zero byte before it, a node with a one byte, so neither can pass for the other.
"""

from collections.abc import Sequence

from junheng.basics import Text, UserError
from junheng.draws.hashes import digest, digest_function


class MerkleTree:
    """All levels of the tree over ``leaves`` (their bytes, in order); paths then cost O(log n)."""

    def __init__(self, hash_name: str, leaves: Sequence[bytes]) -> None:
        self.hash_name = hash_name
        self.size = len(leaves)
        plain = digest_function(hash_name)
        level = [plain(b"\0" + leaf) for leaf in leaves]
        self._levels = [level]
        while len(level) > 1:
            paired = [plain(b"\1" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
            # An odd node moves up unchanged: the same tree as splitting at the largest power of two.
            level = paired + level[len(paired) * 2 :]
            self._levels.append(level)

    @property
    def root(self) -> bytes:
        """The tree head; of no leaves: H of nothing."""
        return self._levels[-1][0] if self.size else digest(self.hash_name, b"")

    def inclusion_path(self, index: int) -> list[bytes]:
        """PATH(index, D[n]) of RFC 6962 §2.1.1, from the leaf upwards."""
        if not 0 <= index < self.size:
            raise _outside(index, self.size)
        path = []
        for level in self._levels[:-1]:
            if index ^ 1 < len(level):
                path.append(level[index ^ 1])
            index >>= 1
        return path

    def consistency_path(self, old_size: int) -> list[bytes]:
        """PROOF(old_size, D[n]) of RFC 6962 §2.1.2; empty for no leaves or all of them."""
        if not 0 <= old_size <= self.size:
            raise _outside(old_size, self.size)
        if old_size in (0, self.size):
            return []
        return self._subproof(old_size, 0, self.size, whole=True)

    def _subproof(self, m: int, start: int, end: int, *, whole: bool) -> list[bytes]:
        n = end - start
        if m == n:
            return [] if whole else [self._range_root(start, end)]
        k = _split(n)
        if m <= k:
            return [*self._subproof(m, start, start + k, whole=whole), self._range_root(start + k, end)]
        return [*self._subproof(m - k, start + k, end, whole=False), self._range_root(start, start + k)]

    def _range_root(self, start: int, end: int) -> bytes:
        n = end - start
        if n & (n - 1) == 0:  # a full subtree stands whole on its own level
            height = n.bit_length() - 1
            return self._levels[height][start >> height]
        middle = start + _split(n)
        both = self._range_root(start, middle) + self._range_root(middle, end)
        return digest(self.hash_name, b"\1" + both)


def merkle_root(hash_name: str, leaves: Sequence[bytes]) -> bytes:
    """MTH(leaves) of RFC 6962 §2.1."""
    return MerkleTree(hash_name, leaves).root


def inclusion_path(hash_name: str, leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of one leaf (0-based); for many leaves keep a MerkleTree."""
    return MerkleTree(hash_name, leaves).inclusion_path(index)


def consistency_path(hash_name: str, leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """The proof that the first ``old_size`` leaves were not touched when the others were added."""
    return MerkleTree(hash_name, leaves).consistency_path(old_size)


def check_inclusion(
    hash_name: str, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether ``leaf`` is number ``index`` (from 0) of ``size`` under ``root`` (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    plain = digest_function(hash_name)
    place, last, found = index, size - 1, plain(b"\0" + leaf)
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = plain(b"\1" + step + found)
            while place & 1 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            found = plain(b"\1" + found + step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def check_consistency(
    hash_name: str, old_size: int, new_size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the tree of ``new_size`` only adds to the one of ``old_size`` (RFC 9162 §2.1.4.2)."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == 0:  # anything adds to nothing
        return not path and old_root == digest(hash_name, b"")
    if old_size == new_size:
        return not path and old_root == new_root
    steps = list(path) if old_size & (old_size - 1) else [old_root, *path]
    if not steps:
        return False
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    return _climb(hash_name, place, last, steps) == (old_root, new_root)


def _climb(hash_name: str, place: int, last: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The old and the new root that ``steps`` lead to; None when there are too many or too few."""
    plain = digest_function(hash_name)
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = plain(b"\1" + step + old), plain(b"\1" + step + new)
            while place & 1 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            new = plain(b"\1" + new + step)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def _split(n: int) -> int:
    """The largest power of two smaller than ``n``."""
    return int(1 << ((n - 1).bit_length() - 1))


def _outside(index: int, size: int) -> UserError:
    return UserError(
        Text(f"序号 {index} 超出 {size} 行", f"Number {index} lies outside {size} rows"),
        fix=Text("序号从 0 起", "numbers start at 0"),
    )
