"""Pages of commitments: those of a place, a new one, one with its story, the library's workbooks of them."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.basics import Text, UserError
from junheng.reports.promises import collect_promises, write_promises
from junheng.web.appraisal import commitment_acts as acts
from junheng.web.appraisal.asked import commitment_of, place_of
from junheng.web.appraisal.facts import figures_of, lines_of, promise_of
from junheng.web.appraisal.forms import CommitmentForm, ProgressForm, ReachedForm, ReportForm
from junheng.web.appraisal.models import Commitment
from junheng.web.appraisal.models.commitments import Kind
from junheng.web.appraisal.permissions import (
    is_bureau,
    may_carry,
    may_list,
    may_review,
    may_see_commitment,
    may_set,
)
from junheng.web.audit.chain import record
from junheng.web.evidence.sending import XLSX, as_attachment
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.monitoring.asked import tried
from junheng.web.people.models import Organisation
from junheng.web.people.queries import county_of
from junheng.web.people.roles import Kind as Place

_A_PAGE = 25
_JOINED = ("county", "place", "evidence", "reported_by", "reviewed_by")


def _held(place: Organisation) -> QuerySet[Commitment]:
    of = {"county": place} if place.kind == Place.COUNTY else {"place": place}
    return Commitment.objects.filter(**of).select_related(*_JOINED)


@allowed(place_of, may_list)
def listed(request: HttpRequest, place: Organisation) -> HttpResponse:
    """The commitments of a county with its schools, or of one school: states are the library's of today."""
    today = timezone.localdate()
    figures = figures_of(county_of(place) or place, today)
    lines = lines_of(_held(place), figures, today)
    counts = Counter(one.commitment.kind for one in lines)
    kinds = [one for one in Kind.choices if place.kind == Place.COUNTY or one[0] != Kind.PROMISE]
    known = dict(kinds)
    kind = request.GET.get("tab", "")
    kind = kind if kind in known else next((one for one in known if counts[one]), next(iter(known)))
    chosen = [one for one in lines if one.commitment.kind == kind]
    context = {
        "place": place, "tab": kind, "tabs": [(one, name, counts[one]) for one, name in kinds],
        "page": Paginator(chosen, _A_PAGE).get_page(request.GET.get("page")),
        "states": Counter(one.standing.state for one in chosen),
        "awarded": sum(one.is_awarded for one in chosen), "waiting": sum(one.waits for one in chosen),
        "is_county": place.kind == Place.COUNTY, "is_promise": kind == Kind.PROMISE, "figures": figures,
        "may_set": may_set(request.user, place), "is_bureau": is_bureau(request.user, place),
        "form": ReportForm(),
    }  # fmt: skip
    return render(request, "appraisal/commitments.html", context)


@allowed(place_of, may_set, "GET", "POST")
def new(request: HttpRequest, place: Organisation) -> HttpResponse:
    """Enter a commitment; a head enters the goals of the school's own plan."""
    only_plan = not is_bureau(request.user, county_of(place) or place)
    if request.method == "GET":
        form = CommitmentForm(place.kind, initial={"kind": request.GET.get("kind", "")}, only_plan=only_plan)
        return render(request, "appraisal/commitment_new.html", {"place": place, "form": form})
    form = CommitmentForm(place.kind, request.POST, only_plan=only_plan)
    if form.is_valid():
        said = acts.Said(**form.cleaned_data)
        if tried(request, lambda: acts.commit(asker(request), place, said), Text("已立", "Entered")):
            return redirect("commitments", organisation=place.pk)
    return render(request, "appraisal/commitment_new.html", {"place": place, "form": form})


@allowed(commitment_of, may_see_commitment)
def one(request: HttpRequest, found: Commitment) -> HttpResponse:
    """One, with its state, its story, and what the reader may do."""
    return _shown(request, found)


