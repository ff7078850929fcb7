"""The resource part: schools pass, coefficients of variation keep their limits, declared items hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from junheng.basics import STAGE_NAMES, Stage, Text
from junheng.judgement.reasons import reason
from junheng.judgement.results import ItemResult, PartResult, Reason, StageResult
from junheng.judgement.verdict import Verdict, all_of
from junheng.standards import Standard

Finding = tuple[Verdict, tuple[Reason, ...]]


def resource_part(
    standard: Standard, stages: Mapping[Stage, StageResult], items: Mapping[str, ItemResult]
) -> PartResult:
    """Three-valued AND of the school rule, of all coefficients that have a limit and of the part's ``items``.

    A stage without any judged school-stage says nothing: it is flagged among the reasons and does not decide.
    A county without any is "cannot tell", and so is a standard that tests nothing.
    """
    filled = {stage: result for stage, result in stages.items() if result.schools}
    if not filled:
        return PartResult("resource", Verdict.CANNOT_TELL, (_untellable(reason("no_counted_schools")),))
    tests = [
        *_school_test(standard, filled),
        *_variation_tests(standard, filled),
        *_item_tests(items),
    ]
    verdict = all_of(found for found, _ in tests) if tests else Verdict.CANNOT_TELL
    reasons = [why for found, whys in tests if found is not Verdict.MET for why in whys]
    if not tests:
        reasons.append(_untellable(reason("nothing_tested")))
    reasons += [_empty(stage) for stage in stages if stage not in filled]
    return PartResult("resource", verdict, tuple(reasons))


def _school_test(standard: Standard, stages: Mapping[Stage, StageResult]) -> Iterator[Finding]:
    if standard.school_rule is None or standard.county_rule is None:
        return
    verdict = pass_share_verdict(
        sum(result.passed for result in stages.values()),
        sum(result.undecided for result in stages.values()),
        sum(result.schools for result in stages.values()),
        Fraction(standard.county_rule.school_pass_share),
    )
    reasons = [why for stage, result in stages.items() for why in _school_reasons(stage, result, verdict)]
    yield verdict, tuple(reasons)


def _item_tests(items: Mapping[str, ItemResult]) -> Iterator[Finding]:
    for item in items.values():
        if item.part == "resource":
            yield item.verdict, (replace(item.reason, verdict=item.verdict),) if item.reason else ()


def _untellable(why: Reason) -> Reason:
    return replace(why, verdict=Verdict.CANNOT_TELL)


def pass_share_verdict(passed: int, undecided: int, schools: int, share: Fraction) -> Verdict:
    """Whether at least ``share`` of ``schools`` pass, whatever the undecided ones turn out to be."""
    if passed >= share * schools:
        return Verdict.MET
    return Verdict.NOT_MET if passed + undecided < share * schools else Verdict.CANNOT_TELL


def _school_reasons(stage: Stage, result: StageResult, verdict: Verdict) -> Iterator[Reason]:
    """Schools that fail decide what the test comes to (``verdict``); those that cannot be told leave it open."""
    name, of = STAGE_NAMES[stage], result.schools
    failed = of - result.passed - result.undecided
    if failed:
        yield Reason(
            f"schools_failed:{stage}:{failed}/{of}",
            Text(f"{name.zh} {of} 所中有 {failed} 所未达标", f"{failed} of {of} {name.en} schools fail"),
            verdict,
        )
    if result.undecided:
        yield Reason(
            f"schools_undecided:{stage}:{result.undecided}/{of}",
            Text(
                f"{name.zh} {of} 所中有 {result.undecided} 所因缺数据无法判定",
                f"{result.undecided} of {of} {name.en} schools cannot be told for lack of data",
            ),
            Verdict.CANNOT_TELL,
        )


def _variation_tests(standard: Standard, stages: Mapping[Stage, StageResult]) -> Iterator[Finding]:
    for stage, result in stages.items():
        for rule in standard.indicators:
            found = result.indicators[rule.id]
            if found.cv_verdict is not None:
                name = Text(f"{rule.id} {rule.name.zh}", f"{rule.id} {rule.name.en}")
                yield found.cv_verdict, (_variation_reason(stage, rule.id, name, found.cv_verdict),)
        if result.composite_verdict is not None:
            name = Text("综合", "composite")
            why = _variation_reason(stage, "composite", name, result.composite_verdict)
            yield result.composite_verdict, (why,)


def _variation_reason(stage: Stage, key: str, name: Text, verdict: Verdict) -> Reason:
    where = STAGE_NAMES[stage]
    if verdict is Verdict.CANNOT_TELL:
        return Reason(
            f"cv_unknown:{stage}:{key}",
            Text(f"{where.zh} {name.zh}：差异系数无法计算", f"{where.en} {name.en}: the CV cannot be told"),
            verdict,
        )
    return Reason(
        f"cv_exceeded:{stage}:{key}",
        Text(f"{where.zh} {name.zh}：差异系数超过上限", f"{where.en} {name.en}: the CV exceeds its limit"),
        verdict,
    )


def _empty(stage: Stage) -> Reason:
    name = STAGE_NAMES[stage]
    return Reason(
        f"stage_empty:{stage}",
        Text(
            f"{name.zh}没有计入评价的学校，该学段不作判定",
            f"no {name.en} school is counted: the stage is not judged",
        ),
    )


def failing(parts: Sequence[PartResult]) -> tuple[Reason, ...]:
    """The reasons of all parts that are not met, in order."""
    return tuple(why for part in parts if part.verdict is not Verdict.MET for why in part.reasons)
