"""Bulletins and accountability lists: drafts, issuing, those issued."""

import tempfile
from pathlib import Path

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.basics import Text
from junheng.reports.monitoring import Language
from junheng.web.evidence.sending import as_attachment
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half, is_english
from junheng.web.monitoring.asked import paper_of, place_of, tried
from junheng.web.monitoring.clocks import period_of
from junheng.web.monitoring.forms import PaperForm
from junheng.web.monitoring.issuing import Period, issue_paper, number_of, whole
from junheng.web.monitoring.models import Paper, PaperKind
from junheng.web.monitoring.models.papers import number_words
from junheng.web.monitoring.paper_facts import Telling, standards_of, write_paper
from junheng.web.monitoring.permissions import may_lead, may_see_papers, may_take_paper
from junheng.web.people.models import Organisation

_PAGE = 30


@allowed(place_of, may_see_papers)
def papers(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Those issued, newest first, and the form for the next."""
    first, last = period_of(timezone.localdate())
    form = PaperForm(
        standards_of(county), initial={"kind": PaperKind.BULLETIN, "first_day": first, "last_day": last}
    )
    return _shown(request, county, form)


def _shown(request: HttpRequest, county: Organisation, form: PaperForm) -> HttpResponse:
    page = Paginator(Paper.objects.filter(county=county), _PAGE).get_page(request.GET.get("page"))
    context = {"place": county, "page": page, "form": form, "may_lead": may_lead(request.user, county)}
    return render(request, "monitoring/papers.html", context)


@allowed(place_of, may_see_papers, "POST")
def draft(request: HttpRequest, county: Organisation) -> HttpResponse:
    """The paper as it would be issued now; nothing is kept."""
    form = PaperForm(standards_of(county), request.POST)
    if not form.is_valid():
        return _shown(request, county, form)
    period = _period(form)
    year = period.last_day.year
    next_one = number_words(year, number_of(county, period.kind, year))
    number = Text(f"{next_one.zh}（草稿）", f"{next_one.en} (draft)")
    made: list[bytes] = []

    def write() -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "draft.docx"
            days = (period.first_day, period.last_day)
            told = Telling(period.kind, days, timezone.now(), number, period.standard, _language())
            write_paper(county, told, path)
            made.append(path.read_bytes())

    if not tried(request, write, None):
        return redirect("monitoring_papers", organisation=county.pk)
    name = f"{county} {PaperKind(period.kind).label} {half(next_one)} {half(Text('草稿', 'draft'))}.docx"
    return as_attachment(made[0], name)


@allowed(place_of, may_lead, "POST")
def issue(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Issue it: kept under its hash, with its number."""
    form = PaperForm(standards_of(county), request.POST)
    if not form.is_valid():
        return _shown(request, county, form)
    tried(
        request,
        lambda: issue_paper(asker(request), county, _period(form), timezone.now()),
        Text("已印发", "issued"),
    )
    return redirect("monitoring_papers", organisation=county.pk)


def _period(form: PaperForm) -> Period:
    told = form.cleaned_data
    return Period(told["kind"], told["first_day"], told["last_day"], told["standard"])


@allowed(paper_of, may_take_paper)
def paper(_: HttpRequest, found: Paper) -> HttpResponse:
    """The bytes that were issued, in the reader's language; never others in their name."""
    content = whole(found, english=is_english())
    if content is None:
        raise Http404
    return as_attachment(content, f"{found.county} {PaperKind(found.kind).label} {half(found.name)}.docx")


def _language() -> Language:
    return "en" if is_english() else "zh"
