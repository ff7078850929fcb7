"""What everybody may read, without signing in and without a script."""

from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from junheng.web.evidence.sending import as_attachment
from junheng.web.front.guard import public
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind
from junheng.web.public import drawing, lookup, queries, states
from junheng.web.public.forms import LookForm
from junheng.web.public.models import STAGES, Draw, Notice, OpenData, Publication, ZoneVersion
from junheng.web.public.permissions import may_publish

Kept = TypeVar("Kept", bound=Publication)
_GONE = 410
_TYPES = {"html": "application/octet-stream", "json": "application/json", "zip": "application/zip"}


def _county(county: int) -> Organisation:
    return get_object_or_404(Organisation.objects.select_related("parent"), pk=county, kind=Kind.COUNTY)


def _kept(model: type[Kept], number: int) -> Kept:
    kept: Any = model
    found: Kept = get_object_or_404(kept.objects.select_related("county"), pk=number)
    return found


@public()
def index(request: HttpRequest) -> HttpResponse:
    """The counties that publish here."""
    return render(request, "public/index.html", {"counties": queries.counties()})


@public()
def county(request: HttpRequest, county: int) -> HttpResponse:
    """A county's home: verdict where it chose to publish it, zones, draws, notices, data."""
    place, today = _county(county), timezone.localdate()
    data = queries.open_data(place)
    return render(
        request,
        "public/county.html",
        {
            "county": place,
            "latest": data.first(),
            "data": data,
            "versions": queries.versions(place),
            "draws": queries.draws(place),
            "notices": queries.notices(place, today),
            "look": _asked(request, place),
            "example": _example(place),
            "may_publish": may_publish(request.user, place),
        },
    )


def _asked(request: HttpRequest, place: Organisation) -> LookForm:
    """The look-up's form: as asked, else for today and the first stage that has zones."""
    if "street" in request.GET or "community" in request.GET:
        return LookForm(request.GET)
    known = queries.versions(place).first()
    return LookForm(initial={"on": timezone.localdate(), "stage": known.stage if known else "primary"})


def _example(place: Organisation) -> tuple[str, str] | None:
    """An address of this county's own list."""
    known = queries.versions(place).first()
    return lookup.example_of(known) if known else None


@public()
def zones(request: HttpRequest, county: int) -> HttpResponse:
    """Which school an address belongs to on a day, and how it was found."""
    place = _county(county)
    form = _asked(request, place)
    told: dict[str, Any] = {"county": place, "look": form, "versions": queries.versions(place)}
    told["example"] = _example(place)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        version = lookup.version_on(place, asked["stage"], asked["on"])
        stage = str(dict(STAGES)[asked["stage"]])
        told |= {"dated": version, "asked": asked, "was_asked": True, "stage": stage}
        if version and asked["street"]:
            told["answer"] = lookup.by_address(version, asked["street"], asked["door"])
        elif version and asked["community"]:
            told["answer"] = lookup.by_community(version, asked["community"])
    return render(request, "public/zones.html", told)


@public()
def zone_version(request: HttpRequest, version: int) -> HttpResponse:
    """A version whole: its days, its digest, its lines."""
    found = _kept(ZoneVersion, version)
    return render(request, "public/zone_version.html", {"dated": found, "zones": queries.zone_lines(found)})


@public()
def zone_list(request: HttpRequest, version: int) -> HttpResponse:
    """Its lines as CSV."""
    found = _kept(ZoneVersion, version)
    return as_attachment(queries.zone_csv(found), f"zones-{found.stage}-{found.first_day}.csv", "text/csv")


@public()
def draw(request: HttpRequest, draw: int) -> HttpResponse:
    """A draw, told from its transcript alone; one's own ticket number beside the cut-offs."""
    found = _kept(Draw, draw)
    if found.withdrawn_on is not None:
        return _gone(request, found)
    facts = queries.facts_of(found)
    number = request.GET.get("number", "").strip()[:80]
    problem = facts.transcript["spec"]["problem"]
    beside = drawing.beside_lines(facts.transcript, list(facts.lines), number) if number.isascii() else []
    context = {
        "draw": found,
        "facts": facts,
        "newer": queries.newer(found),
        "number": number,
        "beside": beside,
        "is_per_school": problem.get("tickets") == "per_school",
    }
    return render(request, "public/draw.html", context)


@public()
def draw_file(request: HttpRequest, draw: int, name: str) -> HttpResponse:
    """One of its files, always to be saved: no file of a draw runs on this site."""
    found = _kept(Draw, draw)
    if found.withdrawn_on is not None:
        return _gone(request, found)
    if name not in queries.names_of(found):
        raise Http404
    return as_attachment(
        (found.folder / name).read_bytes(), name, _TYPES.get(name.rpartition(".")[2], "text/plain")
    )


@public()
def notice(request: HttpRequest, notice: int) -> HttpResponse:
    """A notice; expired or withdrawn, its address says so and no more. One not yet begun does not exist."""
    found = _kept(Notice, notice)
    state = states.state_of(found, timezone.localdate())
    if state == states.COMING:
        raise Http404
    if state != states.SHOWN:
        return _gone(request, found)
    return render(request, "public/notice.html", {"notice": found})


@public()
def data(request: HttpRequest, package: int) -> HttpResponse:
    """An open package: what is in it, its terms, the digest."""
    found = _kept(OpenData, package)
    if found.withdrawn_on is not None:
        return _gone(request, found)
    return render(request, "public/data.html", {"package": found, "tables": queries.tables_of(found)})


@public()
def data_file(request: HttpRequest, package: int) -> HttpResponse:
    """The zip."""
    found = _kept(OpenData, package)
    if found.withdrawn_on is not None:
        return _gone(request, found)
    return as_attachment(found.path.read_bytes(), f"junheng-{found.year}-{found.pk}.zip", _TYPES["zip"])


def _gone(request: HttpRequest, found: Publication) -> HttpResponse:
    """It was here, and is withdrawn or over."""
    return render(request, "public/gone.html", {"found": found}, status=_GONE)
