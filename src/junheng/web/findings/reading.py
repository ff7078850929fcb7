"""A finding's files as the pages need them: read once a process, in plain numbers and both languages.

Folders never change, so what is read from one is kept; the caches are bounded, so that a worker that walks through a
province does not keep all of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from junheng.basics import Text, urban_town_rural
from junheng.judgement import Finding as Read
from junheng.judgement import Group, breakdown, read_finding
from junheng.web.findings.models import Finding

Json = Mapping[str, Any]
KEPT = 24  # findings a process keeps: about 3 MB each for 300 schools
AREAS = {"city": Text("城区", "urban"), "town": Text("镇区", "town"), "rural": Text("乡村", "rural")}
_NUMBERS = ("lon", "lat", "classes", "max_class_size", "full_time")
_WORDS = ("town_code", "group_id")


@lru_cache(maxsize=KEPT)
def verdict_in(folder: Path) -> Json:
    """verdict.json of the finding in ``folder``."""
    found: Json = json.loads((folder / "verdict.json").read_bytes())
    return found


def verdict_of(finding: Finding) -> Json:
    """verdict.json of a finding."""
    return verdict_in(finding.folder)


@lru_cache(maxsize=KEPT)
def read_in(folder: Path) -> Read:
    """The finding in ``folder`` as the library reads it."""
    return read_finding(folder)


def read_of(finding: Finding) -> Read:
    """The finding as the library reads it."""
    return read_in(finding.folder)


@lru_cache(maxsize=KEPT)
def _named(folder: Path) -> Mapping[str, Text]:
    standard = json.loads((folder / "standard.json").read_bytes())
    return {rule["id"]: Text(rule["name"]["zh"], rule["name"]["en"]) for rule in standard["indicators"]}


def names_of(finding: Finding) -> Mapping[str, Text]:
    """Names of the indicators by key, as the standard writes them."""
    return _named(finding.folder)


@lru_cache(maxsize=KEPT)
def _units(folder: Path) -> Mapping[str, Text]:
    standard = json.loads((folder / "standard.json").read_bytes())
    return {key: Text(one["unit"]["zh"], one["unit"]["en"]) for key, one in standard["measures"].items()}


def units_of(finding: Finding) -> Mapping[str, Text]:
    """Units of the indicators by key."""
    return _units(finding.folder)


@lru_cache(maxsize=KEPT)
def _optional(folder: Path, name: str) -> Json:
    path = folder / name
    found: Json = json.loads(path.read_bytes()) if path.exists() else {}
    return found


def totals_of(finding: Finding) -> Json:
    """What all schools together lack, by stage and indicator (sensitivity.json)."""
    return dict(_optional(finding.folder, "sensitivity.json").get("totals", {}))


def years_of(finding: Finding) -> list[Json]:
    """The stages of the county in every year of the input, oldest first (trends.json)."""
    return list(_optional(finding.folder, "trends.json").get("years", []))


@dataclass(frozen=True, slots=True)
class About:
    """Where a school lies and what it holds, as the input says; None and "" where it does not. ``held`` by stage."""

    town: str
    group: str
    area: str
    lon: float | None
    lat: float | None
    held: Mapping[str, Mapping[str, float]]


@lru_cache(maxsize=KEPT)
def abouts_in(folder: Path) -> Mapping[str, About]:
    """Where schools lie, from cells.parquet; a finding made before these cells were kept in it has none, and the pages say so."""
    table = pq.read_table(
        folder / "cells.parquet", columns=["school_id", "stage", "column", "value", "text", "merged_into"]
    )
    wanted = pc.is_in(table.column("column"), value_set=_strings([*_NUMBERS, *_WORDS]))
    found: dict[str, dict[tuple[str, str], Any]] = {}
    for row in table.filter(pc.and_(wanted, pc.is_null(table.column("merged_into")))).to_pylist():
        told = row["value"] if row["column"] in _NUMBERS else row["text"]
        if told is not None:
            found.setdefault(row["school_id"], {})[row["column"], row["stage"] or ""] = told
    areas = {
        one["school_id"]: urban_town_rural(one["urban_rural_code"] or "")
        for one in verdict_in(folder)["schools"]
    }
    return {school: _about(found.get(school, {}), areas.get(school)) for school in {*found, *areas}}


def _strings(words: list[str]) -> Any:
    import pyarrow as pa

    return pa.array(words, pa.string())


def _about(told: Mapping[tuple[str, str], Any], area: Text | None) -> About:
    held: dict[str, dict[str, float]] = {}
    for (column, stage), value in told.items():
        if stage:
            held.setdefault(stage, {})[column] = value
    words = {column: str(told.get((column, ""), "")) for column in _WORDS}
    place = (told.get(("lon", "")), told.get(("lat", "")))
    return About(words["town_code"], words["group_id"], area.en if area else "", *place, held)


def abouts_of(finding: Finding) -> Mapping[str, About]:
    """Where the schools lie, by school id."""
    return abouts_in(finding.folder)


@lru_cache(maxsize=KEPT)
def _groups(folder: Path, what: str) -> tuple[Group, ...]:
    labels = {school: str(getattr(about, what)) for school, about in abouts_in(folder).items()}
    return breakdown(read_in(folder), labels)


def groups_of(finding: Finding, what: str) -> tuple[Group, ...]:
    """The library's breakdown by ``area`` (urban, town, rural) or ``group`` (education group)."""
    return _groups(finding.folder, what)
