"""Pages of scenarios: a county's list, saving, copying, deleting, two side by side, handing
over to jobs."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from junheng.basics import Text, UserError
from junheng.data import read_changes
from junheng.judgement import what_if
from junheng.web.findings.models import Finding
from junheng.web.front.guard import allowed, asker, signed_in
from junheng.web.front.words import half
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind
from junheng.web.public.opendata import smallest_cell
from junheng.web.whatif import actions
from junheng.web.whatif.fields import school_choices
from junheng.web.whatif.forms import PlanForm, SaveForm
from junheng.web.whatif.handing import hand_to_evaluation, hand_to_planner, refuse_empty
from junheng.web.whatif.models import Scenario
from junheng.web.whatif.outcome import outcome_of
from junheng.web.whatif.permissions import (
    is_author,
    may_hand_over,
    may_list,
    may_open,
    may_try,
    own_schools,
    seen_by,
)
from junheng.web.whatif.told import change_words
from junheng.web.whatif.views import finding_of, scenario_asked, show_page, trial
from junheng.web.whatif.warm import ground_of

_PAGE = 30


def _county(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation, kind=Kind.COUNTY)


def _scenario(scenario: int) -> Scenario:
    return get_object_or_404(Scenario.objects.select_related("county", "finding__county"), pk=scenario)


@allowed(_county, may_list)
def scenarios(request: HttpRequest, county: Organisation) -> HttpResponse:
    """A county's scenarios, newest first, a page at a time."""
    page = Paginator(seen_by(asker(request), county), _PAGE).get_page(request.GET.get("page"))
    newest = Finding.objects.filter(county=county, is_current=True).first()
    person = asker(request).pk
    return render(
        request, "whatif/scenarios.html", {"place": county, "page": page, "finding": newest, "person": person}
    )


@signed_in()
def my_scenarios(request: HttpRequest) -> HttpResponse:
    """One's own scenarios, of whatever county."""
    own = Scenario.objects.filter(author=asker(request)).select_related("finding", "finding__county")
    page = Paginator(own, _PAGE).get_page(request.GET.get("page"))
    return render(request, "whatif/scenarios.html", {"page": page, "person": asker(request).pk})


@allowed(_scenario, may_open)
def scenario(request: HttpRequest, found: Scenario) -> HttpResponse:
    """Open it: the page of its finding with its changes filled in."""
    return redirect(f"{reverse('whatif', args=[found.finding_id])}?scenario={found.pk}")


@allowed(finding_of, may_try, "POST")
def save(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Keep what the form says, as a new scenario or over one's own."""
    form = SaveForm(request.POST)
    own = own_schools(asker(request), finding)
    try:
        before = scenario_asked(request, finding)
        context = trial(request, finding, ground_of(finding), own)
        if context["refusal"] or not form.is_valid():
            lines = context["refusal"] or [
                {"zh": "没有存：请写明方案名称", "en": "not kept: name the scenario"}
            ]
            return _not_kept(request, finding, lines)
        draft = _draft(form, context, own)
        kept = actions.save(asker(request), finding, draft, _mine(request, before), _seen(request))
    except UserError as error:
        return _not_kept(request, finding, [{"zh": one.zh, "en": one.en} for one in error.lines()])
    messages.success(request, half(Text(f"已存为方案“{kept.name}”", f"kept as scenario {kept.name!r}")))
    return redirect(f"{reverse('whatif', args=[finding.pk])}?scenario={kept.pk}")


def _not_kept(request: HttpRequest, finding: Finding, lines: list[dict[str, str]]) -> HttpResponse:
    """The page again, with everything that was typed, and why it was not kept."""
    messages.error(request, " ".join(half(line) for line in lines))
    return show_page(request, finding)


def _draft(form: SaveForm, context: dict[str, Any], own: frozenset[str] | None) -> actions.Draft:
    name, note = form.cleaned_data["name"], form.cleaned_data["note"]
    return actions.Draft(name, note, context["asked"].listed, context["found"], min(own) if own else "")


def _mine(request: HttpRequest, before: Scenario | None) -> Scenario | None:
    """The scenario to save over: the one opened, where it is the person's own and "save as new" was not chosen."""
    is_over = before is not None and request.POST.get("as") != "new" and is_author(asker(request), before)
    return before if is_over else None


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("revision") or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@allowed(_scenario, may_open, "POST")
def copy(request: HttpRequest, found: Scenario) -> HttpResponse:
    """The same changes under one's own name."""
    made = actions.copy(asker(request), found, found.own_school)
    messages.success(request, half(Text(f"已复制为“{made.name}”", f"copied as {made.name!r}")))
    return redirect("scenario", scenario=made.pk)


@allowed(_scenario, is_author, "POST")
def delete(request: HttpRequest, found: Scenario) -> HttpResponse:
    """Delete one's own."""
    county = found.county
    actions.delete(asker(request), found)
    messages.success(request, half(Text("已删除方案", "the scenario was deleted")))
    return (
        redirect("scenarios", organisation=county.pk)
        if may_list(asker(request), county)
        else redirect("my_scenarios")
    )


@allowed(_scenario, may_open)
def compare(request: HttpRequest, found: Scenario) -> HttpResponse:
    """Two scenarios beside the same finding."""
    number = request.GET.get("with", "")
    others = [
        one for one in seen_by(asker(request), found.county).filter(finding=found.finding) if one != found
    ]
    other = next((one for one in others if str(one.pk) == number), None)
    if number and other is None:
        raise Http404
    own = own_schools(asker(request), found.finding)
    context: dict[str, Any] = {"scenario": found, "other": other, "others": others, "finding": found.finding}
    try:
        ground = ground_of(found.finding)
        names = dict(school_choices(ground.reported.tables, own))
        context["sides"] = [_side(ground, one, own, names) for one in (found, other) if one]
    except UserError as error:
        context["refusal"] = [{"zh": line.zh, "en": line.en} for line in error.lines()]
    return render(request, "whatif/compare.html", context)


def _side(ground: Any, one: Scenario, own: frozenset[str] | None, names: dict[str, str]) -> dict[str, Any]:
    found = what_if(ground, read_changes(one.listed))
    outcome = outcome_of(ground, found, frozenset(), own, smallest_cell())
    return {
        "scenario": one,
        "words": [change_words(change, names) for change in one.listed],
        "outcome": outcome,
    }


@allowed(_scenario, may_hand_over, "POST")
def evaluate(request: HttpRequest, found: Scenario) -> HttpResponse:
    """Ask for a whole finding of the changed tables, as papers of a job."""
    try:
        refuse_empty(found)
        job = hand_to_evaluation(asker(request), found)
    except UserError as error:
        messages.error(request, " ".join(half(line) for line in error.lines()))
        return redirect("scenario", scenario=found.pk)
    return redirect("job", job=job.pk)


@allowed(_scenario, may_hand_over, "GET", "POST")
def plan(request: HttpRequest, found: Scenario) -> HttpResponse:
    """Hand the changed tables to the planner, with the bureau's own unit costs."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, refusal = PlanForm(found.finding.year, *posted), []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            job = hand_to_planner(asker(request), found, given["costs"], given["target"], given["seconds"])
        except UserError as error:
            refusal = [{"zh": line.zh, "en": line.en} for line in error.lines()]
        else:
            return redirect("job", job=job.pk)
    names: dict[str, str] = {}
    words = [change_words(one, names) for one in found.listed]
    return render(
        request, "whatif/plan.html", {"scenario": found, "form": form, "refusal": refusal, "words": words}
    )
