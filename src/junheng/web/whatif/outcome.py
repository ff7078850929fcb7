"""Was and becomes, side by side: read from two verdicts of the library; nothing is computed
or compared with a limit here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from junheng.basics import STAGE_NAMES, Text
from junheng.judgement import CountyResult, Ground, IndicatorResult, SchoolResult, StageIndicator, WhatIf

Key = tuple[str, str]  # school code, stage


@dataclass(frozen=True, slots=True)
class Side:
    """A figure on one side. ``verdict``: met, not_met, cannot_tell or ""; ``lacks`` in ``unit``."""

    value: float | None
    verdict: str
    lacks: float | None = None
    unit: Text | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """One indicator: both sides; None: not there on that side. ``limit``: the line or the limit of the CV."""

    key: str
    name: Text
    was: Side | None
    now: Side | None
    limit: str

    @property
    def differs(self) -> bool:
        """Whether the two sides differ."""
        return self.was != self.now


@dataclass(frozen=True, slots=True)
class SchoolPair:
    """One school-stage on both sides."""

    school_id: str
    name: str
    stage: Text
    stage_key: str
    was: str
    now: str
    met_was: int | None
    met_now: int | None
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class StagePair:
    """One stage of the county: schools that comply, and each indicator's CV."""

    name: Text
    schools_was: int
    schools_now: int
    passed_was: int
    passed_now: int
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything the page shows of a trial. Lists that are not for the reader are empty."""

    was: str
    now: str
    stages: tuple[StagePair, ...]
    schools: tuple[SchoolPair, ...]
    newly_meet: tuple[SchoolPair, ...]
    newly_fail: tuple[SchoolPair, ...]
    reasons_gone: tuple[Text, ...]
    reasons_new: tuple[Text, ...]
    reasons_stay: tuple[Text, ...]
    notes: tuple[Text, ...]
    problems: tuple[tuple[str, Text], ...]


def outcome_of(
    ground: Ground, found: WhatIf, shown: frozenset[str], own: frozenset[str] | None, fewest: int
) -> Outcome:
    """Both sides. ``shown``: schools always listed; ``own``: the reader's schools (None: all); to a head no CV of fewer
    than ``fewest`` schools, no other school and no reason that names one is shown.
    """
    names = {rule.id: rule.name for rule in ground.assessment.standard.indicators}
    before, after = ground.county, found.county
    schools = _schools(before, after, names)
    moved = [pair for pair in schools if pair.was != pair.now]
    listed = [pair for pair in schools if pair.school_id in shown | found.schools or pair in moved]
    listed = [pair for pair in listed if own is None or pair.school_id in own]
    stages = [stage for stage in _stages(before, after, names) if own is None or stage.schools_now >= fewest]
    whole = own is None
    codes = {one.code for one in before.reasons}, {one.code for one in after.reasons}
    return Outcome(
        str(before.verdict),
        str(after.verdict),
        tuple(stages),
        tuple(listed),
        tuple(pair for pair in moved if whole and pair.now == "met"),
        tuple(pair for pair in moved if whole and pair.was == "met" and pair.now),
        tuple(one.text for one in before.reasons if whole and one.code not in codes[1]),
        tuple(one.text for one in after.reasons if whole and one.code not in codes[0]),
        tuple(one.text for one in after.reasons if whole and one.code in codes[0]),
        found.notes,
        tuple((one.school_id, one.what) for one in found.problems if whole or one.school_id in (own or ())),
    )


def _schools(before: CountyResult, after: CountyResult, names: Mapping[str, Text]) -> list[SchoolPair]:
    was, now = _by_key(before.schools), _by_key(after.schools)
    return [_school(was.get(key), now.get(key), names) for key in dict.fromkeys((*was, *now))]


def _by_key(schools: Iterable[SchoolResult]) -> Mapping[Key, SchoolResult]:
    return {(school.school_id, school.stage): school for school in schools}


def _school(was: SchoolResult | None, now: SchoolResult | None, names: Mapping[str, Text]) -> SchoolPair:
    one = now or was
    if one is None:
        raise ValueError("a school on neither side")
    pairs = [
        _pair(key, names, was.indicators.get(key) if was else None, now.indicators.get(key) if now else None)
        for key in one.indicators
    ]
    return SchoolPair(
        one.school_id,
        one.name or one.school_id,
        STAGE_NAMES[one.stage],
        one.stage,
        str(was.verdict or "") if was else "",
        str(now.verdict or "") if now else "",
        was.met if was else None,
        now.met if now else None,
        tuple(pairs),
    )


def _pair(
    key: str, names: Mapping[str, Text], was: IndicatorResult | None, now: IndicatorResult | None
) -> Pair:
    line = (now or was).threshold if now or was else None  # type: ignore[union-attr] # one of them is there
    return Pair(
        key, names.get(key, Text(key, key)), _side(was), _side(now), "" if line is None else str(line)
    )


def _side(found: IndicatorResult | None) -> Side | None:
    if found is None:
        return None
    reason = found.reason.text if found.reason else None
    return Side(found.value, str(found.verdict or ""), found.shortfall, found.unit, reason)


def _stages(before: CountyResult, after: CountyResult, names: Mapping[str, Text]) -> list[StagePair]:
    made = []
    for stage, now in after.stages.items():
        was = before.stages[stage]
        pairs = [
            Pair(
                key,
                names.get(key, Text(key, key)),
                _spread(was.indicators[key]),
                _spread(found),
                "" if found.cv_limit is None else str(found.cv_limit),
            )
            for key, found in now.indicators.items()
        ]
        name = STAGE_NAMES[stage]
        made.append(StagePair(name, was.schools, now.schools, was.passed, now.passed, tuple(pairs)))
    return made


def _spread(found: StageIndicator) -> Side:
    return Side(
        found.used_cv, str(found.cv_verdict or ""), reason=found.reason.text if found.reason else None
    )
