"""The checker's own order for extra seats: remainders, rounding, ties, the lot drawn again."""

import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from junheng.admissions.quota.check_shares import Expected, Party, ratio

Key = tuple[int, ...]
Place = tuple[int, ...]  # (column,) or (row, column)


class Draw:
    """The lot as published: a seed, numbers, or none."""

    def __init__(self, lot: Mapping[str, Any]) -> None:
        self.kind = lot["kind"]
        self._seed = bytes.fromhex(lot.get("seed", ""))
        self._hash = lot.get("hash", "sha256")
        self._numbers = lot.get("numbers", {})

    def key(self, name: str, drawn_as: str, then: str) -> tuple[Any, ...] | None:
        """What orders one thing among its equals; None where nothing was drawn for it."""
        if self.kind == "seed":
            return (_hmac(self._hash, self._seed, b"ticket\0" + name.encode()), name)
        number = self._numbers.get(drawn_as)
        if number is None:
            return None
        return (int(number), then) if number.isdigit() else (number, then)


def _hmac(hash_name: str, key: bytes, message: bytes) -> bytes:
    """HMAC by the standard library; SM3 from the ground floor where this OpenSSL has none."""
    try:
        return hmac.new(key, message, hash_name).digest()
    except ValueError:
        from junheng.draws import hmac_digest

        return hmac_digest(hash_name, key, message)


def column_parts(table: Expected) -> list[int]:
    """The exact share of each column over the table's denominator."""
    return [sum(row[j] for row in table.parts) for j in range(len(table.parties))]


def column_keys(table: Expected, ties: Sequence[str]) -> dict[Place, Key]:
    """The key of every column whose share is not whole; smaller goes first, equal ones by lot."""
    shares, under = column_parts(table), table.under
    rests = {(j,): share % under for j, share in enumerate(shares) if share % under}
    spare = sum(rests.values()) // under
    over = sum(2 * rest >= under for rest in rests.values()) - spare
    return {
        place: _key(rest, under, table.parties[place[-1]], table.totals, table.correction, ties, over)
        for place, rest in rests.items()
    }


def cell_keys(table: Expected, ties: Sequence[str]) -> dict[Place, Key]:
    """The key of every cell whose share is not whole."""
    totals = "lot" if table.totals == "lot" else "largest_remainder"
    return {
        (i, j): _key(part % table.under, table.under, table.parties[j], totals, "", ties, 0)
        for i, row in enumerate(table.parts)
        for j, part in enumerate(row)
        if part % table.under
    }


def _key(
    rest: int, under: int, party: Party, totals: str, correction: str, ties: Sequence[str], over: int
) -> Key:
    after = tuple(-party.basis if tie == "graduates" else 0 if party.rural else 1 for tie in ties)
    if totals == "lot":
        return ()
    if totals == "largest_remainder":
        return (-rest, *after)
    high = 2 * rest >= under
    side = 0 if high else 1
    contested = (over > 0 and high) or (over < 0 and not high)
    if contested and correction == "remainder":
        return (side, -rest, *after)
    if contested and correction == "most_graduates":
        return (side, party.basis if high else -party.basis)
    return (side,)


def lot_keys(table: Expected, draw: Draw, places: Sequence[Place]) -> dict[Place, tuple[Any, ...] | None]:
    """What the lot says of each place, by the names the method gives them."""
    found: dict[Place, tuple[Any, ...] | None] = {}
    for place in places:
        party = table.parties[place[-1]]
        name, then = f"{table.id}|{party.kind}:{party.id}", ""
        if len(place) == 2:
            then = table.rows[place[0]][0]
            name = f"{name}|{then}"
        found[place] = draw.key(name, party.id, then)
    return found


def same_number(one: str, part: int, under: int) -> bool:
    """Whether the text of a fraction is part/under."""
    top, bottom = ratio(one)
    return top * under == part * bottom
