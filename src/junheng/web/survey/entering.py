"""Papers filled with a pen: the library's workbook read, each row taken once, the rest told with its place."""

import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from junheng.basics import Text, UserError
from junheng.data.books import Fault, group_faults
from junheng.judgement.survey import REASON_NAMES, Answer, Answers, read_answers
from junheng.web.audit.chain import record
from junheng.web.filing.gathering import written
from junheng.web.front.file_names import named, sent_name
from junheng.web.people.models import Account
from junheng.web.survey.answering import known_code, take
from junheng.web.survey.issuing import locked
from junheng.web.survey.library import questionnaire_of
from junheng.web.survey.models import Survey

KINDS = (".xlsx", ".csv")


@dataclass
class Entered:
    """What became of a file: papers taken, and why the others were not, by cause with places."""

    taken: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def grouped(self) -> list[Any]:
        """The faults, one entry a cause."""
        return list(group_faults(self.faults))


def enter(actor: Account, survey: Survey, file: "UploadedFile[Any]") -> Entered:
    """Take every row of the file. Raises UserError for one that cannot be read, ValidationError for a counted survey."""
    given = _read(survey, file)
    entered = Entered(faults=list(given.faults))
    papers = list(given.papers)
    secrets.SystemRandom().shuffle(papers)  # nor does the order of the file stay
    with transaction.atomic():
        held = locked(survey)
        for answer in papers:
            _enter(held, answer, entered)
        detail: Mapping[str, Any] = {
            "papers": entered.taken,
            "refused": len(papers) - entered.taken,
            "inputs": dict(given.inputs),
        }
        record(actor, "survey.papers", "survey", held.pk, detail, organisation_id=held.county_id)
    entered.faults.sort(key=lambda one: (one.cause, one.place.file, one.place.row))
    return entered


def _enter(survey: Survey, answer: Answer, entered: Entered) -> None:
    if not answer.code:
        reason, fix = "no_code", Text("核对纸质问卷，补录作答码", "look at the paper and type its code")
    elif known_code(survey, answer.code) is None:
        reason, fix = "unknown_code", Text("核对是否录错", "was it mistyped?")
    elif not take(survey, answer.code, answer.values):
        reason, fix = "twice", Text("先收到的一份已经计入，不必再录", "the first one counts: nothing to do")
    else:
        entered.taken += 1
        return
    entered.faults.append(Fault(f"survey.{reason}", answer.place, REASON_NAMES[reason], fix))


def _read(survey: Survey, file: "UploadedFile[Any]") -> Answers:
    name = sent_name(file.name)[:120]
    suffix = PurePath(name).suffix.lower()
    if suffix not in KINDS:
        raise UserError(
            Text("请用录入表 .xlsx 或 .csv", "give the workbook for answers (.xlsx) or a CSV"), where=name
        )
    with tempfile.TemporaryDirectory(prefix=".answers-", dir=settings.HOME) as folder:
        path = written(file, Path(folder), suffix)
        try:
            found = read_answers([path], questionnaire_of(survey))
        except UserError as error:
            raise named(error, path, name) from error
    papers = tuple(replace(one, place=replace(one.place, file=name)) for one in found.papers)
    faults = tuple(replace(one, place=replace(one.place, file=name)) for one in found.faults)
    return Answers(papers, faults, {name: next(iter(found.inputs.values()))})
