"""What an officer sends from the board: a decision on one figure, or one for all a page shows."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from junheng.basics import Text
from junheng.data import Figure
from junheng.web.filing.asked import tried, year_of
from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.sections import fields_of, sections
from junheng.web.filing.states import State
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.people.models import Account
from junheng.web.sources.asking import PAGE, asked_of, page_token
from junheng.web.sources.board import Line, lines_of
from junheng.web.sources.deciding import Wish, decide
from junheng.web.sources.models import Choice
from junheng.web.sources.permissions import may_decide


@allowed(year_of, may_decide, "POST")
def decision(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Decide of one figure."""
    told = request.POST
    filing = get_object_or_404(Filing, county_year=opened, code=told.get("school", ""))
    choice, _, kind = told.get("choice", "").partition(":")
    figure = Figure(told.get("table", ""), filing.code, told.get("key", ""), told.get("column", ""))
    columns = {spec.name for spec in fields_of(figure.table)} if figure.table in sections() else set()
    if choice in Choice.values and figure.column in columns:
        reason, token = told.get("reason", ""), told.get("token", "")
        wish = Wish(figure, Choice(choice), kind, reason, token, "send_back" in told)
        tried(request, lambda: decide(asker(request), filing, wish), half(Text("决定已保存", "Decided")))
    else:
        messages.error(request, half(Text("请选择一个数或一种做法", "choose a figure or what to do")))
    return _back(request, opened)


@allowed(year_of, may_decide, "POST")
def decide_page(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """One decision for all figures a page showed, if it would show the same now."""
    told, query = request.POST, QueryDict(request.POST.get("query", ""))
    lines = Paginator(lines_of(opened, asked_of(query)), PAGE).get_page(told.get("page"))
    choice, _, kind = told.get("choice", "").partition(":")
    if choice not in (Choice.TAKE, Choice.KEEP) or not told.get("reason", "").strip():
        messages.error(request, half(Text("请选择做法并写明理由", "choose what to do and say why")))
    elif told.get("seen", "") != page_token(lines):
        words = Text("这一页的数刚才有变动，请再看一遍", "figures of this page changed meanwhile: look again")
        messages.error(request, half(words))
    else:
        done, left = _decided(asker(request), lines, Choice(choice), kind, told["reason"])
        words = Text(
            f"已决定 {done} 个，{left} 个须逐个决定", f"{done} decided, {left} left to be decided one by one"
        )
        messages.success(request, half(words))
    return _back(request, opened)


def _decided(
    actor: Account, lines: Iterable[Line], choice: Choice, kind: str, reason: str
) -> tuple[int, int]:
    """How many were decided and how many not: the source is silent, the return is under review or closed."""
    done = left = 0
    for line in lines:
        wish = Wish(line.found.figure, choice, kind, reason, line.token)
        try:
            if choice == Choice.TAKE and line.filing.state == State.SUBMITTED:
                raise ValidationError("each remark of a review is an officer's own")
            decide(actor, line.filing, wish)
            done += 1
        except ValidationError:
            left += 1
    return done, left


def _back(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    return redirect(
        f"{reverse('sources_board', args=[opened.pk])}?{QueryDict(request.POST.get('query', '')).urlencode()}"
    )
