"""Pages of who holds a survey: the list, the plan, one survey and every step of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text, UserError
from junheng.web.evidence.sending import XLSX, as_attachment
from junheng.web.filing.asked import place_of, tried
from junheng.web.filing.permissions import may_fill_table
from junheng.web.filing.refusing import at_once
from junheng.web.filing.states import EDITABLE
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.people.models import Organisation
from junheng.web.survey import issuing
from junheng.web.survey.counting import count
from junheng.web.survey.entering import enter
from junheng.web.survey.forms import AnswersForm, DatesForm, PlanForm
from junheng.web.survey.handing import TABLE, hand_in, return_of
from junheng.web.survey.models import Survey
from junheng.web.survey.permissions import may_hold, may_list, may_plan, may_see
from junheng.web.survey.planning import Planning, discard, plan_survey, roll_from
from junheng.web.survey.queries import surveys_of
from junheng.web.survey.shown import page_of, result_of, slips_of
from junheng.web.survey.states import stage_of

_DONE = {
    "dates": Text("日期已保存", "The days are kept"),
    "count": Text("已关闭并统计；作答码指纹已删除", "Closed and counted; the codes are gone"),
    "hand": Text(
        "已写入县级数据报表的“满意度调查”表", "Written into the county's own return, table of surveys"
    ),
    "discard": Text("调查已删除", "The survey is removed"),
}


def survey_of(survey: int) -> Survey:
    """A survey."""
    return get_object_or_404(Survey.objects.select_related("county"), pk=survey)


@allowed(place_of, may_list)
def surveys(request: HttpRequest, place: Organisation) -> HttpResponse:
    """A county's surveys."""
    found = [(one, stage_of(one), result_of(one)) for one in surveys_of(place)]
    context = {"place": place, "surveys": found, "can_plan": may_plan(asker(request), place)}
    return render(request, "survey/surveys.html", context)


@allowed(place_of, may_plan, "GET", "POST")
def survey_new(request: HttpRequest, place: Organisation) -> HttpResponse:
    """Plan a survey."""
    form = PlanForm(place, request.POST or None, initial={"year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            asked = Planning(
                told["year"], told["finding"].standard, roll_from(told["finding"]), told["residents"]
            )
            made = plan_survey(asker(request), place, asked)
        except (ValidationError, UserError) as error:
            form.add_error(None, at_once(error))
        else:
            return redirect("survey", survey=made.pk)
    return render(request, "survey/new.html", {"place": place, "form": form})


@allowed(survey_of, may_see)
def survey(request: HttpRequest, survey: Survey) -> HttpResponse:
    """One survey: its plan, how many came back, and what comes next."""
    return _page(request, survey)


def _page(request: HttpRequest, survey: Survey, **more: Any) -> HttpResponse:
    person, can_hold = asker(request), may_hold(asker(request), survey)
    filing = return_of(survey) if survey.counted_on else None
    dates = {"opens_on": survey.opens_on or timezone.localdate(), "closes_on": survey.closes_on}
    context = {
        **page_of(survey),
        "can_hold": can_hold,
        "dates": DatesForm(initial=dates),
        "answers_form": AnswersForm(),
        "filing": filing,
        "can_hand": bool(filing and filing.state in EDITABLE and may_fill_table(person, filing, TABLE)),
        "address": request.build_absolute_uri(reverse("survey_ask", args=[survey.key])),
        **more,
    }
    return render(request, "survey/survey.html", context)


@allowed(survey_of, may_hold, "POST")
def survey_codes(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Make the codes and show them: this answer is the only place where they ever stand."""
    try:
        codes = issuing.issue(asker(request), survey, request.POST.get("seen", ""))
    except ValidationError as error:
        messages.error(request, at_once(error))
        return redirect("survey", survey=survey.pk)
    address = request.build_absolute_uri(reverse("survey_ask", args=[survey.key]))
    context = {
        "survey": survey,
        "units": slips_of(survey, codes),
        "address": address,
        "total": len(codes),
        "packed": issuing.packed(codes),
    }
    answer = render(request, "survey/slips.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@allowed(survey_of, may_hold, "POST")
def survey_codes_book(request: HttpRequest, survey: Survey) -> HttpResponse:
    """The codes that the page just showed, as a workbook."""
    try:
        codes = issuing.unpacked(survey, request.POST.get("codes", ""))
    except ValidationError as error:
        messages.error(request, at_once(error))
        return redirect("survey", survey=survey.pk)
    answer = as_attachment(issuing.code_book(survey, codes), f"作答码-{survey.year}.xlsx", XLSX)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@allowed(survey_of, may_hold, "POST")
def survey_dates(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Open it from a day up to a day."""
    form = DatesForm(request.POST)
    if not form.is_valid():
        messages.error(request, half(Text("请填写两个日期", "Give both days")))
        return redirect("survey", survey=survey.pk)
    days = form.cleaned_data["opens_on"], form.cleaned_data["closes_on"]
    tried(request, lambda: issuing.set_dates(asker(request), survey, *days), half(_DONE["dates"]))
    return redirect("survey", survey=survey.pk)


@allowed(survey_of, may_hold, "POST")
def survey_papers(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Take the rows of a file of paper answers, and say of each other row why not."""
    form = AnswersForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            entered = enter(asker(request), survey, form.cleaned_data["file"])
        except (ValidationError, UserError) as error:
            form.add_error("file", at_once(error))
        else:
            return _page(request, survey, entered=entered)
    return _page(request, survey, answers_form=form)


@allowed(survey_of, may_hold, "POST")
def survey_count(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Close it and count."""
    if not request.POST.get("sure"):
        messages.error(
            request,
            half(Text("请先勾选确认：统计后不能再收答卷", "Tick first: no paper is taken after the count")),
        )
    else:
        tried(request, lambda: count(asker(request), survey), half(_DONE["count"]))
    return redirect("survey", survey=survey.pk)


@allowed(survey_of, may_hold, "POST")
def survey_hand(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Write the result into the county's own return."""
    filing = return_of(survey)
    if filing is not None and not may_fill_table(asker(request), filing, TABLE):
        raise Http404
    tried(request, lambda: hand_in(asker(request), survey), half(_DONE["hand"]))
    return redirect("survey", survey=survey.pk)


@allowed(survey_of, may_hold, "POST")
def survey_discard(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Drop it while nobody has answered."""
    county = survey.county_id
    if tried(request, lambda: discard(asker(request), survey), half(_DONE["discard"])):
        return redirect("surveys", organisation=county)
    return redirect("survey", survey=survey.pk)
