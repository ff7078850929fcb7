"""The verdicts that a rounding before comparing, or leaving out the weights, would turn into another."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from junheng.standards import Standard, VariationRule
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET, Judged
from junheng.verification.spread import holds, root, rounded, within
from junheng.verification.telling import Told, printed
from junheng.verification.telling_schools import Verdicts
from junheng.verification.telling_stages import StageVerdicts, within_mean

_DECIMALS = (2, 3)  # what published tables and spreadsheets commonly show


def flags(schools: Sequence[Verdicts], stages: Sequence[StageVerdicts], standard: Standard) -> list[Told]:
    """All of "rounding", in its order: values by rule and stage, then the coefficients of each stage."""
    found: list[Told] = []
    for rule in standard.indicators:
        for stage in stages:
            for against in ("threshold", "floor"):
                for school in stage.schools:
                    found += _value_flags(school, rule.id, against, rule.comparison)
    for stage in stages:
        found += _stage_flags(stage, standard.variation)
    return found


def _value_flags(school: Verdicts, key: str, against: str, word: str) -> Iterator[Told]:
    judged: Judged = school.indicators[key]
    value = school.row.facts[key].value
    line = judged.threshold if against == "threshold" else judged.floor
    if value is None or line is None:
        return
    if against == "floor":
        word = "不低于" if word in {"不低于", "大于"} else "不超过"
    held = holds(word, value, line)
    for decimals in _DECIMALS:
        if holds(word, rounded(value, decimals), line) is not held:
            where = {"stage": school.row.stage, "indicator": key, "school_id": school.row.school_id}
            yield _flag("value", where, against, decimals, printed(value), line, not held)


def _flag(
    kind: str,
    where: dict[str, str],
    against: str,
    decimals: int | None,
    value: Told,
    line: Decimal,
    would_be: bool,
) -> Told:
    return {
        "kind": kind,
        **where,
        "against": against,
        "decimals": decimals,
        "value": value,
        "line": printed(line),
        "would_be": MET if would_be else NOT_MET,
    }


def _stage_flags(stage: StageVerdicts, rule: VariationRule) -> Iterator[Told]:
    for key, found in stage.spreads.items():
        if found.limit is None or found.verdict in {None, CANNOT_TELL} or found.squared is None:
            continue
        where = {"stage": stage.stage, "indicator": key, "school_id": ""}
        held = within(found.squared, found.limit, rule)
        value = printed(root(found.squared), Decimal(1))
        for decimals in _DECIMALS:
            if within(found.squared, found.limit, _at(rule, decimals)) is not held:
                yield _flag("cv", where, "cv_limit", decimals, value, found.limit, not held)
        plain = found.spread.squared_unweighted if found.spread else None
        if plain is not None and rule.weights == "pupils":
            yield from _unweighted(where, root(plain), within(plain, found.limit, rule), held, found.limit)
    yield from _composite_flags(stage, rule)


def _at(rule: VariationRule, decimals: int) -> VariationRule:
    return rule.model_copy(update={"compare_decimals": decimals})


def _unweighted(
    where: dict[str, str], value: Decimal, would_be: bool, held: bool, limit: Decimal
) -> Iterator[Told]:
    if would_be is not held:
        told = printed(value, Decimal(1))
        yield _flag("unweighted_cv", where, "cv_limit", None, told, limit, would_be)


def _composite_flags(stage: StageVerdicts, rule: VariationRule) -> Iterator[Told]:
    mean, limit = stage.composite, stage.composite_limit
    if mean is None or limit is None:
        return
    where = {"stage": stage.stage, "indicator": "composite", "school_id": ""}
    held = stage.composite_verdict == MET
    for decimals in _DECIMALS:
        if within_mean(mean, limit, _at(rule, decimals)) is not held:
            yield _flag("cv", where, "cv_limit", decimals, printed(mean, Decimal(1)), limit, not held)
    plain = [found.spread.cv_unweighted for found in stage.spreads.values() if found.spread]
    known = [number for number in plain if number is not None]
    if len(known) == len(stage.spreads) and rule.weights == "pupils":
        unweighted = sum(known, Decimal(0)) / len(known)
        yield from _unweighted(where, unweighted, within_mean(unweighted, limit, rule), held, limit)
