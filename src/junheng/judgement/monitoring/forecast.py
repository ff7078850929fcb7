"""Failing in advance: pupils of a forecast, present resources held, judged by the same engine.

Assumption: teachers, premises, equipment, classes and lists of schools stay those of the base year; only the pupils of
the school-stages the forecast names change, to its middle path (a whole number of pupils, half up, because pupils are
whole). A school-stage the forecast does not name keeps its pupils. What is foreseen is therefore what happens if
nothing is built or hired, no more.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa

from junheng.basics import Text, UserError
from junheng.data import Checked, Snapshot, check_snapshot, read_input
from junheng.judgement.assess import assess
from junheng.judgement.finding import Finding, read_finding
from junheng.judgement.monitoring.condition import Value
from junheng.judgement.monitoring.state import Subject, exact
from junheng.judgement.results import CountyResult, SchoolResult
from junheng.judgement.verdict import Verdict

PLAN = "plan.json"
Json = Mapping[str, Any]
Place = tuple[str, str]
_HALF = Fraction(1, 2)


def forecast_subjects(folder: Path, finding_folder: Path, table: Path) -> tuple[Subject, ...]:
    """Each school-stage in each year foreseen, beside its verdict of the base year (that of the finding).

    ``folder``: the output of ``junheng forecast``; ``finding_folder``: the finding of the base year; ``table``: the
    input that finding was made of. Raises UserError where the forecast is none, or the input lacks the finding's year.
    """
    pupils = _pupils(folder / PLAN)
    finding = read_finding(finding_folder)
    checked = check_snapshot(read_input(table))
    if finding.year not in checked.snapshot.years():
        raise _refused(
            table, Text(f"没有 {finding.year} 年的数据", f"it has no data of {finding.year}"), folder
        )
    base = {(row["school_id"], row["stage"]): row for row in finding.verdict["schools"]}
    found: list[Subject] = []
    for year in sorted(year for year in pupils if year > finding.year):
        county = _held(checked, finding, pupils[year])
        found += [_subject(base[place], school, year) for place, school in _judged(county) if place in base]
    return tuple(found)


def _pupils(path: Path) -> dict[int, dict[Place, Fraction | None]]:
    """By year and school-stage the middle path; None where the forecast cannot tell."""
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["kind"] != "forecast":
            raise KeyError("kind")
        found: dict[int, dict[Place, Fraction | None]] = {}
        for row in content["pupils"]:
            middle = row.get("mid")
            own = None if middle is None else Fraction(str(middle))
            found.setdefault(int(row["year"]), {})[row["school"], row["stage"]] = own
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _refused(
            path, Text("不是学位预测的结果", "it is no result of a seat forecast"), path
        ) from error
    return found


def _held(checked: Checked, finding: Finding, pupils: Mapping[Place, Fraction | None]) -> CountyResult:
    """The county with these pupils and the base year's resources, judged by the finding's own standard."""
    tables = dict(checked.snapshot.tables)
    tables["stage"] = _with_pupils(tables["stage"], finding.year, pupils)
    snapshot: Snapshot = replace(checked.snapshot, tables=tables)
    given = replace(checked, snapshot=snapshot)
    code = str(finding.verdict["county"]["code"])
    counties = assess(given, finding.standard, year=finding.year, catalogue=_catalogue(finding)).counties
    return next(county for county in counties if county.code == code)


def _catalogue(finding: Finding) -> dict[str, Any]:
    return {
        rule.indicator: finding.measures[rule.id]
        for rule in finding.standard.indicators
        if rule.id in finding.measures
    }


def _with_pupils(table: pa.Table, year: int, pupils: Mapping[Place, Fraction | None]) -> pa.Table:
    rows = zip(
        *(table.column(name).to_pylist() for name in ("year", "school_id", "stage", "pupils")), strict=True
    )
    changed = [
        _whole(pupils[school, stage]) if own == year and (school, stage) in pupils else given
        for own, school, stage, given in rows
    ]
    place = table.column_names.index("pupils")
    field = table.schema.field("pupils")
    return table.set_column(place, field, pa.array(changed, field.type))


def _whole(pupils: Fraction | None) -> int | None:
    return None if pupils is None else int(pupils + _HALF)


def _judged(county: CountyResult) -> Sequence[tuple[Place, SchoolResult]]:
    return [((school.school_id, school.stage), school) for school in county.schools]


def _subject(base: Json, school: SchoolResult, year: int) -> Subject:
    future = None if school.verdict in (None, Verdict.CANNOT_TELL) else str(school.verdict)
    facts: dict[str, Value] = {
        "stage": school.stage,
        "verdict": None if base["verdict"] == "cannot_tell" else base["verdict"],
        "future_verdict": future,
        "future_year": Fraction(year),
        "pupils": exact(base["pupils"]),
        "future_pupils": exact(school.pupils),
        "met": Fraction(int(base["met"])),
        "future_met": Fraction(school.met),
    }
    return Subject(
        school.school_id,
        school.name,
        school.stage,
        "",
        facts,
        distance_unit=Text("人", "pupils"),
        explain=("--school", school.school_id, "--stage", school.stage),
    )


def _refused(where: Path, what: Text, folder: Path) -> UserError:
    return UserError(
        what,
        where=str(where),
        why=Text("不能推算今后各年是否达标", "the years ahead cannot be judged"),
        fix=Text(
            f"请给出 junheng forecast 的输出（{folder.name}）和基年的填报数据",
            f"give the output of junheng forecast ({folder.name}) and the input of the base year",
        ),
    )
