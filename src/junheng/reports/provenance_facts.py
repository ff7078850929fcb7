"""What lies behind a finding's values: overlays applied, relaxations used, rows merged into a school."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from junheng.reports.facts import Facts, Json
from junheng.reports.number_text import quantity
from junheng.reports.read_facts import chinese
from junheng.standards import list_overlays

_COLUMNS = [
    "table",
    "school_id",
    "stage",
    "column",
    "value",
    "text",
    "unit",
    "file",
    "sheet",
    "row",
    "merged_into",
]


@dataclass(frozen=True, slots=True)
class OverlayFacts:
    """An overlay applied. ``is_trial``: none of the library and without a region, so a what-if."""

    id: str
    name: str
    is_trial: bool


@dataclass(frozen=True, slots=True)
class RelaxedValue:
    """A value that rests on relaxations: where, and the relaxations' entries of standard.json.

    ``amounts`` are what was added, as printed, one per relaxation; "" where it is not known.
    """

    school_id: str
    name: str
    stage: str
    indicator: str
    relaxations: tuple[Json, ...]
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A campus or teaching point whose rows were counted with ``into``; ``where`` in the input."""

    school_id: str
    name: str
    into_id: str
    into_name: str
    where: str


def overlays_of(facts: Facts) -> tuple[OverlayFacts, ...]:
    """The overlays in the order they were applied; an id the library lacks was given by the user."""
    built_in = {overlay.id: overlay for overlay in list_overlays()}
    told = facts.standard.get("overlay_heads") or {}
    found = []
    for given in facts.standard.get("overlays") or []:
        head = given if isinstance(given, Mapping) else told.get(given, {})
        key = str(head.get("id") or given)
        shipped = built_in.get(key)
        name = chinese(head.get("name")) or (shipped.name.zh if shipped else key)
        region = str(head.get("region") or (shipped.region if shipped else ""))
        found.append(OverlayFacts(key, name, not region))
    return tuple(found)


def overlay_words(facts: Facts) -> str:
    """“辽宁省、沈阳市”, a what-if marked as such; "" without overlays."""
    return "、".join(
        f"{found.name}（试算）" if found.is_trial else found.name for found in overlays_of(facts)
    )


def relaxed_values(facts: Facts) -> Iterator[RelaxedValue]:
    """Every value of a judged school-stage that rests on a relaxation."""
    rules = {str(rule["id"]): rule for rule in facts.standard.get("relaxations") or []}
    cells = _additions(facts.folder, rules.values()) if rules else {}
    entries = facts.verdict["schools"]
    whole = {(row["school_id"], row["stage"]) for row in entries if row.get("share", 1.0) == 1.0}
    for stage in facts.stages:
        for school in stage.schools:
            for key, found in school.indicators.items():
                if found.relaxed:
                    used = tuple(rules.get(name, {"id": name}) for name in found.relaxed)
                    known = cells if (school.school_id, stage.stage) in whole else {}
                    amounts = tuple(_amount(rule, school.school_id, stage.stage, known) for rule in used)
                    yield RelaxedValue(school.school_id, school.name, stage.name, key, used, amounts)


def _amount(rule: Json, school_id: str, stage: str, cells: Mapping[tuple[str, str], list[Any]]) -> str:
    """What the school's own cells hold of the column added; "" when it is shared among stages or unknown."""
    found = cells.get((school_id, str(rule.get("add"))), [])
    values = [cell["value"] for cell in found if cell["stage"] in (None, stage)]
    return quantity(values[0], found[0]["unit"] or "") if len(found) == len(values) == 1 else ""


def _additions(folder: Path, rules: Any) -> Mapping[tuple[str, str], list[Any]]:
    wanted = {str(rule.get("add")) for rule in rules}
    found: dict[tuple[str, str], list[Any]] = {}
    for cell in _cells(folder, "column", sorted(wanted)):
        host = str(cell["merged_into"] or cell["school_id"])
        if cell["value"] is not None:
            found.setdefault((host, str(cell["column"])), []).append(cell)
    return found


def merged_rows(facts: Facts) -> tuple[MergedRow, ...]:
    """The schools whose rows were merged into another, once each."""
    names = {school.school_id: school.name for stage in facts.stages for school in stage.schools}
    found: dict[str, MergedRow] = {}
    told: dict[str, str] = {}
    for cell in _cells(facts.folder, "merged_into", None):
        school_id, into = str(cell["school_id"]), str(cell["merged_into"])
        if cell["table"] == "school" and cell["column"] == "name":
            told[school_id] = str(cell["text"])
        where = f"{cell['file']}《{cell['sheet']}》第{cell['row']}行"
        if school_id not in found or cell["table"] == "school":
            found[school_id] = MergedRow(school_id, "", into, names.get(into, into), where)
    return tuple(
        MergedRow(row.school_id, told.get(key, key), row.into_id, row.into_name, row.where)
        for key, row in sorted(found.items())
    )


def _cells(folder: Path, column: str, wanted: Sequence[str] | None) -> list[dict[str, Any]]:
    """Rows of cells.parquet whose ``column`` is one of ``wanted`` (None: is not empty); none without the file."""
    path = folder / "cells.parquet"
    if not path.exists():
        return []
    table = pq.read_table(path)
    if column not in table.column_names:
        return []
    values = table.column(column)
    chosen = pc.is_valid(values) if wanted is None else pc.is_in(values, value_set=_strings(wanted))
    known = [name for name in _COLUMNS if name in table.column_names]
    rows: list[dict[str, Any]] = table.select(known).filter(chosen).to_pylist()
    return rows


def _strings(words: Sequence[str]) -> Any:
    return pa.array(words, pa.string())
