"""Pages of a county's offline workbooks: all down as one zip, many up at once, with a summary."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.basics import Text, UserError
from junheng.web.filing import packing
from junheng.web.filing.asked import year_of
from junheng.web.filing.gathering import Gathered, apply_batch, batch_of, gather, waiting
from junheng.web.filing.models import CountyYear
from junheng.web.filing.permissions import may_freeze, may_see_year
from junheng.web.filing.refusing import at_once
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half


@allowed(year_of, may_see_year, "POST")
def make(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Ask for a workbook a school, written in the background; to the page of that job."""
    try:
        return redirect("job", job=packing.ask(asker(request), opened).pk)
    except UserError as error:
        messages.error(request, at_once(error))
        return redirect("filing_year", county_year=opened.pk)


@allowed(year_of, may_freeze, "GET", "POST")
def upload(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Read many filled workbooks; a summary of what each would change, and what was refused."""
    batch, refused = request.GET.get("batch", ""), list[Gathered]()
    if request.method == "POST":
        batch, found = gather(asker(request), opened, request.FILES.getlist("file"))
        refused = [one for one in found if one.workbook is None]
    lines = [waiting(one) for one in batch_of(opened, batch)]
    can_apply = any(not one.workbook.applied_at and not one.conflicts and one.changes for one in lines)
    context = {"year": opened, "batch": batch, "lines": lines, "refused": refused, "can_apply": can_apply}
    return render(request, "filing/workbooks.html", context)


@allowed(year_of, may_freeze, "POST")
def apply(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Merge all of a batch that nothing speaks against."""
    batch = request.POST.get("batch", "")
    if not batch_of(opened, batch):
        raise Http404
    done, left = apply_batch(asker(request), opened, batch)
    messages.success(request, half(Text(f"已合并 {done} 个工作簿", f"{done} workbooks merged")))
    for one in left:
        messages.error(request, f"{one.name}: {' '.join(one.lines)}")
    return redirect(f"{reverse('filing_workbooks', args=[opened.pk])}?batch={batch}")
