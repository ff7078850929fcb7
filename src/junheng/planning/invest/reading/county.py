"""The county's facts as the plan needs them, from the same engine as the verdict.

The state of the target year in which nothing is bought is written as an input and judged by the standard of that year:
who counts, what is relaxed, how premises are split and what cannot be told are then what the verdict will say too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from junheng.basics import STAGES, Text, UserError
from junheng.data import check_snapshot, read_input
from junheng.indicators import prepare_exact
from junheng.judgement import Assessment, CountyResult, Facts, SchoolResult, assess
from junheng.planning.frozen import exact
from junheng.planning.invest.reading.lines import Lines
from junheng.planning.state_rows import Rows, StageKey, write_rows, year_rows


@dataclass(frozen=True, slots=True)
class Place:
    """A school as the facts know it: pupils by stage, school-wide and own numerators, and what cannot be told."""

    school_id: str
    name: str
    pupils: Mapping[str, int]
    shared: Mapping[str, Fraction]
    own: Mapping[str, Mapping[str, Fraction]]  # by judged stage


@dataclass(frozen=True, slots=True)
class Found:
    """``cannot_tell`` and ``skipped`` are lists of the frozen problem. ``rows``: the tables of the target year."""

    places: tuple[Place, ...]
    cannot_tell: tuple[dict[str, Any], ...]
    skipped: tuple[dict[str, Any], ...]
    rows: Rows
    name: str


def untouched(base: Rows, lines: Lines, target: int, pupils: Mapping[StageKey, int]) -> Found:
    """The facts of ``target`` when nothing is bought. Raises UserError as ``assess`` does."""
    rows = year_rows(base, target, pupils)
    with TemporaryDirectory() as folder:
        write_rows(rows, Path(folder) / str(target))
        checked = check_snapshot(read_input(Path(folder)))
    assessment = assess(checked, lines.standard, year=target)
    county = assessment.counties[0]
    stages = _pupils(assessment)
    told = {
        key: _missing(school, lines)
        for school in county.schools
        for key in [(school.school_id, school.stage)]
    }
    places = _places(assessment, county, lines, stages, {key for key, missing in told.items() if not missing})
    cannot = [_cannot_tell(school, told[school.school_id, school.stage]) for school in county.schools]
    skipped = [
        {"school_id": row.school_id, "stage": row.stage, "zh": row.reason.text.zh, "en": row.reason.text.en}
        for row in county.skipped
    ]
    return Found(places, tuple(row for row in cannot if row["missing"]), tuple(skipped), rows, county.name)


def _pupils(assessment: Assessment) -> dict[str, dict[str, int]]:
    """Pupils by school and stage, merged campuses added in; a stage whose pupils are absent is left out."""
    found: dict[str, dict[str, int]] = {}
    for row in assessment.evaluation.values.select(["school_id", "stage", "pupils"]).to_pylist():
        if row["pupils"] is not None:
            found.setdefault(row["school_id"], {})[row["stage"]] = int(row["pupils"])
    return found


def _missing(school: SchoolResult, lines: Lines) -> list[str]:
    return [row["id"] for row in lines.indicators if school.indicators[row["id"]].value is None]


def _cannot_tell(school: SchoolResult, missing: list[str]) -> dict[str, Any]:
    reasons = {key: found.reason.text for key in missing if (found := school.indicators[key]).reason}
    return {
        "school_id": school.school_id,
        "stage": school.stage,
        "missing": missing,
        "zh": "；".join(f"{key} {text.zh}" for key, text in reasons.items()),
        "en": "; ".join(f"{key} {text.en}" for key, text in reasons.items()),
    }


def _places(
    assessment: Assessment,
    county: CountyResult,
    lines: Lines,
    pupils: Mapping[str, Mapping[str, int]],
    tellable: set[StageKey],
) -> tuple[Place, ...]:
    facts = assessment.facts()
    schools = [school for school in county.schools if (school.school_id, school.stage) in tellable]
    asked = [
        (row["id"], {"year": assessment.year, "school_id": school.school_id, "stage": school.stage})
        for school in schools
        for row in lines.indicators
    ]
    prepare_exact(assessment.evaluation, asked)
    by_school: dict[str, list[SchoolResult]] = {}
    for school in schools:
        by_school.setdefault(school.school_id, []).append(school)
    return tuple(
        _place(facts, assessment.year, by_school[key], lines, pupils[key]) for key in sorted(by_school)
    )


def _place(
    facts: Facts, year: int, stages: list[SchoolResult], lines: Lines, pupils: Mapping[str, int]
) -> Place:
    shared: dict[str, Fraction] = {}
    own: dict[str, dict[str, Fraction]] = {}
    for school in stages:
        own[school.stage] = {}
        for row in lines.indicators:
            found = facts.exact_of(row["id"], year, school)
            if found is None or found[1] != pupils[school.stage]:
                raise RuntimeError(f"{school.school_id} {school.stage} {row['id']}: exact figures differ")
            if not row["shared"]:
                own[school.stage][row["id"]] = found[0]
                continue
            whole = found[0] / share_of(school.stage, pupils, lines.weights)
            if shared.setdefault(row["id"], whole) != whole:
                raise _differing(school, row["id"])
    return Place(school.school_id, school.name, _in_order(pupils), shared, own)


def share_of(stage: str, pupils: Mapping[str, int], weights: Mapping[str, int | str]) -> Fraction:
    """The stage's share of what a school's stages have in common: w·P / Σ w·P."""
    weighed = {key: exact(weights[key]) * count for key, count in pupils.items()}
    return weighed[stage] / sum(weighed.values())


def _in_order(pupils: Mapping[str, int]) -> dict[str, int]:
    return {stage: pupils[stage] for stage in STAGES if stage in pupils}


def _differing(school: SchoolResult, key: str) -> UserError:
    return UserError(
        Text(
            f"{school.name}的 {key} 在不同学段放宽不同，不能按全校购置",
            f"{key} of {school.school_id} is relaxed in one stage only: it cannot be bought for the whole school",
        ),
        where="standard",
        why=Text("共用资源须按同一口径分摊", "what stages share must be counted alike"),
        fix=Text("请在叠加口径中去掉按学段的放宽", "remove the relaxation by stage in an overlay"),
    )
