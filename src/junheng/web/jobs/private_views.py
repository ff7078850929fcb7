"""Pages of works over the names of minors, for those alone who may publish for the county."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from junheng.basics import Text, UserError
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.jobs import actions, publishing
from junheng.web.jobs.form_page import form_page
from junheng.web.jobs.models import Job
from junheng.web.jobs.permissions import may_publish_job
from junheng.web.jobs.private_forms import ClassesForm, DrawForm, RehearseForm
from junheng.web.jobs.reads import Reads
from junheng.web.jobs.states import Work
from junheng.web.jobs.uploads import take
from junheng.web.people.models import Organisation
from junheng.web.public.permissions import may_publish

Json = dict[str, Any]


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


def _job(job: int) -> Job:
    return get_object_or_404(Job.objects.select_related("county"), pk=job)


@allowed(_organisation, may_publish, "GET", "POST")
def draw(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Ask for a draw to be seeded, decided and written out."""
    form = DrawForm(request)

    def act() -> Job:
        given, actor = form.cleaned_data, asker(request)
        upload = take(actor, county, given["file"], Reads.DRAW)
        options = {name: given[name] for name in ("papers", "with_rows", "roll_is_public")}
        return actions.ask_private(actor, county, Work.DRAW, upload, options)

    return form_page(request, form, county, "jobs/draw.html", act)


@allowed(_organisation, may_publish, "GET", "POST")
def rehearse(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Ask for a rehearsal."""
    form = RehearseForm(request)

    def act() -> Job:
        given, actor = form.cleaned_data, asker(request)
        upload = take(actor, county, given["file"], Reads.REHEARSAL, forms=given["forms_name"])
        options = {"forms": given["forms_name"], "times": given["times"]}
        return actions.ask_private(actor, county, Work.REHEARSE, upload, options)

    return form_page(request, form, county, "jobs/rehearse.html", act)


@allowed(_organisation, may_publish, "GET", "POST")
def classes(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Ask for classes to be formed on trial, or for the lists of an official draw."""
    form = ClassesForm(request)

    def act() -> Job:
        given, actor = form.cleaned_data, asker(request)
        upload = take(actor, county, given["file"], Reads.CLASSES, forms=given["forms_name"])
        options: Json = {"forms": given["forms_name"], "seed": given["seed"], **(upload.looked or {})}
        return actions.ask_private(actor, county, Work.CLASSES, upload, options)

    return form_page(request, form, county, "jobs/classes.html", act)


@allowed(_job, may_publish_job, "POST")
def publish(request: HttpRequest, asked: Job) -> HttpResponse:
    """Put the public folder of a finished draw on the public page."""
    try:
        made = publishing.publish(asker(request), asked)
    except UserError as error:
        messages.error(request, " ".join(half(line) for line in error.lines()))
        return redirect("job", job=asked.pk)
    messages.success(request, half(Text(f"已公布：{made}", f"Published: {made}")))
    return redirect("public_draw", draw=made.pk)
