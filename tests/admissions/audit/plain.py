"""The audit in plain words over dicts: slow, obvious, sharing nothing with the engines but the leaves."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]


class Plain:
    """One decided market. ``place[unit]`` or ``place[unit, school]``: where the ticket stands, smaller is better."""

    def __init__(
        self, problem: Json, rows: Sequence[Json], leaves: Sequence[Json], place: Mapping[Any, int]
    ) -> None:
        self.problem, self.place = problem, place
        self.rows = {row["pid"]: row for row in rows}
        self.leaf = {leaf["pid"]: leaf for leaf in leaves}
        self.stage = {s: i for i, stage in enumerate(problem["stages"]) for s in stage["schools"]}
        self.schools = {school["id"]: school for school in problem["schools"]}

    def key(self, pid: str, school: str) -> tuple[int, int]:
        """Class and ticket at a school the child listed."""
        row = self.rows[pid]
        place = self.place.get((row["unit"], school), self.place.get(row["unit"]))
        assert place is not None
        return row["classes"][row["choices"].index(school)], place

    def preferred(self, pid: str) -> list[str]:
        """Schools above the granted wish, of stages the child took part in."""
        return [s for s in self._above(pid) if self.stage[s] <= self._last_stage(pid)]

    def passed_over(self, pid: str) -> bool:
        return any(self.stage[s] > self._last_stage(pid) for s in self._above(pid))

    def _above(self, pid: str) -> list[str]:
        leaf, choices = self.leaf[pid], self.rows[pid]["choices"]
        granted = leaf["reason"] == "choice"
        return choices[: leaf["choice"] - 1] if granted else choices

    def _last_stage(self, pid: str) -> int:
        leaf = self.leaf[pid]
        return self.stage[leaf["school"]] if leaf["reason"] == "choice" else len(self.stage)

    def better_placed(self, pid: str, school: str) -> list[str]:
        """Children inside, by a wish and in a pool open to this child, with a worse class or ticket."""
        own = self.key(pid, school)
        pools = {pool["id"]: pool.get("classes", []) for pool in self.schools[school]["pools"]}
        return [
            other
            for other, leaf in self.leaf.items()
            if leaf["school"] == school
            and leaf["reason"] == "choice"
            and (not pools[leaf["pool"]] or own[0] in pools[leaf["pool"]])
            and self.key(other, school) > own
        ]

    def outranked_at(self, pid: str, school: str) -> bool:
        own = self.key(pid, school)[0]
        return any(self.key(other, school)[0] > own for other in self.better_placed(pid, school))

    def empty(self, school: str) -> int:
        taken = sum(1 for leaf in self.leaf.values() if leaf["school"] == school)
        return max(0, self.schools[school]["plan"] - taken)

    def figures(self) -> dict[str, Any]:
        """The same names as the audit's."""
        wanted = {pid: self.preferred(pid) for pid in self.leaf}
        envied = {(pid, s): self.better_placed(pid, s) for pid, listed in wanted.items() for s in listed}
        outranked = [(pid, s) for pid, listed in wanted.items() for s in listed if self.outranked_at(pid, s)]
        claims = [(pid, s) for pid, listed in wanted.items() for s in listed if self.empty(s)]
        longest = max((len(row["choices"]) for row in self.rows.values()), default=0)
        granted = [leaf["choice"] for leaf in self.leaf.values() if leaf["reason"] == "choice"]
        reasons = [leaf["reason"] for leaf in self.leaf.values()]
        return {
            "children": len(self.leaf),
            "by_choice": tuple(granted.count(place) for place in range(1, longest + 1)),
            "leftover": reasons.count("leftover"),
            "unplaced": reasons.count("no_seat"),
            "without_wish": sum(1 for row in self.rows.values() if not row["choices"]),
            "envious": len({pid for (pid, _), others in envied.items() if others}),
            "envy_schools": sum(1 for others in envied.values() if others),
            "envy_pairs": sum(len(others) for others in envied.values()),
            "outranked": len({pid for pid, _ in outranked}),
            "outranked_schools": len(outranked),
            "passed_over": sum(1 for pid in self.leaf if self.passed_over(pid)),
            "wasted_seats": sum(
                min(self.empty(s), sum(1 for _, claimed in claims if claimed == s)) for s in self.schools
            ),
            "claimants": len({pid for pid, _ in claims}),
        }
