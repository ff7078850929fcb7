"""Pages of imports: template, upload, the look before, carrying out."""

import base64
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text, UserError
from junheng.web.evidence.sending import XLSX, as_attachment
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half, pair
from junheng.web.jobs.forms import UploadForm
from junheng.web.people.imports import actions
from junheng.web.people.imports.plan import Plan
from junheng.web.people.imports.template import links
from junheng.web.people.imports.template import template as empty_workbook
from junheng.web.people.models import Import, Invitation, Organisation
from junheng.web.people.permissions import may_administer

_TITLES = {
    Import.What.ORGANISATIONS: Text("批量导入机构", "Import organisations"),
    Import.What.PEOPLE: Text("批量导入人员", "Import people"),
}
Asked = tuple[Organisation, Import.What]
_SHOWN = 100  # links on the page; the workbook has all


class ImportForm(UploadForm):
    """One workbook."""

    file = forms.FileField(label=pair("工作簿（.xlsx）", "Workbook (.xlsx)"))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.fields["file"].widget.attrs["accept"] = ".xlsx"


def _asked(organisation: int, what: str) -> Asked:
    if what not in Import.What.values:
        raise Http404
    return get_object_or_404(Organisation, pk=organisation), Import.What(what)


def _given(given: int) -> Import:
    return get_object_or_404(Import.objects.select_related("organisation"), pk=given)


def _may(person: Any, asked: Asked) -> bool:
    return may_administer(person, asked[0])


@allowed(_asked, _may)
def template(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The empty workbook."""
    return _workbook(empty_workbook(asked[1]), f"junheng-{asked[1]}.xlsx")


@allowed(_asked, _may, "GET", "POST")
def give(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Upload one; on to the look."""
    place, what = asked
    form = ImportForm(request)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.take(asker(request), place, what, form.cleaned_data["file"])
        except UserError as error:
            form.refuse(error)
        else:
            return redirect("import_look", given=given.pk)
    context = {"place": place, "what": what, "title": _TITLES[what], "form": form}
    return render(request, "people/import.html", context)


@allowed(_given, lambda person, given: may_administer(person, given.organisation), "GET", "POST")
def look(request: HttpRequest, given: Import) -> HttpResponse:
    """What it would do, and every fault; by POST it is done."""
    if request.method == "POST":
        try:
            made = actions.carry_out(asker(request), given, request.POST.get("seen", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except UserError as error:
            messages.error(request, half(error.lines()[0]))
        else:
            if made:
                return _links(request, given, made)
            messages.success(request, half(Text("已导入", "Imported")))
        return redirect("import_look", given=given.pk)
    try:
        plan = actions.look(given)
    except UserError:
        plan = Plan()
    context = {
        "place": given.organisation,
        "given": given,
        "plan": plan,
        "title": _TITLES[Import.What(given.what)],
    }
    return render(request, "people/import_look.html", context)


def _links(request: HttpRequest, given: Import, made: list[tuple[Invitation, str]]) -> HttpResponse:
    """The page that says it is done and holds the invitation links, this one time: nothing keeps them."""
    rows = [
        (
            one.name,
            str(one.organisation),
            str(one.get_role_display()),
            str(one.get_section_display()) if one.section else "",
            request.build_absolute_uri(reverse("invitation", kwargs={"token": token})),
            timezone.localtime(one.expires_at).strftime("%Y-%m-%d %H:%M"),
        )
        for one, token in made
    ]
    context = {
        "place": given.organisation,
        "given": given,
        "title": _TITLES[Import.What(given.what)],
        "rows": rows[:_SHOWN],
        "more": max(0, len(rows) - _SHOWN),
        "count": len(rows),
        "address": f"data:{XLSX};base64,{base64.b64encode(links(rows)).decode()}",
    }
    answer = render(request, "people/import_done.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = as_attachment(content, name, XLSX)
    answer["Cache-Control"] = "private, no-store"
    return answer
