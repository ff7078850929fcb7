"""A small made-up finding with the exact shape of the public files, to test documents without a county."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

KEYS = ("R1", "R2", "R3", "R4", "R5", "R6", "R7")
NAMES = (
    "每百名学生拥有高于规定学历教师数", "每百名学生拥有县级以上骨干教师数",
    "每百名学生拥有体育、艺术（美术、音乐）专任教师数", "生均教学及辅助用房面积", "生均体育运动场馆面积",
    "生均教学仪器设备值", "每百名学生拥有网络多媒体教室数",
)  # fmt: skip
UNITS = ("人", "人", "人", "平方米", "平方米", "元", "间")
THRESHOLDS = {
    "primary": (4.2, 1.0, 0.9, 4.5, 7.5, 2000.0, 2.3),
    "junior": (5.3, 1.0, 0.9, 5.8, 10.2, 2500.0, 2.4),
}
LIMITS = {"primary": 0.5, "junior": 0.45}
SCALES = (100, 100, 100, 1, 1, 1, 100)
CITATION = {
    "document": "教督\u30142017\u30156号", "title": "县域义务教育优质均衡发展督导评估办法", "article": "第六条",
    "certainty": "found", "in_force_from": "2017-05-23", "in_force_to": None, "last_checked_on": None,
    "note": None, "overlay": "",
}  # fmt: skip


def ratio_of(stage: str, row: int, column: int) -> float:
    """A deterministic spread around the threshold: some below the floor, some far above."""
    wave = math.sin(1.7 * row + 2.3 * column + (0.4 if stage == "junior" else 0.0))
    return 1.05 + 0.35 * wave + 0.02 * ((row * 7 + column * 3) % 5)


def make_finding(
    folder: Path,
    *,
    schools: Mapping[str, int] | None = None,
    thresholds: bool = True,
    missing: Sequence[tuple[str, str, str]] = (),
    county: str = "XX区（虚构）",
    years: Sequence[int] = (2022, 2023, 2024),
    raise_to_mean: Mapping[str, Any] | None = None,
) -> Path:
    """Write a finding of so many school-stages; ``missing`` are (school_id, stage, indicator) without value."""
    counts = dict(schools or {"primary": 12, "junior": 5})
    folder.mkdir(parents=True, exist_ok=True)
    rows, values = [], []
    for stage, number in counts.items():
        for row in range(number):
            school, long = _school(stage, row, thresholds, set(missing))
            rows.append(school)
            values += long
    verdict = _verdict(rows, values, counts, thresholds, county)
    _write(folder, "verdict.json", verdict)
    _write(folder, "standard.json", _standard(counts, thresholds))
    _write(folder, "manifest.json", _manifest())
    _write(
        folder, "sensitivity.json", {"totals": _totals(rows, counts), "raise_to_mean": raise_to_mean or {}}
    )
    _write(folder, "trends.json", {"years": [{"year": year, "stages": verdict["stages"]} for year in years]})
    _write(folder, "problems.json", {"groups": [], "count": 0})
    pq.write_table(pa.Table.from_pylist(values), folder / "values.parquet")
    return folder


def _totals(rows: list[Any], counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        stage: {
            key: {
                "shortfall": sum(
                    r["indicators"][key]["shortfall"] or 0.0 for r in rows if r["stage"] == stage
                ),
                "schools": sum(
                    r["indicators"][key]["verdict"] == "not_met" for r in rows if r["stage"] == stage
                ),
            }
            for key in KEYS
        }
        for stage in counts
    }


def _write(folder: Path, name: str, content: object) -> None:
    (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _school(
    stage: str, row: int, thresholds: bool, missing: set[tuple[str, str, str]]
) -> tuple[Any, list[Any]]:
    school_id = f"{'21' if stage == 'primary' else '31'}50{row + 1:06d}"
    pupils = float(200 + 90 * (row % 9))
    cells: dict[str, Any] = {}
    long = []
    for column, key in enumerate(KEYS):
        line = THRESHOLDS[stage][column]
        numerator: float | None = round(line * ratio_of(stage, row, column) * pupils / SCALES[column])
        if (school_id, stage, key) in missing:
            numerator = None
        cells[key] = _cell(numerator, pupils, stage, column, thresholds)
        value = cells[key]["value"]
        long.append({
            "standard": "quality-2017", "year": 2024, "county_code": "150102", "school_id": school_id,
            "stage": stage, "indicator": key, "numerator": numerator, "denominator": pupils, "value": value,
            "state": "missing" if value is None else "ok", "reason": None,
        })  # fmt: skip
    met = sum(cell["verdict"] == "met" for cell in cells.values())
    entry = {
        "school_id": school_id, "name": f"{'第' if row % 2 else '城关镇'}{row + 1}{'小学' if stage == 'primary' else '中学'}",
        "stage": stage, "kind": stage, "urban_rural_code": ("111", "121", "220")[row % 3], "pupils": pupils,
        "verdict": _school_verdict(cells) if thresholds else None, "met": met, "indicators": cells, "items": {},
    }  # fmt: skip
    return entry, long


def _cell(
    numerator: float | None, pupils: float, stage: str, column: int, thresholds: bool
) -> dict[str, Any]:
    line = THRESHOLDS[stage][column] if thresholds else None
    floor = round(line * 0.85, 6) if line is not None else None
    value = None if numerator is None else SCALES[column] * numerator / pupils
    verdict = (
        None if line is None else "cannot_tell" if value is None else "met" if value >= line else "not_met"
    )
    short = None
    if value is not None and line is not None and numerator is not None:
        short = max(0.0, line * pupils / SCALES[column] - numerator)
        short = float(math.ceil(short)) if UNITS[column] in "人间" else short
    return {
        "value": value, "threshold": line, "floor": floor, "verdict": verdict, "shortfall": short,
        "shortfall_unit": {"zh": UNITS[column], "en": UNITS[column]},
        "floor_verdict": None if floor is None or value is None else "met" if value >= floor else "not_met",
        "reason": {"code": "missing:x", "zh": "缺数据", "en": "missing"} if value is None else None,
    }  # fmt: skip


def _school_verdict(cells: Mapping[str, Any]) -> str:
    verdicts = [cell["verdict"] for cell in cells.values()]
    if any(cell["floor_verdict"] == "not_met" for cell in cells.values()) or verdicts.count("not_met") > 1:
        return "not_met"
    return "cannot_tell" if "cannot_tell" in verdicts else "met"


def _stage(stage: str, rows: list[Any], values: list[Any], thresholds: bool) -> dict[str, Any]:
    indicators = {}
    for column, key in enumerate(KEYS):
        cells = [row["indicators"][key] for row in rows]
        long = [entry for entry in values if entry["stage"] == stage and entry["indicator"] == key]
        indicators[key] = {
            "met": sum(cell["verdict"] == "met" for cell in cells),
            "not_met": sum(cell["verdict"] == "not_met" for cell in cells),
            "undecided": sum(cell["verdict"] == "cannot_tell" for cell in cells),
            "floor_missed": sum(cell["floor_verdict"] == "not_met" for cell in cells),
            **_spread(long, SCALES[column], LIMITS[stage] if thresholds else None),
        }
    return {
        "schools": len(rows), "passed": sum(row["verdict"] == "met" for row in rows),
        "undecided": sum(row["verdict"] == "cannot_tell" for row in rows), "without_pupils": 0, "not_counted": 0,
        "indicators": indicators, "composite_cv": _mean([found["cv"] for found in indicators.values()]),
        "composite_limit": None, "composite_verdict": None,
    }  # fmt: skip


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known and len(known) == len(values) else None


def _spread(long: list[Any], scale: int, limit: float | None) -> dict[str, Any]:
    if any(entry["value"] is None for entry in long):
        empty = dict.fromkeys(("mean", "sd", "cv", "cv_unweighted"))
        return {**empty, "cv_limit": limit, "cv_verdict": None if limit is None else "cannot_tell"}
    pupils = sum(entry["denominator"] for entry in long)
    mean = scale * sum(entry["numerator"] for entry in long) / pupils
    sd = math.sqrt(sum(e["denominator"] / pupils * (e["value"] - mean) ** 2 for e in long))
    plain = sum(e["value"] for e in long) / len(long)
    unweighted = math.sqrt(sum((e["value"] - plain) ** 2 for e in long) / len(long)) / plain
    verdict = None if limit is None else "met" if sd / mean <= limit else "not_met"
    return {
        "mean": mean, "sd": sd, "cv": sd / mean, "cv_unweighted": unweighted, "cv_limit": limit,
        "cv_verdict": verdict,
    }  # fmt: skip


def _verdict(
    rows: list[Any], values: list[Any], counts: Mapping[str, int], thresholds: bool, county: str
) -> dict[str, Any]:
    parts = {"resource": "not_met", "government": "cannot_tell", "quality": "cannot_tell",
             "recognition": "cannot_tell", "veto": "cannot_tell"}  # fmt: skip
    stages = {
        stage: _stage(stage, [row for row in rows if row["stage"] == stage], values, thresholds)
        for stage in counts
    }
    reason = {"code": "not_judged", "zh": "本版本尚无该部分的数据或方法，暂不判定", "en": "not judged yet"}
    return {
        "standard": "quality-2017", "year": 2024,
        "county": {"code": "150102", "name": county, "verdict": "not_met", "reasons": [reason], "parts": parts,
                   "part_reasons": {part: [reason] for part in parts}, "entry": None},
        "stages": stages,
        "items": {"G1": {"part": "government", "verdict": "cannot_tell", "value": None, "limit": {}, "reason": reason}},
        "schools": rows, "skipped": [], "rounding": [],
    }  # fmt: skip


def _standard(counts: Mapping[str, int], thresholds: bool) -> dict[str, Any]:
    rules = [
        {
            "id": key, "indicator": key.lower(), "unit": {"zh": UNITS[column], "en": UNITS[column]},
            "name": {"zh": NAMES[column], "en": key}, "text": NAMES[column],
            "comparison": "不低于", "citation": CITATION, "cv_citation": CITATION,
            "thresholds": {stage: str(THRESHOLDS[stage][column]) for stage in counts} if thresholds else {},
            "floor_ratio": "0.85" if thresholds else None,
            "cv_limits": {stage: str(LIMITS[stage]) for stage in counts} if thresholds else {},
        }
        for column, key in enumerate(KEYS)
    ]  # fmt: skip
    return {
        "id": "quality-2017", "name": {"zh": "义务教育优质均衡", "en": "Quality balance"},
        "document": "教督\u30142017\u30156号", "title": "县域义务教育优质均衡发展督导评估办法", "on": "2024-09-01",
        "region": "150102", "overlays": [], "stages": list(counts),
        "parts": ["resource", "government", "quality", "recognition", "veto"], "indicators": rules,
        "school_rule": {"min_met": 6, "of": 7, "text": "至少六项达标，其余不低于85％", "citation": CITATION}
        if thresholds else None,
        "county_rule": {"school_pass_share": "1", "text": "所有学校达标", "citation": CITATION}
        if thresholds else None,
        "variation": {"weights": "pupils", "ddof": 0, "per_indicator": True, "composite_limits": {},
                      "comparison": "不超过", "compare_decimals": None, "text": "差异系数", "citation": CITATION},
        "items": [{"id": "G1", "part": "government", "name": {"zh": "规划布局合理", "en": "layout"},
                   "text": "县域内义务教育学校规划布局合理", "evidence": "attested", "limits": {}, "citation": CITATION}],
        "relaxations": [], "sha256": "a" * 64,
    }  # fmt: skip


def _manifest() -> dict[str, Any]:
    return {
        "software": {"name": "junheng", "version": "0.1.0"}, "command": "junheng evaluate book.xlsx",
        "standards": [{"id": "quality-2017", "sha256": "a" * 64}],
        "inputs": [{"name": "book.xlsx", "sha256": "b" * 64, "size_bytes": 1234, "rows": {"school": 17}}],
        "fingerprint": "c" * 64,
    }  # fmt: skip
