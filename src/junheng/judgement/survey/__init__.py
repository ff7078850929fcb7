"""The recognition survey: sample plan, anonymous codes, answers, rates, schools to visit."""

from junheng.judgement.survey.answers import Answer, Answers, answer_form, read_answers
from junheng.judgement.survey.apportion import apportion, level
from junheng.judgement.survey.codes import AnswerCode, code_hash, codes_json, make_codes, slots_of
from junheng.judgement.survey.counting import REASON_NAMES, Paper, count_papers
from junheng.judgement.survey.frozen import PAPERS, ROLL, papers_json, roll_json, seal
from junheng.judgement.survey.inspection import (
    PLACES,
    DrawnStratum,
    inspection_strata,
    stratum_rules,
    visits_stated,
)
from junheng.judgement.survey.intervals import wilson
from junheng.judgement.survey.outcome import outcome_json, public_json, survey_csv
from junheng.judgement.survey.plan import Slot, SurveyPlan, group_quotas, make_plan, read_plan
from junheng.judgement.survey.publication import public_groups
from junheng.judgement.survey.results import GroupResult, SurveyResult, survey_result
from junheng.judgement.survey.roll import Roll, SurveyedSchool, roll_of
from junheng.judgement.survey.rules import SampleRules, group_names, sample_rules
from junheng.judgement.survey.settings import Method, Questionnaire, load_method, load_questionnaire

__all__ = [
    "PAPERS",
    "PLACES",
    "REASON_NAMES",
    "ROLL",
    "Answer",
    "AnswerCode",
    "Answers",
    "DrawnStratum",
    "GroupResult",
    "Method",
    "Paper",
    "Questionnaire",
    "Roll",
    "SampleRules",
    "Slot",
    "SurveyPlan",
    "SurveyResult",
    "SurveyedSchool",
    "answer_form",
    "apportion",
    "code_hash",
    "codes_json",
    "count_papers",
    "group_names",
    "group_quotas",
    "inspection_strata",
    "level",
    "load_method",
    "load_questionnaire",
    "make_codes",
    "make_plan",
    "outcome_json",
    "papers_json",
    "public_groups",
    "public_json",
    "read_answers",
    "read_plan",
    "roll_json",
    "roll_of",
    "sample_rules",
    "seal",
    "slots_of",
    "stratum_rules",
    "survey_csv",
    "survey_result",
    "visits_stated",
    "wilson",
]