def _shown(request: HttpRequest, found: Commitment, form: ProgressForm | None = None) -> HttpResponse:
    today = timezone.localdate()
    (line,) = lines_of([found], figures_of(found.county, today), today)
    carries = may_carry(request.user, found) and found.achieved_on is None
    context = {
        "line": line, "commitment": found, "steps": found.steps.select_related("evidence"),
        "progress": form if form is not None and not isinstance(form, ReachedForm) else ProgressForm(),
        "reached": form if isinstance(form, ReachedForm) else ReachedForm(),
        "may_carry": carries and found.reported_on is None,
        "may_review": line.waits and may_review(request.user, found),
    }  # fmt: skip
    return render(request, "appraisal/commitment.html", context)


@allowed(commitment_of, may_carry, "POST")
def progressed(request: HttpRequest, found: Commitment) -> HttpResponse:
    """Tell how far it has come."""
    return _given(request, found, ProgressForm(request.POST, request.FILES), acts.progress)


@allowed(commitment_of, may_carry, "POST")
def reported(request: HttpRequest, found: Commitment) -> HttpResponse:
    """Report it reached."""
    return _given(request, found, ReachedForm(request.POST, request.FILES), acts.report)


def _given(
    request: HttpRequest, found: Commitment, form: ProgressForm, act: Callable[..., Any]
) -> HttpResponse:
    """File and step stand together or not at all."""
    if not form.is_valid():
        return _shown(request, found, form)
    person, words = asker(request), form.cleaned_data["words"]
    with transaction.atomic():
        evidence = form.kept(person, found.place, words)
        if form.errors:
            return _shown(request, found, form)
        if not tried(request, lambda: act(person, found, words, evidence), Text("已记下", "Noted")):
            transaction.set_rollback(True)
    return redirect("commitment", commitment=found.pk)


@allowed(commitment_of, may_review, "POST")
def reviewed(request: HttpRequest, found: Commitment) -> HttpResponse:
    """Another person accepts it, or sends it back with a reason."""
    act = acts.accept if request.POST.get("result") == "accept" else acts.send_back
    words = request.POST.get("words", "")
    tried(request, lambda: act(asker(request), found, words), Text("已审核", "Reviewed"))
    return redirect("commitment", commitment=found.pk)


@allowed(place_of, is_bureau, "POST")
def collected(request: HttpRequest, county: Organisation) -> HttpResponse:
    """The next steps of a report, each as a promise; those that stand here already are left as they are."""
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, half(Text("请选择报告文件", "choose the report's file")))
        return redirect("commitments", organisation=county.pk)
    try:
        found = _promises(form.cleaned_data["file"])
        made = acts.take_up(asker(request), county, found)
    except UserError as error:
        messages.error(request, half(Text("；", "; ")).join(half(line) for line in error.lines()))
    else:
        words = Text(
            f"摘出 {len(found)} 条，新立 {len(made)} 条", f"{len(found)} next steps, {len(made)} of them new"
        )
        messages.success(request, half(words))
    return redirect("commitments", organisation=county.pk)


def _promises(file: Any) -> list[Any]:
    suffix = Path(file.name or "").suffix.lower()
    if suffix not in (".docx", ".txt"):
        raise UserError(Text("只读 .docx 和 .txt", "only .docx and .txt are read"), where=file.name or "")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"report{suffix}"
        path.write_bytes(b"".join(file.chunks()))
        return collect_promises(path, prefix="R", report=Path(file.name).stem)


@allowed(place_of, lambda person, place: place.kind == Place.COUNTY and may_list(person, place))
def book(request: HttpRequest, county: Organisation) -> HttpResponse:
    """The promises as the library's register, each with its state: what ``junheng promises check`` reads."""
    today = timezone.localdate()
    lines = lines_of(_held(county).filter(kind=Kind.PROMISE), figures_of(county, today), today)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        write_promises(path, [promise_of(one.commitment) for one in lines], [one.standing for one in lines])
        content = path.read_bytes()
    with transaction.atomic():
        told = {"shown": len(lines), "format": "xlsx"}
        record(asker(request), "export.take", "organisation", county.pk, told, organisation_id=county.pk)
    name = half(Text(f"{county.name}承诺台账{today}.xlsx", f"{county.name} promises {today}.xlsx"))
    return as_attachment(content, name, XLSX)
