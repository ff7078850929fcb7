"""The tables that only items look at, cleaned: cells that break a rule of logic are absent, as everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from junheng.data import Snapshot
from junheng.verification.cells import Cells, Year, exact, rows_of
from junheng.verification.condemned import cell_rules, failing, relation_rules
from junheng.verification.meaning import Value
from junheng.verification.reported import class_rows

# table: the column that says whose a row is (a school, a county)
OWNERS: Mapping[str, str] = {
    "cohort": "school_id",
    "class": "school_id",
    "special_room": "school_id",
    "quota": "senior_school_id",
    "county": "county_code",
    "survey": "county_code",
    "monitoring": "county_code",
    "attestation": "scope_id",
}
_DATES = ("dated_on", "expires_on")


@dataclass(slots=True)
class ItemTables:
    """One year of these tables, by owner; and the schools of every county, in their order."""

    year: Year
    rows: dict[str, dict[str, list[Cells]]] = field(default_factory=dict)
    schools: dict[str, list[str]] = field(default_factory=dict)

    def of(self, table: str, owner: str) -> list[Cells]:
        """The rows of ``table`` that belong to ``owner``."""
        return self.rows.get(table, {}).get(owner, [])


def item_tables(snapshot: Snapshot, year: Year) -> ItemTables:
    """The rows of ``year``; ``year`` is as reported, before merging."""
    found = ItemTables(year)
    for table, owner in OWNERS.items():
        rows = class_rows(snapshot, year.year) if table == "class" else rows_of(snapshot, table, year.year)
        of_table: dict[str, list[Cells]] = found.rows.setdefault(table, {})
        for row in rows:
            of_table.setdefault(str(row.get(owner)), []).append(_cleaned(table, row))
    for school, cells in sorted(year.schools.items()):
        found.schools.setdefault(str(cells.get("county_code")), []).append(school)
    return found


def _cleaned(table: str, row: Cells) -> Cells:
    alone = {**row, **dict.fromkeys(failing(cell_rules(table), row))}
    return {**alone, **dict.fromkeys(failing(relation_rules(table), _comparable(alone)))}


def _comparable(row: Cells) -> Cells:
    """``row`` with its days as numbers, so that a rule may compare them."""
    return {**row, **{name: _ordinal(row[name]) for name in _DATES if name in row}}


def _ordinal(day: Value) -> Value:
    return exact(date.fromisoformat(day).toordinal()) if isinstance(day, str) else None
