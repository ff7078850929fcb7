"""Answers of a survey: paper ones typed into a workbook or CSV, web ones exported as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, sha256_bytes
from junheng.data.books import Fault, Form, Heading, Place, read_book
from junheng.judgement.survey.settings import Questionnaire

FORMAT = "junheng-survey-answers-1"
SHEET = Text("答卷", "answers")


@dataclass(frozen=True, slots=True)
class Answer:
    """One paper: the code as typed, and the value of each question answered."""

    code: str
    values: Mapping[str, int]
    place: Place


@dataclass(frozen=True, slots=True)
class Answers:
    """All papers in the order of files and rows; ``inputs``: file name → SHA-256."""

    papers: tuple[Answer, ...]
    faults: tuple[Fault, ...]
    inputs: Mapping[str, str]


def answer_form(questionnaire: Questionnaire) -> Form:
    """The sheet into which papers are typed: the code, then a column for every question."""
    values = {str(choice.value): choice.name.zh for choice in questionnaire.scale}
    code = Heading(
        "code", Text("作答码", "answer code"), ("答卷码", "编码"), True, "text", {}, "2ABC-3DEF-4GHJ-5KMN",
        Text("印在问卷上的作答码", "the code printed on the paper"),
    )  # fmt: skip
    asked = [
        Heading(q.id, Text(q.id, q.id), (q.topic, f"{q.id} {q.topic}"), False, "text", values, "5", q.text)
        for q in questionnaire.questions
    ]
    headings = {heading.name: heading for heading in (code, *asked)}
    return Form("answers", SHEET, ("问卷", "answer"), True, headings)


def read_answers(paths: Sequence[Path], questionnaire: Questionnaire) -> Answers:
    """All papers of ``paths``. Raises UserError for a file that cannot be read or is not of this form."""
    papers: list[Answer] = []
    faults: list[Fault] = []
    inputs: dict[str, str] = {}
    for path in paths:
        if path.suffix.lower() == ".json":
            found, odd, sha256 = _from_json(path, questionnaire)
        else:
            found, odd, sha256 = _from_book(path, questionnaire)
        papers += found
        faults += odd
        inputs[path.name if path.name not in inputs else str(path)] = sha256
    return Answers(tuple(papers), tuple(faults), inputs)


def _from_book(path: Path, questionnaire: Questionnaire) -> tuple[list[Answer], list[Fault], str]:
    book = read_book(path, {"answers": answer_form(questionnaire)})
    ids = [question.id for question in questionnaire.questions]
    papers = [
        Answer(row.cell("code"), {name: int(row.cell(name)) for name in ids if row.cell(name)}, row.place)
        for row in book.rows("answers")
    ]
    # A blank code is told once, where papers are counted.
    return papers, [fault for fault in book.faults if fault.cause != "answers.code.blank"], book.sha256


def _from_json(path: Path, questionnaire: Questionnaire) -> tuple[list[Answer], list[Fault], str]:
    try:
        raw = path.read_bytes()
        content: Any = json.loads(raw)
        if content["format"] != FORMAT or content["questionnaire"] != questionnaire.id:
            raise ValueError(str(content["questionnaire"]))
        listed = [(str(entry["code"]), dict(entry["answers"])) for entry in content["answers"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            Text("不是这份问卷的网上答卷", "no web answers to this questionnaire"),
            where=path.name,
            fix=Text(
                f"JSON 应有 format={FORMAT}、questionnaire={questionnaire.id} 和 answers",
                f"the JSON has format {FORMAT}, questionnaire {questionnaire.id} and answers",
            ),
        ) from error
    papers, faults = [], []
    for number, (code, given) in enumerate(listed, 1):
        place = Place(path.name, "answers", number)
        values = {}
        for name, value in given.items():
            if (
                type(value) is int
                and questionnaire.choice(value)
                and any(q.id == name for q in questionnaire.questions)
            ):
                values[name] = value
            else:
                faults.append(_outside(name, value, place))
        papers.append(Answer(code, values, place))
    return papers, faults, sha256_bytes(raw)


def _outside(name: str, value: object, place: Place) -> Fault:
    return Fault(
        "answers.outside",
        place,
        Text(f"{name} 的答案“{value}”不在选项中", f"{name}: “{value}” is none of the choices"),
        Text("该题按未答处理；请核对导出", "it counts as not answered; check the export"),
    )
