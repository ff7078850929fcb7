"""A site of its own in a temporary folder: two counties, their people, one finding of the example district."""

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
os.environ["JUNHENG_HOME"] = tempfile.mkdtemp(prefix="junheng-site-")

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # a browser's test in the same process leaves its loop open
os.environ["JUNHENG_TWO_FACTOR"] = ""  # test_people_factor asks for it

import django

django.setup()

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoDbBlocker
from tests.web.ready_database import copied, made_once

from junheng.data import check_snapshot, read_input
from junheng.indicators import load_catalogue
from junheng.judgement import Question, assess_regions, write_findings
from junheng.web.findings.actions import keep
from junheng.web.findings.models import Finding
from junheng.web.people.actions import add_organisation, give_post
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.people.roles import Kind, Role

DISTRICT = Path(__file__).resolve().parents[2] / "examples" / "xx_district"
SCHOOL = "2199000001"
PASSWORD = "松柏-Riverbank-47"
settings.PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # tests sign in hundreds of times

if Path(os.environ["JUNHENG_HOME"]).resolve() != Path(settings.HOME).resolve():
    raise pytest.UsageError("the settings were read before the tests had a home of their own")

_SAY_NOTHING_OF_THE_DATABASE = {
    *(
        "test_api_access",
        "test_api_addresses",
        "test_api_schema",
        "test_boards_abroad",
        "test_findings_abroad",
    ),
    *(
        "test_findings_exports",
        "test_findings_shown",
        "test_jobs_command",
        "test_jobs_files",
        "test_jobs_kinds",
    ),
    *("test_jobs_plan", "test_jobs_private", "test_jobs_uploads", "test_language", "test_navigation"),
    *("test_operation_archive", "test_operation_guide", "test_operation_logs", "test_people_factor"),
    *("test_people_outside", "test_public_parcels", "test_reachable", "test_routes", "test_security_objects"),
    *("test_security_requests", "test_security_text", "test_serve", "test_whatif"),
    *(
        "test_api_exports",
        "test_api_reading",
        "test_findings",
        "test_findings_items",
        "test_findings_pages",
        "test_operation_health",
    ),
    *("test_filing_spoken", "test_first_steps", "test_uploads_named"),
    *("test_public_draws", "test_public_pages", "test_public_zones", "test_security_advisories"),
    *("test_api_language", "test_api_words", "test_filing_packing", "test_filing_county_judged"),
    *(
        "test_works",
        "test_works_schools",
        "test_works_reports",
        "test_monitoring_papers",
        "test_jobs_classes",
    ),
    *("test_printed", "test_sending"),
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Workers begin without the home of the process that starts them, from which Django would read its settings at once.

    With one home for all they would empty one another's cache, and the counted wrong passwords with it.
    """
    for name in ("JUNHENG_HOME", "DJANGO_SETTINGS_MODULE"):
        os.environ.pop(name, None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, where the tests run a second time, those that say nothing of the database are left out."""
    if not os.environ.get("JUNHENG_DATABASE"):
        return
    left_out = [item for item in items if item.path.stem in _SAY_NOTHING_OF_THE_DATABASE]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def ready_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database that is up to date, to be copied."""
    return made_once(tmp_path_factory)


@pytest.fixture(scope="session")
def django_db_setup(
    ready_database: str, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """In the place of pytest-django's, which would migrate once in every worker."""
    with django_db_blocker.unblock(), copied(ready_database):
        yield


@dataclass(frozen=True)
class Site:
    """Places and people of the tests."""

    city: Organisation
    county: Organisation
    other: Organisation
    school: Organisation
    neighbour: Organisation


@pytest.fixture(autouse=True)
def unlocked() -> None:
    """The sign-ins and wrong passwords of one test do not count against the next: they use the same names."""
    cache.clear()


@pytest.fixture
def site(db: None) -> Site:
    """Two counties of a city, two schools in the first."""
    nation = add_organisation(None, Kind.NATION, "全国", None)
    province = add_organisation(None, Kind.PROVINCE, "甲省", nation)
    city = add_organisation(None, Kind.CITY, "乙市", province)
    county = add_organisation(None, Kind.COUNTY, "XX区", city, "999901", 2015)
    other = add_organisation(None, Kind.COUNTY, "YY区", city, "999902", 2015)
    school = add_organisation(None, Kind.SCHOOL, "XX区实验小学", county, SCHOOL, 2015)
    neighbour = add_organisation(None, Kind.SCHOOL, "XX区师范附属小学", county, "2199000002", 2015)
    return Site(city, county, other, school, neighbour)


@pytest.fixture
def person(db: None) -> Callable[[Role, Organisation], Account]:
    """Makes an account with a post."""
    made: dict[tuple[str, int], Account] = {}

    def make(role: Role, organisation: Organisation) -> Account:
        key = (role, organisation.pk)
        if key not in made:
            made[key] = Account.objects.create_user(
                username=f"{role}{organisation.pk}", password=PASSWORD, name=f"{role.label}{organisation.pk}"
            )
            post = give_post(None, made[key], organisation, role)
            # Held since yesterday: a test that crosses midnight, or sets the clock back, asks about something else.
            Post.objects.filter(pk=post.pk).update(since=post.since - timedelta(days=1))
        return made[key]

    return make


@pytest.fixture
def browse(person: Callable[[Role, Organisation], Account]) -> Callable[[Role, Organisation], Client]:
    """A browser signed in as somebody with a post."""

    def sign_in(role: Role, organisation: Organisation) -> Client:
        client = Client()
        client.force_login(person(role, organisation), backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign_in


@pytest.fixture(scope="session")
def district_finding() -> Path:
    """The finding of the example district, written once below the site's folder."""
    folder = Path(settings.HOME) / "findings" / "district"
    checked = check_snapshot(read_input(DISTRICT))
    assessments = assess_regions(checked, Question("quality-2017", 2024), catalogue=load_catalogue(()))
    folder.parent.mkdir(exist_ok=True)
    write_findings(assessments, folder, command=["test"], documents=lambda _: None)
    return folder


@pytest.fixture
def finding(site: Site, district_finding: Path) -> Finding:
    """It, kept for the first county."""
    return keep(None, site.county, district_finding)
