"""Whether the county a plan leads to is what the plan says: who complies, who cannot, and the CVs."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import isqrt

from junheng.basics import Text
from junheng.planning.frozen import exact
from junheng.planning.invest.check_county import County, Json, Key
from junheng.planning.invest.check_state import (
    State,
    highest,
    spread,
    stages_judged,
    state_after,
    state_before,
)

_SHOWN = Fraction(1, 10**6)  # a CV is written with six digits, rounded or cut


def rule_faults(county: County, barred: Mapping[Key, list[str]], outcome: Json) -> Iterator[Text]:
    """Every way in which the lists of the plan differ from the state it leads to; ``barred``: see ``unreachable``."""
    after = state_after(county, outcome)
    found = {part.key: after.under(part) for part in county.judged}
    complying = {key: under for key, under in found.items() if under is not None}
    exempt = {(*key, name) for key, under in complying.items() for name in under}
    yield from _list_faults("complies", complying, _keys(outcome, "complies"))
    yield from _list_faults("exempt", exempt, _keys(outcome, "exempt", "indicator"))
    if county.mode["kind"] == "all_by":
        for part in county.judged:
            if part.key not in barred and part.key not in complying:
                yield Text(
                    f"{part.school} {part.stage} 未达标", f"{part.school} {part.stage} does not comply"
                )
    yield from _cv_faults(county, after, outcome)


def unreachable_faults(barred: Mapping[Key, list[str]], outcome: Json) -> Iterator[Text]:
    """Whether it is said who can never comply, and which indicators stand in the way."""
    yield from _list_faults("unreachable", barred, _keys(outcome, "unreachable"))
    yield from _blocking_faults(barred, outcome)


def unreachable(county: County) -> dict[Key, list[str]]:
    """Judged stages that no purchase within limits brings to the rule, with the indicators that stand in the way."""
    found = {}
    for key, most in highest(county).items():
        part = county.parts[key]
        under, lost = [], []
        for indicator in county.indicators.values():
            top, limit = most[indicator.id], indicator.by_stage[part.stage]
            if top is not None and indicator.scale * top < limit.line * part.pupils:
                under.append(indicator.id)
            if top is not None and indicator.scale * top < limit.floor * part.pupils:
                lost.append(indicator.id)
        if len(county.indicators) - len(under) < county.needed:
            found[key] = under
        elif lost:
            found[key] = lost
    return found


def _keys(outcome: Json, name: str, *more: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in ("school_id", "stage", *more)) for row in outcome.get(name, ())]


def _list_faults(
    name: str, wanted: Iterable[tuple[str, ...]], stated: list[tuple[str, ...]]
) -> Iterator[Text]:
    expected = set(wanted)
    if len(stated) != len(set(stated)):
        yield Text(f"{name} 有重复", f"{name} names something twice")
    for missing in sorted(expected - set(stated)):
        yield Text(f"{name} 缺少 {' '.join(missing)}", f"{name} lacks {' '.join(missing)}")
    for extra in sorted(set(stated) - expected):
        yield Text(f"{name} 不应有 {' '.join(extra)}", f"{name} must not name {' '.join(extra)}")


def _blocking_faults(barred: Mapping[Key, list[str]], outcome: Json) -> Iterator[Text]:
    for row in outcome.get("unreachable", ()):
        key = (row["school_id"], row["stage"])
        if key in barred and sorted(row["indicators"]) != sorted(barred[key]):
            told = "、".join(sorted(barred[key]))
            yield Text(
                f"{key[0]} {key[1]} 无法达标的指标应为 {told}",
                f"what keeps {key[0]} {key[1]} from the rule is {', '.join(sorted(barred[key]))}",
            )


def _cv_faults(county: County, after: State, outcome: Json) -> Iterator[Text]:
    """The limit is judged exactly: Σw·Σw·v² ≤ (1+θ²)·(Σw·v)². A stated CV may differ by its last digit."""
    stated = {(row["stage"], row["indicator"]): row for row in outcome.get("cv", ())}
    before = state_before(county)
    for stage in stages_judged(county):
        count = sum(part.stage == stage for part in county.judged)
        for indicator in county.indicators.values():
            limit = indicator.by_stage[stage].cv
            if county.cv == "off" or limit is None or count < 2:
                continue
            square, total = spread(after, stage, indicator.id)
            if county.mode["kind"] == "all_by" and square > (1 + limit**2) * total:
                yield Text(
                    f"{stage} {indicator.id} 差异系数超限", f"the CV of {stage} {indicator.id} is too high"
                )
            row = stated.pop((stage, indicator.id), None)
            if row is None:
                yield Text(
                    f"缺少差异系数 {stage} {indicator.id}", f"the CV of {stage} {indicator.id} is not stated"
                )
                continue
            yield from _stated_cv(row, "before", *spread(before, stage, indicator.id))
            yield from _stated_cv(row, "after", square, total)
            if exact(row["limit"]) != limit:
                yield Text(
                    f"{stage} {indicator.id} 的限值应为 {limit}",
                    f"the limit of {stage} {indicator.id} is {limit}",
                )
    for stage, name in sorted(stated):
        yield Text(f"不应有差异系数 {stage} {name}", f"there is no CV of {stage} {name}")


def _stated_cv(row: Json, when: str, square: Fraction, total: Fraction) -> Iterator[Text]:
    """Stated s stands for √(square/total - 1) when (s-u)² ≤ square/total - 1 ≤ (s+u)², u one in the last digit."""
    if not total:
        return
    found, told = square / total - 1, exact(row[when])
    if not max(Fraction(0), told - _SHOWN) ** 2 <= found <= (told + _SHOWN) ** 2:
        shown = isqrt(int(found * 10**12)) / 10**6
        yield Text(
            f"{row['stage']} {row['indicator']} 的差异系数（{when}）应为 {shown}",
            f"the CV of {row['stage']} {row['indicator']} ({when}) is {shown}",
        )
