"""What a site is filled with for a measurement, and what it is asked afterwards (by ``benchmarks.web_seed``)."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from junheng.data import write_template
from junheng.data.synthetic import make_county
from junheng.web.filing.models import Cell, Change, Filing
from junheng.web.filing.opening import Opening, open_year
from junheng.web.findings.actions import Asked, evaluate
from junheng.web.findings.models import Finding
from junheng.web.people.actions import add_organisation, give_post
from junheng.web.people.models import Account, Organisation, OrganisationCode
from junheng.web.people.roles import Kind, Role

YEAR = 2024
_CELLS = ("pupils", "classes", "full_time", "bachelor", "backbone", "teaching_area_m2", "sports_ground_area_m2",
          "equipment_value_yuan", "multimedia_rooms", "computers")  # fmt: skip
_BATCH = 5000


def county(schools: int) -> dict[str, Any]:
    """A county of so many schools: its finding of last year, a year open to file, a clerk of each school signed in."""
    nation = add_organisation(None, Kind.NATION, "全国", None)
    province = add_organisation(None, Kind.PROVINCE, "甲省", nation)
    city = add_organisation(None, Kind.CITY, "乙市", province)
    tables = make_county(schools, 1, year=YEAR)
    code = str(tables["school"]["county_code"][0])
    place = add_organisation(None, Kind.COUNTY, "XX区", city, code, YEAR - 5)
    for row in tables["school"].to_pylist():
        add_organisation(None, Kind.SCHOOL, row["name"], place, row["school_id"], YEAR - 5)
    book = Path(settings.HOME) / "county.xlsx"
    write_template(book, tables=tables)
    finding = evaluate(None, place, Asked(book, "quality-2017", YEAR))
    officer = _account("officer", Role.OFFICER, place)
    opened = open_year(officer, place, Opening(YEAR + 1, date(YEAR + 1, 10, 31), "quality-2017", book))
    clerks = [_clerk(filing) for filing in Filing.objects.filter(county_year=opened).select_related("school")]
    return {"clerks": clerks, "officer": _session(officer), "county": place.pk, "finding": finding.pk}


def _clerk(filing: Filing) -> dict[str, Any]:
    account = _account(f"clerk{filing.pk}", Role.CLERK, filing.school)
    cells = Cell.objects.filter(row__filing=filing, column__in=_CELLS).select_related("row")
    found = {cell.column: [cell.row_id, cell.column, cell.value] for cell in cells}
    return {"session": _session(account), "filing": filing.pk, "cells": list(found.values())}


def _account(name: str, role: Role, place: Organisation) -> Account:
    account = Account(username=name, name=name)
    account.set_unusable_password()
    account.save()
    give_post(None, account, place, role)
    return account


def _session(account: Account) -> str:
    """The cookie of somebody signed in: what is measured is work, not passwords."""
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(account.pk), settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def kept(_: int) -> dict[str, Any]:
    """Every cell of the returns as the database has it now, and how many changes are written down."""
    cells = Cell.objects.filter(column__in=_CELLS).values_list("row_id", "column", "value")
    return {"cells": [list(cell) for cell in cells], "changes": Change.objects.count()}


def tree(counties: int) -> dict[str, Any]:
    """A nation: 31 provinces, a city to ten counties, 67 schools a county, a finding of each county."""
    inspector = Account(username="inspector", name="inspector")
    inspector.set_unusable_password()
    inspector.save()
    nation = _level([None], Kind.NATION, 1)[0]
    provinces = _level([nation], Kind.PROVINCE, 31)
    cities = _level(provinces, Kind.CITY, max(1, counties // 310))
    places = _level(cities, Kind.COUNTY, -(-counties // len(cities)))[:counties]
    for part in _parts(places, 100):
        _level(part, Kind.SCHOOL, 67)
    Finding.objects.bulk_create(_findings(places), batch_size=_BATCH)
    give_post(None, inspector, nation, Role.INSPECTOR)
    shown = {"nation": nation.pk, "province": provinces[0].pk, "city": cities[0].pk, "county": places[0].pk}
    return {
        "inspector": _session(inspector),
        "places": shown,
        "schools": Organisation.objects.filter(kind=Kind.SCHOOL).count(),
    }


def _level(parents: Iterable[Organisation | None], kind: Kind, each: int) -> list[Organisation]:
    """``each`` organisations below every parent, written by the batch."""
    last = Organisation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    made = []
    for parent in parents:
        for number in range(each):
            last += 1
            one = Organisation(pk=last, kind=kind, name=f"{kind.value}-{last}-{number}", parent=parent)
            one.path = one.path_below(parent)
            made.append(one)
    Organisation.objects.bulk_create(made, batch_size=_BATCH)
    codes = (OrganisationCode(organisation=one, code=f"{one.pk:012d}", first_year=YEAR - 5) for one in made)
    OrganisationCode.objects.bulk_create(codes, batch_size=_BATCH)
    return made


def _findings(places: list[Organisation]) -> Iterator[Finding]:
    for number, place in enumerate(places):
        for year in (YEAR - 1, YEAR):
            yield Finding(
                county=place, standard="quality-2017", year=year, verdict="not_met", passed=number % 60, judged=67,
                folder_name=f"{place.pk}-{year}", sha256="0" * 64,
            )  # fmt: skip


def _parts(found: list[Organisation], size: int) -> Iterator[list[Organisation]]:
    for first in range(0, len(found), size):
        yield found[first : first + size]
