"""Closing a survey: the library counts the papers, and the codes are gone for good."""

import json
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from junheng.basics import sha256_bytes
from junheng.data.books import Place
from junheng.draws import canonical_bytes
from junheng.judgement.survey import (
    Answer,
    Answers,
    Slot,
    code_hash,
    count_papers,
    outcome_json,
    public_json,
    survey_csv,
    survey_result,
)
from junheng.web.audit.chain import record
from junheng.web.filing.refusing import refused
from junheng.web.people.models import Account
from junheng.web.survey.answering import paper_of
from junheng.web.survey.issuing import locked
from junheng.web.survey.library import method_of, plan_of, questionnaire_of, rules_of
from junheng.web.survey.models import Paper, Survey

_BATCH = 500


@transaction.atomic
def count(actor: Account | None, survey: Survey) -> Survey:
    """Close and count. Raises ValidationError where it never opened or is counted, UserError as the library does."""
    held = locked(survey)
    today = timezone.localdate()
    if held.opens_on is None or held.opens_on > today:
        raise refused("调查还没有开放", "the survey has not opened yet")
    held.codes.all().delete()  # first: it waits for papers being taken, and none is taken after it
    papers = _laid_anew(held)
    _keep(held, papers)
    held.counted_on = today
    held.closes_on = min(held.closes_on or today, today)
    held.save()
    detail = {
        "papers": len(papers),
        "valid": sum(paper.is_valid for paper in papers),
        "sha256": held.outcome_sha256,
    }
    record(actor, "survey.count", "survey", held.pk, detail, organisation_id=held.county_id)
    return held


def _laid_anew(survey: Survey) -> list[Paper]:
    """The papers, written once more in one go: what a database keeps of the moment of each is the same for all."""
    found = survey.papers.order_by("pk")
    fresh = [paper_of(survey, one.group, one.answers, is_valid=one.is_valid) for one in found]
    fresh.sort(key=lambda one: one.pk)
    found.delete()
    return Paper.objects.bulk_create(fresh, batch_size=_BATCH)


def _keep(survey: Survey, kept: list[Paper]) -> None:
    plan, questionnaire, method = plan_of(survey), questionnaire_of(survey), method_of(survey)
    rules = rules_of(survey, plan)
    answers, slots = _unnamed(kept), _slots(kept)
    papers, faults = count_papers(answers.papers, slots, questionnaire, method)
    result = survey_result(papers, plan, rules, questionnaire, method)
    outcome = outcome_json(
        plan, rules, answers, papers, result, faults, questionnaire, method, ["site", "survey"]
    )
    public = public_json(plan, rules, result, method)
    survey.answers_sha256 = next(iter(answers.inputs.values()))
    survey.outcome, survey.table = _text(outcome), survey_csv(plan, result)
    survey.public = "" if public is None else _text(public)
    survey.outcome_sha256 = sha256_bytes(survey.outcome.encode("utf-8"))


def _unnamed(papers: Iterable[Paper]) -> Answers:
    """The papers under numbers in place of codes: each code was asked for when its paper was taken."""
    found = [
        Answer(str(number), json.loads(one.answers), Place("site", "answers", number))
        for number, one in enumerate(papers, 1)
    ]
    content = [[one.group, one.answers] for one in papers]
    return Answers(tuple(found), (), {"answers": sha256_bytes(canonical_bytes(content))})


def _slots(papers: Iterable[Paper]) -> dict[str, Slot]:
    return {code_hash(str(number)): Slot(one.group, "", 1) for number, one in enumerate(papers, 1)}


def _text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
