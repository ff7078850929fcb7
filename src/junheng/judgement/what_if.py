"""What if: a county's year, kept ready, judged again after changes by the very rules of its
verdict."""

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from junheng.basics import Text, UserError
from junheng.data import (
    Change,
    Changed,
    Problem,
    Snapshot,
    change_tables,
    changed_names,
    check_snapshot,
    every_rule,
    load_checks,
    of_year,
    rules_of_change,
    tables_of,
    with_tables,
)
from junheng.indicators import CountyTables, Scene, changed_scene, evaluate_again
from junheng.judgement.assess import Assessment, county_facts
from junheng.judgement.judge import judge
from junheng.judgement.regions import Question, assess_regions
from junheng.judgement.results import CountyResult
from junheng.judgement.vector import judge_rows

_PERSONS = frozenset({"pupil", "teacher"})
_NEW_PLACES = ("check", "table", "column", "school_id", "stage")


@dataclass(frozen=True, slots=True)
class Ground:
    """One county and year made ready. ``reported``: its tables as reported, persons counted; ``assessment``: as judged.

    ``scene``: its rows as declared items are measured over them, with what was judged once.
    """

    reported: Snapshot
    assessment: Assessment
    county: CountyResult
    scene: Scene


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The county after changes. ``tables``: as they would be reported; ``problems``: contradictions the changes made."""

    county: CountyResult
    tables: Mapping[str, pa.Table]
    schools: frozenset[str]
    notes: tuple[Text, ...]
    problems: tuple[Problem, ...]


def prepare_ground(snapshot: Snapshot, question: Question, county: str) -> Ground:
    """Count registers, check and judge the question's year of ``snapshot`` once. Raises UserError as ``assess_regions``."""
    year = replace(snapshot, tables=of_year(snapshot.tables, question.year), raw={}, problems=())
    counted = check_snapshot(year, checks=[one for one in load_checks() if one.view in _PERSONS]).snapshot
    plain = {name: table for name, table in counted.tables.items() if name not in _PERSONS}
    reported = replace(counted, tables=plain, problems=())
    logic = [one for one in load_checks() if one.rule.severity == "logic" and one.view not in _PERSONS]
    checked = check_snapshot(reported, checks=logic)
    for assessment in assess_regions(checked, question):
        for found in assessment.counties:
            if found.code == county:
                return _settled(Ground(reported, assessment, found, _scene(assessment, county)))
    raise UserError(Text(f"数据里没有县 {county}", f"the data hold no county {county}"))


def _scene(assessment: Assessment, county: str) -> Scene:
    evaluation = assessment.evaluation
    return Scene(CountyTables(evaluation.tables, assessment.year), county, evaluation.parameters)


def _settled(ground: Ground) -> Ground:
    """Have the garbage collector look at what is alive now for the last time: the ground stays, and going through
    all of it again in the middle of an answer takes as long as the answer. Garbage of before is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return ground


def what_if(ground: Ground, changes: Sequence[Change]) -> WhatIf:
    """Judge ``ground`` after ``changes``: what ``assess_regions`` says of the changed tables. Raises UserError for a change
    that cannot be made.
    """
    if not changes:
        return WhatIf(ground.county, ground.reported.tables, frozenset(), (), ())
    changed = change_tables(ground.reported.tables, changes)
    found, problems = _checked(ground, changed)
    before = ground.assessment
    evaluation = evaluate_again(before.evaluation, found, changed.schools)
    rows = judge_rows(evaluation, before.standard)
    counties = judge(
        evaluation,
        before.standard,
        year=before.year,
        counties=[ground.county.code],
        facts=county_facts(found, before.year),
        rows=rows,
        scene=changed_scene(ground.scene, found, before.year, changed.schools),
    )
    if not counties:
        raise _no_school_left()
    return WhatIf(counties[0], changed.tables, changed.schools, changed.notes, problems)


def _checked(ground: Ground, changed: Changed) -> tuple[Mapping[str, pa.Table], tuple[Problem, ...]]:
    """The tables to be judged, and the contradictions that are new.

    Rules that look at no table that changed have nothing new to say of a school they had nothing to say of before; of
    one they had, every rule is asked again. The other schools stay as they were checked.
    """
    before = ground.assessment.checked
    names = changed_names(ground.reported.tables, changed.tables, changed.schools)
    had = any(problem.school_id in changed.schools for problem in before.problems)
    rules, tables = every_rule() if had else rules_of_change(names)
    again = {name: changed.tables[name] for name in tables | names if name in changed.tables}
    theirs = tables_of(again, changed.schools)
    few = {name: table for name, table in theirs.items() if name in tables}
    checked = check_snapshot(replace(ground.reported, tables=few), checks=rules)
    known = {_place(problem) for problem in before.problems}
    fresh = tuple(problem for problem in checked.problems if _place(problem) not in known)
    found = {**theirs, **checked.snapshot.tables}
    whole = {name: before.snapshot.tables[name] for name in found if name in before.snapshot.tables}
    return {**before.snapshot.tables, **with_tables(whole, changed.schools, found)}, fresh


def _place(problem: Problem) -> tuple[str, ...]:
    return tuple(str(getattr(problem, name)) for name in _NEW_PLACES)


def _no_school_left() -> UserError:
    return UserError(
        Text("改动之后没有一所可评的学校", "after the changes no school is left to be judged"),
        fix=Text("请去掉一项改动", "take a change away"),
    )
