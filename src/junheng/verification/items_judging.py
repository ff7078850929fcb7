"""Every declared item of a standard for one county: its tests, and what they come to together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from junheng.standards import Item, ItemTest, Standard
from junheng.verification.items_attested import Attestation, attestations, attested
from junheng.verification.items_enough import enough_units
from junheng.verification.items_facts import ItemFact, fact_named
from junheng.verification.items_limits import stages_of
from junheng.verification.items_relaxed import Unit, stand
from junheng.verification.items_scene import Scene
from junheng.verification.items_tests import Tested, held_score, held_total, held_units, role_of
from junheng.verification.items_total import total
from junheng.verification.items_units import each_units
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET, all_of


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """One item with its verdict, the code of its reason ("": none), its tests and its attestations."""

    item: Item
    verdict: str
    why: str
    tests: Sequence[Tested]
    attestations: Sequence[Attestation]


def judge_items(standard: Standard, scene: Scene, counted: set[str]) -> dict[str, JudgedItem]:
    """Every item by its id, in the standard's order. ``counted`` are the schools judged."""
    found: dict[str, JudgedItem] = {}
    for item in sorted(standard.items, key=lambda item: any(test.score for test in item.tests)):
        verdicts = {name: judged.verdict for name, judged in found.items()}
        shown = attestations(item, scene, standard) if _is_attested(item) else []
        tests: list[Tested] = []
        for test in _tests(item):
            if test.score:
                tests.append(held_score(item, test, verdicts))
            elif test.attested:
                verdict, why = attested(item, shown, scene.homes, counted)
                tests.append(Tested("attested", "rating", role_of(item, test), verdict, why))
            else:
                tests += _of_fact(item, test, scene)
        found[item.id] = JudgedItem(item, *_together(tests), tests, shown)
    return {item.id: found[item.id] for item in standard.items}


def _tests(item: Item) -> Sequence[ItemTest]:
    return item.tests or (ItemTest(attested=True),)


def _is_attested(item: Item) -> bool:
    return any(test.attested for test in _tests(item))


def _of_fact(item: Item, test: ItemTest, scene: Scene) -> Iterator[Tested]:
    """The tests a fact gives rise to: none without its limit, one for each stage where it is told by stage."""
    if test.limit and test.limit not in item.limits:
        return
    fact = fact_named(test.fact)
    if fact.gives == "total":
        for stage in _stages(fact, item, test, scene):
            yield held_total(fact, item, test, stage, total(fact, item, test, stage, scene))
        return
    units = (enough_units if fact.gives == "enough" else each_units)(fact, item, test, scene)
    told = [(unit.key, stand(cast(Unit, unit), item, test)) for unit in units]
    yield held_units(fact, item, test, told)


def _stages(fact: ItemFact, item: Item, test: ItemTest, scene: Scene) -> Sequence[str]:
    """The stages a total is told for; ("",) for the county as one."""
    written = [stage for stage in fact.numerator if stage] or stages_of(item.limits.get(test.limit))
    return [stage for stage in scene.stages if stage in written] if written else [""]


def _together(tests: Sequence[Tested]) -> tuple[str, str]:
    """The three-valued AND of the tests; a precondition that does not hold leaves open what is not failed."""
    deciding = [test for test in tests if test.role == "test"]
    verdict = all_of(str(test.verdict) for test in deciding) if deciding else CANNOT_TELL
    barring = [test for test in tests if test.role == "precondition" and test.verdict != MET]
    if verdict == MET and barring:
        return CANNOT_TELL, barring[0].why
    why = next((test.why for test in deciding if test.verdict == verdict), "")
    if verdict == MET and not all(test.why for test in deciding):
        why = ""
    if barring and verdict != NOT_MET and not why:
        why = barring[0].why
    return verdict, why
