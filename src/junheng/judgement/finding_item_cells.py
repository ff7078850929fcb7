"""Every cell that declared items rest on: as ``cells.parquet``, with the rows of every table they are made of."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from junheng.data import Snapshot
from junheng.indicators import expressions_of, item_facts, parse_expression, place_of
from junheng.judgement.assess import Assessment
from junheng.judgement.finding_cells import SCHEMA, cells_of_rows
from junheng.judgement.merged import merged_children
from junheng.judgement.results import CountyResult
from junheng.standards import Standard

_BY_COUNTY = ("county", "survey", "monitoring")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "class": ("grade", "class_no"),
    "special_room": ("room_id", "kind"),
    "quota": ("junior_school_id",),
    "survey": ("respondent_group",),
    "monitoring": ("subject", "grade"),
    "attestation": ("scope", "item", "rating", "evidence_hash", "dated_on", "expires_on"),
}
_OWNER = {"quota": "senior_school_id", "attestation": "scope_id"}


def item_cells(snapshot: Snapshot, assessment: Assessment, county: CountyResult) -> pa.Table:
    """The cells of the county's year, in the order of the input. Rows without a school have their county's code."""
    year, wanted = county.year, columns_of_items(assessment.standard)
    schools = _schools(snapshot, year, county.code)
    parameters = assessment.evaluation.parameters
    children = merged_children(assessment.evaluation.tables, year, parameters)
    parent = {child: owner for owner, found in children.items() for child in found}
    found = [
        part
        for name, columns in wanted.items()
        for part in _of_table(snapshot, name, columns, county, schools, parent)
    ]
    return pa.concat_tables(found) if found else SCHEMA.empty_table()


def columns_of_items(standard: Standard) -> dict[str, list[str]]:
    """By table, the columns that the items of ``standard`` are judged from."""
    named = {test.fact for item in standard.items for test in item.tests if test.fact}
    pairs: dict[str, dict[str, None]] = {}
    for key in sorted(named):
        fact = item_facts()[key]
        for scope, found in expressions_of(fact):
            for table, column in (place_of(scope, name) for name in found.columns):
                pairs.setdefault(table, {})[column] = None
    for item in standard.items:
        for relaxation in item.relaxations:
            for table, column in places_in(relaxation.when):
                pairs.setdefault(table, {})[column] = None
    if any(not item.tests or any(test.attested for test in item.tests) for item in standard.items):
        pairs["attestation"] = {}
    return {table: [*_KEYS.get(table, ()), *(c for c in columns if c not in _KEYS.get(table, ()))]
            for table, columns in pairs.items()}  # fmt: skip


def places_in(condition: str) -> list[tuple[str, str]]:
    """The (table, column) pairs of a relaxation's condition."""
    return [
        place_of("unit", name) for name in parse_expression(condition, kind="boolean", table="unit").columns
    ]


def _schools(snapshot: Snapshot, year: int, code: str) -> pa.Array:
    school = snapshot.tables["school"]
    mine = pc.and_(pc.equal(school.column("year"), year), pc.equal(school.column("county_code"), code))
    return school.filter(pc.fill_null(mine, False)).column("school_id").combine_chunks()


def _of_table(
    snapshot: Snapshot,
    name: str,
    columns: list[str],
    county: CountyResult,
    schools: pa.Array,
    parent: Mapping[str, str],
) -> Iterator[pa.Table]:
    table = snapshot.tables.get(name)
    if table is None:
        return
    owner = "county_code" if name in _BY_COUNTY else _OWNER.get(name, "school_id")
    whose = pa.array([county.code], pa.string()) if name in _BY_COUNTY else schools
    if name == "attestation":
        whose = pa.concat_arrays([schools, pa.array([county.code], pa.string())])
    mask = pc.and_(
        pc.equal(table.column("year"), county.year), pc.is_in(table.column(owner), value_set=whose)
    )
    rows = pc.indices_nonzero(pc.fill_null(mask, False))
    yield from cells_of_rows(snapshot, name, rows, columns, owner, parent)
