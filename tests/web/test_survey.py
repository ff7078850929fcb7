"""A survey held: plan, codes shown once, paper answers, the count as the library makes it, the county's own return."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site
from tests.web.filings import filings_of
from tests.web.surveyed import QUESTIONS, YEAR, opened, planned, ticks

from junheng.judgement.survey import (
    AnswerCode,
    codes_json,
    count_papers,
    read_answers,
    slots_of,
    survey_csv,
    survey_result,
)
from junheng.web.audit.models import Entry
from junheng.web.filing.county_return import own_return
from junheng.web.filing.models import Cell, CountyYear
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role
from junheng.web.survey.answering import take
from junheng.web.survey.counting import count
from junheng.web.survey.handing import hand_in
from junheng.web.survey.issuing import issue, set_dates
from junheng.web.survey.library import method_of, plan_of, questionnaire_of, rules_of
from junheng.web.survey.models import Code, Paper, Survey
from junheng.web.survey.planning import discard
from junheng.web.survey.shown import percent, result_of
from junheng.web.survey.states import Stage, stage_of

Browse = Callable[[Role, Organisation], Client]
People = Callable[[Role, Organisation], Account]


def _book(rows: list[tuple[str, dict[str, int]]], name: str = "答卷.csv") -> SimpleUploadedFile:
    lines = [",".join(["作答码", *QUESTIONS])]
    lines += [",".join([code, *(str(values.get(q, "")) for q in QUESTIONS)]) for code, values in rows]
    return SimpleUploadedFile(name, "\n".join(lines).encode("utf-8-sig"))


def _made_up(codes: list[AnswerCode]) -> list[tuple[str, dict[str, int]]]:
    """A third of the codes answers, some badly, some too little."""
    rows = []
    for number, one in enumerate(codes):
        if number % 3 == 1:
            values = ticks(5 - number % 4)
            rows.append((one.text, {"Q1": 4} if number % 11 == 0 else values))
    return rows


def test_it_walks_through_its_stages(site: Site) -> None:
    survey, today, day = planned(site), timezone.localdate(), timedelta(days=1)
    assert stage_of(survey) == Stage.PLANNED
    with pytest.raises(ValidationError):
        set_dates(None, survey, today, today)
    with pytest.raises(ValidationError):
        planned(site)
    issue(None, survey)
    survey.refresh_from_db()
    assert stage_of(survey) == Stage.ISSUED
    set_dates(None, survey, today + day, today + 2 * day)
    survey.refresh_from_db()
    told = [stage_of(survey, today + number * day) for number in range(4)]
    assert told == [Stage.ISSUED, Stage.OPEN, Stage.OPEN, Stage.ENDED]
    with pytest.raises(ValidationError):
        count(None, survey)
    with pytest.raises(ValidationError):
        set_dates(None, survey, today, today - day)


def test_the_count_is_the_library_s_on_the_same_answers(site: Site, tmp_path: Path) -> None:
    survey, codes = opened(site)
    rows = _made_up(codes)
    for text, values in rows:
        take(survey, text, values)
    counted = count(None, survey)
    path = tmp_path / "a.csv"
    path.write_bytes(_book(rows).read())
    plan, asked, method = plan_of(survey), questionnaire_of(survey), method_of(survey)
    rules = rules_of(survey, plan)
    papers, _ = count_papers(read_answers([path], asked).papers, slots_of(codes_json(codes)), asked, method)
    result = survey_result(papers, plan, rules, asked, method)
    told = json.loads(counted.outcome)
    assert counted.table == survey_csv(plan, result)
    assert [one["interval"] for one in told["groups"]] == [
        [round(end, 6) for end in one.interval] if one.interval else None for one in result.groups
    ]
    assert (told["whole"]["rate"], told["verdict"]) == (str(result.whole.rate), str(result.verdict))
    assert (told["whole"]["returned"], told["whole"]["valid"]) == (len(rows), result.whole.valid)
    assert 0 < result.whole.valid < len(rows) < plan.size
    assert next(iter(csv.DictReader(counted.table.splitlines())))["respondent_group"] == "parents"


def test_counted_it_keeps_no_code_and_takes_no_paper(site: Site) -> None:
    survey, codes = opened(site)
    for one in codes[:30]:
        take(survey, one.text, ticks())
    before = sorted(Paper.objects.values_list("answers", "group"))
    numbers = set(Paper.objects.values_list("pk", flat=True))
    counted = count(None, survey)
    assert not Code.objects.exists()
    assert sorted(Paper.objects.values_list("answers", "group")) == before
    assert not numbers & set(Paper.objects.values_list("pk", flat=True)), "laid down anew, all at once"
    assert take(survey, codes[40].text, ticks()) is False
    for act in (lambda: count(None, survey), lambda: issue(None, survey), lambda: discard(site, survey)):  # type: ignore[arg-type] # refused before
        with pytest.raises(ValidationError):
            act()
    assert stage_of(counted) == Stage.COUNTED


def test_small_groups_are_not_shown(site: Site) -> None:
    survey, codes = opened(site)
    parents = [one for one in codes if one.group == "parents"]
    others = [one for one in codes if one.group == "npc"]
    for one in [*parents[:40], *others[:3]]:
        take(survey, one.text, ticks())
    found = result_of(count(None, survey))
    assert found is not None
    assert found["lines"] == [] or all("人大" not in one.name for one in found["lines"])
    assert "人大代表" in found["hidden"]
    assert (found["whole"].valid, found["whole"].rate) == (43, "100.00%")


def test_a_share_below_a_limit_never_prints_as_the_limit() -> None:
    assert (percent("17/20"), percent("169999/200000"), percent(None)) == ("85.00%", "84.99%", "—")


def test_paper_answers_are_taken_once_and_refusals_named(site: Site, browse: Browse) -> None:
    survey, codes = opened(site)
    take(survey, codes[0].text, ticks())
    rows = [
        (codes[0].text, ticks()),
        (codes[1].text, ticks()),
        ("ABCD-EFGH-JKMN-PQRS", ticks()),
        ("", ticks()),
    ]
    rows += [(codes[1].text, ticks(1)), (codes[2].text, {"Q1": 5})]
    client = browse(Role.LEADER, site.county)
    page = client.post(reverse("survey_papers", args=[survey.pk]), {"file": _book(rows)})
    entered = page.context["entered"]
    assert entered.taken == 2
    causes = sorted(one.cause for one in entered.faults)
    assert causes == ["survey.no_code", "survey.twice", "survey.twice", "survey.unknown_code"]
    assert {one.place.file for one in entered.faults} == {"答卷.csv"}
    assert (Paper.objects.count(), Paper.objects.filter(is_valid=True).count()) == (3, 2)
    wrong = client.post(
        reverse("survey_papers", args=[survey.pk]), {"file": SimpleUploadedFile("a.txt", b"1")}
    )
    assert "请用录入表" in wrong.text


def test_codes_are_shown_once_and_their_page_makes_the_workbook(site: Site, browse: Browse) -> None:
    survey, client = planned(site), browse(Role.LEADER, site.county)
    page = client.post(reverse("survey_codes", args=[survey.pk]))
    packed = page.context["packed"]
    assert page.headers["Cache-Control"] == "no-store"
    assert len(packed.splitlines()) == Code.objects.count() == 600
    assert page.text.count(packed.splitlines()[0].split("|")[2]) == 2  # the slip, and the form
    book = client.post(reverse("survey_codes_book", args=[survey.pk]), {"codes": packed})
    assert book.content[:2] == b"PK"
    again = client.post(reverse("survey_codes", args=[survey.pk]))  # the page loaded again: nothing is made
    assert again.status_code == 302
    survey.refresh_from_db()
    assert client.post(reverse("survey_codes_book", args=[survey.pk]), {"codes": packed}).status_code == 200
    client.post(reverse("survey_codes", args=[survey.pk]), {"seen": survey.codes_sha256})  # made anew
    old = client.post(reverse("survey_codes_book", args=[survey.pk]), {"codes": packed})
    assert old.status_code == 302
    acts = list(Entry.objects.filter(object_kind="survey").order_by("number").values_list("action", "detail"))
    assert [one for one, _ in acts] == ["survey.plan", "survey.codes", "survey.codes"]
    assert not any(line.split("|")[2] in detail for _, detail in acts for line in packed.splitlines())


def test_codes_are_not_made_anew_once_somebody_answered(site: Site) -> None:
    survey, codes = opened(site)
    take(survey, codes[0].text, ticks())
    with pytest.raises(ValidationError):
        issue(None, survey, survey.codes_sha256)
    with pytest.raises(ValidationError):
        discard(None, survey)  # type: ignore[arg-type] # refused before anybody is named


def test_the_result_becomes_rows_of_the_county_s_own_return(
    site: Site, person: People, browse: Browse
) -> None:
    officer = person(Role.OFFICER, site.county)
    filings_of(site, officer)
    survey, codes = opened(site, officer)
    for one in codes[::9]:
        take(survey, one.text, ticks())
    count(officer, survey)
    client = browse(Role.OFFICER, site.county)
    assert client.post(reverse("survey_hand", args=[survey.pk])).status_code == 302
    hand_in(officer, survey)  # twice is the same rows
    filing = own_return(CountyYear.objects.get(county=site.county, year=YEAR))
    cells = Cell.objects.filter(row__filing=filing, row__table="survey")
    found = {(one.row.key, one.column): one.value for one in cells.select_related("row")}
    for line in csv.DictReader(survey_lines(survey)):
        for column in ("issued", "valid", "satisfied"):
            assert found[line["respondent_group"], column] == line[column]
    leader = browse(Role.LEADER, site.county)  # accepts the return, and so does not fill it
    assert leader.post(reverse("survey_hand", args=[survey.pk])).status_code == 404


def survey_lines(survey: Survey) -> list[str]:
    """The counted table, line by line."""
    survey.refresh_from_db()
    return survey.table.splitlines()


def test_who_may_hold_who_may_look_and_who_finds_nothing(site: Site, browse: Browse) -> None:
    survey = planned(site)
    page, listed = reverse("survey", args=[survey.pk]), reverse("surveys", args=[site.county.pk])
    codes, new = reverse("survey_codes", args=[survey.pk]), reverse("survey_new", args=[site.county.pk])
    for role, place in ((Role.CLERK, site.school), (Role.LEADER, site.other)):
        client = browse(role, place)
        found = [client.get(page), client.get(listed), client.get(new), client.post(codes)]
        assert [one.status_code for one in found] == [404] * 4, role
    for role, place in ((Role.INSPECTOR, site.city), (Role.ADMINISTRATOR, site.county)):
        client = browse(role, place)
        assert (client.get(page).status_code, client.get(listed).status_code) == (200, 200)
        assert (client.get(new).status_code, client.post(codes).status_code) == (404, 404)
        for name in ("survey.csv", "result.xlsx"):
            assert client.get(reverse("survey_file", args=[survey.pk, name])).status_code == 404
    assert not Code.objects.exists()


@pytest.mark.parametrize(
    "name", ["plan.xlsx", "questionnaire.docx", "answers.xlsx", "survey.csv", "result.xlsx", "notice.docx"]
)
def test_its_files_can_be_saved(name: str, site: Site, browse: Browse) -> None:
    survey, codes = opened(site)
    for one in codes[:40]:
        take(survey, one.text, ticks())
    client, address = browse(Role.LEADER, site.county), reverse("survey_file", args=[survey.pk, name])
    early = client.get(address).status_code
    assert early == (404 if name in ("survey.csv", "result.xlsx", "notice.docx") else 200)
    count(None, survey)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_pages_ask_the_database_as_often_for_one_paper_as_for_many(site: Site, browse: Browse) -> None:
    survey, codes = opened(site)
    client = browse(Role.LEADER, site.county)
    addresses = [reverse("survey", args=[survey.pk]), reverse("surveys", args=[site.county.pk])]

    def asked() -> list[int]:
        numbers = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            numbers.append(len(queries))
        return numbers

    take(survey, codes[0].text, ticks())
    asked()
    few = asked()
    for one in codes[1:60:2]:
        take(survey, one.text, ticks())
    for year in (2025, 2026):
        planned(site, year=year)
    assert asked() == few


def test_a_survey_is_planned_from_a_finding_and_dropped(
    site: Site, finding: Any, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.web.surveyed import roll_in_memory

    monkeypatch.setattr("junheng.web.survey.views.roll_from", lambda _: roll_in_memory())
    client, listed = browse(Role.LEADER, site.county), reverse("surveys", args=[site.county.pk])
    assert "还没有调查" in client.get(listed).text
    asked = {"finding": finding.pk, "year": 2025, "residents": 500_000}
    answer = client.post(reverse("survey_new", args=[site.county.pk]), asked)
    survey = Survey.objects.get()
    assert answer.headers["Location"] == reverse("survey", args=[survey.pk])
    assert json.loads(survey.plan)["size"] == 750
    page = client.get(answer.headers["Location"]).text
    assert "学校和人数取自 2024 年数据" in page
    again = client.post(reverse("survey_new", args=[site.county.pk]), asked)
    assert "已经有了" in again.text
    client.post(reverse("survey_discard", args=[survey.pk]))
    assert not Survey.objects.exists()
