"""A second mind: every figure of a finding computed again from the raw cells, exactly, by other code.

Shares with the producers only what states facts and norms: basics, the standards, the raw reader.
"""

from junheng.verification.alerts import AlertCheck, verify_alerts
from junheng.verification.draws import DrawCheck, verify_transcript
from junheng.verification.enrolment import EnrolmentCheck, verify_enrolment
from junheng.verification.money import MoneyCheck, is_money, verify_money
from junheng.verification.plan_funding import verify_plan_funding
from junheng.verification.school_standards import SchoolCheck, verify_school_standard
from junheng.verification.scoring import ScoreCheck, verify_scores
from junheng.verification.special_groups import SpecialCheck, verify_special
from junheng.verification.survey import SurveyCheck, is_survey, verify_survey
from junheng.verification.verify import Made, VerifyResult, verify_finding

__all__ = [
    "AlertCheck",
    "DrawCheck",
    "EnrolmentCheck",
    "Made",
    "SchoolCheck",
    "ScoreCheck",
    "MoneyCheck",
    "SpecialCheck",
    "SurveyCheck",
    "VerifyResult",
    "is_money",
    "is_survey",
    "verify_alerts",
    "verify_enrolment",
    "verify_finding",
    "verify_plan_funding",
    "verify_school_standard",
    "verify_scores",
    "verify_money",
    "verify_special",
    "verify_survey",
    "verify_transcript",
]
