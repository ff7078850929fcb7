"""The page of a trial: the form, and beside it what the county would be."""

import json
from dataclasses import replace
from time import perf_counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from junheng.basics import UserError
from junheng.data import changes_json, load_dictionary
from junheng.judgement import Ground, WhatIf, closing_changes, what_if
from junheng.web.findings.models import Finding
from junheng.web.front.guard import allowed, asker
from junheng.web.public.opendata import smallest_cell
from junheng.web.whatif.asked import Asked, asked_in, asked_of, refuse_others
from junheng.web.whatif.fields import BUILDING, school_choices, school_fields
from junheng.web.whatif.forms import SaveForm
from junheng.web.whatif.models import Scenario
from junheng.web.whatif.outcome import Outcome, outcome_of
from junheng.web.whatif.permissions import is_author, may_hand_over, may_open, may_try, own_schools
from junheng.web.whatif.told import change_words
from junheng.web.whatif.warm import ground_of

_WISH = 3  # school, stage, indicator


def finding_of(finding: int) -> Finding:
    """The finding of a route."""
    return get_object_or_404(Finding.objects.select_related("county"), pk=finding)


@allowed(finding_of, may_try, "GET", "POST")
def what_if_page(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Choose schools, change figures, see what becomes. ``part`` asks for the outcome alone (the page's script)."""
    return show_page(request, finding)


def show_page(request: HttpRequest, finding: Finding) -> HttpResponse:
    """The page for what was asked, with what it took the server in the header Server-Timing (milliseconds)."""
    began = perf_counter()
    own = own_schools(asker(request), finding)
    try:
        ground = ground_of(finding)
    except (UserError, OSError) as error:
        return _refused(request, finding, error)
    context = trial(request, finding, ground, own)
    if request.POST.get("part"):
        response = render(request, "whatif/outcome.html", context)
    else:
        response = render(
            request, "whatif/whatif.html", context | _around(request, finding, ground, own, context)
        )
    judged, whole = context["judged_ms"], (perf_counter() - began) * 1000
    response["Server-Timing"] = f"judge;dur={judged:.1f}, total;dur={whole:.1f}"
    return response


def trial(
    request: HttpRequest, finding: Finding, ground: Ground, own: frozenset[str] | None
) -> dict[str, Any]:
    """The form as asked, and its outcome or why there is none."""
    found: WhatIf | None = None
    outcome: Outcome | None = None
    refusal: list[dict[str, str]] = []
    asked = Asked((), {}, ())
    judged = 0.0
    try:
        asked = _asked(request, finding, ground, own)
        refuse_others(asked.changes, own)
        began = perf_counter()
        found = what_if(ground, asked.changes)
        judged = (perf_counter() - began) * 1000
        outcome = outcome_of(ground, found, frozenset(asked.schools), own, smallest_cell())
    except UserError as error:
        refusal = [{"zh": line.zh, "en": line.en} for line in error.lines()]
    return {
        "finding": finding,
        "asked": asked,
        "found": found,
        "outcome": outcome,
        "refusal": refusal,
        "judged_ms": judged,
        "is_whole": own is None,
    }


def _asked(request: HttpRequest, finding: Finding, ground: Ground, own: frozenset[str] | None) -> Asked:
    """What is asked: the posted form, a kept scenario, or schools named in the address; "close" is filled in by the library."""
    if request.method == "POST":
        asked, wishes = asked_in(request.POST, ground.reported.tables), request.POST.getlist("close")
    else:
        scenario = scenario_asked(request, finding)
        schools = [one for one in request.GET.getlist("school") if own is None or one in own]
        listed = scenario.listed if scenario else []
        asked, wishes = (
            asked_of(listed, schools or (sorted(own) if own else ())),
            request.GET.getlist("close"),
        )
    refuse_others(asked.changes, own)  # before anything is computed of them
    if own is not None:  # of no other school is anything shown, whatever the form says
        asked = replace(asked, schools=tuple(one for one in asked.schools if one in own))
    for wish in wishes[:1]:
        asked = _closed(asked, wish.split(":"), ground, own)
    return asked


def _closed(asked: Asked, wish: list[str], ground: Ground, own: frozenset[str] | None) -> Asked:
    """The form with the smallest change that closes a failing figure: ["school", "stage", "indicator"]."""
    if (
        len(wish) != _WISH
        or (own is not None and wish[0] not in own)
        or wish[2] not in ground.assessment.evaluation.lineage
    ):
        return asked
    found = what_if(ground, asked.changes)
    listed = asked_of(changes_json(closing_changes(ground, found, wish[0], wish[1], wish[2])), (wish[0],))
    schools = tuple(dict.fromkeys((*asked.schools, *listed.schools)))
    return Asked(asked.structure, {**asked.typed, **listed.typed}, schools)


def scenario_asked(request: HttpRequest, finding: Finding) -> Scenario | None:
    """The scenario the page was opened from. Raises Http404 where the person may not open it."""
    number = request.POST.get("scenario") or request.GET.get("scenario") or ""
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise Http404
    found = (
        Scenario.objects.filter(finding=finding).select_related("county", "finding__county").filter(pk=number)
    )
    scenario = found.first()
    if scenario is None and request.method == "POST":
        return None  # deleted in another tab: what was typed is kept, and saved as a new one
    if scenario is None or not may_open(asker(request), scenario):
        raise Http404
    return scenario


def _around(
    request: HttpRequest,
    finding: Finding,
    ground: Ground,
    own: frozenset[str] | None,
    context: dict[str, Any],
) -> dict[str, Any]:
    """What the form needs beside the outcome."""
    asked: Asked = context["asked"]
    scenario = scenario_asked(request, finding)
    choices = school_choices(ground.reported.tables, own)
    opened = {code: one["name"] for code, one in asked.opened.items()}
    names = dict(choices) | opened
    seen = request.POST.get("revision") or (scenario.revision if scenario else 0)
    rooms = load_dictionary().tables["special_room"].columns["kind"].values
    return {
        "schools": school_fields(ground.reported.tables, asked.schools, asked.typed, asked.opened),
        "choices": choices,
        "every": [*choices, *opened.items()],
        "structure": [
            {"at": at, "words": change_words(one, names)} for at, one in enumerate(asked.structure)
        ],
        "structure_text": json.dumps(asked.structure, ensure_ascii=False),
        "room_kinds": list(rooms.items()),
        "building": [load_dictionary().tables["premises"].columns[name] for name in BUILDING],
        "scenario": scenario,
        "revision": seen,
        "is_mine": scenario is not None and is_author(asker(request), scenario),
        "may_hand": scenario is not None and may_hand_over(asker(request), scenario),
        "save_form": SaveForm(initial={"name": scenario.name, "note": scenario.note} if scenario else None),
        "is_other_base": str(ground.county.verdict) != finding.verdict,
    }


def _refused(request: HttpRequest, finding: Finding, error: UserError | OSError) -> HttpResponse:
    lines = error.lines() if isinstance(error, UserError) else []
    context = {"finding": finding, "refusal": [{"zh": one.zh, "en": one.en} for one in lines]}
    template = "whatif/outcome.html" if request.POST.get("part") else "whatif/no_input.html"
    return render(request, template, context)
