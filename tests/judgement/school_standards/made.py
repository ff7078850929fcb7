"""A county of made-up schools and a school standard written in a few lines."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from junheng.data import InputFile, Snapshot, Source, SourceColumn
from junheng.judgement.school_standards import (
    NO_FIGURES,
    County,
    Figures,
    SchoolStandardReport,
    school_standard_report,
)
from junheng.standards import Standard, resolve
from junheng.standards.school_standards import SchoolStandard, school_standard

YEAR, COUNTY, ON = 2024, "999901", date(2024, 9, 1)
Row = dict[str, Any]
HEAD = """standard: {id: small, name: {zh: 小, en: Small}, attests: {standard: basic-2012, item: BS}}
documents: {d: {title: 某文}}
figures: [{id: bath_m2, name: {zh: 浴室, en: Bath}, unit: {zh: 平方米, en: m2}}]
groups: [{id: g, name: {zh: 甲组, en: Group}}, {id: h, name: {zh: 乙组, en: Other}, max_misses: 1}]
versions:
  - in_force_from: 2010-09-01
    source: {document: d, article: 一, certainty: local}
    max_misses: MISSES
    rows:
"""
ROW = (
    "      - {id: ID, name: {zh: ID, en: ID}, group: GROUP, numerator: 'TOP', denominator: 'BOTTOM', whole: WHOLE, "
    "unit: {zh: 册/生, en: per pupil}, quantity: {zh: 册, en: books}, lines: LINES}\n"
)


def row(
    lines: str, *, name: str = "a", top: str = "books", bottom: str = "pupils", group: str = "g", whole: bool = False
) -> str:  # fmt: skip
    """One row of a standard as YAML; ``lines`` as in a file."""
    words = {
        "ID": name,
        "GROUP": group,
        "TOP": top,
        "BOTTOM": bottom,
        "WHOLE": str(whole).lower(),
        "LINES": lines,
    }
    text = ROW
    for key, word in words.items():
        text = text.replace(key, word)
    return text


def standard(folder: Path, *rows: str, misses: int = 0) -> SchoolStandard:
    """A standard of these rows."""
    path = folder / "small.yaml"
    path.write_text(HEAD.replace("MISSES", str(misses)) + "".join(rows), encoding="utf-8")
    return school_standard(path, on=ON, region=COUNTY)


def school(code: str = "S1", stages: tuple[Row, ...] = (), premises: Row | None = None, **more: Any) -> Row:
    """One school: its row, its stages (one primary of 100 pupils and 3 classes), its premises."""
    own = {
        "school_id": code,
        "name": f"{code}校",
        "kind": "primary",
        "county_code": COUNTY,
        "urban_rural_code": "111",
    }
    found = stages or ({"stage": "primary", "pupils": 100, "classes": 3},)
    return {"school": {**own, **more}, "stage": found, "premises": premises}


def snapshot(*schools: Row, rooms: tuple[Row, ...] = ()) -> Snapshot:
    """The tables of ``schools`` as read from one workbook, rows from 2 on."""
    tables: dict[str, list[Row]] = {"school": [], "stage": [], "premises": [], "special_room": list(rooms)}
    for one in schools:
        key = {"school_id": one["school"]["school_id"]}
        tables["school"].append(one["school"])
        tables["stage"] += [{**key, **stage} for stage in one["stage"]]
        if one["premises"] is not None:
            tables["premises"].append({**key, **one["premises"]})
    columns = ("books", "boarders", "pupils", "site_area_m2")
    sources = tuple(
        Source(name, "表.xlsx", name, {column: (SourceColumn(column, "F"),) for column in columns})
        for name in tables
    )
    for number, rows in enumerate(tables.values()):
        for place, one in enumerate(rows):
            one |= {"year": YEAR, "_source": number, "_row": place + 2}
    made = {name: _table(rows) for name, rows in tables.items() if rows}
    return Snapshot(made, sources, (InputFile("表.xlsx", "0" * 64, 1, {}),))


def _table(rows: list[Row]) -> pa.Table:
    names = list(dict.fromkeys(name for one in rows for name in one))
    return pa.Table.from_pylist([{name: one.get(name) for name in names} for one in rows])


@cache
def counting() -> Standard:
    """The standard whose schools are judged."""
    return resolve("basic-2012", on=ON)


def county(held: Snapshot) -> County:
    """The county of ``held``."""
    return County(held, counting(), YEAR, COUNTY)


def judged(rules: SchoolStandard, held: Snapshot, figures: Figures = NO_FIGURES) -> SchoolStandardReport:
    """What the schools of ``held`` come to."""
    return school_standard_report(
        held, rules, county(held), year=YEAR, code=COUNTY, name="甲县", on=date(2025, 1, 10), figures=figures
    )
