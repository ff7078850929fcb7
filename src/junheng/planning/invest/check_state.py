"""What a plan makes of the county, from its actions and moves alone, and the rule per stage."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from junheng.planning.frozen import exact
from junheng.planning.invest.check_county import ZERO, County, Good, Json, Key, Part

Bought = Mapping[tuple[str, str, str, int], Fraction]  # school, stage ("" shared), measure, year → units


@dataclass(frozen=True, slots=True)
class State:
    """``shared``: by school and indicator; ``own``: by school, stage and indicator. Both before division by pupils."""

    county: County
    shared: Mapping[tuple[str, str], Fraction]
    own: Mapping[tuple[str, str, str], Fraction]

    def amount(self, part: Part, indicator: str) -> Fraction:
        """x: what counts for the stage of this indicator."""
        if self.county.indicators[indicator].is_shared:
            return part.share * self.shared.get((part.school, indicator), ZERO)
        return self.own.get((part.school, part.stage, indicator), ZERO)

    def below(self, part: Part) -> tuple[list[str], list[str]]:
        """Indicators under their line, and those under their floor."""
        under, lost = [], []
        for indicator in self.county.indicators.values():
            limit = indicator.by_stage[part.stage]
            value = indicator.scale * self.amount(part, indicator.id)
            if value < limit.line * part.pupils:
                under.append(indicator.id)
            if value < limit.floor * part.pupils:
                lost.append(indicator.id)
        return under, lost

    def under(self, part: Part) -> list[str] | None:
        """Indicators that only reach their floor, of a stage that complies; None where it does not."""
        under, lost = self.below(part)
        return None if lost or len(self.county.indicators) - len(under) < self.county.needed else under


def bought(outcome: Json) -> dict[tuple[str, str, str, int], Fraction]:
    """Units by school, stage, measure and year."""
    found: dict[tuple[str, str, str, int], Fraction] = defaultdict(Fraction)
    for row in outcome.get("actions", ()):
        key = (row["school_id"], row.get("stage", ""), row["measure"], int(row["year"]))
        found[key] += exact(row["quantity"])
    return dict(found)


def state_after(county: County, outcome: Json) -> State:
    """Stocks at the target date. Raises KeyError where an action names what the problem does not know."""
    shared, own = _stocks(county)
    for (school, stage, measure, _), units in bought(outcome).items():
        for name, gives in county.measures[measure].gives.items():
            if county.indicators[name].is_shared:
                shared[school, name] += gives * units
            else:
                own[school, stage, name] += gives * units
    for row in outcome.get("moves", ()):
        transfer = county.transfers[row["transfer"]]
        for name, gives in transfer.gives.items():
            own[row["from"], transfer.stage, name] -= gives * exact(row["persons"])
            own[row["to"], transfer.stage, name] += gives * exact(row["persons"])
    return State(county, shared, own)


def state_before(county: County) -> State:
    """Stocks at the target date where nothing is done."""
    return State(county, *_stocks(county))


def _stocks(county: County) -> tuple[dict[tuple[str, str], Fraction], dict[tuple[str, str, str], Fraction]]:
    shared: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    own: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for place in county.places.values():
        shared.update({(place.id, name): stock for name, stock in place.stock.items()})
        for part in place.parts:
            own.update({(*part.key, name): stock for name, stock in part.stock.items()})
    return shared, own


def spread(state: State, stage: str, indicator: str) -> tuple[Fraction, Fraction]:
    """Σw·Σw·v² and (Σw·v)² over the judged stages (v per pupil, w pupils or 1): CV² = first / second - 1."""
    weight = total = square = ZERO
    for part in state.county.judged:
        if part.stage == stage:
            value = state.amount(part, indicator) / part.pupils
            heavy = part.pupils if state.county.cv != "unweighted" else 1
            weight, total, square = weight + heavy, total + heavy * value, square + heavy * value**2
    return weight * square, total**2


def stages_judged(county: County) -> list[str]:
    """Stages with a judged school, in the order of their names."""
    return sorted({part.stage for part in county.judged})


def highest(county: County) -> dict[Key, dict[str, Fraction | None]]:
    """The most a judged stage can have of each indicator within its limits; None: no limit at all."""
    state, movable = state_before(county), county.movable
    return {
        part.key: {name: _highest(county, state, part, name, movable) for name in county.indicators}
        for part in county.judged
    }


def _highest(
    county: County, state: State, part: Part, name: str, movable: Mapping[str, int]
) -> Fraction | None:
    is_shared = county.indicators[name].is_shared
    more = ZERO
    for measure in county.measures.values():
        if name in measure.gives and measure.stage == ("" if is_shared else part.stage):
            units = most_units(county, part, measure)
            if units is None:
                return None
            more += measure.gives[name] * units
    for transfer in county.transfers.values():
        if transfer.stage == part.stage and name in transfer.gives:
            more += transfer.gives[name] * (movable[transfer.id] - part.movable.get(transfer.id, 0))
    return state.amount(part, name) + more * (part.share if is_shared else 1)


def most_units(county: County, part: Part, measure: Good) -> Fraction | None:
    """Units one school may buy: by its own limit, the people there are to train, the ceilings. None: no limit."""
    limits = part.limits if measure.stage else county.places[part.school].limits
    found = [limits[measure.id]] if measure.id in limits else []
    if measure.kind == "train" and part.full_time is not None:
        found += [max(ZERO, part.full_time - part.stock.get(name, ZERO)) for name in measure.gives]
    if measure.in_all is not None:
        found.append(measure.in_all)
    if not found:
        return None
    return Fraction(floor(min(found))) if measure.is_whole else min(found)
