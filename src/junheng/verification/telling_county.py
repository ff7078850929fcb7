"""What ``verdict.json`` should say of one county, put together from schools and stages."""

from collections.abc import Iterator, Mapping, Sequence

from junheng.basics import STAGES
from junheng.standards import Standard
from junheng.verification.cells import Year
from junheng.verification.facts import Formula, SchoolStage
from junheng.verification.items_judging import JudgedItem, judge_items
from junheng.verification.items_scene import Scene
from junheng.verification.items_telling import by_place, tell_items, tell_unit_items
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET, all_of, school_shares
from junheng.verification.telling import Told, part_reason
from junheng.verification.telling_parts import CountyFacts, tell_entry
from junheng.verification.telling_rounding import flags
from junheng.verification.telling_schools import Verdicts, judge_rows, tell_school, tell_skipped
from junheng.verification.telling_stages import StageVerdicts, stage_verdicts, tell_stage

PARTS = ("resource", "government", "quality", "recognition", "veto")

Why = tuple[str, str | None]  # code of a reason, what the part comes to for it (None: no matter)
Part = tuple[str, list[Why]]


def tell_county(
    county: CountyFacts,
    rows: Sequence[SchoolStage],
    reported: Year,
    standard: Standard,
    formulas: Mapping[str, Formula],
    scene: Scene,
) -> dict[str, Told]:
    """The whole of ``verdict.json``. ``rows`` are the county's; ``reported`` is the year before merging.

    ``scene`` holds the rows its items rest on.
    """
    schools = judge_rows(rows, standard, formulas)
    items = judge_items(standard, scene, {school.row.school_id for school in schools})
    places = by_place(items, scene)
    left = [row for row in rows if not row.judged]
    stages = [
        stage_verdicts(stage, [s for s in schools if s.row.stage == stage], standard, formulas)
        for stage in STAGES
        if stage in standard.stages
    ]
    parts = {str(part): _part(part, stages, standard, items) for part in standard.parts}
    keys = [(row.school_id, row.stage) for row in rows]
    shown = {key: tell_unit_items(items, places.get(key, {})) for key in keys}
    return {
        "standard": standard.id,
        "year": reported.year,
        "county": _county(county, parts, standard),
        "stages": {s.stage: tell_stage(s, [row for row in left if row.stage == s.stage]) for s in stages},
        "items": tell_items(items),
        "schools": [
            tell_school(school, reported, formulas, shown[school.row.school_id, school.row.stage])
            for school in schools
        ],
        "skipped": [tell_skipped(row, shown[row.school_id, row.stage]) for row in left],
        "rounding": flags(schools, stages, standard),
    }


def _county(county: CountyFacts, parts: Mapping[str, Part], standard: Standard) -> dict[str, Told]:
    failing = [why for verdict, whys in parts.values() if verdict != MET for why in whys]
    reasons: Told = [part_reason(*why) for why in failing]
    return {
        "code": county.code,
        "name": county.name or county.code,
        "verdict": all_of(verdict for verdict, _ in parts.values()),
        "reasons": reasons,
        "parts": {part: parts[part][0] if part in parts else None for part in PARTS},
        "part_reasons": {part: [part_reason(*why) for why in whys] for part, (_, whys) in parts.items()},
        "entry": tell_entry(standard, county),
    }


def _part(
    part: str, stages: Sequence[StageVerdicts], standard: Standard, items: Mapping[str, JudgedItem]
) -> Part:
    """What a part comes to, and for what reasons: its items, but for those that only enter a score."""
    scored = {name for item in standard.items for test in item.tests for name in test.score}
    mine = [found for key, found in items.items() if found.item.part == part and key not in scored]
    if part == "resource":
        return _resources(stages, standard, mine)
    if not mine:
        return CANNOT_TELL, [(f"nothing_declared:{part}", CANNOT_TELL)]
    whys: list[Why] = [
        (f"item_{'failed' if found.verdict == NOT_MET else 'open'}:{found.item.id}", found.verdict)
        for found in mine
        if found.verdict != MET
    ]
    return all_of(found.verdict for found in mine), whys


def _resources(stages: Sequence[StageVerdicts], standard: Standard, items: Sequence[JudgedItem]) -> Part:
    filled = [stage for stage in stages if stage.schools]
    if not filled:
        return CANNOT_TELL, [("no_counted_schools", CANNOT_TELL)]
    tests = [*_school_test(filled, standard), *_spread_tests(filled)]
    tests += [(found.verdict, [(found.why, found.verdict)]) for found in items]
    whys = [why for verdict, found in tests if verdict != MET for why in found]
    whys += [] if tests else [("nothing_tested", CANNOT_TELL)]
    whys += [(f"stage_empty:{stage.stage}", None) for stage in stages if not stage.schools]
    return (all_of(verdict for verdict, _ in tests) if tests else CANNOT_TELL), whys


def _school_test(stages: Sequence[StageVerdicts], standard: Standard) -> Iterator[Part]:
    if standard.school_rule is None or standard.county_rule is None:
        return
    verdicts = [school.verdict for stage in stages for school in stage.schools]
    verdict = school_shares(verdicts, standard.county_rule.school_pass_share)
    whys = [why for stage in stages for why in _school_whys(stage.stage, stage.schools, verdict)]
    yield verdict, whys


def _school_whys(stage: str, schools: Sequence[Verdicts], whole: str) -> Iterator[Why]:
    verdicts = [school.verdict for school in schools]
    for name, verdict in (("schools_failed", NOT_MET), ("schools_undecided", CANNOT_TELL)):
        if count := verdicts.count(verdict):
            decides = whole if verdict == NOT_MET else CANNOT_TELL
            yield f"{name}:{stage}:{count}/{len(verdicts)}", decides


def _spread_tests(stages: Sequence[StageVerdicts]) -> Iterator[Part]:
    for stage in stages:
        verdicts = {key: found.verdict for key, found in stage.spreads.items()}
        verdicts["composite"] = stage.composite_verdict
        for key, verdict in verdicts.items():
            if verdict is not None:
                kind = "cv_unknown" if verdict == CANNOT_TELL else "cv_exceeded"
                yield verdict, [(f"{kind}:{stage.stage}:{key}", verdict)]
