"""A survey of the site as the library knows it: plan, questionnaire, method and rules, read from its row."""

import json
from dataclasses import replace
from fractions import Fraction

from junheng.basics import Text
from junheng.judgement.survey import (
    Method,
    Questionnaire,
    SampleRules,
    Slot,
    SurveyPlan,
    sample_rules,
)
from junheng.standards import Standard, resolve, school_year_start
from junheng.web.survey.models import Survey


def standard_of(name: str, year: int, region: str) -> Standard:
    """The standard on 1 September of ``year``. Raises UserError where there is none of that name."""
    return resolve(name, on=school_year_start(year), region=region)


def plan_of(survey: Survey) -> SurveyPlan:
    """The sample plan."""
    told = json.loads(survey.plan)
    county = told["county"]
    return SurveyPlan(
        told["standard"], told["standard_sha256"], told["questionnaire"], told["year"], county["code"], county["name"],
        county["residents"], told["size"], told["groups"], told["people"],
        tuple(Slot(**slot) for slot in told["slots"]), told["schools"],
        tuple(Text(**note) for note in told["notes"]),
    )  # fmt: skip


def questionnaire_of(survey: Survey) -> Questionnaire:
    """The questions asked."""
    return Questionnaire.model_validate_json(survey.questionnaire)


def method_of(survey: Survey) -> Method:
    """How it is held."""
    return Method.model_validate_json(survey.method)


def limits_of(survey: Survey) -> dict[str, str | None]:
    """Rate and valid return that are asked for, exact, as text; None where the standard asks for none."""
    found: dict[str, str | None] = json.loads(survey.limits)
    return found


def rules_of(survey: Survey, plan: SurveyPlan) -> SampleRules:
    """The standard's rules, rate and return as they stood when it was planned. Raises UserError without the standard."""
    limits = limits_of(survey)
    rules = sample_rules(standard_of(survey.standard, survey.year, plan.county_code))
    back = limits["valid_return"]
    return replace(
        rules, rate=Fraction(limits["rate"] or 0), valid_return=None if back is None else Fraction(back)
    )


def limits_json(rules: SampleRules) -> dict[str, str | None]:
    """Rate and valid return, exact, as text."""
    back = rules.valid_return
    return {"rate": str(rules.rate), "valid_return": None if back is None else str(back)}
