"""The statutory list of a zone's streets, door numbers, communities; gaps and double claims.

Door numbers as bureaus write them: 1-199单、2-200双、201以上、5、12弄、全部. Odd and even sides are claimed apart; a range
that names no side claims both. What is claimed twice, or by nobody between two claims, is listed – never mended.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from junheng.planning.frozen import Json

_ALL = frozenset({"", "全部", "全路段", "整条街", "全段", "全村", "全小区", "all"})
_SIDES = {"单": (1,), "奇": (1,), "双": (0,), "偶": (0,), "": (1, 0)}
_NOISE = re.compile(r"[\s号（）()第]")
_JOINED = re.compile(r"(?<=\d)[\s号（）()第]+(?=\d)")  # 12号501 is not door 12501
_PART = re.compile(
    r"(?P<a>[单双奇偶])?(?P<low>\d{1,6})(?:[-–—~～至到](?P<high>\d{1,6})|(?P<up>以上|起|及以上))?"
    r"(?P<kind>弄|院|巷|幢|栋|组)?(?P<b>[单双奇偶])?"
)
Street = tuple[str, str]  # street, kind of number ("" for doors, 弄, 院 …)


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """Numbers low…high (None: without end) of one side (1 odd, 0 even) of a street, claimed by a block."""

    street: Street
    side: int
    low: int
    high: int | None
    block: str


def readable(numbers: str) -> bool:
    """Whether a text of door numbers is understood."""
    return numbers.strip() in _ALL or all(_part(part) for part in _parts(numbers))


def claims(block: Json) -> list[Claim]:
    """What the addresses of a block claim. Numbers that are not understood claim nothing."""
    found = []
    for address in block.get("addresses", []):
        street, numbers = address["street"], address["numbers"]
        if numbers.strip() in _ALL:
            found += [Claim((street, ""), side, 2 - side, None, block["id"]) for side in (1, 0)]
            continue
        for low, high, sides, kind in filter(None, map(_part, _parts(numbers))):
            for side in sides:
                first, last = _on_side(low, high, side)
                if last is None or first <= last:
                    found.append(Claim((street, kind), side, first, last, block["id"]))
    return sorted(found, key=_order)


def _order(claim: Claim) -> tuple[object, ...]:
    return claim.street, -claim.side, claim.low, claim.high is None, claim.high or 0, claim.block


def _parts(numbers: str) -> list[str]:
    plain = _NOISE.sub("", _JOINED.sub("?", numbers))
    return [part for part in re.split(r"[、，,；;/]", plain) if part]


def _part(text: str) -> tuple[int, int | None, tuple[int, ...], str] | None:
    """(low, high, sides, kind) of one part; None where it is not understood or runs backwards."""
    found = _PART.fullmatch(text)
    if not found or (found["a"] and found["b"]):
        return None
    low = int(found["low"])
    high = None if found["up"] else int(found["high"] or low)
    if high is not None and high < low:
        return None
    return low, high, _SIDES[found["a"] or found["b"] or ""], found["kind"] or ""


def _on_side(low: int, high: int | None, side: int) -> tuple[int, int | None]:
    first = low if low % 2 == side else low + 1
    return first, None if high is None else (high if high % 2 == side else high - 1)


def address_faults(blocks: Iterable[Json]) -> list[Json]:
    """Double claims, gaps between claims, sides claimed by nobody, blocks without addresses.

    [{"fault": double | gap | side | none, "street", "side", "low", "high" (absent: without end), "blocks"}].
    """
    blocks = list(blocks)
    by_side: dict[tuple[Street, int], list[Claim]] = defaultdict(list)
    for block in blocks:
        for claim in claims(block):
            by_side[claim.street, claim.side].append(claim)
    found = [{"fault": "none", "blocks": [b["id"]]} for b in blocks if not b.get("addresses")]
    for key in sorted(by_side):
        found += _faults_of_side(sorted(by_side[key], key=_order))
    for street, side in sorted(by_side):
        if not street[1] and (street, 1 - side) not in by_side and _is_range(by_side[street, side]):
            who = sorted({claim.block for claim in by_side[street, side]})
            found.append(
                {"fault": "side", "street": _written(street), "side": _SIDE[1 - side], "blocks": who}
            )
    return found


_SIDE = {1: "odd", 0: "even"}


def _is_range(found: list[Claim]) -> bool:
    """Whether more than single doors are claimed: of single doors nobody expects the other side."""
    return any(claim.high is None or claim.high > claim.low for claim in found)


def _written(street: Street) -> str:
    return f"{street[0]}（{street[1]}）" if street[1] else street[0]


def _faults_of_side(sorted_claims: list[Claim]) -> list[Json]:
    """Along one side of a street: what two blocks claim, and what lies unclaimed between two claims."""
    found: list[Json] = []
    top = sorted_claims[0]  # reaches farthest so far
    for _, claim in pairwise(sorted_claims):
        head = {"street": _written(claim.street), "side": _SIDE[claim.side]}
        ends = _ends(top), _ends(claim)
        if claim.low <= ends[0]:
            if claim.block != top.block:
                low, high = claim.low, min(ends)
                row = {"fault": "double", **head, "low": low, "blocks": sorted({top.block, claim.block})}
                found.append(row | ({"high": int(high)} if high < _ENDLESS else {}))
        elif claim.low > ends[0] + 2 and not claim.street[1]:
            gap = {"low": int(ends[0]) + 2, "high": claim.low - 2}
            found.append({"fault": "gap", **head, **gap, "blocks": sorted({top.block, claim.block})})
        if ends[1] > ends[0]:
            top = claim
    return found


_ENDLESS = 10**7


def _ends(claim: Claim) -> int:
    return _ENDLESS if claim.high is None else claim.high


def address_list(blocks: Iterable[Json], zone_of: Mapping[str, str]) -> list[Json]:
    """[{"zone", "street", "numbers", "community"}]: neighbouring ranges of a zone joined, by zone and street."""
    found: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for block in blocks:
        if block["id"] not in zone_of:
            continue
        for address in block.get("addresses", []):
            key = (zone_of[block["id"]], address["street"], address["community"])
            found[key] += claims({"id": block["id"], "addresses": [address]})
    return [
        {
            "zone": zone,
            "street": street,
            "numbers": _numbers(found[zone, street, community]),
            "community": community,
        }
        for zone, street, community in sorted(found)
    ]


def _numbers(found: list[Claim]) -> str:
    """Joined ranges in words: 1-400, 单号1-199、双号2-100, 201以上, 全部."""
    written = []
    for kind in sorted({claim.street[1] for claim in found}):
        sides = {s: _joined([c for c in found if c.street[1] == kind and c.side == s]) for s in (1, 0)}
        written += _sides_written(sides[1], sides[0], kind)
    return "、".join(written)


def _joined(found: list[Claim]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for claim in sorted(found, key=_order):
        if ranges and claim.low <= ranges[-1][1] + 2:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], _ends(claim)))
        else:
            ranges.append((claim.low, _ends(claim)))
    return ranges


def _sides_written(odd: list[tuple[int, int]], even: list[tuple[int, int]], kind: str) -> list[str]:
    """Ranges of both sides that run together are written as one."""
    both, lone = [], []
    left = list(even)
    for low, high in odd:
        beside = next((e for e in left if abs(e[0] - low) == 1 and _level(e[1], high)), None)
        if beside is None:
            lone.append(_range(low, high, "单号", kind))
        else:
            left.remove(beside)
            both.append(_range(min(low, beside[0]), max(high, beside[1]), "", kind))
    return both + lone + [_range(low, high, "双号", kind) for low, high in left]


def _level(one: int, other: int) -> bool:
    return abs(one - other) == 1 or one == other == _ENDLESS


def _range(low: int, high: int, side: str, kind: str) -> str:
    if high >= _ENDLESS:
        return "全部" if low <= 1 and not side else f"{side}{low}以上"
    alone = low == high
    return f"{side if not alone else ''}{low}{kind}" if alone else f"{side}{low}-{high}{kind}"
