"""Pages of a county's year: opening it, who has reported, freezing it."""

import shutil
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.basics import Text, UserError
from junheng.web.filing import county_return, freezing, packing, unfreezing
from junheng.web.filing.asked import place_of, tried, year_of
from junheng.web.filing.counted import LeftOut, left_out_of
from junheng.web.filing.forms import OpenForm, kept
from junheng.web.filing.models import CountyYear
from junheng.web.filing.opening import Opening, open_year
from junheng.web.filing.permissions import (
    may_freeze,
    may_freeze_without,
    may_open,
    may_see_year,
    may_unfreeze,
)
from junheng.web.filing.queries import Tally, is_late, lines_of, listed, tallies
from junheng.web.filing.refusing import told
from junheng.web.filing.states import State
from junheng.web.front.file_names import sent_name
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.jobs.queries import of_snapshot
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import Person

_PAGE = 100
_FROZEN = Text("已定稿", "Frozen")
_UNFROZEN = Text("已撤销定稿，各校报表回到“已通过”", "No longer frozen: the returns are accepted")
_ASKED = Text("已提交评估，在后台进行", "Judging goes on in the background")


def _may_end(person: Person, opened: CountyYear) -> bool:
    """Freeze and judge: who decides, and the leader, who alone may do it without some schools."""
    return may_freeze(person, opened) or may_freeze_without(person, opened)


@allowed(place_of, may_open, "GET", "POST")
def open_(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Open a year: a return for each school of the county."""
    form = OpenForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = _opened(asker(request), county, form)
        except ValidationError as error:
            for message in error.messages:
                form.add_error(None, message)
        except UserError as error:
            for line in told(error):
                form.add_error("source", line)
        else:
            messages.success(request, half(Text(f"{opened.year} 年已开始填报", f"{opened.year} is open")))
            return redirect("filing_year", county_year=opened.pk)
    return render(request, "filing/open.html", {"place": county, "form": form})


def _opened(person: Account, county: Organisation, form: OpenForm) -> CountyYear:
    told = form.cleaned_data
    source = kept(told["source"], told["year"] - 1) if told["source"] else None
    try:
        name = sent_name(told["source"].name) if source else ""
        asked = Opening(told["year"], told["due_on"], told["standard"], source, name)
        return open_year(person, county, asked)
    except (ValidationError, UserError):
        if source:
            shutil.rmtree(source.parent)  # an input nothing rests on
        raise


@allowed(year_of, may_see_year)
def year(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Who has reported, who has not, what is overdue."""
    state, words = request.GET.get("state", ""), " ".join(request.GET.get("q", "").split())[:60]
    page = Paginator(listed(opened, state, words), _PAGE).get_page(request.GET.get("page"))
    counts = tallies(opened)
    submitted = [one for one in page.object_list if one.state == State.SUBMITTED]
    return render(
        request,
        "filing/year.html",
        {
            **_ending(asker(request), opened, counts),
            "year": opened,
            "judging": of_snapshot(opened.county, opened.snapshot) if opened.frozen_at else None,
            "lines": lines_of(opened, page.object_list),
            "page": page,
            "query": urlencode({"state": state, "q": words}),
            "counts": counts,
            "state": state,
            "words": words,
            "is_late": is_late(opened),
            "is_office": _may_end(asker(request), opened),
            "can_accept": bool(submitted) and may_freeze(asker(request), opened) and not opened.frozen_at,
            "can_gather": may_freeze(asker(request), opened),
            "books": packing.books_of(opened),
            "left_out": _left_out(asker(request), opened, counts),
            "can_unfreeze": bool(opened.frozen_at) and may_unfreeze(asker(request), opened),
            "undone": opened.undone.select_related("finding"),
        },
    )


def _left_out(person: Account, opened: CountyYear, counts: list[Tally]) -> LeftOut | None:
    """Of a year frozen without some schools, or of one that the leader could freeze so now."""
    is_asked = bool(opened.missing_reason) or (
        not opened.frozen_at
        and may_freeze_without(person, opened)
        and any(one.count for one in counts if one.state == State.ACCEPTED)
    )
    return left_out_of(opened) if is_asked else None


def _ending(person: Account, opened: CountyYear, counts: list[Tally]) -> dict[str, object]:
    """What stands between a year and its freezing: the returns left, the county's own among them once it is begun."""
    own = county_return.own_return(opened)
    waits = own is not None and county_return.is_begun(own) and own.state != State.ACCEPTED
    total = sum(one.count for one in counts)
    accepted = sum(one.count for one in counts if one.state == State.ACCEPTED)
    left = total - accepted + waits
    return {
        "total": total,
        "left": left,
        "own": own,
        "own_is_begun": own is not None and county_return.is_begun(own),
        "can_begin": own is None and not opened.frozen_at and may_freeze(person, opened),
        "can_freeze": not opened.frozen_at and bool(total) and not left,
        "can_freeze_without": bool(
            not opened.frozen_at and accepted and left and may_freeze_without(person, opened)
        ),
    }


@allowed(year_of, may_freeze, "POST")
def begin_county(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Open the county's own return in a year that was opened without one."""
    done = half(Text("县级数据已可填报", "The county's own return is open"))
    tried(request, lambda: county_return.begin_late(asker(request), opened), done)
    return redirect("filing_year", county_year=opened.pk)


@allowed(year_of, _may_end, "POST")
def freeze(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Freeze the accepted returns, then ask for their finding; a failed judging is asked for again."""
    person = asker(request)
    reason = request.POST.get("reason", "") if may_freeze_without(person, opened) else ""
    if tried(request, lambda: freezing.freeze(person, opened, reason), half(_FROZEN)):
        opened = year_of(opened.pk)
        tried(request, lambda: freezing.judge(person, opened), half(_ASKED))
    return redirect("filing_year", county_year=opened.pk)


@allowed(year_of, may_unfreeze, "POST")
def unfreeze(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Take the freezing back, with a reason."""
    reason = request.POST.get("reason", "")
    tried(request, lambda: unfreezing.unfreeze(asker(request), opened, reason), half(_UNFROZEN))
    return redirect("filing_year", county_year=opened.pk)


@allowed(year_of, _may_end, "POST")
def judge(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Ask the library again for the finding of a frozen year."""
    tried(request, lambda: freezing.judge(asker(request), opened), half(_ASKED))
    return redirect("filing_year", county_year=opened.pk)
