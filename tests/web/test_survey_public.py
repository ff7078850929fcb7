"""The questionnaire: a code answers once, wrong ones are slowed down, nothing ties an answer to anybody."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from allauth.core import ratelimit
from django.db import connection, models
from django.test import Client, RequestFactory
from django.utils import timezone
from tests.web.conftest import Site
from tests.web.surveyed import QUESTIONS, opened, planned, posted

from junheng.judgement.survey import AnswerCode, code_hash
from junheng.web.audit.models import Entry
from junheng.web.people.roles import Role
from junheng.web.survey.answering import take
from junheng.web.survey.models import Code, Paper, Survey
from junheng.web.survey.public_views import WRONG
from junheng.web.survey.queries import total_of

Held = tuple[Survey, list[AnswerCode]]


@pytest.fixture
def held(site: Site) -> Held:
    """A survey that is open, with its codes."""
    return opened(site)


def _at(survey: Survey) -> str:
    return f"/survey/{survey.key}"


def test_a_code_opens_the_questions_and_answers_once(held: Held) -> None:
    survey, codes = held
    client, typed = Client(), codes[0].text.lower().replace("-", " ")
    page = client.post(_at(survey), {"code": typed})
    assert page.status_code == 200
    assert page.text.count("<fieldset") == page.text.count("<legend") == len(QUESTIONS)
    answer = client.post(_at(survey), posted(typed))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{_at(survey)}/thanks")
    assert "已经收下" in client.get(answer.headers["Location"]).text
    assert (Paper.objects.count(), Code.objects.filter(is_used=True).count()) == (1, 1)
    again = client.post(_at(survey), posted(codes[0].text, 1))
    assert "已经用过" in again.text
    assert Paper.objects.get().answers == '{"Q1":4,"Q2":4,"Q3":4,"Q4":4,"Q5":4,"Q6":4,"Q7":4}'


def test_of_two_at_the_same_moment_one_is_taken(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read the code as unused when the second marks it: the database lets one do so."""
    survey, codes = held
    seen = Code.objects.get(hash=code_hash(codes[0].text))
    monkeypatch.setattr("junheng.web.survey.answering.known_code", lambda *_: seen)
    assert take(survey, codes[0].text, {"Q7": 5}) is True
    assert take(survey, codes[0].text, {"Q7": 1}) is False
    assert Paper.objects.count() == 1


def test_a_question_left_out_is_asked_for_and_the_rest_is_kept(held: Held) -> None:
    survey, codes = held
    given = posted(codes[0].text, 5)
    del given["Q3"]
    given["Q5"] = "99"
    page = Client().post(_at(survey), given)
    assert page.text.count("未答") == 2
    assert page.text.count(" checked") == 5
    assert 'href="#Q3-first"' in page.text
    assert not Paper.objects.exists()
    assert not Code.objects.filter(is_used=True).exists()


def test_the_language_is_switched_without_losing_a_tick(held: Held) -> None:
    survey, codes = held
    client = Client()
    page = client.post(_at(survey), {**posted(codes[0].text, 5), "language": "en"})
    assert '<html lang="en">' in page.text
    assert page.text.count(" checked") == len(QUESTIONS)
    assert client.cookies["django_language"].value == "en"
    assert not Paper.objects.exists()
    shown = unescape(re.sub(r"<[^>]*>", "", page.text.replace("XX区", "").replace("中文", "")))
    assert not re.search(r"[一-鿿]", shown), "a page in English shows no Chinese but names"


def test_nothing_ties_a_paper_to_a_code_a_person_or_an_hour() -> None:
    """By what columns there are: the group alone is in both, and no paper has a moment."""
    paper = {one.name: one for one in Paper._meta.fields}
    assert set(paper) == {"id", "survey", "group", "answers", "is_valid"}
    code = {one.name: one for one in Code._meta.fields}
    assert set(code) == {"hash", "survey", "group", "school_id", "is_used"}
    kinds = (models.DateTimeField, models.DateField, models.GenericIPAddressField)
    assert not any(isinstance(one, kinds) for one in (*paper.values(), *code.values()))
    assert Code._meta.pk.name == "hash"


