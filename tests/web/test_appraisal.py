"""Scoring in rounds on the site: who scores and when, what is seen before all have, appeals, signatures, the library's book."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.appraised import SYSTEM, all_marked, opened, subject_at, target_of, turn_at
from tests.web.conftest import Site

from junheng.judgement.scoring import outcome_json, read_scores, score
from junheng.standards.scoring import index_system
from junheng.web.appraisal.acts import Given, answer_veto, mark, sign
from junheng.web.appraisal.appeal_acts import appeal, decide
from junheng.web.appraisal.models import Appeal, Appraisal, Mark, Signature, Subject
from junheng.web.appraisal.models.marks import AppealState
from junheng.web.appraisal.reading import book_of, held_of, scored
from junheng.web.appraisal.reminding import of_appraisal
from junheng.web.clocks.models import Notice
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def raters(site: Site, person: People) -> tuple[Account, Account]:
    """An officer and an inspector."""
    return person(Role.OFFICER, site.county), person(Role.INSPECTOR, site.city)


@pytest.fixture
def appraisal(site: Site, raters: tuple[Account, Account]) -> Appraisal:
    """Open, scored by both."""
    return opened(site, *raters)


def test_the_bureau_opens_one_on_the_page(site: Site, browse: Browse, person: People) -> None:
    rater, today = person(Role.INSPECTOR, site.city), timezone.localdate()
    person(Role.HEAD, site.school)
    client, address = browse(Role.LEADER, site.county), reverse("appraisal_new", args=[site.county.pk])
    assert "county-raters" in client.get(f"{address}?system={SYSTEM}").text
    days = {
        f"{one}-{end}": today + timedelta(days=n)
        for one in ("self", "county")
        for end, n in (("opens_on", 0), ("due_on", 9))
    }
    asked = {"system": SYSTEM, "year": today.year, **days}
    assert "没有评分人" in client.post(address, asked).text
    assert not Appraisal.objects.exists()
    asked["county-raters"] = [str(rater.pk)]
    assert client.post(address, asked).status_code == 302
    assert {one.place for one in Subject.objects.all()} == {site.school, site.neighbour}
    told = set(Notice.objects.filter(key__startswith="round:").values_list("account__username", flat=True))
    assert told == {rater.username, f"{Role.HEAD}{site.school.pk}"}
    assert "已经开评" in client.post(address, asked).text
    assert browse(Role.HEAD, site.school).get(address).status_code == 404


def test_only_named_raters_score_and_nobody_sees_marks_before_all_have(
    site: Site, appraisal: Appraisal, raters: tuple[Account, Account], browse: Browse, person: People
) -> None:
    subject = subject_at(appraisal, site.school)
    officer, inspector = raters
    address = reverse("appraisal_marking", args=[subject.pk, "county"])
    assert browse(Role.LEADER, site.county).get(address).status_code == 404, "not named"
    assert browse(Role.HEAD, site.school).get(address).status_code == 404
    client = browse(Role.OFFICER, site.county)
    given = {f"rating-{one.id}": "fair" for one in index_system(SYSTEM, on=appraisal.opened_on).items()}
    answer = client.post(
        address, {**given, "visited_on": timezone.localdate(), "evidence-M1-1": "三年规划文本"}
    )
    assert answer.status_code == 302
    assert Mark.objects.filter(subject=subject, rater=officer).count() == len(given)
    page = reverse("appraisal_subject", args=[subject.pk])
    for role, place in ((Role.INSPECTOR, site.city), (Role.HEAD, site.school)):
        shown = browse(role, place).get(page).text
        assert "三年规划文本" not in shown
        assert "评分中" in shown
    assert "三年规划文本" in browse(Role.LEADER, site.county).get(page).text
    book = reverse("appraisal_book", args=[appraisal.pk])
    assert browse(Role.INSPECTOR, site.city).get(book).status_code == 404, "its own round is not done"
    all_marked(inspector, subject, "county")
    shown = browse(Role.HEAD, site.school).get(page)
    assert "三年规划文本" in shown.text
    assert shown.context["page"].points == ["75", "75"]  # halfway between fair (65) and good (85), of 100
    assert browse(Role.CLERK, site.neighbour).get(page).status_code == 404


def test_what_the_library_refuses_and_what_is_not_open_is_not_kept(
    site: Site, appraisal: Appraisal, raters: tuple[Account, Account]
) -> None:
    subject, turn, today = (
        subject_at(appraisal, site.school),
        turn_at(appraisal, "county"),
        timezone.localdate(),
    )
    for given in (Given(rating="marvellous"), Given(points="4.1"), Given(points="viel")):
        with pytest.raises(ValidationError):
            mark(raters[0], subject, turn, {"M1-1": given}, today)
    with pytest.raises(ValidationError, match="今天之后"):
        mark(raters[0], subject, turn, {"M1-1": Given("good")}, today + timedelta(days=1))
    turn.opens_on = turn.due_on
    turn.save()
    with pytest.raises(ValidationError, match="还没有开始"):
        mark(raters[0], subject, turn, {"M1-1": Given("good")}, today)
    assert not Mark.objects.exists()


def test_appeals_are_decided_by_others_and_signatures_end_the_round(
    site: Site, appraisal: Appraisal, raters: tuple[Account, Account], browse: Browse, person: People
) -> None:
    subject, turn, officer = subject_at(appraisal, site.school), turn_at(appraisal, "county"), raters[0]
    head, leader = person(Role.HEAD, site.school), person(Role.LEADER, site.county)
    with pytest.raises(ValidationError, match="还没有评完"):
        appeal(head, subject, turn, "M1-1", "佐证未计入")
    for one in raters:
        all_marked(one, subject, "county", "fair")
    client = browse(Role.HEAD, site.school)
    client.post(
        reverse("appraisal_appealed", args=[subject.pk, "county"]), {"item": "M1-1", "ground": "佐证未计入"}
    )
    asked = Appeal.objects.get()
    assert (asked.due_on - asked.filed_on).days == 15
    assert Notice.objects.filter(account=leader, key=f"appeal:{asked.pk}").exists()
    with pytest.raises(ValidationError, match="申诉待复核"):
        sign(officer, subject, turn, "县级教育督导机构")
    address = reverse("appraisal_decided", args=[asked.pk])
    told = {"state": "upheld", "points": "4", "answer": "补入佐证"}
    assert browse(Role.OFFICER, site.county).post(address, told).status_code == 404, "scored the item"
    with pytest.raises(ValidationError):
        decide(leader, asked, "upheld", "5", "超过分值")
    answer = browse(Role.LEADER, site.county).post(address, told, follow=True)
    assert Appeal.objects.get().state == "upheld", answer.text[:4000]
    _, outcome = scored(held_of(appraisal), timezone.localdate())
    (own,) = [one for one in outcome["subjects"] if one["subject"] == subject.code]
    assert own["points"] == ["332/5", "332/5"]  # 65 of 100, and 4 instead of 2.6 for the item
    sign(officer, subject, turn, "县级教育督导机构")
    with pytest.raises(ValidationError, match="另一角色"):
        sign(officer, subject, turn, "督学组长")
    signing = reverse("appraisal_signed", args=[subject.pk, "county"])
    assert browse(Role.LEADER, site.county).post(signing, {"role": "督学组长"}).status_code == 404
    browse(Role.INSPECTOR, site.city).post(signing, {"role": "督学组长"})
    assert Signature.objects.count() == 2
    with pytest.raises(ValidationError, match="签字齐全"):
        all_marked(officer, subject, "county", "excellent")
    with pytest.raises(ValidationError, match="签字齐全"):
        appeal(head, subject, turn, "M1-2", "再申诉")


def test_a_change_after_one_signature_voids_it(
    site: Site, appraisal: Appraisal, raters: tuple[Account, Account]
) -> None:
    subject, turn = subject_at(appraisal, site.school), turn_at(appraisal, "county")
    for one in raters:
        all_marked(one, subject, "county")
    sign(raters[0], subject, turn, "县级教育督导机构")
    all_marked(raters[1], subject, "county", "excellent")
    found, _ = scored(held_of(appraisal), timezone.localdate())
    (state,) = [one for one in found.rounds if one.subject == subject.code]
    assert state.missing == ("督学组长", "县级教育督导机构")


def test_the_workbook_is_the_one_the_library_reads(
    site: Site, appraisal: Appraisal, raters: tuple[Account, Account], person: People, tmp_path: Path
) -> None:
    subject = subject_at(appraisal, site.school)
    all_marked(person(Role.HEAD, site.school), subject, "self", "excellent")
    for one, rating in zip(raters, ("fair", "good"), strict=True):
        all_marked(one, subject, "county", rating)
    answer_veto(raters[0], subject, "accident", found=False, words="安全台账")
    target_of(site.school)
    held, today = held_of(appraisal), timezone.localdate()
    path = tmp_path / "scores.xlsx"
    path.write_bytes(book_of(held))
    read = read_scores(path, held.system, today)
    assert read.faults == ()
    told, (_, ours) = outcome_json(read, score(read.problem), "", ["x"]), scored(held, today)
    for part in ("subjects", "raters", "between_rounds", "sign_off", "targets"):
        assert _plain(told[part]) == _plain(ours[part]), part
    assert ours["raters"][0]["scored_by_several"] == 20
    assert [one["state"] for one in ours["targets"]] == ["pending"]


def _plain(found: object) -> object:
    """Without the places of rows: a file's name and row there, the system's here."""
    if isinstance(found, dict):
        return {key: _plain(one) for key, one in found.items() if key not in ("where", "rows")}
    return [_plain(one) for one in found] if isinstance(found, list) else found


def test_the_database_refuses_what_no_form_offers(
    site: Site, appraisal: Appraisal, raters: tuple[Account, Account]
) -> None:
    subject, turn, today = (
        subject_at(appraisal, site.school),
        turn_at(appraisal, "county"),
        timezone.localdate(),
    )
    told = {
        "subject": subject,
        "round": turn,
        "item": "M1-1",
        "filed_on": today,
        "due_on": today,
        "filed_by": raters[0],
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(**told, state=AppealState.UPHELD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(**told, state=AppealState.REJECTED, decided_by=raters[0], decided_on=today)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(subject=subject, round=turn, rater=raters[0], item="M1-1", at=timezone.now())


def test_late_appeals_and_targets_and_rounds_near_their_end_are_told_once(
    site: Site, appraisal: Appraisal, raters: tuple[Account, Account], person: People
) -> None:
    subject, turn, today = (
        subject_at(appraisal, site.school),
        turn_at(appraisal, "county"),
        timezone.localdate(),
    )
    head, leader = person(Role.HEAD, site.school), person(Role.LEADER, site.county)
    late = target_of(site.school, days=-1)
    days = {"filed_on": today - timedelta(days=20), "due_on": today - timedelta(days=5)}
    asked = Appeal.objects.create(
        subject=subject, round=turn, number="S1", item="M1-1", filed_by=head, **days
    )
    for one in appraisal.subjects.select_related("appraisal", "place"):
        all_marked(raters[0], one, "county")
    turn.due_on = today + timedelta(days=3)
    turn.save()
    told = {(who.pk, message.key) for who, message in of_appraisal(timezone.now())}
    assert told == {
        (head.pk, f"commitment:{late.pk}:{late.due_on}"),
        *((one.pk, f"appeal-late:{asked.pk}") for one in (leader, raters[0])),
        (raters[1].pk, f"round-near:{turn.pk}:{turn.due_on}"),
    }


def test_pages_ask_as_much_of_one_school_as_of_thirty(
    site: Site, raters: tuple[Account, Account], browse: Browse
) -> None:
    def asked(client: Client, found: Appraisal) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("appraisal", args=[found.pk])).status_code == 200
        return len(queries)

    few, client = opened(site, *raters), browse(Role.LEADER, site.county)
    all_marked(raters[0], subject_at(few, site.school), "county")
    asked(client, few)
    before = asked(client, few)
    for n in range(30):
        add_organisation(None, Kind.SCHOOL, f"第{n}小学", site.county, f"21990002{n:02}", 2015)
    many = opened(site, *raters, system="quality-guide-school")
    for one in many.subjects.select_related("appraisal", "place")[:20]:
        all_marked(raters[0], one, "county")
    asked(client, many)
    rounds = many.rounds.count() - few.rounds.count()
    assert asked(client, many) <= before + max(rounds, 0)
