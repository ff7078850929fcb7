"""Bulletin, accountability list and workbook: what they list, in which order, and what they must not claim."""

from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from junheng.basics import Text, UserError
from junheng.judgement.monitoring import Alert, Watch, alert_key, load_rules
from junheng.reports.monitoring import (
    AccountabilityList,
    Bulletin,
    GapLine,
    read_register,
    write_accountability,
    write_alert_book,
    write_bulletin,
)

RULES = load_rules(on=date(2024, 9, 1))
ON = date(2025, 6, 30)
_THIRD = Text("2025年第3期", "No. 3 of 2025")


def _alert(rule: str, school: str, reason: str = "情况") -> Alert:
    own = next(entry for entry in RULES if entry.id == rule)
    return Alert(
        key=alert_key(rule, "150102", school, "primary", ""),
        kind="no_data" if rule == "NO-DATA" else "warning",
        rule=rule,
        name=own.name.text(),
        level=own.level,
        scope="school",
        topic=own.topic,
        year=2024,
        county_code="150102",
        county="甲县",
        school_id=school,
        school=f"{school}校",
        stage="primary",
        indicator="",
        value=56.0,
        threshold=56.0,
        distance=1.0,
        unit=Text("人", "pupils"),
        distance_unit=Text("人", "pupils"),
        reason=Text(reason, reason),
        citation=own.citation,
    )


def _gap(school: str, deadline: date | None, **changes: object) -> GapLine:
    given: dict[str, object] = {
        "key": f"K{school}", "school": f"{school}校", "stage": "primary", "gap": Text("大班额", "large class"),
        "level": "orange", "owner": f"{school}校长", "found_on": date(2025, 1, 10), "deadline": deadline,
        "state": Text("整改中", "in hand"),
    }  # fmt: skip
    return GapLine(**given | changes)  # type: ignore[arg-type] # the fields of a gap


def _words(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_a_bulletin_tells_counts_hot_schools_and_the_overdue(tmp_path: Path) -> None:
    found = Watch(2024, (_alert("CLS-SUPER", "A"), _alert("HOT-GROWTH", "B"), _alert("NO-DATA", "C")))
    gaps = [_gap("A", date(2025, 5, 31)), _gap("D", date(2025, 6, 30)), _gap("E", None)]
    bulletin = Bulletin("甲县", _THIRD, date(2025, 5, 1), ON, ON, found, RULES, (), gaps, first=True)
    write_bulletin(tmp_path / "b.docx", bulletin)
    text = _words(tmp_path / "b.docx")
    for piece in (
        "预警 2 条",
        "数据缺失 1 处",
        "A校（小学）",
        "B校（小学）",
        "首期通报",
        "A校长",
        "教育事业统计",
    ):
        assert piece in text, piece
    assert "D校长" not in text  # due today is not late
    assert "E校长" not in text  # no deadline, never late


def test_an_accountability_list_orders_by_delay_and_leaves_out_what_is_closed(tmp_path: Path) -> None:
    gaps = [
        _gap("A", date(2025, 6, 20), returns=2, escalations=["06-25 约谈"], evidence=["证明.pdf"]),
        _gap("B", date(2025, 3, 31)),
        _gap("C", date(2025, 1, 31), closed_on=date(2025, 3, 1)),
        _gap("D", date(2025, 12, 31), escalations=["提级督办"]),
    ]
    listed = AccountabilityList("甲县", ON, gaps)
    assert [gap.school for gap in listed.listed()] == ["B校", "A校", "D校"]
    assert [gap.days_late(ON) for gap in gaps] == [10, 91, 29, 0]
    write_accountability(tmp_path / "a.docx", listed)
    text = _words(tmp_path / "a.docx")
    for piece in ("91", "06-25 约谈", "证明.pdf", "提级督办", "逾期 2 项"):
        assert piece in text, piece
    assert "C校长" not in text


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    write_accountability(tmp_path / "a.docx", AccountabilityList("甲县", ON, []))
    assert "无。 None." in _words(tmp_path / "a.docx")


def test_a_workbook_keeps_texts_texts(tmp_path: Path) -> None:
    path = tmp_path / "alerts.xlsx"
    write_alert_book(path, Watch(2024, (_alert("CLS-LARGE", "A", "=1+1"),)), RULES)
    book = openpyxl.load_workbook(path)
    row = [cell.value for cell in book["预警 alerts"][2]]
    assert "=1+1" in row
    assert book["预警 alerts"].cell(2, row.index("=1+1") + 1).data_type == "s"
    assert book["规则 rules"].max_row == len(RULES) + 1


def test_a_register_joins_alerts_and_refuses_what_no_alert_has(tmp_path: Path) -> None:
    alert, path = _alert("CLS-LARGE", "A"), tmp_path / "register.csv"
    head = "key,owner,found_on,deadline,returns,escalations\n"
    path.write_text(f"{head}{alert.key},李校长,2025-01-10,2025-05-31,1,约谈;提级\n", "utf-8")
    (gap,) = read_register(path, [alert])
    assert (gap.school, gap.escalations, gap.days_late(ON)) == ("A校", ("约谈", "提级"), 30)
    for row in ("X:1:2:3:4,甲,2025-01-10,,,\n", f"{alert.key},甲,,,,\n", f"{alert.key},甲,2025-13-01,,,\n"):
        path.write_text(head + row, "utf-8")
        with pytest.raises(UserError, match=r"没有|日期"):
            read_register(path, [alert])
