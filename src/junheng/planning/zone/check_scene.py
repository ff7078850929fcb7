"""For the check alone: a zoning problem read plainly – who may go where, who touches whom, the cost.

Written from the rule text: a block may be in a zone within its reach; a pinned block only in its zone, a seed's block only
in the seed's zone; and only where it can be joined to the zone's seed through blocks that may be there too.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil
from typing import Any

from junheng.planning.frozen import exact

Json = dict[str, Any]


class Scene:
    """The problem. ``within``: zones by block after reach; ``named``: after pins and seeds; ``open``: after contiguity."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        self.problem = problem
        self.blocks: dict[str, Json] = {block["id"]: block for block in problem["blocks"]}
        self.zones: dict[str, Json] = {zone["id"]: zone for zone in problem["zones"]}
        self.pupils = {name: block["pupils"] for name, block in self.blocks.items()}
        self.beside: dict[str, set[str]] = {name: set() for name in self.blocks}
        for one, other in problem["neighbours"]:
            self.beside[one].add(other)
            self.beside[other].add(one)
        self.metres: Mapping[str, Mapping[str, int]] = {n: problem["metres"].get(n, {}) for n in self.blocks}
        self.clashes: list[tuple[str, str]] = []
        self.within = {name: set(self.metres[name]) for name in self.blocks}
        self.seeds = self._seeds()
        self.named = self._named()
        self.roots = {zone: seed for zone, seed in self.seeds.items() if self.beside[seed]}
        self.rules = {zone: self._rule(zone) for zone in self.zones}
        self.open = self._open()
        share = exact(problem["limits"].get("least_fill", 0))
        self.seats = {name: zone["capacity"] for name, zone in self.zones.items()}
        self.floors = {name: ceil(share * seats) for name, seats in self.seats.items()}
        weights = problem["weights"]
        self.share = self._county_share()
        self.metre, self.move, self.needy = (exact(weights.get(k, 0)) for k in ("metre", "moved", "needy"))

    def _seeds(self) -> dict[str, str]:
        """By zone its seed; of zones that claim a block the first has it, and a pin goes before a seed."""
        found: dict[str, str] = {}
        for name, zone in self.zones.items():
            seed = zone.get("seed")
            if seed is None:
                continue
            if seed in found.values() or self.blocks[seed].get("pinned", name) != name:
                self.clashes.append(("seed", seed))
            else:
                found[name] = seed
        return found

    def _named(self) -> dict[str, set[str]]:
        only = {name: block["pinned"] for name, block in self.blocks.items() if "pinned" in block}
        only |= {seed: zone for zone, seed in self.seeds.items()}
        found = {name: set(zones) for name, zones in self.within.items()}
        for name, zone in only.items():
            if zone not in found[name]:
                self.clashes.append(("seed" if self.seeds.get(zone) == name else "pinned", name))
            found[name] &= {zone}
        return found

    def _rule(self, zone: str) -> str:
        asked = str(self.problem["contiguity"])
        if asked == "closer" and (zone not in self.roots or len(self.zones[zone]["schools"]) != 1):
            return "connected"
        return asked

    def rank(self, block: str, zone: str) -> tuple[int, int, str]:
        """Order from the zone's school outwards: its seed, then by metres, then by id."""
        return (int(self.seeds.get(zone) != block), self.metres[block][zone], block)

    def is_nearer(self, one: str, other: str, zone: str) -> bool:
        """Whether ``one`` is strictly nearer to the zone's school than ``other``; both within reach."""
        return self.rank(one, zone) < self.rank(other, zone)

    def _open(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {name: set() for name in self.blocks}
        for zone in self.zones:
            members = {name for name in self.blocks if zone in self.named[name]}
            for name in self._reached(zone, members):
                found[name].add(zone)
        return found

    def _reached(self, zone: str, members: set[str]) -> set[str]:
        """Of blocks that may be in a zone those a way through them joins to its seed; those that touch nothing too."""
        if self.rules[zone] == "off" or zone not in self.roots:
            return members
        alone = {name for name in members if not self.beside[name]}
        return alone | self.joined(zone, {self.roots[zone]} & members, members)

    def joined(self, zone: str, start: Iterable[str], members: set[str]) -> set[str]:
        """Members joined to ``start``; under "closer" every step leads away from the school."""
        seen, queue = set(start), deque(sorted(start))
        while queue:
            here = queue.popleft()
            for other in self.beside[here]:
                is_outward = self.rules[zone] != "closer" or (
                    other in members and self.is_nearer(here, other, zone)
                )
                if other in members and other not in seen and is_outward:
                    seen.add(other)
                    queue.append(other)
        return seen

    def why_lost(self, block: str) -> str:
        """Why no zone can take a block."""
        if not self.within[block]:
            return "reach"
        if not self.named[block]:
            return "pinned" if "pinned" in self.blocks[block] else "seed"
        return "contiguity"

    def is_moved(self, block: str, zone: str) -> bool:
        """Whether the pupils of a block would change zone."""
        now = self.blocks[block].get("now")
        return now is not None and zone not in now

    def cost(self, block: str, zone: str) -> Fraction:
        """Metre-pupils of a block in a zone, moving included."""
        move = self.move * self.is_moved(block, zone)
        return Fraction(self.pupils[block] * (self.metre * self.metres[block][zone] + move))

    def _county_share(self) -> Fraction:
        """Needy pupils of all pupils, over the blocks where they are known."""
        known = [block for block in self.blocks.values() if "needy" in block]
        pupils = sum(block["pupils"] for block in known)
        return Fraction(sum(block["needy"] for block in known), pupils) if pupils else Fraction(0)

    def apart(self, block: str) -> Fraction:
        """Needy pupils of a block above the county's share; 0 where they are not known."""
        row = self.blocks[block]
        return row["needy"] - self.share * row["pupils"] if "needy" in row else Fraction(0)


def breakers(scene: Scene, zone: str, members: set[str]) -> list[str]:
    """Blocks of a zone that are not in one piece with it: found by a search of our own from the seed outwards."""
    if scene.rules[zone] == "off":
        return []
    touching = {name for name in members if scene.beside[name]}
    if zone in scene.roots:
        return sorted(touching - scene.joined(zone, {scene.roots[zone]} & members, touching))
    left, pieces = set(touching), list[set[str]]()
    while left:
        pieces.append(scene.joined(zone, {min(left)}, left))
        left -= pieces[-1]
    pieces.sort(key=lambda piece: (-len(piece), min(piece)))
    return sorted(name for piece in pieces[1:] for name in piece)
