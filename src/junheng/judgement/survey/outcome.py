"""The survey's outcome as JSON, and its row group of the dictionary's survey table."""

import csv
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from junheng import __version__
from junheng.data.books import Fault, group_faults
from junheng.judgement.survey.answers import Answers
from junheng.judgement.survey.counting import Paper
from junheng.judgement.survey.plan import SurveyPlan
from junheng.judgement.survey.publication import public_groups
from junheng.judgement.survey.results import GroupResult, SurveyResult
from junheng.judgement.survey.rules import SampleRules
from junheng.judgement.survey.settings import Method, Questionnaire

FORMAT, PUBLIC_FORMAT = "junheng-survey-1", "junheng-survey-public-1"
COLUMNS = ("year", "county_code", "respondent_group", "issued", "valid", "satisfied")
Json = dict[str, Any]


def outcome_json(
    plan: SurveyPlan, rules: SampleRules, answers: Answers, papers: Sequence[Paper], result: SurveyResult,
    faults: Iterable[Fault], questionnaire: Questionnaire, method: Method, command: Sequence[str],
) -> Json:  # fmt: skip
    """Everything for the officers: figures by group, verdicts, invalid papers with reason and place."""
    return {
        "format": FORMAT,
        **_head(plan, rules, result),
        "groups": [_group(group) for group in result.groups],
        "confidence": str(method.confidence),
        "weighted_by_plan": _exact(result.weighted),
        "valid_parents": _exact(result.valid_parents),
        "topics": [
            {"question": q.id, "topic": q.topic, "satisfied": result.topics[q.id][0], "answered": result.topics[q.id][1]}
            for q in questionnaire.questions
        ],
        "invalid": [{"where": str(p.answer.place), "reason": p.reason} for p in papers if p.reason],
        "problems": [
            {"cause": g.cause, "what": {"zh": g.what.zh, "en": g.what.en}, "fix": {"zh": g.fix.zh, "en": g.fix.en},
             "where": [str(place) for place in g.places]}
            for g in group_faults(faults)
        ],
        "manifest": {
            "software": f"junheng {__version__}", "command": list(command), "standard_sha256": plan.standard_sha256,
            "questionnaire": questionnaire.id, "inputs": dict(answers.inputs), "duplicates": method.duplicates,
        },
    }  # fmt: skip


def public_json(plan: SurveyPlan, rules: SampleRules, result: SurveyResult, method: Method) -> Json | None:
    """What may be posted: small groups left out, no place of any paper; None where all together are too few."""
    if result.whole.valid < method.suppress_below:
        return None
    shown, hidden = public_groups(result.groups, method.suppress_below)
    return {
        "format": PUBLIC_FORMAT,
        **_head(plan, rules, result),
        "groups": [_group(group) for group in shown],
        "confidence": str(method.confidence),
        "hidden": hidden,
        "suppress_below": method.suppress_below,
    }


def survey_csv(plan: SurveyPlan, result: SurveyResult) -> str:
    """The rows for the dictionary's table ``survey``, to be put beside the county's return."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for group in result.groups:
        writer.writerow(
            [plan.year, plan.county_code, group.group, group.issued, group.valid, group.satisfied]
        )
    return stream.getvalue()


def _head(plan: SurveyPlan, rules: SampleRules, result: SurveyResult) -> Json:
    return {
        "standard": plan.standard, "item": rules.item, "year": plan.year,
        "county": {"code": plan.county_code, "name": plan.county_name, "residents": plan.residents},
        "planned": plan.size, "limit": _exact(rules.rate), "return_limit": _exact(rules.valid_return),
        "verdict": str(result.verdict), "rate_verdict": str(result.rate_verdict),
        "return_verdict": None if result.return_verdict is None else str(result.return_verdict),
        "limit_within_interval": result.is_near, "whole": _group(result.whole),
    }  # fmt: skip


def _group(group: GroupResult) -> Json:
    interval = None if group.interval is None else [round(end, 6) for end in group.interval]
    return {
        "group": group.group, "issued": group.issued, "returned": group.returned, "valid": group.valid,
        "satisfied": group.satisfied, "rate": _exact(group.rate), "valid_return": _exact(group.valid_return),
        "interval": interval, "people": group.people,
    }  # fmt: skip


def _exact(value: Fraction | None) -> str | None:
    """An exact fraction as text, "17/20"."""
    return None if value is None else str(value)
