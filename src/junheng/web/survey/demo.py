"""The made-up county's surveys: one counted, one that is open, with a few codes to try it by."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from junheng.draws import canonical_bytes
from junheng.judgement.survey import AnswerCode, code_hash
from junheng.web.findings.models import Finding
from junheng.web.people.models import Account
from junheng.web.survey.answering import paper_of
from junheng.web.survey.counting import count
from junheng.web.survey.issuing import issue, set_dates
from junheng.web.survey.library import questionnaire_of
from junheng.web.survey.models import Code, Paper, Survey
from junheng.web.survey.planning import Planning, plan_survey, roll_from

_TICKED = (5, 4, 4, 4, 5, 4, 5, 4, 3, 5, 4, 2, 5, 4, 4, 5)  # made up: about seven of eight are satisfied
_BATCH = 500
_KEPT = 12  # codes of the open survey left for whoever tries it
_BEFORE, _AFTER = timedelta(days=20), timedelta(days=60)


def open_demo_surveys(finding: Finding) -> Iterator[str]:
    """Hold the survey of the finding's year and count it; open one for the year after, half answered."""
    leader = Account.objects.get(username="leader")
    roll = roll_from(finding)
    with transaction.atomic():
        past = plan_survey(leader, finding.county, Planning(finding.year, finding.standard, roll))
        _held(leader, past, ended=True)
        now = plan_survey(leader, finding.county, Planning(finding.year + 1, finding.standard, roll))
        left = _held(leader, now, ended=False)
    path = Path(settings.HOME) / "demo-survey-codes.txt"
    path.write_text("\n".join([f"/survey/{now.key}", *left]) + "\n", encoding="utf-8")
    path.chmod(0o600)
    yield f"认可度调查：一次已统计，一次正在作答 | surveys, one counted, one open: {path}"


def _held(leader: Account, survey: Survey, *, ended: bool) -> list[str]:
    """Codes made, days set, answers given; counted where it has ended. Returns codes left unused."""
    codes, today = issue(leader, survey), timezone.localdate()
    last = today - timedelta(days=1) if ended else today + _AFTER
    set_dates(leader, survey, today - _BEFORE, last)
    survey.refresh_from_db()
    answering = [one for number, one in enumerate(codes) if number % 8 and (ended or number % 2)]
    _answer(survey, answering)
    if ended:
        count(leader, survey)
    given = set(answering)
    return [one.text for one in codes if one not in given][-_KEPT:]


def _answer(survey: Survey, codes: Sequence[AnswerCode]) -> None:
    """As ``take`` does one by one, a thousand at once."""
    ids = [question.id for question in questionnaire_of(survey).questions]
    papers = []
    for number, code in enumerate(codes):
        values = {name: _TICKED[(number + 5 * place) % len(_TICKED)] for place, name in enumerate(ids)}
        told = canonical_bytes(values).decode("utf-8")
        papers.append(paper_of(survey, code.group, told, is_valid=True))
    Paper.objects.bulk_create(sorted(papers, key=lambda one: one.pk), batch_size=_BATCH)
    hashes = [code_hash(one.text) for one in codes]
    for first in range(0, len(hashes), _BATCH):
        Code.objects.filter(hash__in=hashes[first : first + _BATCH]).update(is_used=True)
