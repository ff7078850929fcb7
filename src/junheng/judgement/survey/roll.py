"""The county a survey is held in: its schools, pupils, teachers and residents, each with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.basics import Text, UserError
from junheng.data import ROW_COLUMN, SOURCE_COLUMN, Snapshot

_STAGES = ("primary", "junior")


@dataclass(frozen=True, slots=True)
class SurveyedSchool:
    """One school; ``pupils`` and ``teachers`` None where not reported."""

    school_id: str
    name: str
    kind: str
    urban_rural_code: str
    pupils: int | None
    teachers: int | None
    where: str


@dataclass(frozen=True, slots=True)
class Roll:
    """A county in one year."""

    year: int
    county_code: str
    county_name: str
    residents: int | None
    schools: tuple[SurveyedSchool, ...]


def roll_of(snapshot: Snapshot, year: int, county: str = "") -> Roll:
    """The county of ``snapshot`` in ``year``: the one with code ``county``, or the only one.

    Schools that teach no compulsory stage are left out; campuses and teaching points stay apart. Raises UserError
    where the county cannot be told.
    """
    schools = [row for row in _rows(snapshot, "school", year) if not county or row["county_code"] == county]
    codes = sorted({str(row["county_code"]) for row in schools if row["county_code"]})
    if len(codes) != 1:
        raise _which(codes, year)
    pupils = _sums(snapshot, "stage", "pupils", year)
    teachers = _sums(snapshot, "teacher_count", "full_time", year)
    told = next((row for row in _rows(snapshot, "county", year) if row["county_code"] == codes[0]), {})
    found = [
        SurveyedSchool(
            school_id=str(row["school_id"]),
            name=str(row["name"] or row["school_id"]),
            kind=str(row["kind"] or ""),
            urban_rural_code=str(row["urban_rural_code"] or ""),
            pupils=pupils[row["school_id"]],
            teachers=teachers.get(row["school_id"]),
            where=_where(snapshot, row),
        )
        for row in schools
        if row["school_id"] in pupils
    ]
    return Roll(year, codes[0], str(told.get("county_name") or codes[0]), told.get("residents"), tuple(found))


def _rows(snapshot: Snapshot, table: str, year: int) -> list[dict[str, Any]]:
    if table not in snapshot.tables:
        return []
    return [row for row in snapshot.tables[table].to_pylist() if row["year"] == year]


def _sums(snapshot: Snapshot, table: str, column: str, year: int) -> dict[str, int | None]:
    """The column over the compulsory stages by school; one missing cell leaves the school's sum missing."""
    found: dict[str, int | None] = {}
    for row in _rows(snapshot, table, year):
        if row["stage"] in _STAGES:
            before, value = found.get(row["school_id"], 0), row.get(column)
            found[row["school_id"]] = None if before is None or value is None else before + int(value)
    return found


def _where(snapshot: Snapshot, row: Mapping[str, Any]) -> str:
    number, source = row.get(ROW_COLUMN), row.get(SOURCE_COLUMN)
    if source is None:
        return ""
    told = snapshot.sources[source]
    sheet = f" [{told.sheet}]" if told.sheet else ""
    return f"{told.file}{sheet} 第 {number} 行 row {number}"


def _which(codes: list[str], year: int) -> UserError:
    if not codes:
        return UserError(
            Text(f"{year} 年没有学校，或没有区划代码", f"no school of {year}, or none with a county code"),
            fix=Text("请核对 --year 和“学校”表", "check --year and the sheet of schools"),
        )
    listed = "、".join(codes)
    return UserError(
        Text(f"数据里有几个县：{listed}", f"there are several counties: {listed}"),
        why=Text("样本按县确定", "a sample belongs to one county"),
        fix=Text("用 --county 指定一个", "name one with --county"),
    )
