"""Pages of one subject: its rounds, marks, result; scoring, vetoes, signatures, appeals."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from junheng.basics import Text
from junheng.web.appraisal import acts, appeal_acts
from junheng.web.appraisal.asked import appeal_of, subject_of, turn_of
from junheng.web.appraisal.forms import AppealForm
from junheng.web.appraisal.models import Appeal, Mark, Round, Subject
from junheng.web.appraisal.permissions import (
    SELF,
    levels,
    may_answer_vetoes,
    may_appeal,
    may_decide,
    may_mark,
    may_see_appraisal,
    may_see_subject,
    may_sign,
    may_sign_any,
)
from junheng.web.appraisal.subject_page import page_of
from junheng.web.appraisal.systems import system_of
from junheng.web.appraisal.telling import told_appeal, told_decided
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.monitoring.asked import tried


@allowed(subject_of, may_see_subject)
def one(request: HttpRequest, found: Subject) -> HttpResponse:
    """Its rounds with what may be seen of them, the result, vetoes, signatures, appeals."""
    return _shown(request, found, None)


def _shown(request: HttpRequest, found: Subject, form: AppealForm | None) -> HttpResponse:
    today, person = timezone.localdate(), asker(request)
    is_office = may_see_appraisal(person, found.appraisal)
    page = page_of(found, person, today, is_office=is_office)
    turns = []
    for line in page.rounds:
        pair = (found, line.turn)
        roles = [(role, role.zh in line.signed, may_sign(person, pair, role.zh)) for role in line.roles]
        turns.append((line, may_mark(person, pair) and line.can_change, roles, line.can_appeal))
    context = {
        "subject": found, "place": found.place, "page": page, "turns": turns, "is_office": is_office,
        "may_veto": may_answer_vetoes(person, found), "may_appeal": may_appeal(person, found),
        "form": form or AppealForm([(one.id, f"{one.id} {half(one.name)}") for one in page.system.items()]),
        "appeals": [(one, one.state == "filed" and may_decide(person, one)) for one in page.appeals],
        "today": today, "appeal_days": levels()["appeal_days"],
    }  # fmt: skip
    return render(request, "appraisal/subject.html", context)


@allowed(turn_of, may_mark, "GET", "POST")
def marking(request: HttpRequest, found: tuple[Subject, Round]) -> HttpResponse:
    """A rater's sheet: a word of the scale (or points) and the evidence for every item."""
    subject, turn = found
    person, system = asker(request), system_of(subject.appraisal)
    entry = next(one for one in system.rounds if one.id == turn.name)
    given: Mapping[str, acts.Given] = _given(request.POST, [one.id for one in system.items()])
    visited = parse_date(request.POST.get("visited_on", "")) if request.POST.get("visited_on") else None
    if request.method == "POST":
        done = Text("已保存", "Saved")
        if tried(request, lambda: acts.mark(person, subject, turn, given, visited), done):
            return redirect("appraisal_subject", subject=subject.pk)
    else:
        given, visited = _kept(person.pk, subject, turn)
    areas = [(area, [(one, given.get(one.id, acts.Given())) for one in area.items]) for area in system.areas]
    context = {
        "subject": subject, "place": subject.place, "turn": turn, "entry": entry, "system": system, "areas": areas,
        "visited_on": visited, "is_self": turn.name == SELF,
    }  # fmt: skip
    return render(request, "appraisal/marking.html", context)


def _given(posted: Any, items: list[str]) -> dict[str, acts.Given]:
    return {
        item: acts.Given(
            posted.get(f"rating-{item}", "")[:20],
            posted.get(f"points-{item}", "").strip()[:12],
            " ".join(posted.get(f"evidence-{item}", "").split())[:200],
        )
        for item in items
    }


def _kept(rater: int, subject: Subject, turn: Round) -> tuple[Mapping[str, acts.Given], Any]:
    marks = Mark.objects.filter(subject=subject, round=turn)
    held = list(marks if turn.name == SELF else marks.filter(rater=rater))
    visited = next((one.visited_on for one in held if one.visited_on), None)
    return {one.item: acts.Given(one.rating, one.points, one.evidence) for one in held}, visited


@allowed(subject_of, may_answer_vetoes, "POST")
def vetoed(request: HttpRequest, found: Subject) -> HttpResponse:
    """Say whether a veto was found, and on what evidence."""
    veto, words = request.POST.get("veto", ""), request.POST.get("words", "")
    is_found = request.POST.get("found") == "yes"
    tried(
        request,
        lambda: acts.answer_veto(asker(request), found, veto, found=is_found, words=words),
        Text("已记下", "Noted"),
    )
    return redirect("appraisal_subject", subject=found.pk)


@allowed(turn_of, may_sign_any, "POST")
def signed(request: HttpRequest, found: tuple[Subject, Round]) -> HttpResponse:
    """Sign what stands in the round, for a role one may sign for."""
    role = request.POST.get("role", "")
    if may_sign(request.user, found, role):
        tried(request, lambda: acts.sign(asker(request), *found, role), Text("已签字", "Signed"))
    return redirect("appraisal_subject", subject=found[0].pk)


@allowed(turn_of, lambda person, found: may_appeal(person, found[0]), "POST")
def appealed(request: HttpRequest, found: tuple[Subject, Round]) -> HttpResponse:
    """Appeal against an item of a round."""
    subject, turn = found
    item, ground = request.POST.get("item", ""), request.POST.get("ground", "")
    tried(
        request,
        lambda: told_appeal(appeal_acts.appeal(asker(request), subject, turn, item, ground)),
        Text("申诉已提出", "The appeal is filed"),
    )
    return redirect("appraisal_subject", subject=subject.pk)


@allowed(appeal_of, may_decide, "POST")
def decided(request: HttpRequest, found: Appeal) -> HttpResponse:
    """Uphold an appeal with new points, or reject it."""
    state, answer = request.POST.get("state", ""), request.POST.get("answer", "")
    points = request.POST.get("points", "")
    done = Text("已答复", "Decided")
    if tried(request, lambda: appeal_acts.decide(asker(request), found, state, points, answer), done):
        told_decided(found)
    return redirect("appraisal_subject", subject=found.subject_id)
