"""What each stage of a 一贯制 or 完全中学 school has of its premises: shares by weighted pupils, exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import STAGES
from junheng.standards import SplitRule
from junheng.verification.cells import Cells, Year, number, text_of

# Which stages a kind of school teaches (policy.md §1.4–1.5); kinds not here may teach any.
EXPECTED: Mapping[str, frozenset[str]] = {
    "primary": frozenset({"primary"}),
    "teaching_point": frozenset({"primary"}),
    "junior": frozenset({"junior"}),
    "senior": frozenset({"senior"}),
    "nine_year": frozenset({"primary", "junior"}),
    "complete_secondary": frozenset({"junior", "senior"}),
    "twelve_year": frozenset({"primary", "junior", "senior"}),
}


@dataclass(frozen=True, slots=True)
class Share:
    """A stage's part of its school's premises; None with the reason's code where it cannot be told."""

    part: Fraction | None
    why: str = ""


def shares(school: Cells, year: Year, split: SplitRule) -> dict[str, Share]:
    """The share of every stage that ``school`` reported."""
    name = text_of(school, "school_id")
    pupils = {stage: number(row, "pupils") for (owner, stage), row in year.stages.items() if owner == name}
    kind = str(school.get("kind"))
    expected = EXPECTED.get(kind, frozenset())
    lacking = [stage for stage in STAGES if stage in expected and stage not in pupils]
    if lacking:
        return _unknown(pupils, f"split:row:{lacking[0]}")
    if len(pupils) == 1:
        return dict.fromkeys(pupils, Share(Fraction(1)))
    weights = split.weights.get(kind, {})
    if pupils.keys() - weights.keys():
        return _unknown(pupils, f"split:weights:{kind}")
    unknown = [stage for stage in STAGES if stage in pupils and pupils[stage] is None]
    if unknown:
        return _unknown(pupils, f"split:pupils:{unknown[0]}")
    factors = {str(stage): Fraction(weight) for stage, weight in weights.items()}
    weighted = {stage: factors[stage] * count for stage, count in pupils.items() if count is not None}
    whole = sum(weighted.values(), Fraction(0))
    if whole == 0:
        return _unknown(pupils, "no_value")
    return {stage: Share(part / whole) for stage, part in weighted.items()}


def _unknown(stages: Mapping[str, object], why: str) -> dict[str, Share]:
    return dict.fromkeys(stages, Share(None, why))


def shared_out(premises: Cells, share: Share, split: SplitRule) -> Cells:
    """A stage's premises: split columns times its share, the others as they are."""
    found = dict(premises)
    for column in split.columns:
        if column in found:
            whole = number(premises, column)
            found[column] = None if whole is None or share.part is None else whole * share.part
    return found
