"""The questionnaire on paper, and the workbook into which paper answers are typed."""

from pathlib import Path

from junheng.basics import Text, atomic_file
from junheng.judgement.survey import Questionnaire, SurveyPlan, answer_form
from junheng.reports.survey.printing import lines, write_paper
from junheng.reports.word.blocks import Block, Paragraph, Table
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column

_PROMISE = Text(
    "本问卷不记名。作答码只用一次，只表明您属于哪一类对象，不能查到您本人。每题勾选一项。",
    "This questionnaire is anonymous. The code is used once and only tells which group you belong to, never who you "
    "are. Tick one answer a question.",
)


def write_questionnaire(path: Path, plan: SurveyPlan, questionnaire: Questionnaire) -> None:
    """Write 问卷.docx, two languages beside each other. Raises UserError."""
    rows = [
        (
            f"{q.id}\n{q.topic}",
            f"{q.text.zh}\n{q.text.en}",
            "\n".join(f"□ {c.name.zh} {c.name.en}" for c in questionnaire.scale),
        )
        for q in questionnaire.questions
    ]
    blocks: list[Block] = [
        *lines(_PROMISE),
        Paragraph(("作答码 Answer code：____-____-____-____",)),
        Table(
            "questions", "", ("题号\nNo.", "问题\nQuestion", "回答\nAnswer"), tuple(rows), (1.4, 6, 3.2),
            ("left", "left", "left"), size_pt=9.5,
        ),
    ]  # fmt: skip
    write_paper(path, questionnaire.title.zh, f"{plan.county_name} {plan.year}", blocks)


def write_answer_book(path: Path, questionnaire: Questionnaire) -> None:
    """Write 录入表.xlsx: the code and a column for every question, with the values that may be typed."""
    form = answer_form(questionnaire)
    columns = [
        Column(heading.title.zh, 24 if heading.name == "code" else 10) for heading in form.headings.values()
    ]
    example = [f"#示例 {h.example}" if h.name == "code" else h.example for h in form.headings.values()]
    choices = "；".join(f"{c.value} {c.name.zh} {c.name.en}" for c in questionnaire.scale)
    notes = [
        f"# 填数字或文字 | number or words: {choices}",
        *(f"# {q.id} {q.text.zh} {q.text.en}" for q in questionnaire.questions),
    ]
    with atomic_file(path) as temporary:
        temporary.write_bytes(
            plain_book([Sheet(form.title.zh, columns, [example], notes)], questionnaire.title.zh)
        )
