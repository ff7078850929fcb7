"""The questionnaire: a code, the questions, thanks. No account, no session, no script."""

from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation

from junheng.basics import Text
from junheng.judgement.survey import Questionnaire
from junheng.web.front.guard import public
from junheng.web.front.words import CHINESE, ENGLISH, half
from junheng.web.survey.answering import known_code, take
from junheng.web.survey.forms import CodeForm, ticked
from junheng.web.survey.library import questionnaire_of
from junheng.web.survey.models import Survey
from junheng.web.survey.queries import name_of, total_of
from junheng.web.survey.states import Stage, stage_of

WRONG = "survey_code"  # the limit of wrong codes in the settings
_TOO_MANY = 429
_UNKNOWN = Text(
    "没有这个作答码，请对照纸条再看一遍（不分大小写，没有数字 0、1 和字母 O、I、L、U）。",
    "There is no such code. Please compare it with your slip (capitals do not matter; there is no 0, 1, O, I, L or U).",
)
_USED = Text(
    "这个作答码已经用过：一个码只答一次，先收到的一份已经计入。如果不是您答的，请向发放的老师另要一份。",
    "This code has been used: it answers once, and the paper received first counts. If that was not you, ask for another slip.",
)
_LATER = Text("输错的次数太多，请一分钟后再试。", "Too many wrong codes. Please try again in a minute.")


@public("GET", "POST")
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for the code; with a good one show the questions; with all of them answered take the paper."""
    _as_nobody(request)
    survey = get_object_or_404(Survey.objects.select_related("county"), key=key)
    if stage_of(survey) != Stage.OPEN:
        return _shown(request, "survey/closed.html", survey)
    if request.method != "POST":
        return _code_asked(request, survey)
    return _answered(request, survey, request.POST.get("code", "")[:40])


@public()
def thanks(request: HttpRequest, key: str) -> HttpResponse:
    """It was taken."""
    _as_nobody(request)
    survey = get_object_or_404(Survey.objects.select_related("county"), key=key)
    return _shown(request, "survey/thanks.html", survey)


def _as_nobody(request: HttpRequest) -> None:
    """Whoever is signed in at this machine is not asked here, and the line in the log names nobody."""
    request.user = AnonymousUser()
    request._cached_user = request.user  # type: ignore[attr-defined] # where the log looks


def _answered(request: HttpRequest, survey: Survey, typed: str) -> HttpResponse:
    if not ratelimit.consume(request, action=WRONG, dry_run=True):
        return _code_asked(request, survey, typed, _LATER, status=_TOO_MANY)
    code = known_code(survey, typed)
    if code is None:
        ratelimit.consume(request, action=WRONG)
        return _code_asked(request, survey, typed, _UNKNOWN)
    if code.is_used:
        return _code_asked(request, survey, typed, _USED)
    questions = questionnaire_of(survey)
    values = ticked(questions, request.POST)
    language = request.POST.get("language", "")
    is_sent = "send" in request.POST and not language
    if not is_sent or len(values) < len(questions.questions):
        return _questions(request, survey, typed, code.group, values, is_sent=is_sent, language=language)
    if not take(survey, typed, values):
        return _code_asked(request, survey, typed, _USED)
    return redirect("survey_thanks", key=survey.key)


def _code_asked(
    request: HttpRequest, survey: Survey, typed: str = "", why: Text | None = None, status: int = 200
) -> HttpResponse:
    form = CodeForm(initial={"code": typed})
    return _shown(
        request, "survey/code.html", survey, status, form=form, typed=typed, why=half(why) if why else ""
    )


def _questions(
    request: HttpRequest,
    survey: Survey,
    typed: str,
    group: str,
    values: dict[str, int],
    *,
    is_sent: bool,
    language: str,
) -> HttpResponse:
    """The questions, with what is ticked so far; in the other language where its button was pressed."""
    chosen = language if language in (CHINESE, ENGLISH) else translation.get_language() or CHINESE
    asked = questionnaire_of(survey)
    missing = [q.id for q in asked.questions if q.id not in values] if is_sent else []
    with translation.override(chosen):
        answer = _shown(
            request, "survey/questions.html", survey, code=typed, group=name_of(group), missing=missing,
            questions=_lines(asked, values, missing),
        )  # fmt: skip
        answer.headers["Content-Language"] = chosen
    if language == chosen:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax"
        )
    return answer


def _lines(asked: Questionnaire, values: dict[str, int], missing: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "id": q.id,
            "text": q.text,
            "is_missing": q.id in missing,
            "choices": [(one, values.get(q.id) == one.value) for one in asked.scale],
        }
        for number, q in enumerate(asked.questions, 1)
    ]


def _shown(
    request: HttpRequest, template: str, survey: Survey, status: int = 200, **more: Any
) -> HttpResponse:
    """A page that no cache keeps: the next person at the machine sees nothing of it."""
    context = {
        "survey": survey,
        "title": questionnaire_of(survey).title,
        "stage": str(stage_of(survey)),
        "total": total_of(survey),
        **more,
    }
    answer = render(request, template, context, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
