"""The made-up county a fresh site opens with: XX区 with three years, its schools, seven people."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pyarrow.compute as pc
from django.conf import settings
from django.db import transaction

from junheng.data import make_district, write_template
from junheng.web.filing.demo_year import due_on, open_demo_year
from junheng.web.filing.opening import Opening
from junheng.web.findings.actions import Asked, evaluate
from junheng.web.findings.models import Finding
from junheng.web.ledgers.demo import open_demo_ledgers
from junheng.web.people.actions import add_organisation, give_post
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role, Section
from junheng.web.public.demo_pages import open_demo_pages
from junheng.web.survey.demo import open_demo_surveys

COUNTY_CODE, STANDARD, YEARS = "999901", "quality-2017", (2022, 2023, 2024)
_PEOPLE = (  # user name, name, role, where
    ("clerk", "填报员（演示）", Role.CLERK, Kind.SCHOOL),
    ("head", "校长（演示）", Role.HEAD, Kind.SCHOOL),
    ("officer", "业务人员（演示）", Role.OFFICER, Kind.COUNTY),
    ("leader", "负责人（演示）", Role.LEADER, Kind.COUNTY),
    ("inspector", "督学（演示）", Role.INSPECTOR, Kind.CITY),
    ("administrator", "管理员（演示）", Role.ADMINISTRATOR, Kind.COUNTY),
)


def make_demo() -> Iterator[str]:
    """Make it, telling each step; nothing where the site already has organisations."""
    if Organisation.objects.exists():
        return
    tables = make_district()
    with transaction.atomic():
        places = _places(tables["school"].to_pylist())
        words = list(_people(places))
    yield "机构与账号 | organisations and accounts"
    source = Path(settings.HOME) / "demo" / "xx_district"
    for year in YEARS:
        of_year = {name: table.filter(pc.equal(table["year"], year)) for name, table in tables.items()}
        source.mkdir(parents=True, exist_ok=True)
        write_template(source / f"{year}.xlsx", tables=of_year)
    for year in YEARS:
        evaluate(None, places[Kind.COUNTY], Asked(source, STANDARD, year))
        yield f"{year} 年评估 | judged"
    later = YEARS[-1] + 1
    asked = Opening(later, due_on(later), STANDARD, source / f"{YEARS[-1]}.xlsx")
    yield from open_demo_year(places[Kind.COUNTY], places[Kind.SCHOOL], asked)
    yield from open_demo_pages(places[Kind.COUNTY], _primary(tables["school"].to_pylist()), YEARS[-1])
    judged = Finding.objects.get(county=places[Kind.COUNTY], year=YEARS[-1], is_current=True)
    yield from open_demo_surveys(judged)
    yield from open_demo_ledgers(places[Kind.COUNTY], places[Kind.SCHOOL], words)
    path = Path(settings.HOME) / "demo-accounts.txt"
    path.write_text("\n".join(words) + "\n", encoding="utf-8")
    path.chmod(0o600)
    yield f"演示账号写在 | demo accounts: {path}"


def _primary(schools: list[dict[str, object]]) -> list[str]:
    """The names of the last year's public primary schools, in the order of their codes."""
    last = [row for row in schools if row["year"] == YEARS[-1] and row["ownership"] == "public"]
    own = [row for row in last if row["kind"] in ("primary", "nine_year") and row["is_counted"]]
    return [str(row["name"]) for row in sorted(own, key=lambda row: str(row["school_id"]))]


def _places(schools: list[dict[str, object]]) -> dict[Kind, Organisation]:
    """The tree; of schools only the first is returned, where the school's people work."""
    nation = add_organisation(None, Kind.NATION, "全国", None)
    province = add_organisation(None, Kind.PROVINCE, "示例省", nation)
    city = add_organisation(None, Kind.CITY, "示例市", province)
    county = add_organisation(None, Kind.COUNTY, "XX区（虚构样例）", city, COUNTY_CODE, YEARS[0])
    found = {Kind.CITY: city, Kind.COUNTY: county}
    first: dict[str, tuple[int, str]] = {}
    for row in schools:
        year, name = int(str(row["year"])), str(row["name"])
        first[str(row["school_id"])] = min(first.get(str(row["school_id"]), (year, name)), (year, name))
    for code, (year, name) in sorted(first.items()):
        school = add_organisation(None, Kind.SCHOOL, name, county, code, year)
        found.setdefault(Kind.SCHOOL, school)
    return found


def _people(places: dict[Kind, Organisation]) -> Iterator[str]:
    for username, name, role, kind in _PEOPLE:
        password = secrets.token_urlsafe(9)
        account = Account.objects.create_user(username=username, password=password, name=name, is_demo=True)
        section = Section.STATISTICS.value if role == Role.OFFICER else ""
        give_post(None, account, places[kind], role, section)
        yield f"{username}\t{password}\t{name}\t{places[kind]}"
