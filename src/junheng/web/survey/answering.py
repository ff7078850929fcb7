"""Taking a paper: the code is marked used and the paper laid down in one transaction, and nothing ties them."""

import secrets
from collections.abc import Mapping

from django.db import transaction

from junheng.data.books import Place
from junheng.draws import canonical_bytes
from junheng.judgement.survey import Answer, Method, Questionnaire, Slot, code_hash, count_papers
from junheng.web.survey.library import method_of, questionnaire_of
from junheng.web.survey.models import Code, Paper, Survey

_BITS = 62  # positive in every database


def known_code(survey: Survey, typed: str) -> Code | None:
    """The survey's code that was typed, used or not; None where there is none."""
    return Code.objects.filter(hash=code_hash(typed), survey=survey).first()


@transaction.atomic
def take(survey: Survey, typed: str, values: Mapping[str, int]) -> bool:
    """Lay the paper down; False where the code is unknown or used, by then or at this very moment.

    One statement marks the row, which the database lets one of two do: a paper and its code stand or fall together.
    """
    code = known_code(survey, typed)
    if code is None or not Code.objects.filter(pk=code.pk, is_used=False).update(is_used=True):
        return False
    valid = is_valid(values, code.group, questionnaire_of(survey), method_of(survey))
    paper_of(survey, code.group, canonical_bytes(dict(values)).decode("utf-8"), is_valid=valid).save(
        force_insert=True
    )
    return True


def paper_of(survey: Survey, group: str, answers: str, *, is_valid: bool) -> Paper:
    """A paper not yet kept, its number drawn at random."""
    number = secrets.randbits(_BITS)
    return Paper(id=number, survey=survey, group=group, answers=answers, is_valid=is_valid)


def is_valid(values: Mapping[str, int], group: str, questionnaire: Questionnaire, method: Method) -> bool:
    """Whether the library would count it."""
    alone = Answer("1", values, Place())
    (paper,), _ = count_papers([alone], {code_hash("1"): Slot(group, "", 1)}, questionnaire, method)
    return not paper.reason
