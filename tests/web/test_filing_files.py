"""Files behind a return, sections of the bureau, freezing without some schools."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.evidences import PDF, evidence_of
from tests.web.filings import NEIGHBOUR, cell_of, filings_of, row_of, tables_of
from tests.web.test_jobs import done

from junheng.web.audit.models import Entry
from junheng.web.evidence.actions import keep
from junheng.web.evidence.models import Evidence
from junheng.web.filing import actions
from junheng.web.filing.attaching import attach
from junheng.web.filing.checking import problems_of
from junheng.web.filing.freezing import folder_of, freeze
from junheng.web.filing.models import Attachment, CountyYear, Filing, Remark, Workbook
from junheng.web.filing.permissions import REVIEWS, tables_reviewed
from junheng.web.filing.sections import sections
from junheng.web.filing.states import State
from junheng.web.jobs.models import Job
from junheng.web.people.actions import give_post
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role, Section

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def filing(site: Site, person: People, tmp_path: Path) -> Filing:
    return filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]


def test_a_school_puts_a_file_behind_an_unlikely_figure_and_the_bureau_sees_it(
    filing: Filing, site: Site, browse: Browse
) -> None:
    row = row_of(filing, "stage")
    actions.save_cell(Account.objects.get(username=f"officer{site.county.pk}"), row, "max_class_size", "70")
    assert any(one.column == "max_class_size" for one in problems_of(Filing.objects.get(pk=filing.pk)))
    clerk, page = browse(Role.CLERK, site.school), reverse("filing", args=[filing.pk])
    assert f"{row.pk}-max_class_size" in clerk.get(page).content.decode()
    sent = {
        "section": "stage",
        "place": f"{row.pk}-max_class_size",
        "words": "班级花名册",
        "dated_on": "2024-09-01",
        "file": SimpleUploadedFile("花名册.pdf", PDF),
    }
    assert clerk.post(reverse("filing_attach", args=[filing.pk]), sent).status_code == 302
    shown = browse(Role.OFFICER, site.county).get(page).content.decode()
    assert "花名册.pdf" in shown
    assert "最大班额" in shown
    made = Attachment.objects.get()
    clerk.post(reverse("filing_detach", args=[filing.pk, made.pk]), {"section": "stage"})
    assert "花名册.pdf" not in browse(Role.OFFICER, site.county).get(page).content.decode()
    assert Evidence.objects.count() == 1
    actions_told = Entry.objects.filter(action__in=["filing.attach", "filing.detach"])
    assert actions_told.count() == 2


def test_nothing_is_attached_to_a_closed_return_and_nothing_of_others(
    filing: Filing, site: Site, person: People, browse: Browse
) -> None:
    clerk = person(Role.CLERK, site.school)
    foreign = keep(None, site.neighbour, SimpleUploadedFile("a.pdf", PDF), "别校", date(2024, 9, 1))
    with pytest.raises(ValidationError, match="不是本校"):
        attach(clerk, filing, foreign)
    with pytest.raises(ValidationError, match="没有这一栏"):
        attach(clerk, filing, evidence_of(site), f"{row_of(filing, 'stage').pk}-nothing")
    Filing.objects.filter(pk=filing.pk).update(state=State.SUBMITTED)
    before = Evidence.objects.count()
    sent = {"words": "x", "dated_on": "2024-09-01", "file": SimpleUploadedFile("a.pdf", PDF)}
    told = browse(Role.CLERK, site.school).post(reverse("filing_attach", args=[filing.pk]), sent, follow=True)
    assert "不能修改" in told.content.decode()
    assert Evidence.objects.count() == before
    assert not Attachment.objects.exists()


def _of_section(site: Site, section: Section) -> Client:
    account = Account.objects.create_user(username=f"s{section}", password="x", name=str(section.label))
    give_post(None, account, site.county, Role.OFFICER, section.value)
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("section", list(Section))
def test_a_section_remarks_on_its_own_tables_and_statistics_decides(
    filing: Filing, site: Site, section: Section
) -> None:
    Filing.objects.filter(pk=filing.pk).update(state=State.SUBMITTED)
    client = _of_section(site, section)
    own = REVIEWS.get(section, frozenset(sections()))
    decides = section in (Section.ALL, Section.STATISTICS)
    for table, column in (("stage", "pupils"), ("teacher_count", "full_time"), ("premises", "books")):
        page = client.get(reverse("filing", args=[filing.pk]) + f"?section={table}").content.decode()
        assert ('name="note"' in page) == (table in own), (section, table)
        assert ("通过</button>" in page) == decides
        words = {f"r-{row_of(filing, table).pk}-{column}": "请核对", "section": table}
        before = Remark.objects.count()
        client.post(reverse("filing_remark", args=[filing.pk]), words)
        assert (Remark.objects.count() > before) == (table in own), (section, table)
    accepted = client.post(reverse("filing_accept", args=[filing.pk]))
    assert accepted.status_code == (302 if decides else 404)
    back = client.post(reverse("filing_remark", args=[filing.pk]), {"send_back": "1", "words": "x"})
    assert back.status_code == 302
    assert Filing.objects.get(pk=filing.pk).state == (State.ACCEPTED if decides else State.SUBMITTED)


def test_the_tables_of_sections_are_tables_of_the_dictionary(filing: Filing, site: Site) -> None:
    assert all(tables <= set(sections()) for tables in REVIEWS.values())
    officer = Account.objects.get(username=f"officer{site.county.pk}")
    assert tables_reviewed(officer, site.county) == set(sections())
    assert tables_reviewed(officer, site.other) == frozenset()


def test_a_leader_freezes_without_a_school_and_says_why(
    filing: Filing, site: Site, person: People, browse: Browse
) -> None:
    evidence = evidence_of(site)
    attach(person(Role.CLERK, site.school), filing, evidence)
    Filing.objects.filter(pk=filing.pk).update(state=State.ACCEPTED)
    neighbour = Filing.objects.get(code=NEIGHBOUR)
    actions.save_cell(person(Role.CLERK, site.neighbour), row_of(neighbour, "school"), "kind", "primary")
    actions.add_row(person(Role.CLERK, site.neighbour), neighbour, "stage", {"stage": "primary"})
    stage = row_of(neighbour, "stage")
    actions.save_cell(person(Role.CLERK, site.neighbour), stage, "pupils", "12345")  # half-filled
    address = reverse("filing_freeze", args=[filing.county_year_id])
    for role in (Role.OFFICER, Role.LEADER):
        sent = {"reason": "洪灾停课"} if role == Role.OFFICER else {"reason": " "}
        browse(role, site.county).post(address, sent)
        assert CountyYear.objects.get().frozen_at is None
    leader = browse(Role.LEADER, site.county)
    year_page = reverse("filing_year", args=[filing.county_year_id])
    assert 'name="reason"' in leader.get(year_page).content.decode()
    leader.post(address, {"reason": "洪灾停课"})
    frozen = CountyYear.objects.get()
    assert frozen.frozen_at
    assert frozen.missing_reason == "洪灾停课"
    told = json.loads(Entry.objects.get(action="filing.freeze").detail)
    assert told["missing"] == {NEIGHBOUR: "XX区师范附属小学"}
    assert told["evidence"] == {SCHOOL: [evidence.sha256]}
    written = "".join(path.read_text(encoding="utf-8") for path in folder_of(frozen).iterdir())
    assert "12345" not in written
    assert NEIGHBOUR in (folder_of(frozen) / "stage.csv").read_text(encoding="utf-8")
    with pytest.raises(ValidationError, match="定稿"):
        actions.save_cell(person(Role.CLERK, site.neighbour), stage, "pupils", "1")
    assert "定稿时未报" in leader.get(year_page).content.decode()
    done(Job.objects.get(options__snapshot=frozen.snapshot))
    frozen.refresh_from_db()
    assert frozen.finding is not None
    verdict = (frozen.finding.folder / "verdict.json").read_text(encoding="utf-8")
    assert NEIGHBOUR in verdict


def test_a_year_nobody_reported_is_not_frozen(filing: Filing, person: People, site: Site) -> None:
    with pytest.raises(ValidationError, match="还有 2 份"):
        freeze(person(Role.LEADER, site.county), filing.county_year, "没有学校上报")
    assert cell_of(filing, "stage", "pupils").value == "900"


def test_pages_switched_to_english_show_no_chinese_but_data(
    filing: Filing, site: Site, person: People, browse: Browse
) -> None:
    clerk, officer = browse(Role.CLERK, site.school), browse(Role.OFFICER, site.county)
    workbook = Workbook.objects.create(filing=filing, name="a.xlsx", made_of=9, filled="[]", not_read="[]")
    attach(person(Role.CLERK, site.school), filing, evidence_of(site))
    year, history = [filing.county_year_id], [filing.pk, row_of(filing, "stage").pk, "pupils"]
    pages = [(clerk, reverse("filing", args=[filing.pk]) + f"?section={one}&check=1") for one in sections()]
    pages += [(officer, reverse(name, args=year)) for name in ("filing_year", "filing_workbooks")]
    pages += [(officer, reverse(name, args=[site.county.pk])) for name in ("filing_years", "filing_open")]
    pages += [(clerk, reverse(name, args=[site.school.pk])) for name in ("filing_years", "evidence")]
    pages += [(clerk, reverse("filing_workbook", args=[workbook.pk]))]
    pages += [(clerk, reverse("filing_history", args=history))]
    data = [
        *Account.objects.values_list("name", flat=True),
        *Organisation.objects.values_list("name", flat=True),
    ]
    data += ["甲小学", "校舍证.pdf", "校舍证", "系统", "万元", "均衡", "中文", "简体"]
    for client, address in pages:
        client.cookies["django_language"] = "en"
        text = client.get(address).content.decode()
        for words in sorted(data, key=len, reverse=True):
            text = text.replace(words, "")
        found = [one for one in text if "一" <= one <= "鿿"]
        assert found == [], (address, "".join(found))
