"""The made-up county's ledgers: something in every state, and children who are nobody."""

from collections.abc import Callable

from django.utils import timezone
from tests.web.conftest import PASSWORD, Site

from junheng.enrolment import load_rules
from junheng.web.findings.models import Finding
from junheng.web.ledgers.demo import open_demo_ledgers
from junheng.web.ledgers.models import Child, Record
from junheng.web.ledgers.queries import hazards_of, lines_of
from junheng.web.people.actions import add_organisation, give_post
from junheng.web.people.models import Account
from junheng.web.people.roles import Kind, Role


def test_the_demo_shows_every_state(site: Site, finding: Finding, person: Callable[..., Account]) -> None:
    for number in range(3, 9):
        add_organisation(None, Kind.SCHOOL, f"样例{number}小", site.county, f"219900000{number}", 2015)
    for name, role, place in (
        ("inspector", Role.INSPECTOR, site.city), ("leader", Role.LEADER, site.county), ("head", Role.HEAD, site.school),
    ):  # fmt: skip
        give_post(None, Account.objects.create_user(name, password=PASSWORD, name=name), place, role)
    accounts: list[str] = []
    assert list(open_demo_ledgers(site.county, site.school, accounts))
    assert accounts[0].startswith("keeper\t")
    states = {line.entry.state for line in lines_of(hazards_of(site.county), timezone.localdate())}
    assert states == {"open", "overdue", "to_review", "returned", "closed"}
    assert Record.objects.filter(ledger="safety").exists()
    assert set(Child.objects.values_list("state", flat=True)) == set(
        load_rules(timezone.localdate())[0].states.names
    )
    numbers = [one.entry["id_number"] for one in Child.objects.all()]
    assert all(one.startswith("99990") for one in numbers if one), "an unassigned region"
