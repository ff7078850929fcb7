"""The officers' desk: what the county has published, and the forms to publish and to withdraw."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from junheng.basics import Text, UserError
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import Person
from junheng.web.public import actions, drawing, folder_actions, queries, zoning
from junheng.web.public.forms import (
    DataForm,
    DrawForm,
    NoticeForm,
    WithdrawForm,
    ZoneListForm,
    ZonePlanForm,
)
from junheng.web.public.models import Notice, OpenData, Publication
from junheng.web.public.parcels import unpacked
from junheng.web.public.permissions import may_open_data, may_publish

Act = Callable[[Account], Publication]


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


def _publication(kind: str, item: int) -> Publication:
    model: Any = actions.KINDS.get(kind)
    if model is None:
        raise Http404
    found: Publication = get_object_or_404(model.objects.select_related("county"), pk=item)
    return found


def _may_withdraw(person: Person, found: Publication) -> bool:
    may = may_open_data if isinstance(found, OpenData) else may_publish
    return may(person, found.county)


@allowed(_organisation, may_publish)
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Everything published, withdrawn things too."""
    listed: list[tuple[str, Any]] = [
        ("zones", queries.versions(organisation)),
        *((kind, _all(actions.KINDS[kind], organisation)) for kind in ("draw", "notice", "data")),
    ]
    may_data = may_open_data(request.user, organisation)
    return render(
        request, "public/desk.html", {"place": organisation, "listed": listed, "may_open_data": may_data}
    )


def _all(model: Any, organisation: Organisation) -> Any:
    return model.objects.filter(county=organisation)


@allowed(_organisation, may_publish, "GET", "POST")
def publish_plan(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Zones from a plan of the library."""
    form = ZonePlanForm(request.POST or None, request.FILES or None)

    def act(actor: Account) -> Publication:
        handed = form.cleaned_data["parcel"].read()
        zones = zoning.from_plan(unpacked(handed))
        _tell_gaps(request, zones)
        return actions.publish_zones(actor, organisation, zones, "plan", handed)

    return _published(request, organisation, form, half(Text("由方案公布学区", "Zones from a plan")), act)


@allowed(_organisation, may_publish, "GET", "POST")
def publish_list(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Zones from the statutory list."""
    form = ZoneListForm(request.POST or None, request.FILES or None)

    def act(actor: Account) -> Publication:
        told = form.cleaned_data
        handed = told["sheet"].read()
        zones = zoning.from_list(handed, told["stage"], told["label"], told["first_day"])
        _tell_gaps(request, zones)
        return actions.publish_zones(actor, organisation, zones, "list", handed)

    return _published(request, organisation, form, half(Text("由地址清单公布学区", "Zones from a list")), act)


def _gaps(count: int) -> Text:
    return Text(
        f"清单有 {count} 处空缺，落在其中的门牌查不到学校，请核实",
        f"the list has {count} holes: doors in them find no school; examine them",
    )


def _tell_gaps(request: HttpRequest, zones: zoning.Zones) -> None:
    """Holes between ranges are the bureau's to fill; the public is told of no school there."""
    if zones.gaps:
        messages.warning(request, half(_gaps(zones.gaps)))


@allowed(_organisation, may_publish, "GET", "POST")
def publish_draw(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A draw's public folder."""
    form = DrawForm(request.POST or None, request.FILES or None)

    def act(actor: Account) -> Publication:
        files = drawing.public_files(unpacked(form.cleaned_data["parcel"].read()))
        return folder_actions.publish_draw(actor, organisation, files)

    return _published(request, organisation, form, half(Text("公布抽签", "A draw")), act)


@allowed(_organisation, may_publish, "GET", "POST")
def publish_notice(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A notice, an aid policy, a matter."""
    form = NoticeForm(request.POST or None)

    def act(actor: Account) -> Notice:
        return actions.publish_notice(actor, organisation, actions.Told(**form.cleaned_data))

    return _published(request, organisation, form, half(Text("发布公告或事项", "A notice or matter")), act)


@allowed(_organisation, may_open_data, "GET", "POST")
def publish_data(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A finding's figures."""
    form = DataForm(organisation, request.POST or None)

    def act(actor: Account) -> Publication:
        told = form.cleaned_data
        return folder_actions.publish_data(actor, told["finding"], with_schools=told["with_schools"])

    return _published(request, organisation, form, half(Text("开放评估数据", "Figures of a finding")), act)


@allowed(_publication, _may_withdraw, "GET", "POST")
def withdraw(request: HttpRequest, found: Publication) -> HttpResponse:
    """Asks why, then withdraws."""
    form = WithdrawForm(request.POST or None)

    def act(actor: Account) -> Publication:
        actions.withdraw(actor, found, form.cleaned_data["because"])
        return found

    return _published(request, found.county, form, half(Text(f"撤回：{found}", f"Withdraw: {found}")), act)


def _published(
    request: HttpRequest, organisation: Organisation, form: forms.Form, title: str, act: Act
) -> HttpResponse:
    """The form, or what it asks for done; what the library refuses is told beside the form."""
    if request.method == "POST" and form.is_valid():
        try:
            made = act(asker(request))
        except UserError as error:
            for line in error.lines():
                form.add_error(None, half(line))
        else:
            messages.success(request, half(Text(f"{title}：已办理（{made}）", f"{title}: done ({made})")))
            return redirect("desk", organisation=organisation.pk)
    return render(request, "public/form.html", {"place": organisation, "form": form, "title": title})
