"""Planning a survey by the standard's rules, and dropping a plan nobody has answered."""

import json
import secrets
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import transaction

from junheng.basics import Text, UserError
from junheng.data import Snapshot, read_input
from junheng.judgement.survey import (
    Roll,
    SampleRules,
    SurveyPlan,
    load_method,
    load_questionnaire,
    make_plan,
    roll_of,
    sample_rules,
)
from junheng.web.audit.chain import record
from junheng.web.filing.refusing import refused
from junheng.web.findings.models import Finding
from junheng.web.jobs.queries import known_source
from junheng.web.jobs.unpack import unpack
from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import code_of
from junheng.web.survey.library import limits_json, standard_of
from junheng.web.survey.models import Survey

_SIGNS, _LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 8  # of the public address; none easily confused


@dataclass(frozen=True, slots=True)
class Planning:
    """What is planned: ``roll`` may be of an earlier year than the survey."""

    year: int
    standard: str
    roll: Roll
    residents: int | None = None


def roll_from(finding: Finding) -> Roll:
    """The county's schools as the finding was made from them. Raises UserError where the input is gone."""
    source = known_source(finding)
    if source is None:
        raise UserError(
            Text("这次评估的原始数据已不在服务器上", "the input of that finding is no longer on the server"),
            why=Text(
                "样本按各校在校生和教师分配", "the sample is shared out by the schools' pupils and teachers"
            ),
            fix=Text("请选别的年份，或重新评估", "choose another year, or judge it again"),
        )
    code = code_of(finding.county, finding.year) or ""
    return roll_of(_read(source), finding.year, code)


def _read(source: Path) -> Snapshot:
    if source.suffix != ".zip":
        return read_input(source)
    with tempfile.TemporaryDirectory(prefix=".survey-", dir=settings.HOME) as folder:
        unpack(source, Path(folder) / "input")
        return read_input(Path(folder) / "input")


def plan_survey(actor: Account | None, county: Organisation, asked: Planning) -> Survey:
    """Plan it. Raises UserError (missing numbers, a standard without a survey), ValidationError (there is one already)."""
    chosen = standard_of(asked.standard, asked.year, asked.roll.county_code)
    questionnaire, rules = load_questionnaire(chosen.id), sample_rules(chosen)
    plan = _plan(asked, rules, chosen.sha256, questionnaire.id)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(
            pk=county.pk
        )  # two officers: one plans, the other is told
        if Survey.objects.filter(county=county, year=asked.year, standard=chosen.id).exists():
            raise refused("这一年按这一标准的调查已经有了", "there is a survey of that year by that standard")
        made = Survey.objects.create(
            key=new_key(), county=county, year=asked.year, standard=chosen.id, plan=_text(plan.as_json()),
            questionnaire=questionnaire.model_dump_json(), method=load_method().model_dump_json(),
            limits=_text(limits_json(rules)), made_by=actor,
        )  # fmt: skip
        detail = {"year": asked.year, "standard": chosen.id, "papers": plan.size}
        record(actor, "survey.plan", "survey", made.pk, detail, organisation_id=county.pk)
    return made


def _plan(asked: Planning, rules: SampleRules, sha256: str, questionnaire: str) -> SurveyPlan:
    roll = replace(asked.roll, year=asked.year)
    plan = make_plan(
        rules, roll, residents=asked.residents, standard_sha256=sha256, questionnaire=questionnaire
    )
    if asked.roll.year == asked.year:
        return plan
    then = asked.roll.year
    note = Text(f"学校和人数取自 {then} 年数据", f"schools and numbers are those of {then}")
    return replace(plan, notes=(*plan.notes, note))


def _text(content: object) -> str:
    """JSON in the order given: groups stand as the standard names them."""
    return json.dumps(content, ensure_ascii=False)


def new_key() -> str:
    """The end of a public address: short enough to be typed from a slip of paper."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


@transaction.atomic
def discard(actor: Account, survey: Survey) -> None:
    """Drop a survey nobody has answered, codes and all. Raises ValidationError for any other."""
    held = Survey.objects.select_for_update().get(pk=survey.pk)
    if held.counted_on or held.codes.filter(is_used=True).exists():
        raise refused("已经有人作答，不能删除", "somebody has answered: the survey stays")
    detail = {"year": held.year, "standard": held.standard}
    record(actor, "survey.discard", "survey", held.pk, detail, organisation_id=held.county_id)
    held.delete()
