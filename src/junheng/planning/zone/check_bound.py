"""For the check alone: what no plan can cost less than, from stated prices, in whole numbers.

For prices π of seats (below 0: of the floor), ρ of the needy balance (|ρ| ≤ w) and θ ≥ 0 of contiguity every plan costs at least
  Σ_b min_z [cost + π_z·pupils + ρ_z·apart + θ of its own rows - θ of the rows it serves] - Σ_z (π⁺·seats - π⁻·floor),
because at these prices each block may choose alone; and for prices λ of blocks at least
  Σ_b λ + Σ_z min {Σ (cost + ρ_z·apart ± θ - λ) over sets of blocks that fill the floor and fit the seats},
because at these each zone may choose alone. A row of contiguity – the block needs one of ``through`` in the zone – counts only
where the blocks of ``through`` cut every way from the block to the zone's seed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor, lcm
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import exact
from junheng.planning.zone.check_knapsack import by_blocks
from junheng.planning.zone.check_scene import Scene
from junheng.planning.zone.check_words import shown

Json = dict[str, Any]
_DIGITS = 10**6  # bounds are stated to so many parts of a metre-pupil, cut off downwards


def stated_bound(scene: Scene, prices: Sequence[Json], *, is_short: bool = False) -> Fraction:
    """The bound as an outcome states it: of the cost, or (``is_short``) of pupils beyond the limits."""
    return Fraction(floor(bound(scene, prices, is_short=is_short) * _DIGITS), _DIGITS)


def bound(scene: Scene, prices: Sequence[Json], *, is_short: bool = False) -> Fraction:
    """The better of the bounds the prices give. Raises ValueError for a price that proves nothing."""
    if wrong := faults(scene, prices, is_short=is_short):
        raise ValueError(wrong[0].en)
    priced = _Priced(scene, prices, is_short)
    total = priced.by_seats()
    if priced.blocks:
        total = max(total, by_blocks(scene, priced.costs(), priced.blocks, priced.unit))
    return Fraction(total, priced.unit)


class _Priced:
    """The problem at stated prices, in whole parts of 1/unit."""

    def __init__(self, scene: Scene, prices: Sequence[Json], is_short: bool) -> None:
        self.scene, self.is_short = scene, is_short
        seats, needy, extra, blocks = _read(prices)
        parts = scene.share.denominator
        every = [*seats.values(), *needy.values(), *extra.values(), *blocks.values(), scene.metre, scene.move]
        base = lcm(*(value.denominator for value in every))
        self.unit = base * parts
        self.seats = {zone: _whole(price, self.unit) for zone, price in seats.items()}
        self.needy = {zone: _whole(price, base) for zone, price in needy.items()}
        self.extra = {pair: _whole(price, self.unit) for pair, price in extra.items()}
        self.blocks = {block: _whole(price, self.unit) for block, price in blocks.items()}
        self.paid = _whole(sum((_paid(scene, *one) for one in seats.items()), start=Fraction(0)), self.unit)
        ways = (0, 0) if is_short else (_whole(scene.metre, self.unit), _whole(scene.move, self.unit))
        self.metre, self.move = ways
        known = scene.blocks if self.needy else ()
        self.apart = {block: _whole(scene.apart(block), parts) for block in known}

    def costs(self) -> dict[str, dict[str, int]]:
        """By block and open zone: cost, balance and contiguity; seats not paid for."""
        return {
            block: {zone: self._cost(block, zone) for zone in zones}
            for block, zones in self.scene.open.items()
        }

    def _cost(self, block: str, zone: str) -> int:
        scene = self.scene
        way = self.metre * scene.metres[block][zone] + self.move * scene.is_moved(block, zone)
        even = self.needy.get(zone, 0) * self.apart[block] if self.needy else 0
        return int(scene.pupils[block] * way + even + self.extra.get((block, zone), 0))

    def by_seats(self) -> int:
        """Seats paid for by pupil; each block chooses alone."""
        total = self.paid
        for block, costs in self.costs().items():
            pupils = self.scene.pupils[block]
            lost = [pupils * self.unit] if self.is_short else []
            if costs or lost:
                total += min([cost + pupils * self.seats.get(zone, 0) for zone, cost in costs.items()] + lost)
        return total


def _whole(value: Fraction, unit: int) -> int:
    """``value`` in parts of 1/unit. Raises ValueError where that is no whole number."""
    found = value * unit
    if found.denominator != 1:
        raise ValueError("a price has too many digits")
    return found.numerator


def _paid(scene: Scene, zone: str, price: Fraction) -> Fraction:
    """What the seats and floor of a zone take from the bound."""
    return -price * Fraction(scene.seats[zone] if price > 0 else scene.floors[zone])


_Read = tuple[dict[str, Fraction], dict[str, Fraction], dict[tuple[str, str], Fraction], dict[str, Fraction]]


def _read(prices: Iterable[Json]) -> _Read:
    """Prices of seats and balance by zone; what rows of contiguity add to each pair; prices of blocks."""
    seats: dict[str, Fraction] = {}
    needy: dict[str, Fraction] = {}
    blocks: dict[str, Fraction] = {}
    extra: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in prices:
        price = exact(row["price"])
        if row["row"] == "contiguity":
            extra[row["block"], row["zone"]] += price
            for name in row["through"]:
                extra[name, row["zone"]] -= price
        elif row["row"] == "block":
            blocks[row["block"]] = price
        else:
            (seats if row["row"] == "capacity" else needy)[row["zone"]] = price
    return seats, needy, extra, blocks


def faults(scene: Scene, prices: Sequence[Json], *, is_short: bool = False) -> list[Text]:
    """What makes prices worthless: unknown rows, wrong signs, rows of contiguity that need not hold."""
    found = []
    for row in prices:
        kind, price, zone = row["row"], exact(row["price"]), row.get("zone")
        said = shown(price).en
        if kind == "block" and row["block"] in scene.blocks and not is_short:
            continue
        if kind not in {"capacity", "needy", "contiguity"} or zone not in scene.zones:
            found.append(Text(f"没有这样的一行：{kind} {zone}", f"no such row: {kind} of {zone}"))
        elif kind == "capacity" and is_short and abs(price) > 1:
            zh = f"超出限制的每名学生计 1，学区 {zone} 的价格却是 {said}"
            found.append(Text(zh, f"a pupil beyond the limits counts 1, the price at {zone} is {said}"))
        elif kind == "needy" and (is_short or abs(price) > scene.needy):
            most = shown(scene.needy).en
            zh = f"学区 {zone} 的均衡价格 {said} 超过上限 {most}"
            found.append(Text(zh, f"the price of balance at {zone} is {said}, above what it may be, {most}"))
        elif kind == "contiguity" and (price < 0 or not _must_hold(scene, row)):
            zh = f"片块 {row['block']} 在学区 {zone} 的连片行未必成立"
            found.append(Text(zh, f"the row of contiguity of {row['block']} in {zone} need not hold"))
    keys = [(row["row"], row.get("zone", row.get("block"))) for row in prices if row["row"] != "contiguity"]
    is_twice = len(keys) != len(set(keys))
    return found + ([Text("同一价格写了两次", "a price is stated twice")] if is_twice else [])


def _must_hold(scene: Scene, row: Json) -> bool:
    """Whether a block can be in the zone only with one of ``through``."""
    block, zone, through = row["block"], row["zone"], set(row["through"])
    if scene.rules[zone] == "off" or zone not in scene.roots or not scene.beside[block]:
        return False
    if block == scene.roots[zone] or block in through or len(through) != len(row["through"]):
        return False
    members = {name for name in scene.beside[block] if zone in scene.open[name]}
    if scene.rules[zone] == "closer":
        nearer = {n for n in members if zone in scene.open[block] and scene.is_nearer(n, block, zone)}
        return nearer <= through
    if members <= through:
        return True
    inside = {name for name, zones in scene.open.items() if zone in zones} - through
    return scene.roots[zone] not in scene.joined(zone, {block} & inside, inside)
