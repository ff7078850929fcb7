"""The first county and administrator of an empty site can sign in and invite; nothing is made twice."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from junheng.basics import UserError
from junheng.web.audit.chain import faults
from junheng.web.people.establishing import establish
from junheng.web.people.management.commands import establish as command
from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import above
from junheng.web.people.roles import Kind

NAMES = ["全国", "丙省", "丁市", "戊县"]


def test_the_first_administrator_signs_in_and_invites(db: None) -> None:
    county, password = establish(NAMES, "229901", 2024, "wang", "王某")
    client = Client()
    assert client.login(username="wang", password=password)
    assert client.get(reverse("invite", args=[county.pk])).status_code == 200
    assert client.get(reverse("import", args=[county.pk, "organisations"])).status_code == 200
    assert county.path == "/".join(f"{one.pk:09d}" for one in Organisation.objects.order_by("pk")) + "/"
    assert not list(faults())


def test_a_second_county_stands_under_the_same_city(db: None) -> None:
    first, _ = establish(NAMES, "229901", 2024, "wang", "王某")
    second, _ = establish([*NAMES[:3], "己县"], "229902", 2024, "li", "李某")
    assert second.parent == first.parent
    assert Organisation.objects.filter(kind=Kind.CITY).count() == 1


def test_a_district_of_a_municipality_has_no_city_above(db: None) -> None:
    county, _ = establish(["全国", "庚市", "辛区"], "119901", 2024, "zhao", "赵某")
    assert [one.kind for one in above(county)] == [Kind.NATION, Kind.PROVINCE]


def test_a_province_has_an_administrator_who_imports_its_counties(db: None) -> None:
    province, password = establish(["全国", "壬省"], "990000", 2024, "sun", "孙某")
    client = Client()
    assert client.login(username="sun", password=password)
    assert client.get(reverse("import", args=[province.pk, "organisations"])).status_code == 200


@pytest.mark.parametrize(
    ("names", "username"),
    [(NAMES, "li"), ([*NAMES[:3], "己县"], "wang"), (["戊县"], "li"), (["全国", "", "己县"], "li")],
)
def test_nothing_is_made_where_it_may_not_be(db: None, names: list[str], username: str) -> None:
    establish(NAMES, "229901", 2024, "wang", "王某")
    before = Organisation.objects.count(), Account.objects.count()
    with pytest.raises(UserError):
        establish(names, "229902", 2024, username, "李某")
    assert (Organisation.objects.count(), Account.objects.count()) == before


def test_the_command_tells_the_password_once(db: None) -> None:
    told = StringIO()
    words = ["--code", "229901", "--year", "2024", "--name", "王某", "--username", "wang"]
    call_command("establish", "/".join(NAMES), *words, stdout=told)
    password = told.getvalue().splitlines()[0].split("\t")[1]
    assert Client().login(username="wang", password=password)
    with pytest.raises(SystemExit):
        call_command("establish", "戊县", *words, stderr=StringIO())


def test_before_the_database_is_made_it_says_what_to_do(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "pending", lambda: ["people.0001_initial"])
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(
            "establish", "/".join(NAMES), code="229901", year=2024, name="王某", username="wang", stderr=said
        )
    assert ended.value.code == 2
    assert "migrate" in said.getvalue()
    assert not Organisation.objects.exists()
