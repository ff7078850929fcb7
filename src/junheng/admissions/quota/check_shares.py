"""The checker's own arithmetic in whole numbers: weights, shares, lifted shares, tables.

Shares no code with the producer (``shares``, ``tasks``, ``units``, ``fill``): no Fraction, another way to lift, and it
works from the published JSON alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import gcd, lcm
from typing import Any

Json = Mapping[str, Any]


def ratio(text: str) -> tuple[int, int]:
    """A number as written ("3/5", "0.6", "60%", "12") as numerator and denominator, the latter positive."""
    bare = text.strip()
    over = 100 if bare.endswith("%") else 1
    upper, _, lower = bare.rstrip("%").partition("/")
    whole, _, part = upper.partition(".")
    number, under = int(whole + part), 10 ** len(part) * int(lower or 1) * over
    common = gcd(number, under)
    return number // common, under // common


def whole_number(number: int, under: int, by: str) -> int:
    """``number``/``under`` made whole: down, up or half up."""
    if by == "down":
        return number // under
    return -(-number // under) if by == "up" else (2 * number + under) // (2 * under)


@dataclass
class Party:
    """A receiver as the checker sees it; ``weight`` over the common denominator of all weights."""

    kind: str
    id: str
    basis: int
    weight: int
    rural: bool
    schools: tuple[str, ...]
    district: str


@dataclass
class Expected:
    """A table as it must be: every cell ``parts[i][j]`` / ``under`` seats."""

    id: str
    totals: str
    fill: str
    correction: str
    rows: list[tuple[str, int, int]]  # senior school, seats, its line on the sheet
    parties: list[Party]
    served: list[list[bool]]
    parts: list[list[int]]
    under: int


def school_parties(juniors: Sequence[Json], rules: Json) -> list[Party]:
    """Every school with basis × own coefficient × rural coefficient, all over one denominator."""
    tilt = ratio(rules["rural"]["coefficient"]) if rules.get("rural") else (1, 1)
    weights = []
    for row in juniors:
        top, under = ratio(row["coefficient"])
        if row["is_rural"]:
            top, under = top * tilt[0], under * tilt[1]
        weights.append((row[rules["basis"]] * top, under))
    common = lcm(*(under for _, under in weights)) if weights else 1
    return [
        Party(
            "school", row["id"], row[rules["basis"]], top * (common // under), bool(row["is_rural"]), (row["id"],),
            row["district"],
        )
        for row, (top, under) in zip(juniors, weights, strict=True)
    ]  # fmt: skip


def together(parties: Sequence[Party], names: Sequence[str], kind: str) -> list[Party]:
    """Parties of one name taken together, in order of first appearance; a blank name stands alone."""
    found: dict[str, Party] = {}
    for party, name in zip(parties, names, strict=True):
        key = f"{kind}/{name}" if name else f"/{party.id}"
        if key not in found:
            found[key] = Party(kind if name else party.kind, name or party.id, 0, 0, True, (), party.district)
        held = found[key]
        held.basis, held.weight = held.basis + party.basis, held.weight + party.weight
        held.rural, held.schools = held.rural and party.rural, (*held.schools, *party.schools)
    return list(found.values())


def raised(
    weights: Sequence[int], promised: Sequence[bool], seats: int, least: int
) -> tuple[list[int], int] | None:
    """Shares of ``seats`` by weight with ``least`` for the promised, as parts over a denominator; None if too few.

    The promise lifts the smallest first, so it is enough to try how many of them, in ascending order, are lifted.
    """
    order = sorted((place for place, told in enumerate(promised) if told), key=lambda place: weights[place])
    for count in range(len(order) + 1):
        fixed = set(order[:count])
        rest, others = seats - least * count, sum(w for place, w in enumerate(weights) if place not in fixed)
        if rest < 0:
            return None
        following = order[count:]
        if not following or rest * weights[following[0]] >= least * others:
            under = max(others, 1)
            return [least * under if place in fixed else rest * w for place, w in enumerate(weights)], under
    return None


def expected_tables(
    name: str,
    rows: Sequence[tuple[str, int, int]],
    parties: Sequence[Party],
    served: Sequence[Sequence[bool]],
    way: Json,
    minimum: Json | None,
) -> Iterator[Expected]:
    """The tables these rows and parties must be laid out in, by the method's rule for cells."""
    shares = _shares(rows, parties, served, minimum)
    for title, block in _laid_out(name, rows, served, way["cells"]):
        used = [j for j in range(len(parties)) if way["cells"] == "controlled" or served[block[0]][j]]
        under = lcm(*(shares[i][1] for i in block))
        yield Expected(
            title,
            way["totals"],
            way["cells"] if "deal" in way["cells"] else "controlled",
            way.get("correction") or "",
            [rows[i] for i in block],
            [parties[j] for j in used],
            [[served[i][j] for j in used] for i in block],
            [[shares[i][0][j] * (under // shares[i][1]) for j in used] for i in block],
            under,
        )


def _laid_out(
    name: str, rows: Sequence[tuple[str, int, int]], served: Sequence[Sequence[bool]], cells: str
) -> Iterator[tuple[str, list[int]]]:
    """Which rows stand in which table: alone, all together, or with those that serve the same schools."""
    masks: dict[tuple[bool, ...], list[int]] = {}
    for place, mask in enumerate(served):
        masks.setdefault(tuple(mask), []).append(place)
    if cells == "separate":
        yield from ((f"{name}:{row[0]}", [place]) for place, row in enumerate(rows))
    elif cells == "controlled" and rows:
        yield name, list(range(len(rows)))
    elif cells != "controlled":
        for block in masks.values():
            yield f"{name}#{min(rows[i][0] for i in block)}" if len(masks) > 1 else name, block


def _shares(
    rows: Sequence[tuple[str, int, int]],
    parties: Sequence[Party],
    served: Sequence[Sequence[bool]],
    minimum: Json | None,
) -> list[tuple[list[int], int]]:
    found = []
    for place, (_, seats, _line) in enumerate(rows):
        weights = [party.weight if served[place][j] else 0 for j, party in enumerate(parties)]
        lifted = None
        if minimum and seats:
            promised = [
                bool(w) and (minimum["schools"] == "all" or parties[j].rural) for j, w in enumerate(weights)
            ]
            pool = seats
            if minimum["of"] == "total":
                pool = sum(
                    row[1] for other, row in enumerate(rows) if list(served[other]) == list(served[place])
                )
            lifted = raised(weights, promised, pool, minimum["seats"])
            if lifted is not None:
                lifted = ([part * seats for part in lifted[0]], lifted[1] * pool)
        found.append(lifted or ([seats * w for w in weights], max(sum(weights), 1)))
    return found
