"""Pages of the library's works: what there is, the form of one, the counts of a result."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from junheng.basics import UserError
from junheng.web.evidence.sending import BYTES, XLSX, as_attachment
from junheng.web.findings.models import Finding
from junheng.web.front.guard import allowed, asker
from junheng.web.jobs import actions
from junheng.web.jobs.form_page import form_page
from junheng.web.jobs.models import Job
from junheng.web.jobs.permissions import may_ask_work, may_see_counts, may_see_job, may_see_jobs
from junheng.web.jobs.states import PRIVATE, State, Work
from junheng.web.jobs.uploads import remove_bytes
from junheng.web.jobs.works.forms import WorkForm
from junheng.web.jobs.works.kind import WorkKind
from junheng.web.jobs.works.kinds import GROUPS, WORK_KINDS
from junheng.web.jobs.works.listed import Listed, latest_of
from junheng.web.jobs.works.packing import pack
from junheng.web.jobs.works.samples import SAMPLES, sample
from junheng.web.jobs.works.shown import shown
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import Person

Asked = tuple[Organisation, WorkKind]
_LATEST = 8


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


def _asked(organisation: int, work: str) -> Asked:
    if work not in WORK_KINDS:
        raise Http404
    return _organisation(organisation), WORK_KINDS[work]


def _may_ask(person: Person, asked: Asked) -> bool:
    return may_ask_work(person, asked[0], asked[1].work)


def _sampled(organisation: int, form: str) -> tuple[Organisation, str]:
    if form not in SAMPLES:
        raise Http404
    return _organisation(organisation), form


def _may_sample(person: Person, asked: tuple[Organisation, str]) -> bool:
    return may_see_jobs(person, asked[0])


def _done(job: int) -> Job:
    found = get_object_or_404(Job.objects.select_related("county"), pk=job)
    if found.work not in WORK_KINDS or found.state != State.DONE:
        raise Http404
    return found


@allowed(_organisation, may_see_jobs)
def works(request: HttpRequest, county: Organisation) -> HttpResponse:
    """All works in their groups, each with its newest results."""
    person, newest = asker(request), latest_of(county)
    groups = [
        (name, [_listed(person, county, WORK_KINDS[work], newest.get(work, [])) for work in listed])
        for name, listed in GROUPS
    ]
    return render(request, "jobs/works/works.html", {"place": county, "groups": groups})


def _listed(person: Person, county: Organisation, kind: WorkKind, newest: list[Job]) -> Listed:
    rows = [(job, may_see_job(person, job)) for job in newest]
    return Listed(kind, may_ask_work(person, county, kind.work), rows)


@allowed(_asked, _may_ask, "GET", "POST")
def ask(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The form of a work; what is given is packed and put into the queue."""
    county, kind = asked
    form = WorkForm(request, kind, county)

    def act() -> Job:
        return _ask(request, form, county, kind)

    latest = Job.objects.filter(county=county, work=kind.work).select_related(
        "county", "upload", "finding__county"
    )
    more = {"kind": kind, "is_private": kind.work in PRIVATE, "latest": latest[:_LATEST]}
    return form_page(request, form, county, "jobs/works/ask.html", act, **more)


def _ask(request: HttpRequest, form: WorkForm, county: Organisation, kind: WorkKind) -> Job:
    """The job asked for. Raises UserError, and keeps nothing, where no job is taken."""
    actor, files = asker(request), form.given_files()
    upload = pack(actor, county, files, is_private=kind.work in PRIVATE) if files else None
    number = form.cleaned_data.get("finding")
    finding = Finding.objects.filter(county=county, pk=number).first() if number else None
    try:
        return actions.ask_library(actor, county, Work(kind.work), upload, (form.options(), finding))
    except UserError:
        if upload is not None:
            remove_bytes(upload)
        raise


@allowed(_sampled, _may_sample)
def send_sample(_: HttpRequest, asked: tuple[Organisation, str]) -> HttpResponse:
    """An empty form or a sample, for whoever sees the county's jobs: nothing of the county is in it."""
    name = asked[1]
    return as_attachment(sample(name), f"junheng-{name}", XLSX if name.endswith(".xlsx") else BYTES)


@allowed(_done, may_see_counts)
def counts(request: HttpRequest, job: Job) -> HttpResponse:
    """What a result says without naming a school or a person."""
    told = shown(job, request.GET, only_counts=True)
    context = {"job": job, "place": job.county, "blocks": told, "may_open": may_see_job(asker(request), job)}
    return render(request, "jobs/works/counts.html", context)
