"""The manual's examples are asked as they stand, and its receiver accepts what is sent."""

import json
import re
import shlex
import time
from collections.abc import Callable
from pathlib import Path
from string import Template
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.api_keys import Program, key
from tests.web.conftest import DISTRICT, SCHOOL, Site
from tests.web.filings import filings_of, row_of, tables_of

from junheng.web.api.hooks import key_of, register
from junheng.web.api.sending import signature
from junheng.web.findings.models import Finding
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

Person = Callable[[Role, Organisation], Account]
MANUAL = Path(__file__).resolve().parents[2] / "docs" / "site" / "api.md"
_SITE = "http://testserver"
_TAKES = {"-H", "-X", "-d", "-F", "-o"}


def _examples() -> list[tuple[str, int]]:
    """Each curl command and the status its comment promises."""
    found = re.findall(r"^(curl .*?)  # (\d{3})$", MANUAL.read_text("utf-8"), re.MULTILINE)
    return [(command, int(status)) for command, status in found]


def _asked(command: str, names: dict[str, Any]) -> Any:
    """The response to a curl command."""
    words = [Template(word).substitute(names) for word in shlex.split(command)[1:]]
    given: dict[str, list[str]] = {name: [] for name in _TAKES}
    address = ""
    while words:
        word = words.pop(0)
        if word in _TAKES:
            given[word].append(words.pop(0))
        else:
            assert not address
            address = word.removeprefix(_SITE)
    head = dict(one.split(": ", 1) for one in given["-H"])
    client = Program().client
    if given["-F"]:
        form: dict[str, Any] = dict(one.split("=", 1) for one in given["-F"])
        book = sorted(DISTRICT.glob("*2024*.xlsx"))[0]
        form["file"] = SimpleUploadedFile(form["file"].removeprefix("@"), book.read_bytes())
        return client.post(address, form, headers=head)
    method = given["-X"][0] if given["-X"] else "GET"
    body = {"data": given["-d"][0], "content_type": head.pop("Content-Type")} if given["-d"] else {}
    return client.generic(method, address, headers=head, **body)


def test_the_examples_answer_as_promised(
    site: Site, finding: Finding, person: Person, tmp_path: Path
) -> None:
    filing = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "t"))[SCHOOL]
    administrator = person(Role.ADMINISTRATOR, site.county)
    names = {
        "SITE": _SITE, "TOKEN": key(administrator, site.county)[1], "COUNTY": site.county.pk, "FINDING": finding.pk,
        "SCHOOL": SCHOOL, "SCHOOL_TOKEN": key(administrator, site.school)[1], "RETURN": filing.pk,
        "ROW": row_of(filing, "stage").pk,
    }  # fmt: skip
    examples = _examples()
    assert len(examples) == MANUAL.read_text("utf-8").count("\ncurl ")
    for command, promised in examples:
        assert _asked(command, names).status_code == promised, command


def test_the_manuals_receiver(site: Site, person: Person, settings: Any) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL)
    place: dict[str, Any] = {}
    exec(code, place)
    hook = register(
        person(Role.ADMINISTRATOR, site.county), site.county, "https://example.org/in", ["job.done"]
    )
    body, now, word = b'{"a":1}', int(time.time()), key_of(hook)
    assert place["is_genuine"](word, signature(word, now, body), body)
    assert not place["is_genuine"](word, signature(word, now, body), body + b" ")
    assert not place["is_genuine"](word, signature("0" * 64, now, body), body)
    assert not place["is_genuine"](word, signature(word, now - 301, body), body)


@pytest.mark.parametrize("block", re.findall(r"```json\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL))
def test_the_message_shown_is_one(block: str) -> None:
    assert set(json.loads(block)) == {"id", "event", "at", "organisation", "data"}
