"""Next steps read out of a report, kept in a register, told by a later finding."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from docx import Document

from junheng.basics import UserError
from junheng.judgement.promises import Promise, promise_facts, standing, standings_json
from junheng.reports import write_documents
from junheng.reports.promises import add_promises, collect_promises, read_promises, write_promises

REPORT = Path(__file__).parent / "report_with_next_steps.txt"
DAY = date(2026, 3, 1)


def test_the_section_is_read_and_nothing_beside_it() -> None:
    found = collect_promises(REPORT, prefix="2024", report="2024年自评报告")
    assert [(one.id, one.text, one.due) for one in found] == [
        ("2024-01", "到2026年底，小学骨干教师达标学校不少于60所", date(2026, 12, 31)),
        ("2024-02", "2025年6月前完成三所学校运动场改造", date(2025, 6, 30)),
        ("2024-03", "建立联席会议制度，每年专题研究一次", None),
    ]


def test_a_report_without_the_section_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、概况\n共有学校257所。\n", encoding="utf-8")
    with pytest.raises(UserError, match="下一步工作"):
        collect_promises(tmp_path / "a.txt", prefix="1", report="a")


def test_the_register_is_read_back_without_loss(tmp_path: Path) -> None:
    kept = [
        Promise("1", "建校", "报告", "计财科", date(2026, 12, 31), "primary_passed >= 60"),
        Promise("2", "=开会", "报告", closed_on=date(2026, 1, 5), evidence="纪要.pdf", note="已办"),
    ]
    write_promises(tmp_path / "r.xlsx", kept)
    found = read_promises(tmp_path / "r.xlsx")
    assert [one.where for one in found] == [
        "r.xlsx [承诺台账] 第 2 行 row 2",
        "r.xlsx [承诺台账] 第 3 行 row 3",
    ]
    assert (found[0].text, found[0].owner, found[0].due, found[0].measure) == (
        *("建校", "计财科", date(2026, 12, 31), "primary_passed >= 60"),
    )
    assert (found[1].text, found[1].closed_on, found[1].evidence, found[1].note) == (
        *("=开会", date(2026, 1, 5), "纪要.pdf", "已办"),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("编号,承诺事项,完成时限\n1,建校,明年\n", "r.csv C2"),
        ("编号,承诺事项\n1,建校\n1,开会\n", "出现两次"),
        ("编号,出处\n1,报告\n", "缺少列 承诺事项"),
        ("甲,乙\n1,2\n", "缺少列 编号、承诺事项"),
    ],
)
def test_a_register_that_cannot_be_used_is_refused_with_its_row(
    tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        read_promises(tmp_path / "r.csv")
    assert words in " ".join(line.zh for line in refused.value.lines())


def test_what_is_in_the_register_is_not_added_again() -> None:
    found = collect_promises(REPORT, prefix="2024", report="r")
    assert add_promises(found, collect_promises(REPORT, prefix="2025", report="r")) == found
    with pytest.raises(UserError, match="2024-01"):
        add_promises(found, [Promise("2024-01", "另一件事", "r")])


@pytest.mark.parametrize(
    ("promise", "state"),
    [
        (Promise("1", "x", "r", measure="primary_R2_met >= 60"), "kept"),
        (Promise("1", "x", "r", measure="primary_R2_met >= 61"), "open"),
        (Promise("1", "x", "r", due=date(2026, 3, 1), measure="primary_R2_met >= 61"), "open"),
        (Promise("1", "x", "r", due=date(2026, 2, 28), measure="primary_R2_met >= 61"), "overdue"),
        (Promise("1", "x", "r", measure="item_G5"), "cannot_tell"),
        (Promise("1", "x", "r", measure="item_G5", closed_on=DAY, evidence="a"), "cannot_tell"),
        (Promise("1", "x", "r", closed_on=DAY, evidence="a.pdf"), "kept"),
        (Promise("1", "x", "r", closed_on=DAY), "cannot_tell"),
        (Promise("1", "x", "r", closed_on=date(2026, 3, 2), evidence="a.pdf"), "open"),
        (Promise("1", "x", "r", due=date(2026, 2, 1)), "overdue"),
        (Promise("1", "x", "r"), "open"),
    ],
)
def test_where_a_promise_stands(promise: Promise, state: str) -> None:
    assert standing(promise, {"primary_R2_met": Fraction(60), "item_G5": None}, DAY).state == state


def test_a_measure_of_unknown_facts_is_refused_with_the_nearest() -> None:
    promise = Promise("1", "x", "r", measure="primary_R2_mett >= 60", where="r.xlsx 第2行")
    with pytest.raises(UserError, match="primary_R2_met"):
        standing(promise, {"primary_R2_met": Fraction(60)}, DAY)


def test_the_next_report_prints_them(finding: Path) -> None:
    facts = promise_facts(json.loads((finding / "verdict.json").read_text("utf-8")))
    told = [
        standing(
            Promise("2024-01", "小学至少一所", "2024年自评报告", measure="primary_schools >= 1"),
            facts,
            DAY,
        ),
        standing(Promise("2024-02", "改造运动场", "2024年自评报告", due=date(2025, 6, 30)), facts, DAY),
    ]
    (finding / "promises.json").write_text(json.dumps(standings_json(told, DAY)), encoding="utf-8")
    write_documents(finding)
    document = Document(str(finding / "report.docx"))
    table = next(t for t in document.tables if t.cell(0, 1).text == "承诺事项")
    assert [row.cells[5].text for row in table.rows][1:] == ["已兑现", "逾期未兑现"]
    assert "共2项：已兑现1项、逾期未兑现1项" in "".join(p.text for p in document.paragraphs)
