"""Pages of children not at school: each sees what the post needs to know; every reading of names is in the trail."""

import io
import zipfile
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.basics import Text
from junheng.enrolment import allowed_actions, standing_json
from junheng.web.evidence.sending import as_attachment
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.ledgers import child_acts as acts
from junheng.web.ledgers import child_queries as queries
from junheng.web.ledgers.asked import child_of, place_of
from junheng.web.ledgers.child_forms import CloseForm, GiveForm, VisitForm
from junheng.web.ledgers.models import Child, ChildLedger
from junheng.web.ledgers.permissions import (
    may_close_child,
    may_keep_children,
    may_know_child,
    may_know_children,
    may_open_children,
    may_visit,
)
from junheng.web.ledgers.reading import county_in
from junheng.web.monitoring.asked import tried
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind

_PAGE = 30
View = Callable[[HttpRequest, Any], HttpResponse]


def _unlisted(view: View) -> View:
    """Kept by no browser's cache, listed by no search engine."""

    @wraps(view)
    def answered(request: HttpRequest, found: Any) -> HttpResponse:
        answer = view(request, found)
        answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        answer.headers["Cache-Control"] = "no-store, private"
        return answer

    return answered


@allowed(place_of, may_open_children)
@_unlisted
def children(request: HttpRequest, place: Organisation) -> HttpResponse:
    """Names for the officer and the leader, a school's own masked for its head, counts alone for inspectors."""
    today, person = timezone.localdate(), asker(request)
    is_school = place.kind == Kind.SCHOOL
    context: dict[str, Any] = {"place": place, "is_school": is_school, "clocks": queries.clocks(today)}
    if not is_school and not may_know_children(person, place):
        return render(
            request, "ledgers/children_counts.html", context | {"tables": queries.counts(place, today)}
        )
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else "standing"
    page = Paginator(queries.children_of(place, tab, today), _PAGE).get_page(request.GET.get("page"))
    lines = [queries.line_of(one, today, is_masked=is_school) for one in page.object_list]
    if lines:
        acts.note_page(person, place, len(lines))
    counts = queries.tab_counts(place, today)
    context |= {
        "tab": tab, "tabs": [(key, words, counts[key]) for key, words in queries.TABS.items()],
        "page": page, "lines": lines, "may_keep": may_keep_children(person, place), "form": GiveForm(),
        "last": None if is_school else ChildLedger.objects.filter(county=place).first(),
    }  # fmt: skip
    return render(request, "ledgers/children.html", context)


@allowed(place_of, may_keep_children, "POST")
@_unlisted
def given(request: HttpRequest, county: Organisation) -> HttpResponse:
    """A comparison is taken over, whole or not at all."""
    form = GiveForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(
            request, half(Text("请选比对结果的 ledgers.json", "choose ledgers.json of the comparison"))
        )
        return redirect("children", organisation=county.pk)
    codes = county_in(county, timezone.localdate()).codes
    schools = {code: pk for pk, code in codes.items()}
    content = form.cleaned_data["file"].read()
    done: list[acts.Taken] = []
    take = lambda: done.append(acts.take_over(asker(request), county, content, schools))  # noqa: E731 # tried takes one act
    if tried(request, take, None):
        told = done[0]
        messages.success(
            request,
            half(
                Text(
                    f"已接收 {told.entries} 条，新增 {told.new} 条；学校不在本县机构库的 {told.astray} 条",
                    f"{told.entries} entries taken over, {told.new} of them new; {told.astray} of schools unknown here",
                )
            ),
        )
    return redirect("children", organisation=county.pk)


@allowed(place_of, may_keep_children, "POST")
@_unlisted
def taken(request: HttpRequest, county: Organisation) -> HttpResponse:
    """The ledger as the next comparison needs it for --previous."""
    last = ChildLedger.objects.filter(county=county).first()
    entries = list(Child.objects.filter(county=county).values_list("entry", flat=True))
    acts.note_export(asker(request), county, len(entries))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr(
            "full/ledgers.json", standing_json(entries, last.compared_on if last else timezone.localdate())
        )
    return as_attachment(packed.getvalue(), "previous.zip")


@allowed(child_of, may_know_child)
@_unlisted
def child(request: HttpRequest, found: Child) -> HttpResponse:
    """One entry: who, why listed, what was done, what may be done now."""
    return _shown(request, found)


def _shown(request: HttpRequest, found: Child, **forms: Any) -> HttpResponse:
    person, today = asker(request), timezone.localdate()
    rules = acts.rules_on(today)
    is_masked = not may_know_children(person, found.county)
    acts.note_reading(person, found)
    open_now = allowed_actions(found.entry, rules)
    context = {
        "place": found.school if is_masked and found.school else found.county,
        "child": found,
        "line": queries.line_of(found, today, is_masked=is_masked),
        "is_masked": is_masked,
        "may_visit": "visit" in open_now and may_visit(person, found),
        "may_close": "close" in open_now and may_close_child(person, found),
        "visit_form": VisitForm(rules, open_now),
        "close_form": CloseForm(rules),
        **forms,
    }
    return render(request, "ledgers/child.html", context)


@allowed(child_of, may_visit, "POST")
@_unlisted
def visited(request: HttpRequest, found: Child) -> HttpResponse:
    """A visit is entered."""
    rules = acts.rules_on(timezone.localdate())
    form = VisitForm(rules, allowed_actions(found.entry, rules), request.POST)
    if not form.is_valid():
        return _shown(request, found, visit_form=form)
    told, person = form.cleaned_data, asker(request)
    tried(
        request,
        lambda: acts.visit(person, found, told["result"], told["dated"]),
        Text("已记录走访", "visit entered"),
    )
    return redirect("child", child=found.pk)


@allowed(child_of, may_close_child, "POST")
@_unlisted
def closed(request: HttpRequest, found: Child) -> HttpResponse:
    """An entry is closed by its number."""
    form = CloseForm(acts.rules_on(timezone.localdate()), request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, found, close_form=form)
    told, person = form.cleaned_data, asker(request)
    proof = form.fingerprint()
    tried(
        request,
        lambda: acts.close(person, found, told["reason"], told["dated"], proof),
        Text("已销号", "closed"),
    )
    return redirect("child", child=found.pk)
