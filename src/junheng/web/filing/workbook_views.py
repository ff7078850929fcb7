"""Pages of one return's offline workbook: down, up, what it would change, merged."""

import tempfile
from pathlib import Path, PurePath
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from junheng.basics import Text, UserError
from junheng.web.evidence.sending import as_attachment
from junheng.web.filing import merging
from junheng.web.filing.asked import asked_table, filing_of, section_address, tried
from junheng.web.filing.gathering import upload_name, written
from junheng.web.filing.models import Filing, Workbook
from junheng.web.filing.permissions import may_fill_all, may_merge, may_read
from junheng.web.filing.refusing import at_once
from junheng.web.filing.states import EDITABLE
from junheng.web.filing.workbooks import name_of, write_workbook
from junheng.web.front.guard import allowed, asker
from junheng.web.front.numbers import whole_number
from junheng.web.front.words import half
from junheng.web.jobs.limits import MARK
from junheng.web.jobs.uploads import too_large

_CHOICE = "choice-"


def workbook_of(workbook: int) -> Workbook:
    """A filled workbook."""
    found = Workbook.objects.select_related("filing__school", "filing__county_year__county")
    return get_object_or_404(found, pk=workbook)


@allowed(filing_of, may_read)
def download(_: HttpRequest, filing: Filing) -> HttpResponse:
    """The return as a workbook."""
    with tempfile.TemporaryDirectory(prefix="junheng-workbook-") as folder:
        path = Path(folder) / "return.xlsx"
        write_workbook(filing, path)
        return as_attachment(path.read_bytes(), name_of(filing))


@allowed(filing_of, may_fill_all, "POST")
def upload(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Read a filled workbook, and show what it would change; a refused one leads back to the table it came from."""
    try:
        made = _read(request, filing)
    except UserError as error:
        messages.error(request, at_once(error))
        return redirect(section_address(request, filing))
    section = f"?{urlencode({'section': asked_table(request, filing)})}" if "section" in request.POST else ""
    return redirect(reverse("filing_workbook", args=[made.pk]) + section)


def _read(request: HttpRequest, filing: Filing) -> Workbook:
    dropped, file = request.META.get(MARK), request.FILES.get("file")
    if dropped:
        raise too_large(str(dropped))
    if file is None:
        raise UserError(
            Text("没有选文件", "no file was chosen"), fix=Text("请选工作簿", "choose the workbook")
        )
    name = upload_name(file)
    with tempfile.TemporaryDirectory(prefix="junheng-workbook-") as folder:
        path = written(file, Path(folder), PurePath(name).suffix.lower()[:8])
        return merging.keep_workbook(asker(request), filing, path, name)


@allowed(workbook_of, may_merge)
def show(request: HttpRequest, workbook: Workbook) -> HttpResponse:
    """What it would change of the return as it stands now, and what was not read."""
    found = [] if workbook.applied_at else merging.proposed(workbook)
    filing = workbook.filing
    context = {
        "workbook": workbook,
        "filing": filing,
        "changes": [one for one in found if not one.is_conflict],
        "conflicts": [one for one in found if one.is_conflict],
        "not_read": merging.by_cause(merging.not_read(workbook)),
        "section": request.GET.get("section", ""),
        "is_older": workbook.made_of != filing.revision and not workbook.applied_at,
        "can_apply": bool(found) and filing.state in EDITABLE and not filing.county_year.frozen_at,
    }
    return render(request, "filing/workbook.html", context)


@allowed(workbook_of, may_merge, "POST")
def apply(request: HttpRequest, workbook: Workbook) -> HttpResponse:
    """Merge it: all of it at once, of cells that changed meanwhile those chosen."""
    choices = {
        number: str(value)
        for name, value in request.POST.items()
        if name.startswith(_CHOICE) and (number := whole_number(name.removeprefix(_CHOICE))) is not None
    }
    seen = whole_number(request.POST.get("revision", ""))
    revision = -1 if seen is None else seen
    done = half(Text("工作簿已合并", "The workbook was merged"))
    if tried(request, lambda: merging.apply(asker(request), workbook, choices, revision), done):
        return redirect(section_address(request, workbook.filing))
    return redirect("filing_workbook", workbook=workbook.pk)
