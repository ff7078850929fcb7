"""The tree of the demonstration: a city of two made-up counties, with their schools."""

from collections.abc import Mapping
from typing import Any

from junheng.data import NEIGHBOUR_CODE
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind

COUNTY_CODE, COUNTY, NEIGHBOUR = "999901", "XX区（虚构样例）", "YY县（虚构样例）"
Rows = list[dict[str, Any]]


def add_city() -> Organisation:
    """The city, and what stands above it."""
    nation = add_organisation(None, Kind.NATION, "全国", None)
    province = add_organisation(None, Kind.PROVINCE, "示例省", nation)
    return add_organisation(None, Kind.CITY, "示例市", province)


def add_counties(city: Organisation, schools: Mapping[str, Rows], first_year: int) -> dict[str, Organisation]:
    """Both counties by code, each with its ``schools`` (rows of the table, by the county's code)."""
    found = {}
    for code, name in ((COUNTY_CODE, COUNTY), (NEIGHBOUR_CODE, NEIGHBOUR)):
        found[code] = add_organisation(None, Kind.COUNTY, name, city, code, first_year)
        _add_schools(found[code], schools[code])
    return found


def _add_schools(county: Organisation, rows: Rows) -> None:
    """One organisation a school, with its code from the first year it is in the tables."""
    first: dict[str, tuple[int, str]] = {}
    for row in rows:
        named = int(row["year"]), str(row["name"])
        first[row["school_id"]] = min(first.get(row["school_id"], named), named)
    for code, (year, name) in sorted(first.items()):
        add_organisation(None, Kind.SCHOOL, name, county, code, year)
