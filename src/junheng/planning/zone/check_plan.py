"""For the check alone: what a plan gives – loads, who moves, distances, what is beyond the limits."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from junheng.planning.frozen import number
from junheng.planning.zone.check_scene import Scene, breakers

Json = dict[str, Any]


class Plan:
    """The zone of each block, and what follows from it."""

    def __init__(self, scene: Scene, zone_of: Mapping[str, str]) -> None:
        self.scene, self.zone_of = scene, zone_of
        self.members: dict[str, set[str]] = {zone: set() for zone in scene.zones}
        for block, zone in zone_of.items():
            self.members[zone].add(block)
        self.load = {zone: sum(scene.pupils[b] for b in blocks) for zone, blocks in self.members.items()}

    def unplaced(self) -> list[Json]:
        """Blocks in no zone, and why."""
        scene = self.scene
        return [
            {"block": b, "pupils": scene.pupils[b], "why": "clash" if scene.open[b] else scene.why_lost(b)}
            for b in sorted(scene.blocks)
            if b not in self.zone_of
        ]

    def over(self) -> list[Json]:
        """Zones above their seats."""
        beyond = {zone: load - self.scene.seats[zone] for zone, load in self.load.items()}
        return [{"zone": zone, "pupils": by} for zone, by in sorted(beyond.items()) if by > 0]

    def under(self) -> list[Json]:
        """Zones below their floor."""
        lacking = {zone: self.scene.floors[zone] - load for zone, load in self.load.items()}
        return [{"zone": zone, "pupils": by} for zone, by in sorted(lacking.items()) if by > 0]

    def moved(self) -> list[Json]:
        """Blocks whose pupils change zone."""
        return [
            {
                "block": block,
                "from": list(self.scene.blocks[block]["now"]),
                "to": zone,
                "pupils": self.scene.pupils[block],
            }
            for block, zone in sorted(self.zone_of.items())
            if self.scene.is_moved(block, zone)
        ]

    def zones(self) -> list[Json]:
        """Every zone's figures."""
        came: dict[str, int] = defaultdict(int)
        left: dict[str, int] = defaultdict(int)
        for row in self.moved():
            came[row["to"]] += row["pupils"]
            for zone in row["from"]:
                left[zone] += row["pupils"]
        return [self._zone(zone, came[zone], left[zone]) for zone in sorted(self.scene.zones)]

    def _zone(self, zone: str, came: int, left: int) -> Json:
        scene, load = self.scene, self.load[zone]
        own = [block for block in self.members[zone] if scene.pupils[block]]
        found: Json = {
            "id": zone,
            "pupils": load,
            "capacity": scene.seats[zone],
            "moved_in": came,
            "moved_out": left,
        }
        if own:
            way = sum(scene.pupils[b] * scene.metres[b][zone] for b in own)
            found |= {
                "mean_m": number(Fraction(way, load)),
                "farthest_m": max(scene.metres[b][zone] for b in own),
            }
        if any("needy" in block for block in scene.blocks.values()):
            found["needy"] = sum(scene.blocks[b].get("needy", 0) for b in self.members[zone])
        return found

    def needy_apart(self) -> Fraction:
        """Σ over zones of needy pupils away from the county's share."""
        parts = (
            abs(sum((self.scene.apart(b) for b in blocks), start=Fraction(0)))
            for blocks in self.members.values()
        )
        return sum(parts, start=Fraction(0))

    def objective(self) -> Json:
        """Cost and its parts; where limits clash, the pupils beyond them."""
        scene = self.scene
        way = sum(scene.pupils[b] * scene.metres[b][z] for b, z in self.zone_of.items())
        moved = sum(row["pupils"] for row in self.moved())
        cost = scene.metre * way + scene.move * moved
        found: Json = {"pupil_metres": way, "moved_pupils": moved}
        if scene.needy:
            apart = self.needy_apart()
            cost += scene.needy * apart
            found["needy_apart"] = number(apart)
        beyond = {
            name: sum(row["pupils"] for row in rows)
            for name, rows in (("over", self.over()), ("under", self.under()), ("unplaced", self.unplaced()))
        }
        if any(beyond.values()) or any(row["why"] == "clash" for row in self.unplaced()):
            found |= {"short": sum(beyond.values()), **beyond}
        return {"cost": number(cost), **found}

    def broken(self) -> dict[str, list[str]]:
        """By zone the blocks that are not in one piece with it."""
        found = {zone: breakers(self.scene, zone, blocks) for zone, blocks in self.members.items()}
        return {zone: blocks for zone, blocks in found.items() if blocks}

    def state(self) -> Json:
        """Pupils by school after the plan: a zone of several schools is shared by seats, largest remainders first."""
        problem, pupils = self.scene.problem, list[Json]()
        seats = {school["id"]: school["capacity"] for school in problem["schools"]}
        for zone in sorted(self.scene.zones):
            parts = shared(self.load[zone], {s: seats.get(s, 0) for s in self.scene.zones[zone]["schools"]})
            pupils += [{"school_id": s, "stage": problem["stage"], "pupils": p} for s, p in parts.items()]
        year = problem.get("state_year", int(problem["from"][:4]))
        return {
            "year": year,
            "pupils": sorted(pupils, key=lambda row: row["school_id"]),
            "closed": list(problem.get("closed", [])),
            "opened": [],
        }


def shared(pupils: int, seats: Mapping[str, int]) -> dict[str, int]:
    """``pupils`` in the proportion of ``seats``: whole parts, then one each by the largest remainder, ties by id.

    >>> shared(10, {"a": 1, "b": 2})
    {'a': 3, 'b': 7}
    """
    whole = sum(seats.values())
    exact_parts = {
        name: Fraction(pupils * by, whole) if whole else Fraction(pupils, len(seats))
        for name, by in sorted(seats.items())
    }
    found = {name: int(part) for name, part in exact_parts.items()}
    order = sorted(found, key=lambda name: (found[name] - exact_parts[name], name))
    for name in order[: pupils - sum(found.values())]:
        found[name] += 1
    return found
