"""The flows of types as a block of HiGHS. Every rule of a rotation is one kind of row here.

x[type, school] whole movers. net[school-stage, attribute] = arrivals - departures. The distance between schools is a
convex function of whole counts, so its secants between neighbouring counts are exact, and the relaxation without
whole numbers is nearly always whole by itself (each post is a circulation).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from junheng.planning.frozen import exact
from junheng.planning.rotate.limits import Limit, fair_parts, limits_of
from junheng.planning.rotate.measure import Measure
from junheng.planning.rotate.people import People, Type, Unit
from junheng.planning.solver import INFINITY, Block, Doubles, Places

Flow = tuple[int, str]  # place of the type, school it goes to
Net = tuple[Unit, str]  # school-stage, attribute


@dataclass
class Flows:
    """The block with the meaning of its variables and rows. ``scale``: model objective ÷ true objective."""

    people: People
    block: Block = field(default_factory=Block)
    flows: Sequence[Flow] = ()
    rows: dict[str, int] = field(default_factory=dict)  # name of a priced row → its place
    nets: dict[Net, int] = field(default_factory=dict)
    slacks: dict[str, int] = field(default_factory=dict)
    scale: Fraction = Fraction(1)
    costs: Doubles = field(default_factory=lambda: np.empty(0))
    entries: list[tuple[int, Places, Doubles]] = field(default_factory=list)  # row, places, coefficients

    def put(self, low: float, high: float, places: Sequence[int], by: Any = 1.0) -> int:
        """One row low ≤ Σ by·x ≤ high, kept for the reduced costs."""
        at = np.array(places, np.int64)
        of = np.broadcast_to(np.asarray(by, float), at.shape)
        row = int(self.block.rows((), low, high, (at, of)))
        self.entries.append((row, at, of))
        return row

    def reduced_costs(self, prices: Doubles) -> Doubles:
        """What a unit of each flow costs at the prices of the rows: 0 or near it where it may be of use."""
        found = np.zeros(self.block.columns)
        found[: len(self.flows)] = self.costs
        for row, places, by in self.entries:
            if prices[row]:
                np.subtract.at(found, places, prices[row] * by)
        return found[: len(self.flows)]

    def kind(self, flow: Flow) -> Type:
        """The type that flows."""
        return self.people.types[flow[0]]

    def whole(self, values: Doubles) -> dict[Flow, int]:
        """Movers of every flow used, rounded to whole persons."""
        movers = np.rint(values[: len(self.flows)]).astype(int).tolist()
        return {flow: count for flow, count in zip(self.flows, movers, strict=True) if count}


def all_flows(people: People) -> list[Flow]:
    """Every type to every school permitted."""
    return [(number, to) for number, kind in enumerate(people.types) for to in kind.to]


def gap_model(people: People, measure: Measure, flows: Sequence[Flow] | None = None) -> Flows:
    """Least distance between schools under all rules; ``flows``: only these are open (default: all)."""
    found = _circulation(people, limits_of(people), flows)
    terms = measure.terms
    steps = (max(abs(t.at(t.start + 1) - t.at(t.start)), t.scale) for t in terms.values())
    found.scale = 1 / max(steps, default=Fraction(1))
    _add_nets(found, list(terms))
    for key, term in terms.items():
        low, high = people.reach.get(key, (0, 0))
        far = float(found.scale * max(term.at(term.start + low), term.at(term.start + high)))
        height = found.block.var((), lower=float(found.scale * term.least), upper=far + 1, cost=1)
        for count in term.breaks(term.start + low, term.start + high):
            value, slope = term.at(count), term.at(count + 1) - term.at(count)
            rise, level = (
                float(found.scale * slope),
                float(found.scale * (value - slope * (count - term.start))),
            )
            found.block.rows((), level, INFINITY, (height, 1), (found.nets[key], -rise))
        if low == high:
            found.block.rows((), far, INFINITY, (height, 1))
    return found


def burden_model(people: People, net: Mapping[Net, int], flows: Sequence[Flow] | None = None) -> Flows:
    """Least kilometres, persons who moved before and schools over their part, with every count as ``net`` says."""
    found = _circulation(people, limits_of(people), flows, _kilometres(people))
    _add_nets(found, list(net), net)
    weights = people.problem["preferences"]
    by_type, by_unit = defaultdict(list), defaultdict(list)
    for place, (number, _) in enumerate(found.flows):
        kind = people.types[number]
        by_type[number].append(place)
        by_unit[kind.school, kind.stage].append(place)
    for number, places in by_type.items():
        fresh = sum(
            people.by_id[name].get("last_rotation") == "never" for name in people.types[number].persons
        )
        if fresh < len(people.types[number].persons):
            _over(found, places, fresh, weights["moved_before"])
    for unit, part in fair_parts(people).items():
        if by_unit[unit]:
            _over(found, by_unit[unit], part, weights["over_part"])
    return found


def elastic_model(people: People) -> Flows:
    """Fewest persons by which the numbers asked for are missed, when they cannot all be reached."""
    return _circulation(people, limits_of(people), is_elastic=True)


def _over(found: Flows, places: Sequence[int], free: int, weight: Any) -> None:
    over = found.block.var((), cost=float(exact(weight)))
    found.put(-INFINITY, free, [*places, int(over)], [*[1] * len(places), -1])


def _kilometres(people: People) -> dict[Flow, float]:
    weight, pairs = float(exact(people.problem["preferences"]["km"])), people.problem["pairs"]
    metres = {
        (number, to): pairs[kind.stage][kind.school][to]
        for number, kind in enumerate(people.types)
        for to in kind.to
    }
    return {flow: weight * m / 1000 if isinstance(m, int) else 0.0 for flow, m in metres.items()}


def _circulation(
    people: People,
    limits: Iterable[Limit],
    flows: Sequence[Flow] | None = None,
    costs: Mapping[Flow, float] | None = None,
    is_elastic: bool = False,
) -> Flows:
    """Flows, one for one by post, with the limits on numbers and the backbone share."""
    found = Flows(people, flows=all_flows(people) if flows is None else flows)
    sizes = np.array([len(found.kind(flow).persons) for flow in found.flows], float)
    found.costs = np.array([costs[flow] if costs else 0.0 for flow in found.flows], float)
    found.block.var(len(found.flows), upper=sizes, cost=found.costs, whole=True)
    of_type, ways = defaultdict(list), defaultdict(list)
    for place, (number, to) in enumerate(found.flows):
        kind = people.types[number]
        of_type[number].append(place)
        ways[kind.stage, to, kind.post].append((place, 1))
        ways[kind.stage, kind.school, kind.post].append((place, -1))
    for number, places in of_type.items():
        found.put(-INFINITY, len(people.types[number].persons), places)
    for (stage, school, post), signed in sorted(ways.items()):
        _row(found, f"balance:{stage}:{school}:{post}", 0, 0, signed)
    leaving = defaultdict(list)
    for place, (number, _) in enumerate(found.flows):
        leaving[people.types[number].school].append(place)
    for limit in limits:
        around = leaving[limit.school] if limit.school else range(len(found.flows))
        held = [(place, 1) for place in around if limit.holds(found.kind(found.flows[place]))]
        _row(found, limit.row, limit.low, limit.high, held, is_elastic)
    _backbone(found, is_elastic)
    return found


def _backbone(found: Flows, is_elastic: bool) -> None:
    """Σ (q·is backbone - p) ≥ 0 over the counted movers, share = p/q."""
    share = exact(found.people.problem["rule"]["backbone_of_moved"])
    signed = []
    for place, flow in enumerate(found.flows):
        kind = found.kind(flow)
        if kind.is_counted:
            signed.append((place, share.denominator * ("backbone" in kind.has) - share.numerator))
    _row(found, "backbone", 0, None, signed, is_elastic, share.denominator)


def _row(
    found: Flows, name: str, low: int | None, high: int | None, signed: Sequence[tuple[int, int]],
    is_elastic: bool = False, person: int = 1,
) -> None:  # fmt: skip
    """One row; elastic: a slack of the persons short (or over) at a cost of 1 each."""
    places, by = [place for place, _ in signed], [sign for _, sign in signed]
    if is_elastic and low is not None:
        found.slacks[name] = int(found.block.var((), cost=1, whole=True))
        places, by = [*places, found.slacks[name]], [*by, person]
    lowest, highest = (-INFINITY if low is None else low), (INFINITY if high is None else high)
    found.rows[name] = found.put(lowest, highest, places, np.array(by, float))


def _add_nets(found: Flows, keys: Sequence[Net], fixed: Mapping[Net, int] | None = None) -> None:
    signed: dict[Net, list[tuple[int, int]]] = {key: [] for key in keys}
    for place, flow in enumerate(found.flows):
        kind = found.kind(flow)
        for name in kind.has:
            for school, sign in ((flow[1], 1), (kind.school, -1)):
                if (key := ((school, kind.stage), name)) in signed:
                    signed[key].append((place, sign))
    for key, entries in signed.items():
        low, high = (-INFINITY, INFINITY) if fixed is None else (fixed[key], fixed[key])
        found.nets[key] = int(found.block.var((), lower=low, upper=high))
        (school, stage), name = key
        _row(found, f"net:{stage}:{school}:{name}", 0, 0, [*entries, (found.nets[key], -1)])
