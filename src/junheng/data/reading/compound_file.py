"""One stream out of a compound file, the container of an .xls ([MS-CFB] 2.2 to 2.6)."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # numbers from here on are marks, no sectors
_ENTRY_BYTES, _ROOT = 128, 5
_SECTORS_AT, _SECTORS_LISTED = 76, 109


@dataclass(frozen=True, slots=True)
class _Sectors:
    """``data`` cut into pieces of ``size`` bytes from ``first`` on; ``following`` gives the next one's number."""

    data: bytes
    first: int
    size: int
    following: Sequence[int]

    def one(self, number: int) -> bytes:
        begin = self.first + number * self.size
        return self.data[begin : begin + self.size]

    def chain(self, number: int) -> bytes:
        """The sectors from ``number`` on, joined. Raises ValueError when they run in circles."""
        found: list[bytes] = []
        while number < _LAST_SECTOR:
            found.append(self.one(number))
            if len(found) > len(self.following):
                raise ValueError("the sectors run in circles")
            number = self.following[number]
        return b"".join(found)


def stream_of(content: bytes, names: Sequence[str]) -> bytes:
    """The bytes of the first stream with one of ``names``.

    Raises ValueError, IndexError or struct.error when the file is damaged or has none.
    """
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    if not (9 <= shift <= 12 and 4 <= small_shift <= 9):
        raise ValueError("no size of sectors that is in use")
    directory, cutoff, small = struct.unpack_from("<I4xII", content, 48)
    size = 1 << shift
    sectors = _Sectors(content, size, size, _following(content, size))
    entries = list(_entries(sectors.chain(directory)))
    root = next((entry for entry in entries if entry.kind == _ROOT), None)
    wanted = next((entry for name in names for entry in entries if entry.name == name), None)
    if root is None or wanted is None:
        raise ValueError("no such stream")
    if wanted.size >= cutoff:
        return sectors.chain(wanted.start)[: wanted.size]
    smaller = _Sectors(sectors.chain(root.start), 0, 1 << small_shift, _numbers(sectors.chain(small)))
    return smaller.chain(wanted.start)[: wanted.size]


def _following(content: bytes, size: int) -> list[int]:
    """The number that follows each sector: the table that the header, and sectors chained to it, list."""
    more, count = struct.unpack_from("<II", content, 68)
    plain = _Sectors(content, size, size, ())
    listed = _numbers(content[_SECTORS_AT : _SECTORS_AT + 4 * _SECTORS_LISTED])
    for _ in range(min(count, len(content) // size)):
        numbers = _numbers(plain.one(more))
        listed += numbers[:-1]
        more = numbers[-1]
    return [number for sector in listed if sector < _LAST_SECTOR for number in _numbers(plain.one(sector))]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


def _entries(directory: bytes) -> Iterator[_Entry]:
    for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        length, kind = struct.unpack_from("<HB", directory, place + 64)
        start, size = struct.unpack_from("<II", directory, place + 116)
        name = directory[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
        yield _Entry(name, kind, start, size)
