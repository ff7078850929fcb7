"""Rows that another program holds are read as a workbook's are; a finding's schools are the data's."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from junheng.basics import Text
from junheng.judgement.ledgers import LedgerSchool, given_book, given_findings, ledger_of, report_of

_ON = date(2024, 12, 31)
_SCHOOLS = {key: LedgerSchool(key, f"{key}校", "urban", 10, 400) for key in ("S1", "S2")}
_FOUND: Mapping[str, object] = {
    "number": "1", "school_id": "S1", "item": "alarm", "what": "报警器坏了", "severity": "serious",
    "found_on": date(2024, 12, 1), "before_photo": "a", "after_photo": "b",
}  # fmt: skip


def test_rows_are_counted_and_hashed_as_read() -> None:
    rows = [
        {"school_id": "S1", "item": "alarm", "value": "是", "dated_on": date(2024, 9, 1)},
        {"school_id": "S2", "item": "一键报警", "value": "否", "dated_on": "2024年9月1日"},
    ]
    book = given_book("库", {"record": rows})
    report = report_of(book, ledger_of("safety"), dict(_SCHOOLS), Text("甲县", "1"), 2024, _ON)
    (alarm,) = [one for one in report.rates if one.item.id == "alarm"]
    assert (alarm.met, alarm.whole, alarm.failing, report.faults) == (1, 2, ("S2",), ())
    assert given_book("库", {"record": rows}).sha256 == book.sha256
    assert given_book("库", {"record": rows[:1]}).sha256 != book.sha256


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ({"school_id": "S1", "item": "alarm", "value": "是"}, "record.dated_on.blank"),
        ({"school_id": "S1", "item": "alarm", "value": "是", "dated_on": "昨天"}, "record.dated_on.misfit"),
        ({"school_id": "S9", "item": "alarm", "value": "是", "dated_on": _ON}, "record.school_id.unknown"),
    ],
)
def test_what_does_not_fit_is_told(row: Mapping[str, object], cause: str) -> None:
    book = given_book("库", {"record": [row]})
    report = report_of(book, ledger_of("safety"), dict(_SCHOOLS), Text("甲县", "1"), 2024, _ON)
    assert cause in {one.cause for one in report.faults}
    assert not report.held


@pytest.mark.parametrize(
    ("steps", "day", "state"),
    [
        ({}, date(2024, 12, 16), "open"),  # fifteen days for a serious one
        ({}, date(2024, 12, 17), "overdue"),
        ({"mended_on": "2024-12-05"}, _ON, "to_review"),
        ({"mended_on": "2024-12-05", "reviewed_on": "2024-12-06", "result": "退回"}, _ON, "returned"),
        ({"mended_on": "2024-12-05", "reviewed_on": "2024-12-06", "result": "passed"}, _ON, "cannot_tell"),
        (
            {"mended_on": "2024-12-05", "reviewed_on": "2024-12-06", "result": "passed", "reviewed_by": "王"},
            _ON,
            "closed",
        ),
    ],
)
def test_a_finding_s_state_follows_its_row(steps: Mapping[str, object], day: date, state: str) -> None:
    (told,), faults = given_findings(ledger_of("safety"), [{**_FOUND, **steps}], _SCHOOLS, day)
    assert (told.state, faults) == (state, [])
    assert told.due_on == date(2024, 12, 1) + timedelta(days=15)


def test_a_finding_s_folder_tells_the_schools_of_its_input(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from junheng.judgement import Finding
    from junheng.judgement.ledgers import schools_in_finding

    rows = [("S1", "", "name", None, "一校"), ("S1", "", "urban_rural_code", None, "111")]
    rows += [("S1", stage, "classes", 6.0, None) for stage in ("primary", "junior")]
    rows += [("S1", "primary", "pupils", 200.0, None), ("S2", "primary", "classes", None, None)]
    rows += [("S3", "senior", "classes", 9.0, None)]
    names = ("school_id", "stage", "column", "value", "text")
    pq.write_table(
        pa.table(
            {name: [row[at] or None if at == 1 else row[at] for row in rows] for at, name in enumerate(names)}
        ),
        tmp_path / "cells.parquet",
    )
    finding = Finding(tmp_path, {}, {}, None, {}, {})  # type: ignore[arg-type] # the cells alone are read
    found = schools_in_finding(finding, {"S1": {"is_weak": "是", "is_boarding": ""}})
    assert found == {
        "S1": LedgerSchool("S1", "一校", "urban", 12, None, True, None),
        "S2": LedgerSchool("S2", "S2", None, None, None),
    }
