"""Check of the comparable schools: who may be compared, each once, and none nearer left."""

from fractions import Fraction

from junheng.planning.frozen import Json, exact, number
from junheng.planning.pair.check_scene import OPEN

_UNITS = 10**6


class Field:
    """One stage and indicator: values, who joined between the years, who was in nothing throughout."""

    def __init__(self, problem: Json, stage: str, indicator: str) -> None:
        asked = problem["changes"]
        self.before, self.after = asked["before"], asked["after"]
        self.controls, self.calliper = asked["controls"], exact(asked["calliper"])
        self.values: dict[str, dict[int, Fraction]] = {}
        for row in problem["values"]:
            if (row["stage"], row["indicator"]) == (stage, indicator):
                self.values.setdefault(row["school"], {})[row["year"]] = exact(row["value"])
        here = [s for s in problem["schools"] if stage in {part["stage"] for part in s["stages"]}]
        self.place = {school["id"]: school["place"] for school in here}
        days = f"{self.before}-09-01", f"{self.after}-09-01"
        own = {key: [row for row in problem["register"] if row["school"] == key] for key in self.place}
        joined = {key for key, rows in own.items() if _joined(rows, *days)}
        known = {key for key in self.place if {self.before, self.after} <= set(self.values.get(key, {}))}
        self.members, self.valueless = sorted(joined & known), sorted(joined - known)
        self.outside = sorted(key for key in known if not any(_is_in(row, *days) for row in own[key]))

    def start(self, school: str) -> Fraction:
        """The value before."""
        return self.values[school][self.before]

    def change(self, school: str) -> Fraction:
        """After less before."""
        return self.values[school][self.after] - self.start(school)

    def permitted(self) -> dict[tuple[str, str], int]:
        """Pairs of the same place whose starts lie within the calliper, with how far apart (millionths of the mean)."""
        everyone = [*self.members, *self.outside]
        mean = sum(map(self.start, everyone), Fraction(0)) / max(1, len(everyone))
        found = {}
        for member in self.members if mean else ():
            for other in self.outside:
                apart = abs(self.start(member) - self.start(other)) / mean
                if self.place[member] == self.place[other] and apart <= self.calliper:
                    found[member, other] = apart.numerator * _UNITS // apart.denominator
        return found

    def path(self, sets: list[Json]) -> list[Json]:
        """Mean change since the first year, by year in which every school of the sets has a value."""
        everyone = [key for row in sets for key in (row["member"], *row["others"])]
        found = []
        for year in sorted({year for key in self.values for year in self.values[key]}):
            if all(year in self.values[key] for key in everyone):
                since = {key: self.values[key][year] - self.start(key) for key in everyone}
                members = sum((since[row["member"]] for row in sets), Fraction(0)) / len(sets)
                others = sum(
                    (since[key] / len(row["others"]) for row in sets for key in row["others"]), Fraction(0)
                ) / len(sets)
                found.append({"year": year, "members": number(members), "others": number(others)})
        return found


def _joined(rows: list[Json], first: str, last: str) -> bool:
    """A member at the end that belonged to nothing at the start."""
    was_in = [row for row in rows if row["joined"] <= first < row.get("left", OPEN)]
    is_in = [row for row in rows if row["joined"] <= last < row.get("left", OPEN)]
    return not was_in and "member" in {row["role"] for row in is_in}


def _is_in(row: Json, first: str, last: str) -> bool:
    """Whether a membership has a day between the two."""
    return bool(row["joined"] <= last and row.get("left", OPEN) > first)


def check_matching(field: Field, row: Json) -> list[str]:
    """Broken lines of one result's sets; [] when all is right and none nearer could be had, round by round."""
    permitted, found = field.permitted(), []
    sets = {one["member"]: one["others"] for one in row["sets"]}
    used = [key for others in sets.values() for key in others]
    if len(used) != len(set(used)) or len(sets) != len(row["sets"]):
        found.append("有学校用了两次 a school is used twice")
    if any((member, other) not in permitted for member, others in sets.items() for other in others):
        found.append("有不可比的学校 a school is not comparable")
    if any(not 1 <= len(others) <= field.controls for others in sets.values()):
        found.append("可比学校数不对 the number of comparable schools is wrong")
    counts = (row["joined"], row["outside"], row["no_value"], row["unmatched"])
    left = sorted(set(field.members) - set(sets))
    if counts != (len(field.members) + len(field.valueless), len(field.outside), field.valueless, left):
        found.append("学校计数不对 the counts of schools are wrong")
    if not found and len(row["proofs"]) != field.controls:
        found.append("缺少证明 a proof is absent")
    return found or [line for turn in range(field.controls) for line in _round(field, row, permitted, turn)]


def _round(field: Field, row: Json, permitted: dict[tuple[str, str], int], turn: int) -> list[str]:
    """A round takes the most matches, then the nearest: proven where the prices' bound equals what was reached."""
    sets = {one["member"]: one["others"] for one in row["sets"]}
    earlier = {key for others in sets.values() for key in others[:turn]}
    open_ = {
        pair: apart
        for pair, apart in permitted.items()
        if pair[1] not in earlier and len(sets.get(pair[0], [])) >= turn
    }
    proof = row["proofs"][turn]
    weight, prices = proof["need_weight"], {key: exact(price) for key, price in proof["schools"].items()}
    farthest = sum(max((d for pair, d in open_.items() if pair[0] == m), default=0) for m in field.members)
    if weight <= farthest or any(price < 0 for price in prices.values()):
        return ["匹配的权重或价格不对 the weight or a price of the matching is wrong"]
    bound = sum(prices.values(), Fraction(0))
    for member in field.members:
        values = [weight - d - prices.get(pair[1], 0) for pair, d in open_.items() if pair[0] == member]
        bound += max([Fraction(0), *values])
    reached = sum(weight - permitted[m, others[turn]] for m, others in sets.items() if len(others) > turn)
    return [] if bound == reached else ["还有更近的可比学校 nearer schools could be had"]
