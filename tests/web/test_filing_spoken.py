"""Every field of a return says by itself what it is: row or stage, heading and unit, and no
two say the same."""

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of, tables_of

from junheng.basics import UNITS
from junheng.web.filing import actions
from junheng.web.filing.models import Filing
from junheng.web.filing.sections import county_sections, fields_of, sections
from junheng.web.filing.states import State
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


class _Fields(HTMLParser):
    """The fields of a page and what they are called: their own label, else the words of the label around them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[tuple[str, str]] = []
        self._words: list[str] | None = None
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "label":
            self._words, self._open = [], []
        is_field = tag in ("input", "select", "textarea") and told.get("type") not in ("hidden", "submit")
        if is_field and told.get("aria-label"):
            self.names.append((str(told.get("name")), str(told["aria-label"])))
        elif is_field and self._words is not None:
            self._open.append(str(told.get("name")))
        elif is_field:
            self.names.append((str(told.get("name")), ""))

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "label" and self._words is not None:
            self.names += [(one, " ".join("".join(self._words).split())) for one in self._open]
            self._words = None


def _named(client: Client, filing: Filing, table: str) -> Mapping[str, str]:
    page = client.get(reverse("filing", args=[filing.pk]) + f"?section={table}").content.decode()
    fields = _Fields()
    fields.feed(page.split("<main", 1)[1])
    assert all(name for _, name in fields.names), (table, fields.names)
    cells = [name for field, name in fields.names if re.fullmatch(r"[cr]-\d+-\w+", field)]
    assert len(set(cells)) == len(cells), table
    return dict(fields.names)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_field_is_called_by_its_stage_heading_and_unit(
    site: Site, person: People, browse: Browse, tmp_path: Path, language: str
) -> None:
    filing = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]
    clerk, officer = browse(Role.CLERK, site.school), browse(Role.OFFICER, site.county)
    for client in (clerk, officer):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    own = Filing.every.get(county_year=filing.county_year, is_county=True)
    actions.add_row(person(Role.CLERK, site.school), filing, "stage", {"stage": "junior"})
    half = "en" if language == "en" else "zh"
    for client, one, tables in ((clerk, filing, sections()), (officer, own, county_sections())):
        for table in tables:
            said = _named(client, one, table)
            for spec in fields_of(table) if _is_filled(said, table) else ():
                unit = getattr(UNITS[spec.unit].name, half) if spec.unit else ""
                called = [name for field, name in said.items() if field.endswith(f"-{spec.name}")]
                assert called, (table, spec.name)
                assert all(getattr(spec.heading, half) in name and unit in name for name in called)
    stages = ("Primary", "Junior") if half == "en" else ("小学", "初中")
    said = [name for field, name in _named(clerk, filing, "stage").items() if field.endswith("-pupils")]
    assert [any(stage.lower() in name.lower() for name in said) for stage in stages] == [True, True]
    Filing.objects.filter(pk=filing.pk).update(state=State.SUBMITTED)
    assert len(_named(officer, filing, "stage")) > 2 * len(fields_of("stage"))


def _is_filled(said: Mapping[str, str], table: str) -> bool:
    """Whether the table has a row to fill."""
    return any(field.startswith("c-") for field in said)


def test_each_table_leads_to_the_next_and_the_last_to_submitting(
    site: Site, person: People, browse: Browse, tmp_path: Path
) -> None:
    filing = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]
    clerk, page, tables = (
        browse(Role.CLERK, site.school),
        reverse("filing", args=[filing.pk]),
        list(sections()),
    )
    table, seen = tables[0], list[str]()
    while table:
        seen.append(table)
        told = clerk.get(page, {"section": table}).content.decode()
        found = re.search(r'<a href="\?section=(\w+)">下一张表', told)
        table = found[1] if found else ""
    assert seen == tables
    assert '<a href="#submit">' in told
    assert 'id="submit"' in told
