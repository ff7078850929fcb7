"""Two small counties in a fresh home, made as ``junheng serve`` makes its large one; conftest runs this in a process."""

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

PASSWORD, YEAR, STANDARD = "松柏-Riverbank-47", 2024, "quality-2017"
FILING = YEAR + 1  # the year that is being filed
COUNTY, LEFT, BY_KEYS = "XX区", "2199000001", "2199000008"
RETURNED, RACED = "2199000007", "2199000005"
OTHER, TAKEN, LATE = "YY区", "2199000011", "2199000002"
CITY = "示例市"
SCHOOLS = {  # two returns still with the school; to be sent back; to be accepted twice; accepted; never filed
    COUNTY: {LEFT: "XX区实验小学", BY_KEYS: "XX区第六小学", RETURNED: "XX区第五小学", RACED: "XX区第三小学"},
    OTHER: {TAKEN: "XX区第九小学", LATE: "XX区师范附属小学"},
}
_CODES = {COUNTY: "999901", OTHER: "999902"}
_PEOPLE = {  # user name: role, where; all with the same password
    "clerk": ("clerk", LEFT),
    "clerk8": ("clerk", BY_KEYS),
    "clerk7": ("clerk", RETURNED),
    "head": ("head", RACED),
    "officer": ("officer", COUNTY),
    "officer2": ("officer", COUNTY),
    "leader": ("leader", COUNTY),
    "leader2": ("leader", OTHER),
    "officer3": ("officer", OTHER),
    "clerk11": ("clerk", TAKEN),
    "inspector": ("inspector", CITY),
    "administrator": ("administrator", COUNTY),
}


def main() -> None:
    """Make them below JUNHENG_HOME and say in ``made.json`` what has which number."""
    django.setup()
    from django.core.management import call_command

    home = Path(os.environ["JUNHENG_HOME"])
    call_command("migrate", verbosity=0)
    (home / "made.json").write_text(json.dumps(_made(home)), encoding="utf-8")


def _made(home: Path) -> dict[str, int]:
    from junheng.web.findings.actions import Asked, evaluate
    from junheng.web.people.models import Account

    places = _places()
    _appoint(places)
    source = _workbooks(home)
    people = {one.username: one for one in Account.objects.all()}
    for year in (YEAR - 1, YEAR):
        finding = evaluate(None, places[COUNTY], Asked(source, STANDARD, year))
    years = [
        _opened(people[officer], places[county], source)
        for county, officer in ((COUNTY, "officer"), (OTHER, "officer3"))
    ]
    for code in (RETURNED, RACED, TAKEN):
        _submit(people["clerk7"], code)
    _accept(people["officer3"], TAKEN)
    return {
        "county": places[COUNTY].pk,
        "other": places[OTHER].pk,
        "school": places[LEFT].pk,
        "year": years[0].pk,
        "other_year": years[1].pk,
        "finding": finding.pk,
    }


def _places() -> dict[str, Any]:
    from junheng.web.people.actions import add_organisation
    from junheng.web.people.roles import Kind

    nation = add_organisation(None, Kind.NATION, "全国", None)
    province = add_organisation(None, Kind.PROVINCE, "示例省", nation)
    city = add_organisation(None, Kind.CITY, CITY, province)
    found = {CITY: city}
    for county, schools in SCHOOLS.items():
        found[county] = add_organisation(None, Kind.COUNTY, county, city, _CODES[county], YEAR - 1)
        for code, name in schools.items():
            found[code] = add_organisation(None, Kind.SCHOOL, name, found[county], code, YEAR - 1)
    return found


def _appoint(places: Mapping[str, Any]) -> None:
    from junheng.web.people.actions import give_post
    from junheng.web.people.models import Account
    from junheng.web.people.roles import Role, Section

    for username, (role, place) in _PEOPLE.items():
        name = f"{Role(role).label}·{username}"
        account = Account.objects.create_user(username=username, password=PASSWORD, name=name, is_demo=True)
        give_post(
            None, account, places[place], Role(role), Section.STATISTICS.value if role == "officer" else ""
        )


def _opened(officer: Any, county: Any, source: Path) -> Any:
    from junheng.web.filing.opening import Opening, open_year

    due = date.today() + timedelta(days=10)  # noqa: DTZ011 # a day of the calendar here
    return open_year(officer, county, Opening(FILING, due, STANDARD, source / f"{YEAR}.xlsx"))


def _submit(clerk: Any, code: str) -> None:
    from junheng.web.filing import actions, review
    from junheng.web.filing.checking import problems_of
    from junheng.web.filing.models import Filing

    filing = Filing.objects.get(code=code)
    for problem in problems_of(filing):
        actions.explain(clerk, filing, problem.key, "已核对")
    review.submit(clerk, filing)


def _accept(officer: Any, code: str) -> None:
    from junheng.web.filing import review
    from junheng.web.filing.models import Filing

    review.accept(officer, Filing.objects.get(code=code))


def _workbooks(home: Path) -> Path:
    """The library's made-up district, of our schools alone."""
    from junheng.data import make_district, write_template

    tables = make_district()
    source = home / "demo" / "xx_district"  # where the site looks for the input of a finding without a job
    source.mkdir(parents=True)
    ours = [code for schools in SCHOOLS.values() for code in schools]
    for year in (YEAR - 1, YEAR):
        write_template(source / f"{year}.xlsx", tables=_of(tables, year, ours))
    return source


def _of(tables: Mapping[str, Any], year: int, codes: Iterable[str]) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    found = {name: table.filter(pc.equal(table["year"], year)) for name, table in tables.items()}
    wanted = pa.array(list(codes))
    return {
        name: table.filter(pc.is_in(table["school_id"], wanted))
        if "school_id" in table.column_names
        else table
        for name, table in found.items()
    }


if __name__ == "__main__":
    main()
