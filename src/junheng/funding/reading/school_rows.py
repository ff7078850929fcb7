"""The rows of a return as what is asked about each school; every fact keeps the row it came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.basics import STAGES, Text, is_rural
from junheng.data import ROW_COLUMN, SOURCE_COLUMN, Snapshot
from junheng.data.books import Place
from junheng.funding.exact import Json, spelled
from junheng.funding.problems import Problems

_COUNTS = ("pupils", "boarders", "bilingual_pupils", "inclusive_pupils", "home_taught_pupils")
_MONEY = {
    "budget_yuan": "operating_budget_yuan",
    "final_yuan": "operating_final_yuan",
    "reported_received_yuan": "operating_received_yuan",
    "training_yuan": "training_spending_yuan",
}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SchoolRows:
    """Rows by table and (year, school id); ``schools`` by (year, county code)."""

    snapshot: Snapshot
    rows: Mapping[str, Mapping[tuple[int, str], Sequence[Row]]]
    schools: Mapping[tuple[int, str], Sequence[Row]]

    def one(self, table: str, year: int, school_id: str) -> Row | None:
        """The row of a table with one row a school."""
        return next(iter(self.rows[table].get((year, school_id), ())), None)

    def at(self, row: Row | None) -> str:
        """File, sheet and row; "" for None."""
        if row is None:
            return ""
        source = self.snapshot.sources[row[SOURCE_COLUMN]]
        return str(Place(source.file, source.sheet, row[ROW_COLUMN]))


def school_rows(snapshot: Snapshot) -> SchoolRows:
    """The rows of ``snapshot``, found by school."""
    rows: dict[str, dict[tuple[int, str], list[Row]]] = {}
    schools: dict[tuple[int, str], list[Row]] = {}
    for name in ("school", "stage", "premises", "finance"):
        found = rows.setdefault(name, {})
        for row in snapshot.tables[name].to_pylist() if name in snapshot.tables else []:
            found.setdefault((row["year"], row["school_id"]), []).append(row)
            if name == "school":
                schools.setdefault((row["year"], row["county_code"]), []).append(row)
    return SchoolRows(snapshot, rows, schools)


def schools_of(
    index: SchoolRows, county: str, pupils_year: int, year: int, problems: Problems
) -> Iterator[Json]:
    """The schools of a county that teach compulsory stages: pupils of ``pupils_year``, money of budget ``year``."""
    listed = index.schools.get((pupils_year, county), ())
    for row in sorted(listed, key=lambda one: str(one["school_id"])):
        taught = index.rows["stage"].get((pupils_year, row["school_id"]), ())
        stages = [_stage(index, one, problems) for one in taught]
        stages.sort(key=lambda one: STAGES.index(one["stage"]))
        if row["kind"] in ("senior", "vocational") and not any(one["stage"] != "senior" for one in stages):
            continue  # nothing of compulsory education
        rooms = index.one("premises", pupils_year, row["school_id"])
        money = index.one("finance", year, row["school_id"])
        school = school_facts(row, stages, index.at(row), rooms, index.at(rooms))
        if not any(stage["pupils"] != 0 for stage in stages):
            what = Text("学校没有学生", "a school without pupils")
            fix = Text("已撤并的请删去，漏报的请补填", "take it out if closed, add its pupils if left out")
            problems.add("no_pupils", school["at"], what, fix)
        sums = {name: _yuan(money, column) for name, column in _MONEY.items()}
        yield {**school, **sums, "finance_at": index.at(money)}


def school_facts(
    row: Mapping[str, Any],
    stages: Sequence[Json],
    at: str = "",
    rooms: Mapping[str, Any] | None = None,
    rooms_at: str = "",
) -> Json:
    """What ``entitlement`` wants to know of one school, from its rows of ``school`` and ``premises``."""
    return {
        "school_id": row["school_id"],
        "name": row.get("name") or row["school_id"],
        "county_code": row["county_code"],
        "kind": row["kind"],
        "ownership": row.get("ownership"),
        "rural": is_rural(str(row.get("urban_rural_code") or "")),
        "heated_area_m2": _yuan(rooms, "heated_area_m2"),
        "heated_at": rooms_at,
        "stages": list(stages),
        "at": at,
    }


def stage_facts(row: Mapping[str, Any], at: str = "") -> Json:
    """What ``entitlement`` wants to know of one stage of a school; absent counts stay None."""
    pupils, boarders, bilingual, inclusive, home = (row.get(name) for name in _COUNTS)
    return {
        "stage": row["stage"],
        "pupils": pupils,
        "boarders": boarders,
        "bilingual": bilingual,
        "inclusive": inclusive,
        "home_taught": home,
        "at": at,
    }


def _stage(index: SchoolRows, row: Mapping[str, Any], problems: Problems) -> Json:
    found = stage_facts(row, index.at(row))
    for name, zh, en in (("boarders", "寄宿生", "boarders"), ("bilingual", "双语学生", "bilingual pupils")):
        if found[name] is not None and found["pupils"] is not None and found[name] > found["pupils"]:
            what = Text(f"{zh}多于在校生", f"more {en} than pupils")
            problems.add(f"{name}_over_pupils", found["at"], what, Text("请核对", "check both counts"))
    return found


def _yuan(row: Mapping[str, Any] | None, column: str) -> str | None:
    """A number of the snapshot, exactly as typed: the shortest decimal of the double."""
    value = None if row is None else row.get(column)
    return None if value is None else spelled(Fraction(repr(value)) if isinstance(value, float) else value)
