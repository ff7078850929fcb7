"""What ``verdict.json`` should say of one county, put together from schools and stages."""

from collections.abc import Iterator, Mapping, Sequence

from junheng.basics import STAGES
from junheng.standards import Standard
from junheng.verification.cells import Year
from junheng.verification.facts import Formula, SchoolStage
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET, all_of, school_shares
from junheng.verification.telling import UNCOMPUTED, Told, part_reason
from junheng.verification.telling_parts import CountyFacts, tell_entry, tell_items
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
) -> dict[str, Told]:
    """The whole of ``verdict.json``. ``rows`` are the county's; ``reported`` is the year before merging."""
    schools = judge_rows(rows, standard, formulas)
    left = [row for row in rows if not row.judged]
    stages = [
        stage_verdicts(stage, [s for s in schools if s.row.stage == stage], standard, formulas)
        for stage in STAGES
        if stage in standard.stages
    ]
    parts: dict[str, Part | None] = {part: _part(part, stages, standard) for part in standard.parts}
    return {
        "standard": standard.id,
        "year": reported.year,
        "county": _county(county, parts, standard),
        "stages": {s.stage: tell_stage(s, [row for row in left if row.stage == s.stage]) for s in stages},
        "items": tell_items(standard),
        "schools": [tell_school(school, reported, formulas) for school in schools],
        "skipped": [tell_skipped(row) for row in left],
        "rounding": flags(schools, stages, standard),
    }


def _county(county: CountyFacts, parts: Mapping[str, Part | None], standard: Standard) -> dict[str, Told]:
    """A county whose resources fail fails, whatever the parts come to that are not computed again."""
    verdicts = [CANNOT_TELL if part is None else part[0] for part in parts.values()]
    is_open = None in parts.values()
    verdict = all_of(verdicts)
    failing = [why for part in parts.values() if part is not None and part[0] != MET for why in part[1]]
    reasons: Told = UNCOMPUTED if is_open else [part_reason(*why) for why in failing]
    return {
        "code": county.code,
        "name": county.name or county.code,
        "verdict": UNCOMPUTED if is_open and verdict != NOT_MET else verdict,
        "reasons": reasons,
        "parts": {part: _verdict(parts[part]) if part in parts else None for part in PARTS},
        "part_reasons": {part: _reasons(found) for part, found in parts.items()},
        "entry": tell_entry(standard, county),
    }


def _verdict(part: Part | None) -> Told:
    return UNCOMPUTED if part is None else part[0]


def _reasons(part: Part | None) -> Told:
    return UNCOMPUTED if part is None else [part_reason(*why) for why in part[1]]


def _part(part: str, stages: Sequence[StageVerdicts], standard: Standard) -> Part | None:
    """What a part comes to; None where it hangs on declared items, which are not computed again."""
    if any(item.part == part for item in standard.items):
        return None
    if part != "resource":
        return CANNOT_TELL, [(f"nothing_declared:{part}", CANNOT_TELL)]
    filled = [stage for stage in stages if stage.schools]
    if not filled:
        return CANNOT_TELL, [("no_counted_schools", CANNOT_TELL)]
    tests = [*_school_test(filled, standard), *_spread_tests(filled)]
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
