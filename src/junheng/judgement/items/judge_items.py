"""Every declared item of a county judged, and what its schools come to in the items that ask each of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from junheng.basics import Text, UserError, nearest
from junheng.indicators import ItemFact, Scene, item_facts
from junheng.judgement.items.attested import attestations_of, attested_test
from junheng.judgement.items.score import score_test
from junheng.judgement.items.tests import relaxed_counts, role_of, total_tests, unit_tests, verdict_of
from junheng.judgement.items.units import UnitTest
from junheng.judgement.results import (
    ItemResult,
    ItemTestResult,
    Reason,
    SchoolItem,
    SchoolItemTest,
)
from junheng.judgement.verdict import Verdict, all_of
from junheng.standards import Item, ItemTest, Standard

ATTESTED = ItemTest(attested=True)
_NO_TEST = Reason("no_test", Text("标准没有写明怎样检验", "the standard does not say how it is tested"))


@dataclass(slots=True)
class ItemsFound:
    """Items by id; and by school and stage the items that ask each school."""

    items: dict[str, ItemResult] = field(default_factory=dict)
    schools: dict[tuple[str, str], dict[str, SchoolItem]] = field(default_factory=dict)

    def of(self, school_id: str, stage: str) -> Mapping[str, SchoolItem]:
        """What one school-stage comes to."""
        return self.schools.get((school_id, stage), {})


def judge_items(standard: Standard, scene: Scene, schools: Sequence[str]) -> ItemsFound:
    """Judge all items of ``standard``. ``schools``: ids of the schools the standard counts.

    Raises UserError where a test names a fact that is not there.
    """
    found = ItemsFound()
    later = [item for item in standard.items if any(test.score for test in item.tests)]
    for item in [*(one for one in standard.items if one not in later), *later]:
        _judge(item, standard, scene, schools, found)
    order = [item.id for item in standard.items]
    found.items = {key: found.items[key] for key in order}
    if later:
        found.schools = {
            place: {key: mine[key] for key in order if key in mine} for place, mine in found.schools.items()
        }
    return found


def scored_items(standard: Standard) -> frozenset[str]:
    """Items that only count towards another's score."""
    return frozenset(key for item in standard.items for test in item.tests for key in test.score)


def _judge(item: Item, standard: Standard, scene: Scene, schools: Sequence[str], found: ItemsFound) -> None:
    rows = attestations_of(item, scene, standard.on)
    units: dict[str, list[UnitTest]] = {}
    results: list[ItemTestResult] = []
    for test in item.tests or (ATTESTED,):
        if test.limit and test.limit not in item.limits:
            continue
        if test.attested:
            results.append(attested_test(item, rows, schools, scene.homes, role_of(item, test)))
        elif test.score:
            results.append(score_test(item, test, found.items))
        else:
            results += _of_fact(item, test, scene, units)
    verdict, first = verdict_of(results)
    binding = [one for one in results if one.role == "test"]
    found.items[item.id] = ItemResult(
        item.part,
        verdict,
        binding[0].value if len(binding) == 1 else None,
        {key: limit.model_dump(mode="json") for key, limit in item.limits.items()},
        _why(verdict, first, binding),
        item.evidence,
        tuple(results),
        rows,
        relaxed_counts(units),
    )
    _of_schools(item, units, found)


def _why(verdict: Verdict, first: ItemTestResult | None, binding: Sequence[ItemTestResult]) -> Reason | None:
    if verdict is Verdict.MET:  # that nobody is concerned is said of the item where every test of it says so
        return first.reason if first is not None and all(one.reason for one in binding) else None
    return first.reason if first is not None else _NO_TEST


def _of_fact(
    item: Item, test: ItemTest, scene: Scene, units: dict[str, list[UnitTest]]
) -> Iterator[ItemTestResult]:
    fact = _fact_of(item, test)
    if fact.gives == "total":
        yield from total_tests(item, test, fact, scene)
        return
    result, found = unit_tests(item, test, fact, scene)
    units[test.fact] = found
    yield result


def _fact_of(item: Item, test: ItemTest) -> ItemFact:
    """The fact a test names. Raises UserError where there is none, or a limit the test needs is not there."""
    facts = item_facts()
    if test.fact not in facts:
        guess = nearest(test.fact, facts)
        raise UserError(
            Text(
                f"条款 {item.id} 引用了没有的事实 {test.fact}",
                f"Item {item.id} names an unknown fact: {test.fact}",
            ),
            why=Text("该条款无法检验", "the item cannot be tested"),
            fix=Text(f"最接近的是 {guess}", f"the nearest is {guess}")
            if guess
            else Text("可用的事实见 docs/method/items.md", "see docs/method/items.md for what there is"),
        )
    needed = [*test.only.values(), *filter(None, (test.per,))]
    if facts[test.fact].gives != "total" and not test.limit:
        needed.append("limit")
    for key in needed:
        if key not in item.limits:
            raise UserError(
                Text(
                    f"条款 {item.id} 的检验用到没有的界限 {key}",
                    f"A test of item {item.id} needs the limit {key}",
                ),
                fix=Text("请在 limits 中写明", "state it under limits"),
            )
    return facts[test.fact]


def _of_schools(item: Item, units: Mapping[str, list[UnitTest]], found: ItemsFound) -> None:
    """Each school's verdict on the item stands with every stage of the school that it is about."""
    mine: dict[tuple[str, str | None], list[UnitTest]] = {}
    for tests in units.values():
        for one in tests:
            if one.unit.school is not None:
                mine.setdefault((one.unit.key, one.unit.stage), []).append(one)
    for (school_id, stage), tests in mine.items():
        result = _school_item(tests, "school" if stage is None else "stage")
        school = tests[0].unit.school
        for place in (stage,) if stage else school.stages if school else ():
            found.schools.setdefault((school_id, place), {})[item.id] = result


def _school_item(tests: Sequence[UnitTest], per: str) -> SchoolItem:
    if len(tests) == 1:
        result, relaxed = tests[0].result, tests[0].relaxed
        return SchoolItem(result.verdict, per, (result,), relaxed, _unless_met(result))
    results = tuple(one.result for one in tests)
    verdict = all_of(one.verdict for one in results)
    first = next(one for one in results if one.verdict is verdict)
    relaxed = tuple(dict.fromkeys(key for one in tests for key in one.relaxed))
    return SchoolItem(verdict, per, results, relaxed, _unless_met(first))


def _unless_met(result: SchoolItemTest) -> Reason | None:
    return None if result.verdict is Verdict.MET else result.reason
