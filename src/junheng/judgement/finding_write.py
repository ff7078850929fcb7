"""Writes findings: whole or not at all, the same bytes for the same input (the time made aside)."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from junheng import __version__
from junheng.basics import Text, UserError, atomic_folder, nearest
from junheng.data import Checked, Problem, group_problems
from junheng.indicators import item_entries
from junheng.judgement.assess import Assessment
from junheng.judgement.finding import LISTING, MANIFEST
from junheng.judgement.finding_cells import cells_table
from junheng.judgement.finding_history import History
from junheng.judgement.finding_item_cells import item_cells
from junheng.judgement.finding_layout import keep_others, places, require_replaceable
from junheng.judgement.finding_manifest import manifest
from junheng.judgement.finding_values import values_table
from junheng.judgement.judge import county_spans
from junheng.judgement.results import CountyResult
from junheng.judgement.sensitivity import sensitivity

Json = Mapping[str, object]
Documents = Callable[[Path], None]


def write_findings(
    assessments: Sequence[Assessment],
    folder: Path,
    *,
    command: Sequence[str] | str,
    documents: Documents | None = None,
    made_at: datetime | None = None,
) -> tuple[Path, ...]:
    """Write every county of every assessment into ``folder`` and return the findings' folders.

    One county, standard and year stand in ``folder`` itself; several in ``<standard>/<year>/<county>``, only
    the levels on which they differ. ``documents`` is called with each finished finding before anything is
    visible, so that report and finding appear together. An earlier finding is replaced in one step; files in
    it that are not the finding's own stay. Raises UserError for a folder that is something else.
    """
    wanted = {(a.standard.id, a.year, c.code): (a, c) for a in assessments for c in a.counties}
    if not wanted:
        raise UserError(Text("没有可写的结论", "There is no finding to write"), where=str(folder))
    layout = places(list(wanted))
    require_replaceable(folder, list(layout.values()))
    histories = {id(assessment): History(assessment) for assessment in assessments}
    with atomic_folder(folder) as temporary:
        for key, (assessment, county) in wanted.items():
            inner = temporary / layout[key]
            inner.mkdir(parents=True, exist_ok=True)
            _write(assessment, county, histories[id(assessment)], inner, command=command, made_at=made_at)
            keep_others(folder / layout[key], inner)
            if documents is not None:
                documents(inner)
        if len(wanted) > 1:
            _dump(temporary / LISTING, _listing(layout.values()))
    return tuple(folder / layout[key] for key in wanted)


def _listing(folders: Iterable[Path]) -> Json:
    """``findings.json``: marks a folder of several findings and names them."""
    software = {"name": "junheng", "version": __version__}
    return {"software": software, "findings": [folder.as_posix() for folder in folders]}


def write_finding(
    assessment: Assessment,
    folder: Path,
    *,
    command: Sequence[str] | str,
    county: str | None = None,
    documents: Documents | None = None,
    made_at: datetime | None = None,
) -> Path:
    """``write_findings`` for one county: the only one, or the one with code ``county``."""
    codes = [found.code for found in assessment.counties]
    if county is None and len(codes) == 1:
        county = codes[0]
    if county not in codes:
        raise _which_county(county, codes)
    chosen = tuple(found for found in assessment.counties if found.code == county)
    only = replace(assessment, counties=chosen)
    return write_findings([only], folder, command=command, documents=documents, made_at=made_at)[0]


def _which_county(county: str | None, codes: Sequence[str]) -> UserError:
    guess = nearest(county, codes) if county else None
    shown = guess or "、".join(codes[:6])
    if county is None:
        what = Text("输入含有多个县，请指定其一", "The input has several counties: name one")
    else:
        what = Text(f"没有县 {county}", f"There is no county {county}")
    return UserError(what, fix=Text(f"可选：{shown}", f"for example {shown}"))


def _write(
    assessment: Assessment,
    county: CountyResult,
    history: History,
    folder: Path,
    *,
    command: Sequence[str] | str,
    made_at: datetime | None,
) -> None:
    evaluation, checked = assessment.evaluation, assessment.checked
    wide = _rows_of(assessment, county)
    keys = [measure.key for measure in evaluation.measures]
    ids = sorted(set(wide.column("school_id").to_pylist()))
    _parquet(folder / "values.parquet", values_table(county, wide, keys))
    _parquet(folder / "cells.parquet", cells_table(checked.snapshot, evaluation, county.year, ids))
    _parquet(folder / "item_cells.parquet", item_cells(checked.snapshot, assessment, county))
    _dump(folder / "verdict.json", county.as_json())
    _dump(folder / "standard.json", standard_json(assessment, county.code))
    _dump(folder / "sensitivity.json", sensitivity(county, assessment.facts()))
    _dump(folder / "trends.json", history.of(county.code))
    problems = problems_of(checked, county.code)
    groups = [group.as_json() for group in group_problems(problems)]
    _dump(folder / "problems.json", {"groups": groups, "count": len(problems)})
    _dump(
        folder / MANIFEST,
        manifest(assessment, county, folder, command=command, made_at=made_at),
    )


def _rows_of(assessment: Assessment, county: CountyResult) -> pa.Table:
    spans = dict(county_spans(assessment.evaluation.values, county.year))
    return assessment.evaluation.values.slice(*spans[county.code])


def problems_of(checked: Checked, code: str) -> list[Problem]:
    """The data problems that concern one county: all but those of schools known to lie in another."""
    school = checked.snapshot.tables["school"]
    columns = (school.column(name).to_pylist() for name in ("school_id", "county_code"))
    elsewhere: set[str] = set()
    here: set[str] = set()
    for school_id, county in zip(*columns, strict=True):
        (here if county in {code, None} else elsewhere).add(school_id)
    elsewhere -= here
    return [problem for problem in checked.problems if problem.school_id not in elsewhere]


def standard_json(assessment: Assessment, county: str) -> Json:
    """``standard.json``: the rules as they applied to the county, and the measured indicators with the columns they rest on.

    Each rule also carries its indicator's ``unit``. ``explain`` needs nothing else of the library.
    """
    measures = {measure.key: measure.indicator for measure in assessment.evaluation.measures}
    dumped = assessment.standard_of(county).model_dump(mode="json")
    for rule in dumped["indicators"]:
        unit = measures[rule["id"]].unit
        rule["unit"] = {"zh": unit.zh, "en": unit.en}
    dumped["measures"] = {key: found.model_dump(mode="json") for key, found in measures.items()}
    named = {test.fact for item in assessment.standard.items for test in item.tests if test.fact}
    dumped["item_facts"] = {key: item_entries()[key] for key in sorted(named)}
    dumped["lineage"] = {
        key: {stage: [list(pair) for pair in pairs] for stage, pairs in by_stage.items()}
        for key, by_stage in assessment.evaluation.lineage.items()
    }
    return dict(dumped)


def _dump(path: Path, content: Json) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n", "utf-8")


def _parquet(path: Path, table: pa.Table) -> None:
    pq.write_table(table, path, compression="zstd")
