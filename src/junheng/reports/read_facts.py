"""Reads a finding's folder into ``Facts``; a folder that is no finding is refused with the way out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from junheng.basics import STAGE_NAMES, STAGES, Text, UserError
from junheng.reports.facts import Facts, IndicatorFacts, Json, Line, SchoolFacts, SchoolIndicator, StageFacts

_MADE_UP = ("虚构", "made up", "made-up", "made_up")
Parts = Mapping[tuple[str, str, str], tuple[float | None, float | None]]


def read_facts(folder: Path) -> Facts:
    """The finding in ``folder``. Raises UserError when a file of it is absent or cannot be read."""
    verdict = _json(folder / "verdict.json")
    standard = _json(folder / "standard.json")
    manifest = _json(folder / "manifest.json")
    try:
        parts = _numerators(folder / "values.parquet")
        schools = [_school(entry, parts) for entry in verdict["schools"]]
        return Facts(
            folder=folder,
            verdict=verdict,
            standard=standard,
            manifest=manifest,
            sensitivity=_json(folder / "sensitivity.json", optional=True),
            trends=_json(folder / "trends.json", optional=True),
            problems=_json(folder / "problems.json", optional=True),
            indicators=tuple(_indicator(rule, verdict) for rule in standard["indicators"]),
            stages=tuple(_stages(verdict, schools)),
            made_up=_is_made_up(verdict, manifest),
            promises=_json(folder / "promises.json", optional=True),
        )
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise _not_a_finding(folder, f"{type(error).__name__}: {error}") from error


def _json(path: Path, *, optional: bool = False) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if optional:
            return {}
        raise _not_a_finding(path.parent, path.name) from error
    except (ValueError, OSError) as error:
        raise _not_a_finding(path.parent, path.name) from error


def _not_a_finding(folder: Path, detail: str) -> UserError:
    return UserError(
        Text(
            f"这个文件夹不是完整的评价结论（{detail}）",
            f"This folder is not a complete finding ({detail})",
        ),
        where=str(folder),
        fix=Text(
            "请给出 junheng evaluate 写出的文件夹；评了多个县、标准或年度时，请给出其中一个下级文件夹",
            "give a folder written by junheng evaluate; of several counties, standards or years, one of its "
            "inner folders",
        ),
    )


def _numerators(path: Path) -> Parts:
    """Numerator and denominator by (school_id, stage, indicator)."""
    table = pq.read_table(path, columns=["school_id", "stage", "indicator", "numerator", "denominator"])
    columns = [table.column(name).to_pylist() for name in table.column_names]
    return {
        (school, stage, key): (top, bottom) for school, stage, key, top, bottom in zip(*columns, strict=True)
    }


def _school(entry: Json, parts: Parts) -> SchoolFacts:
    school_id, stage = str(entry["school_id"]), str(entry["stage"])
    return SchoolFacts(
        school_id=school_id,
        name=str(entry.get("name") or school_id),
        stage=stage,
        area=_area(str(entry.get("urban_rural_code") or "")),
        pupils=entry.get("pupils"),
        verdict=entry["verdict"],
        met=int(entry["met"]),
        indicators={
            key: _school_indicator(found, *parts.get((school_id, stage, key), (None, None)))
            for key, found in entry["indicators"].items()
        },
    )


def _area(code: str) -> str:
    """Urban, town or rural by the first digit of the statistics bureau's code (111…, 121…, 210…)."""
    if code.startswith("11"):
        return "urban"
    if code.startswith("12"):
        return "town"
    return "rural" if code.startswith("2") else ""


def _school_indicator(found: Json, numerator: float | None, denominator: float | None) -> SchoolIndicator:
    floor_verdict = found.get("floor_verdict")
    value, floor = found["value"], found.get("floor")
    if floor_verdict is None and value is not None and floor is not None:
        floor_verdict = "met" if value >= floor else "not_met"
    return SchoolIndicator(
        value=value,
        numerator=numerator,
        denominator=denominator,
        verdict=found["verdict"],
        shortfall=found.get("shortfall"),
        shortfall_unit=chinese(found.get("shortfall_unit")),
        below_floor=floor_verdict == "not_met" and found["verdict"] == "not_met",
        reason=chinese(found.get("reason")),
        relaxed=tuple(found.get("relaxed") or ()),
    )


def chinese(words: object) -> str:
    """The Chinese of a bilingual value ({"zh", "en"}, {"code", "text"…} or plain text); "" for none."""
    if isinstance(words, Mapping):
        code = str(words.get("code") or "")
        if code.startswith("stage:"):
            return _out_of_scope(code.partition(":")[2])
        return chinese(words.get("zh") or words.get("text") or code)
    return str(words).split(" | ")[0] if words else ""


def _out_of_scope(stage: str) -> str:
    name = STAGE_NAMES[stage].zh if stage in STAGE_NAMES else stage
    return f"{name}学段不在本标准范围"


def _indicator(rule: Json, verdict: Json) -> IndicatorFacts:
    thresholds, limits = rule.get("thresholds") or {}, rule.get("cv_limits") or {}
    return IndicatorFacts(
        key=str(rule["id"]),
        name=chinese(rule["name"]),
        unit=chinese(rule.get("unit")),
        clause=str(rule.get("text", "")),
        citation=rule.get("citation") or {},
        lines={
            stage: Line(
                _number(thresholds.get(stage)),
                _floor(verdict, str(rule["id"]), stage),
                _number(limits.get(stage)),
            )
            for stage in STAGES
        },
    )


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _floor(verdict: Json, key: str, stage: str) -> float | None:
    """The floor as the finding states it: exact there, so it is not multiplied out again here."""
    for school in verdict["schools"]:
        if school["stage"] == stage and key in school["indicators"]:
            return _number(school["indicators"][key].get("floor"))
    return None


def _stages(verdict: Json, schools: list[SchoolFacts]) -> list[StageFacts]:
    found = []
    for stage in STAGES:
        if stage in verdict["stages"]:
            rows = tuple(school for school in schools if school.stage == stage)
            found.append(StageFacts(stage, STAGE_NAMES[stage].zh, verdict["stages"][stage], rows))
    return found


def _is_made_up(verdict: Json, manifest: Json) -> bool:
    """Whether the input says that it is made up: in the county's name, or in a file's name or note."""
    told = manifest.get("made_up")
    if told is not None:
        return bool(told)
    inputs = manifest.get("inputs") or []
    words = [str(verdict["county"].get("name") or "")]
    words += [str(entry.get("name", "")) + str(entry.get("note", "")) for entry in inputs]
    return any(mark in word for word in words for mark in _MADE_UP)
