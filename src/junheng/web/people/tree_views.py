"""An organisation's own page for those who administer it: what lies below, codes, names, place."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from junheng.basics import Text
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.people import actions, tree
from junheng.web.people.forms import CodeForm, MoveForm, NameForm, PlaceForm
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import may_administer, may_reshape, may_see_tree
from junheng.web.people.queries import above, administered, county_of, within
from junheng.web.people.roles import ABOVE, Kind

_PAGE, _TARGETS = 50, 300
_DONE = Text("已保存", "Saved")


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation.objects.select_related("parent"), pk=organisation)


@allowed(_organisation, may_see_tree, "GET", "POST")
def organisation(request: HttpRequest, place: Organisation) -> HttpResponse:
    """The page, and each change of it: ``act`` says which form was sent."""
    person = asker(request)
    forms = _forms(person, place)
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act not in forms:
            raise Http404
        forms[act] = _bound(forms[act], request, person, place)
        if forms[act].is_valid() and _carried_out(act, person, place, forms[act]):
            messages.success(request, half(_DONE))
            return redirect("organisation_page", organisation=place.pk)
    children = place.children.prefetch_related("codes").order_by("closed_on", "kind", "name")
    context = {
        "place": place,
        "above": above(place),
        "page": Paginator(children, _PAGE).get_page(request.GET.get("page")),
        "codes": place.codes.all(),
        "changes": place.changes.select_related("parent"),
        "forms": forms,
        "below": within(place).count() - 1,
        "may_import": may_administer(person, place),
    }
    return render(request, "people/organisation.html", context)


def _forms(person: Account, place: Organisation) -> dict[str, Form]:
    """The forms this person may send of this place, empty."""
    found: dict[str, Form] = {}
    if may_administer(person, place) and not place.closed_on and place.kind != Kind.CAMPUS:
        found["add"] = PlaceForm(place)
    if may_reshape(person, place):
        found |= {"name": NameForm(), "code": CodeForm()}
        found["open" if place.closed_on else "close"] = Form()
        if place.parent is not None and not place.closed_on:
            found["move"] = MoveForm(targets(person, place))
    return found


def targets(person: Account, place: Organisation) -> Any:
    """Open places it may be moved to: those of its county, or any the person administers where it has no county."""
    found = Organisation.objects.filter(
        administered(person), kind__in=ABOVE[Kind(place.kind)], closed_on=None
    )
    county = county_of(place)
    if county is not None and county != place:
        found = found.filter(pk__in=within(county).values("pk"))
    keys = list(found.exclude(pk=place.parent_id or 0).values_list("pk", flat=True)[:_TARGETS])
    return Organisation.objects.filter(pk__in=keys)


def _bound(form: Form, request: HttpRequest, person: Account, place: Organisation) -> Form:
    if isinstance(form, PlaceForm):
        return PlaceForm(place, request.POST)
    if isinstance(form, MoveForm):
        return MoveForm(targets(person, place), request.POST)
    return type(form)(request.POST)


def _carried_out(act: str, person: Account, place: Organisation, form: Form) -> bool:
    given = form.cleaned_data
    try:
        _ACTS[act](person, place, given)
    except ValidationError as error:
        for message in error.messages:
            form.add_error(None, message)
        return False
    return True


def _add(person: Account, place: Organisation, given: dict[str, Any]) -> None:
    first = given["first_year"] or 0
    actions.add_organisation(person, Kind(given["kind"]), given["name"], place, given["code"], first)


_ACTS: dict[str, Callable[[Account, Organisation, dict[str, Any]], Any]] = {
    "add": _add,
    "name": lambda person, place, given: tree.rename(person, place, given["name"]),
    "code": lambda person, place, given: tree.give_code(
        person, place, given["code"], given["first_year"], given["last_year"]
    ),
    "move": lambda person, place, given: tree.move(person, place, given["parent"]),
    "close": lambda person, place, given: tree.close(person, place),
    "open": lambda person, place, given: tree.reopen(person, place),
}