def test_numbers_of_papers_tell_nothing_of_their_order(held: Held) -> None:
    survey, codes = held
    for number, one in enumerate(codes[:40]):
        assert take(survey, one.text, {"Q7": number % 5 + 1})
    given = [f'{{"Q7":{number % 5 + 1}}}' for number in range(40)]
    laid = list(Paper.objects.order_by("pk").values_list("answers", flat=True))
    assert sorted(laid) == sorted(given)
    assert laid != given
    assert min(Paper.objects.values_list("pk", flat=True)) > 10**9
    if connection.vendor == "sqlite":  # nor does the order of rows on the disk
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid = id FROM survey_paper")
            assert {row[0] for row in cursor.fetchall()} == {1}


def test_answering_leaves_no_session_no_trail_and_no_account(
    held: Held, site: Site, browse: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    survey, codes = held
    leader, client = browse(Role.LEADER, site.county), Client()
    before = Entry.objects.count()
    client.get(_at(survey))
    client.post(_at(survey), posted(codes[0].text))
    assert set(client.cookies) <= {"csrftoken"}
    assert str(site.county) in leader.get(_at(survey)).text
    with caplog.at_level("INFO", "junheng.access"):
        leader.post(_at(survey), posted(codes[1].text))
    line = [one for one in caplog.records if one.name == "junheng.access"][-1]
    assert line.__dict__["account"] is None, "nor does the log say who it was"
    assert Paper.objects.count() == 2
    assert Entry.objects.count() == before
    assert client.get(_at(survey)).headers["Cache-Control"] == "no-store"


def test_wrong_codes_are_told_and_then_slowed_down(held: Held) -> None:
    survey, codes = held
    client, request = Client(), RequestFactory().post(_at(survey))
    assert all(ratelimit.consume(request, action=WRONG) for _ in range(29))
    page = client.post(_at(survey), posted("ABCD-EFGH-JKMN-PQRS"))
    assert (page.status_code, "没有这个作答码" in page.text) == (200, True)
    locked = client.post(_at(survey), posted(codes[0].text))
    assert (locked.status_code, "请一分钟后再试" in locked.text) == (429, True)
    assert not Paper.objects.exists()


def test_a_code_of_another_survey_is_none_of_this_one(held: Held, site: Site) -> None:
    survey, _ = held
    other = planned(site, year=2025)
    Code.objects.filter(hash=Code.objects.order_by("hash")[0].hash).update(survey=other)
    stray = Code.objects.get(survey=other)
    assert not Code.objects.filter(survey=survey, hash=stray.hash).exists()
    assert Client().get(_at(other)).text.count("<input") == 2, "not open: only the switch's own fields"


@pytest.mark.parametrize(("opens", "closes", "words"), [(1, 2, "还没有开放"), (-2, -1, "已经结束")])
def test_outside_its_days_it_takes_nothing(held: Held, opens: int, closes: int, words: str) -> None:
    survey, codes = held
    today = timezone.localdate()
    days = {"opens_on": today + timedelta(days=opens), "closes_on": today + timedelta(days=closes)}
    Survey.objects.filter(pk=survey.pk).update(**days)
    for answer in (Client().get(_at(survey)), Client().post(_at(survey), posted(codes[0].text))):
        assert words in answer.text
    assert not Paper.objects.exists()


def test_the_public_reads_the_total_alone_and_no_page_has_a_script(held: Held) -> None:
    survey, codes = held
    for one in codes[:3]:
        take(survey, one.text, {"Q7": 5})
    assert total_of(survey).returned == 3
    client = Client()
    pages = [client.get(_at(survey)), client.post(_at(survey), {"code": codes[5].text})]
    pages.append(client.get(f"{_at(survey)}/thanks"))
    assert "3 / 600" in pages[0].text
    for page in pages:
        assert "<script" not in page.text
        assert " style=" not in page.text
    assert "甲小学" not in pages[0].text
    assert client.get("/survey/nowhere").status_code == 404
