"""The tests of one item as results: totals of the county, and what all its units come to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from junheng.basics import STAGES, Stage
from junheng.indicators import ItemFact, Number, Scene, Total, measure_total
from junheng.judgement.items.lines import figures_of, is_by_stage, keeps, widest, word_of
from junheng.judgement.items.units import UnitTest, filters, judge_units, lacking
from junheng.judgement.items.words import (
    NONE_CONCERNED,
    below,
    fault,
    missing_in,
    offence,
    schools_failed,
    schools_undecided,
)
from junheng.judgement.results import Counts, ItemTestResult, Reason
from junheng.judgement.verdict import Verdict, all_of
from junheng.standards import Item, ItemTest, Limit

_TURNED = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET}


def role_of(item: Item, test: ItemTest) -> str:
    """The role of ``test``: only reported where the item's parameters choose another."""
    chosen = all(item.limits[key].value == value for key, value in test.when.items() if key in item.limits)
    return test.role if chosen else "reported"


def total_tests(item: Item, test: ItemTest, fact: ItemFact, scene: Scene) -> Iterator[ItemTestResult]:
    """A total against its limit: once, or stage by stage where fact or limit is written so."""
    limit = item.limits.get(test.limit)
    by_stage = not isinstance(fact.numerator, str) or is_by_stage(limit)
    stages: Sequence[Stage | None] = (
        [stage for stage in STAGES if stage in scene.parameters.stages] if by_stage else [None]
    )
    for stage in stages:
        total = measure_total(fact, scene, stage, filters(item, test))
        line = None
        if limit is not None:
            line = widest(limit, figures_of(item, limit, "", (stage,) if stage else ()))
        yield _total(item, test, fact, limit, stage, total, line, scene)


def _total(
    item: Item,
    test: ItemTest,
    fact: ItemFact,
    limit: Limit | None,
    stage: Stage | None,
    total: Total,
    line: Decimal | None,
    scene: Scene,
) -> ItemTestResult:
    role = role_of(item, test)
    verdict, why = None, None
    short: Number | None = None
    if _concerns_none(fact, total, stage, scene):
        verdict, why, short = Verdict.MET, NONE_CONCERNED, Fraction(0)
    elif total.value is None:
        verdict = Verdict.CANNOT_TELL
        why = missing_in(total.absent, scene.names) if total.absent else fault(total.fault)
    elif limit is not None and line is not None:
        verdict = Verdict.MET if keeps(limit, total.value, line) else Verdict.NOT_MET
        if verdict is Verdict.NOT_MET:
            short = lacking(fact, limit, total.numerator, total.denominator, line)
            why = below(fact, test.limit, limit, total.value, line)
        else:
            short = Fraction(0)
        if item.part == "veto":
            verdict = _TURNED[verdict]
            why = offence(item, fact, test.limit, limit, total.value) if verdict is Verdict.NOT_MET else None
            short = None
    return ItemTestResult(
        fact.id,
        test.limit,
        stage,
        role,
        None if role == "reported" else verdict,
        _double(total.value),
        _double(total.numerator),
        _double(total.denominator),
        line,
        word_of(limit) if limit is not None else None,
        _double(short) if role != "reported" else None,
        fact.quantity_unit,
        why if role != "reported" or total.value is None else None,
    )


def _concerns_none(fact: ItemFact, total: Total, stage: Stage | None, scene: Scene) -> bool:
    """Whether there are school-stages and the test is for none of them: as with schools, nothing is asked then."""
    if fact.over != "school_stage" or not total.fault.startswith("no_rows"):
        return False
    return any(stage in (None, found) for found in scene.stage_rows.column("stage"))


def _double(value: Number | None) -> float | None:
    return None if value is None else float(value)


def unit_tests(
    item: Item, test: ItemTest, fact: ItemFact, scene: Scene
) -> tuple[ItemTestResult, list[UnitTest]]:
    """What all units of ``fact`` come to, and each of them."""
    limit = item.limits[test.limit]
    found = judge_units(item, test, fact, limit, scene)
    verdicts = [one.result.verdict for one in found]
    met, failed, unknown = map(verdicts.count, (Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL))
    verdict = all_of(verdicts)
    why: Reason | None = None
    if not found:
        why = NONE_CONCERNED
        if fact.over == "monitoring":
            verdict, why = Verdict.CANNOT_TELL, fault(f"no_rows:{fact.over}")
    elif verdict is not Verdict.MET:
        why = schools_failed(failed, len(found)) if failed else schools_undecided(unknown, len(found))
    share = met / len(found) if found and not unknown else None
    short = [one.result.shortfall for one in found if one.result.shortfall]
    result = ItemTestResult(
        fact.id,
        test.limit,
        None,
        role_of(item, test),
        verdict,
        share,
        float(met),
        float(len(found)),
        None,
        word_of(limit),
        float(sum(short)) if verdict is not Verdict.CANNOT_TELL else None,
        fact.quantity_unit,
        why,
        Counts(len(found), met, failed, unknown),
    )
    return (replace(result, verdict=None) if result.role == "reported" else result), found


def verdict_of(results: Sequence[ItemTestResult]) -> tuple[Verdict, ItemTestResult | None]:
    """What an item's tests come to, and the first that makes it so (None: met, or nothing is tested)."""
    tests = [one for one in results if one.role == "test"]
    verdict = all_of(_told(one) for one in tests) if tests else Verdict.CANNOT_TELL
    weak = [one for one in results if one.role == "precondition" and one.verdict is not Verdict.MET]
    if verdict is not Verdict.NOT_MET and weak:
        first = next((one for one in tests if one.verdict is Verdict.CANNOT_TELL), weak[0])
        return Verdict.CANNOT_TELL, first
    return verdict, next((one for one in tests if one.verdict is verdict), None)


def _told(result: ItemTestResult) -> Verdict:
    return Verdict.CANNOT_TELL if result.verdict is None else result.verdict


def relaxed_counts(found: Mapping[str, list[UnitTest]]) -> dict[str, int]:
    """How many units rest on each relaxation, over all tests of an item: a unit counts once."""
    pairs = {
        (key, one.unit.key, one.unit.stage)
        for units in found.values()
        for one in units
        for key in one.relaxed
    }
    return dict(sorted(Counter(key for key, _, _ in pairs).items()))
