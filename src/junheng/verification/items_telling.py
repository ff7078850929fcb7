"""What the finding should say of items: in the county, and at every school-stage (docs/method/items.md, 8)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from junheng.verification.items_attested import Attestation
from junheng.verification.items_judging import JudgedItem
from junheng.verification.items_relaxed import Standing
from junheng.verification.items_scene import Scene, StageKey
from junheng.verification.items_tests import Tested
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET, all_of
from junheng.verification.telling import Told, printed, reason

_UNITS = {"school": "school", "special_room": "school", "class": "stage"}
Shown = list[tuple[Tested, Standing]]
ByPlace = dict[StageKey, dict[str, Shown]]


def tell_items(judged: Mapping[str, JudgedItem]) -> dict[str, Told]:
    """ "items" of verdict.json."""
    return {key: _tell_item(found) for key, found in judged.items()}


def _tell_item(judged: JudgedItem) -> dict[str, Told]:
    item = judged.item
    deciding = [test for test in judged.tests if test.role == "test"]
    return {
        "part": item.part,
        "verdict": judged.verdict,
        "value": printed(deciding[0].value) if len(deciding) == 1 else None,
        "limit": {key: limit.model_dump(mode="json") for key, limit in item.limits.items()},
        "reason": reason(judged.why or None),
        "evidence": item.evidence,
        "relaxed": _relaxed(judged),
        "tests": [_tell_test(test) for test in judged.tests],
        "attestations": [_tell_attestation(found) for found in judged.attestations],
    }


def _relaxed(judged: JudgedItem) -> dict[str, Told]:
    """How many units each relaxation served, a unit once however many tests it served it in."""
    used = {(key, name) for test in judged.tests for key, s in test.units or () for name in s.relaxed}
    counts = Counter(name for _, name in used)
    return {offer.id: counts[offer.id] for offer in judged.item.relaxations if counts[offer.id]}


def _tell_test(test: Tested) -> dict[str, Told]:
    return {
        "fact": test.fact,
        "limit": test.limit or None,
        "stage": test.stage or None,
        "role": test.role,
        "verdict": test.verdict,
        "value": printed(test.value),
        "numerator": printed(test.numerator),
        "denominator": printed(test.denominator),
        "line": printed(test.line),
        "comparison": test.word,
        "shortfall": printed(test.shortfall, test.size),
        "shortfall_unit": {"zh": test.unit.zh, "en": test.unit.en},
        "reason": reason(test.why or None),
        "schools": None if test.units is None else _counts([s.verdict for _, s in test.units]),
    }


def _counts(verdicts: Sequence[str]) -> dict[str, Told]:
    return {
        "of": len(verdicts),
        "met": verdicts.count(MET),
        "not_met": verdicts.count(NOT_MET),
        "undecided": verdicts.count(CANNOT_TELL),
    }


def _tell_attestation(found: Attestation) -> dict[str, Told]:
    cells = {name: found.cells.get(name) for name in ("scope", "rating", "dated_on", "expires_on")}
    told: dict[str, Told] = {name: None if cell is None else str(cell) for name, cell in cells.items()}
    evidence = found.cells.get("evidence_hash")
    hashed = None if evidence is None else str(evidence)
    return {**told, "scope_id": found.whose, "evidence": hashed, "state": found.state}


def by_place(judged: Mapping[str, JudgedItem], scene: Scene) -> ByPlace:
    """The outcomes of single school-stages by item; a school's stand at each of its stages."""
    stages = {school.row.key[0]: school.stages for school in scene.schools()}
    found: ByPlace = {}
    for key, item in judged.items():
        for test in item.tests:
            for (school, stage), standing in test.units or () if test.over in _UNITS else ():
                for place in (stage,) if stage else stages[school]:
                    found.setdefault((school, place), {}).setdefault(key, []).append((test, standing))
    return found


def tell_unit_items(judged: Mapping[str, JudgedItem], shown: Mapping[str, Shown]) -> dict[str, Told]:
    """ "items" of one school-stage, in the standard's order."""
    return {key: _tell_unit(shown[key], found) for key, found in judged.items() if key in shown}


def _tell_unit(shown: Shown, judged: JudgedItem) -> dict[str, Told]:
    verdict = all_of(standing.verdict for _, standing in shown)
    why = next(standing.why for _, standing in shown if standing.verdict == verdict)
    names = {name for _, standing in shown for name in standing.relaxed}
    relaxed: list[Told] = [offer.id for offer in judged.item.relaxations if offer.id in names]
    return {
        "verdict": verdict,
        "per": _UNITS[shown[0][0].over],
        "relaxed": relaxed,
        "reason": reason(why or None),
        "tests": [_tell_unit_test(test, standing) for test, standing in shown],
    }


def _tell_unit_test(test: Tested, found: Standing) -> dict[str, Told]:
    return {
        "fact": test.fact,
        "limit": test.limit,
        "verdict": found.verdict,
        "value": printed(found.value),
        "line": printed(found.line),
        "shortfall": printed(found.shortfall, found.size),
        "shortfall_unit": {"zh": test.unit.zh, "en": test.unit.en},
        "reason": reason(found.why or None),
    }
