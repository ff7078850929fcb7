"""Files of a survey: plan, questionnaire, workbook for typing, and after the count the result."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse

from junheng.basics import Text
from junheng.reports.survey import (
    write_answer_book,
    write_notice,
    write_plan_book,
    write_questionnaire,
    write_result_book,
)
from junheng.web.evidence.sending import XLSX, as_attachment
from junheng.web.front.guard import allowed
from junheng.web.people.permissions import Person
from junheng.web.survey.library import plan_of, questionnaire_of, rules_of
from junheng.web.survey.models import Survey
from junheng.web.survey.permissions import may_hold, may_see
from junheng.web.survey.views import survey_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {".xlsx": XLSX, ".docx": DOCX, ".csv": "text/csv", ".json": "application/json"}
FILES: Mapping[str, Text] = {  # name in the address → what it is called when saved
    "plan.xlsx": Text("抽样方案", "Sample plan"),
    "questionnaire.docx": Text("问卷", "Questionnaire on paper"),
    "answers.xlsx": Text("录入表", "Workbook for typing answers"),
    "survey.csv": Text("满意度调查表", "Table of surveys"),
    "result.xlsx": Text("调查结果（内部）", "Result, for officers"),
    "notice.docx": Text("调查结果公示", "Notice for the public"),
}
_INTERNAL = frozenset({"survey.csv", "result.xlsx"})  # with the figures of small groups
_COUNTED = _INTERNAL | {"notice.docx"}
File = tuple[Survey, str]


def _file(survey: int, name: str) -> File:
    if name not in FILES:
        raise Http404
    return survey_of(survey), name


def _may_take(person: Person, asked: File) -> bool:
    survey, name = asked
    return may_hold(person, survey) if name in _INTERNAL else may_see(person, survey)


@allowed(_file, _may_take)
def survey_file(_: HttpRequest, asked: File) -> HttpResponse:
    """One of its files; those of the result once it is counted."""
    survey, name = asked
    if name in _COUNTED and survey.counted_on is None:
        raise Http404
    if name == "notice.docx" and not survey.public:
        raise Http404
    suffix = Path(name).suffix
    return as_attachment(_content(survey, name), f"{FILES[name].zh}-{survey.year}{suffix}", _TYPES[suffix])


def _content(survey: Survey, name: str) -> bytes:
    if name == "survey.csv":
        return survey.table.encode("utf-8-sig")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        _write(path, survey, name)
        return path.read_bytes()


def _write(path: Path, survey: Survey, name: str) -> None:
    if name == "result.xlsx":
        write_result_book(path, json.loads(survey.outcome))
    elif name == "notice.docx":
        write_notice(path, json.loads(survey.public))
    elif name == "answers.xlsx":
        write_answer_book(path, questionnaire_of(survey))
    elif name == "questionnaire.docx":
        write_questionnaire(path, plan_of(survey), questionnaire_of(survey))
    else:
        plan = plan_of(survey)
        write_plan_book(path, plan, rules_of(survey, plan))
