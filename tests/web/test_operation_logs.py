"""Logs: one line a request, with a number, and nothing of a person."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from tests.web.conftest import Site

from junheng.web.findings.models import Finding
from junheng.web.front.views import server_error
from junheng.web.operation.log_lines import JsonLines, PlainLines, lines_for, request_id, shown_path
from junheng.web.people.actions import invite
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

pytestmark = pytest.mark.django_db
Browse = Callable[[Role, Organisation], Client]


class Kept(logging.Handler):
    """Every line of a logger, as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept() -> Any:
    handler = Kept()
    names = ("junheng", "django")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield handler
    for name in names:
        logging.getLogger(name).removeHandler(handler)


def test_a_line_a_request_with_its_number(kept: Kept, site: Site, browse: Browse) -> None:
    client = browse(Role.LEADER, site.county)
    answer = client.get(f"/place/{site.county.pk}?name=王小明", headers={"X-Request-ID": "a" * 32})
    (line,) = [json.loads(one) for one in kept.lines if '"junheng.access"' in one]
    assert answer.headers["X-Request-ID"] == line["request_id"] == "a" * 32
    assert line["path"] == f"/place/{site.county.pk}"
    assert (line["method"], line["status"], line["level"]) == ("GET", 200, "INFO")
    assert line["account"] == Account.objects.get().pk
    assert line["milliseconds"] >= 0
    assert set(line) == {"time", "level", "logger", "message", "request_id", "account", "method", "path", "status",
                         "milliseconds"}  # fmt: skip


def test_a_number_that_is_none_is_not_taken_over(db: None) -> None:
    for given in ("x", "A" * 32, "a" * 33, '"}\n{"'.replace("\n", "")):
        assert len(Client().get("/health", headers={"X-Request-ID": given}).headers["X-Request-ID"]) == 32
    assert request_id.get() == ""


def test_no_person_no_word_typed_and_no_secret_in_any_line(
    kept: Kept, site: Site, person: Callable[..., Account], finding: Finding
) -> None:
    administrator = person(Role.ADMINISTRATOR, site.county)
    _, token = invite(administrator, "王小明", site.school, Role.CLERK)
    client = Client(raise_request_exception=False)
    client.get(reverse("invitation", args=[token]))
    client.post(reverse("account_login"), {"login": "王小明", "password": "松柏-Riverbank"})
    client.get("/public/zones?address=槐树路12号")
    client.get("/nowhere/王小明?x=槐树路12号")
    client.force_login(administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(reverse("finding", args=[finding.pk]) + "?q=王小明")
    written = "\n".join(kept.lines)
    assert written.count('"junheng.access"') == 5
    for secret in ("王小明", "松柏", "槐树", token, administrator.username, administrator.name, "%E7%8E%8B"):
        assert secret not in written, secret


def test_an_error_tells_where_and_not_whose() -> None:
    def failing() -> None:
        raise IntegrityError("DETAIL: Key (name)=(王小明) already exists")

    record = _record(failing)
    for formatter in (JsonLines(), PlainLines()):
        line = formatter.format(record)
        assert "王小明" not in line
        assert "IntegrityError" in line
        assert "failing" in line
    full = json.loads(JsonLines().format(_record(_full)))
    assert full["error"]["why"] == "No space left on device"


def _full() -> None:
    raise OSError(28, "No space left on device", "王小明.pdf")


def _record(failing: Callable[[], None]) -> logging.LogRecord:
    import sys

    try:
        failing()
    except Exception:
        return logging.LogRecord("junheng", logging.ERROR, "", 0, "it failed", None, sys.exc_info())
    raise AssertionError


def test_an_invitation_is_shown_without_its_word() -> None:
    request = RequestFactory().get("/invitation/secretword")
    assert shown_path(request) == "?"
    request.resolver_match = resolve(request.path)
    assert shown_path(request) == "/invitation/<token>"


def test_json_where_no_person_reads_along() -> None:
    assert (lines_for("json"), lines_for("plain")) == ("json", "plain")
    assert lines_for("") in ("json", "plain")


@pytest.mark.parametrize(("fault", "status"), [(ValueError("王小明"), 500), (OperationalError("gone"), 503)])
def test_the_page_of_a_fault_asks_the_database_nothing_and_says_its_number(
    fault: Exception, status: int, kept: Kept, site: Site, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browse(Role.LEADER, site.county)
    client.raise_request_exception = False

    def failing(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("junheng.web.front.views.posts_of", failing)
    for language, word in (("zh-hans", "编号"), ("en", "Number")):
        client.cookies["django_language"] = language
        answer = client.get("/")
        assert answer.status_code == status
        assert word in answer.text
        assert answer.headers["X-Request-ID"] in answer.text
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "王小明" not in "\n".join(kept.lines)
    assert any('"ERROR"' in line and type(fault).__name__ in line for line in kept.lines)
    with connection.execute_wrapper(failing):  # not a single question
        assert "Junheng" in server_error(RequestFactory().get("/")).content.decode()


def test_refusals_have_pages_in_both_languages(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    stale = strict.post("/language", {"language": "en"})
    assert (stale.status_code, "页面已过期" in stale.text) == (403, True)
    strict.cookies["django_language"] = "en"
    assert "out of date" in strict.post("/language", {"language": "en"}).text
    strange = Client().get("/account/login/", headers={"host": "evil.example"})
    assert (strange.status_code, "无法处理" in strange.text) == (400, True)
