"""What the pages of a survey show: figures of the library as people read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.judgement.survey import AnswerCode, Questionnaire, group_names
from junheng.web.front.words import half
from junheng.web.survey.library import limits_of, plan_of, questionnaire_of
from junheng.web.survey.models import Survey
from junheng.web.survey.queries import (
    Json,
    groups_returned,
    name_of,
    quotas,
    schools_returned,
    shown_of,
    topics_of,
    total_of,
)
from junheng.web.survey.states import Stage, stage_of

_NO_SCHOOL = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the result, its shares in per cent as text."""

    name: str
    issued: int
    returned: int
    valid: int
    satisfied: int
    rate: str
    interval: str


def page_of(survey: Survey) -> Json:
    """What the page of one survey shows whoever looks."""
    plan, asked = plan_of(survey), questionnaire_of(survey)
    heads, lines = quotas(plan)
    stage, groups = stage_of(survey), groups_returned(survey, plan)
    return {
        "survey": survey,
        "stage": stage,
        "steps": [(one, one == stage) for one in Stage],
        "plan": plan,
        "limits": {key: percent(value) for key, value in limits_of(survey).items()},
        "groups": groups,
        "valid": sum(one.valid or 0 for one in groups),
        "can_discard": survey.counted_on is None and not any(one.returned for one in groups),
        "total": total_of(survey),
        "schools": schools_returned(survey, plan) if survey.issued_on else [],
        "quota_heads": heads,
        "quota_lines": lines,
        "questionnaire": asked,
        "result": result_of(survey),
        "topics": _topics(survey, asked),
    }


def result_of(survey: Survey) -> Json | None:
    """The verdict and the lines that may be shown; None before the count. ``too_few``: all together are."""
    if survey.counted_on is None:
        return None
    told = shown_of(survey)
    if told is None:
        return {"too_few": True}
    verdict = str(told["verdict"])
    return {
        "verdict": verdict,
        "verdict_name": half(VERDICT_NAMES[Verdict(verdict)]),
        "lines": [_line(one) for one in told["groups"]],
        "whole": _line(told["whole"]),
        "hidden": [name_of(group) for group in told["hidden"]],
        "below": told["suppress_below"],
        "limit": percent(told["limit"]),
        "return_limit": percent(told["return_limit"]),
        "valid_return": percent(told["whole"]["valid_return"]),
        "confidence": f"{100 * Fraction(told['confidence'])}%",
        "is_near": told["limit_within_interval"],
    }


def _line(group: Json) -> Line:
    ends = group["interval"]
    told = "—" if ends is None else f"{100 * ends[0]:.2f}–{100 * ends[1]:.2f}%"
    name = name_of(group["group"]) if group["group"] else ""
    return Line(
        name,
        group["issued"],
        group["returned"],
        group["valid"],
        group["satisfied"],
        percent(group["rate"]),
        told,
    )


def _topics(survey: Survey, asked: Questionnaire) -> list[tuple[str, int, int, str]]:
    words = {q.id: half(q.text) for q in asked.questions}
    return [
        (
            words[one["question"]],
            one["satisfied"],
            one["answered"],
            percent(f"{one['satisfied']}/{one['answered']}" if one["answered"] else None),
        )
        for one in topics_of(survey)
    ]


def percent(value: str | None) -> str:
    """An exact share in per cent, cut off after two decimals, so that nothing below a limit prints as the limit.

    >>> percent("17/20"), percent("16999/20000"), percent(None)
    ('85.00%', '84.99%', '—')
    """
    if value is None:
        return "—"
    return f"{int(Fraction(value) * 10_000) / 100:.2f}%"


def slips_of(survey: Survey, codes: Sequence[AnswerCode]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Slips by who hands them out and by group, in an order that says nothing."""
    names, schools = group_names(), plan_of(survey).schools
    found: dict[str, dict[str, list[str]]] = {}
    for one in codes:
        found.setdefault(one.school_id, {}).setdefault(one.group, []).append(one.text)
    return [
        (schools.get(school, school), list(_by_group(groups, names)))
        for school, groups in sorted(found.items(), key=lambda item: (item[0] == _NO_SCHOOL, item[0]))
    ]


def _by_group(groups: dict[str, list[str]], names: Any) -> Iterator[tuple[str, list[str]]]:
    for group, texts in groups.items():
        yield half(names[group]), sorted(texts)
