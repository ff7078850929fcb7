"""Ledgers: rates with what lacks, terms, contradictions, and findings that close only with proof."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest

from junheng.basics import UserError
from junheng.data import Snapshot, check_snapshot, read_input
from junheng.data.books import read_book
from junheng.judgement.ledgers import (
    LedgerReport,
    attestation_rows,
    ledger_forms,
    ledger_json,
    ledger_of,
    ledger_report,
    load_ledger,
)
from junheng.judgement.verdict import Verdict
from junheng.reports import ledger_book, share_words
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column
from junheng.standards import resolve

EXAMPLES = Path(__file__).parents[3] / "examples"
ON = date(2024, 12, 31)
SCHOOLS = {"S1": "111", "S2": "121", "S3": "220"}
Rows = Sequence[Sequence[str]]


def snapshot(classes: int | None = 10) -> Snapshot:
    boarding = {"S1": False, "S2": None, "S3": True}
    schools = [
        {
            "year": 2024,
            "school_id": key,
            "name": f"{key}校",
            "county_code": "999901",
            "urban_rural_code": code,
            "is_weak": key == "S3",
            "is_boarding": boarding[key],
        }
        for key, code in SCHOOLS.items()
    ]
    stages = [
        {"year": 2024, "school_id": key, "stage": "primary", "classes": classes, "pupils": 400}
        for key in SCHOOLS
    ]
    tables = {"school": pa.Table.from_pylist(schools), "stage": pa.Table.from_pylist(stages)}
    return Snapshot(tables, (), (), ())


def told(
    tmp_path: Path,
    ledger: str,
    records: Rows = (),
    *,
    findings: Sequence[dict[str, str]] = (),
    more: dict[str, Rows] | None = None,
    classes: int | None = 10,
    on: date = ON,
) -> LedgerReport:
    forms = ledger_forms()
    names = list(forms["finding"].headings)
    found = [[row.get(name, "") for name in names] for row in findings]
    sheets = []
    for table, rows in {"record": records, "finding": found, **(more or {})}.items():
        heads = [Column(heading.title.zh, 12) for heading in forms[table].headings.values()]
        sheets.append(Sheet(forms[table].title.zh, heads, rows))
    (tmp_path / "b.xlsx").write_bytes(plain_book(sheets, "x"))
    return ledger_report(
        read_book(tmp_path / "b.xlsx", forms),
        ledger_of(ledger),
        snapshot(classes),
        year=2024,
        county="999901",
        name="甲区",
        on=on,
    )


def record(school: str, item: str, value: str, day: str = "2024-09-10", expires: str = "") -> Sequence[str]:
    return (school, item, value, "a.jpg", day, expires, "")


def rate(report: LedgerReport, item: str) -> tuple[int, int, int, Verdict | None]:
    found = next(one for one in report.rates if one.item.id == item)
    return found.met, found.unknown, found.whole, found.verdict


def test_a_goal_is_met_missed_or_open(tmp_path: Path) -> None:
    everywhere = [record(key, "closed_campus", "是") for key in SCHOOLS]
    assert rate(told(tmp_path, "safety", everywhere), "closed_campus") == (3, 0, 3, Verdict.MET)
    assert rate(told(tmp_path, "safety", everywhere[:2]), "closed_campus") == (2, 1, 3, Verdict.CANNOT_TELL)
    one_not = [*everywhere[:1], record("S2", "closed_campus", "否")]
    assert rate(told(tmp_path, "safety", one_not), "closed_campus") == (1, 1, 3, Verdict.NOT_MET)


def test_a_rate_for_city_schools_counts_only_those(tmp_path: Path) -> None:
    assert rate(told(tmp_path, "safety", [record("S1", "guards", "是")]), "guards") == (1, 0, 1, Verdict.MET)


def test_a_rate_for_weak_or_boarding_schools(tmp_path: Path) -> None:
    assert rate(told(tmp_path, "weak", [record("S3", "projects", "是")]), "projects") == (
        1,
        0,
        1,
        Verdict.MET,
    )
    boarding = told(tmp_path, "boarding", [record("S3", "dormitory", "是")])
    assert rate(boarding, "dormitory") == (1, 1, 2, Verdict.CANNOT_TELL)  # of S2 it is not told


@pytest.mark.parametrize(("value", "met"), [("99", 0), ("100", 1)])
def test_each_side_of_a_bound(tmp_path: Path, value: str, met: int) -> None:
    report = told(tmp_path, "informatisation", [record("S1", "bandwidth", value)])
    assert rate(report, "bandwidth") == (met, 2, 3, None)


def test_parts_of_classes(tmp_path: Path) -> None:
    records = [record("S1", "multimedia_classes", "10"), record("S2", "multimedia_classes", "9")]
    found = next(r for r in told(tmp_path, "informatisation", records).rates if r.item.rate.of == "classes")
    assert (found.span, found.failing, found.unrecorded) == (
        (Fraction(19, 30), Fraction(29, 30)),
        ("S2",),
        ("S3",),
    )
    untold = told(tmp_path, "informatisation", records, classes=None)
    assert rate(untold, "multimedia_classes")[2] == 0


@pytest.mark.parametrize(("on", "met"), [(date(2025, 9, 10), 1), (date(2025, 9, 11), 0)])
def test_a_record_counts_until_its_term_is_over(tmp_path: Path, on: date, met: int) -> None:
    """Twelve months from 10 September 2024, the last day included."""
    report = told(tmp_path, "safety", [record("S1", "alarm", "是")], on=on)
    assert rate(report, "alarm")[0] == met
    assert [one.school_id for one in report.expired] == ["S1"] * (1 - met)


def test_the_latest_record_counts_and_one_day_with_two_values_neither(tmp_path: Path) -> None:
    later = [record("S1", "alarm", "否"), record("S1", "alarm", "是", "2024-10-01")]
    assert rate(told(tmp_path, "safety", later), "alarm")[0] == 1
    torn = told(tmp_path, "safety", [record("S1", "alarm", "否"), record("S1", "alarm", "是")])
    assert rate(torn, "alarm")[:2] == (0, 3)
    (fault,) = torn.faults
    assert (fault.cause, str(fault.place)) == ("record.contradiction", "b.xlsx [台账记录] 第 3 行 row 3")


def test_what_does_not_fit_is_named_and_left_out(tmp_path: Path) -> None:
    report = told(
        tmp_path,
        "safety",
        [
            record("S9", "alarm", "是"),
            record("S1", "一键报井", "是"),
            record("S1", "alarm", "也许"),
            record("S1", "alarm", "是", ""),
        ],
    )
    assert sorted(fault.cause for fault in report.faults) == [
        "record.dated_on.blank",
        "record.item.unknown",
        "record.school_id.unknown",
        "record.value.yes_no",
    ]
    assert any("一键报警" in fault.what.zh for fault in report.faults)
    assert rate(report, "alarm")[:2] == (0, 3)


HAZARD = {"number": "1", "school_id": "S1", "what": "围墙破损", "found_on": "2024-10-01", "severity": "一般"}
MENDED = {**HAZARD, "before_photo": "a", "mended_on": "2024-10-20", "after_photo": "b"}
PASSED = {**MENDED, "reviewed_on": "2024-10-25", "reviewed_by": "督导室", "result": "通过"}


@pytest.mark.parametrize(
    ("row", "on", "state", "late"),
    [
        (HAZARD, date(2024, 10, 31), "open", 0),  # 30 days for a general one: the last day is in time
        (HAZARD, date(2024, 11, 1), "overdue", 1),
        ({**HAZARD, "severity": "重大"}, date(2024, 10, 5), "overdue", 1),
        ({**HAZARD, "due_on": "2024-12-31"}, date(2024, 12, 31), "open", 0),
        (MENDED, ON, "to_review", 0),
        (PASSED, ON, "closed", 0),
        (PASSED, date(2024, 10, 22), "to_review", 0),
        (PASSED, date(2024, 10, 10), "open", 0),
        ({**PASSED, "mended_on": "2024-11-05", "reviewed_on": "2024-11-06"}, ON, "closed", 5),
        ({**PASSED, "result": "退回"}, ON, "returned", 0),
        ({**PASSED, "after_photo": ""}, ON, "cannot_tell", 0),
        ({**PASSED, "before_photo": ""}, ON, "cannot_tell", 0),
        ({**PASSED, "reviewed_by": ""}, ON, "cannot_tell", 0),
    ],
)
def test_a_hazard_until_it_is_closed(
    tmp_path: Path, row: dict[str, str], on: date, state: str, late: int
) -> None:
    (found,) = told(tmp_path, "safety", findings=[row], on=on).findings
    assert (found.state, found.late_days) == (state, late)


def test_numbers_are_unique_and_steps_in_order(tmp_path: Path) -> None:
    report = told(
        tmp_path, "safety", findings=[PASSED, HAZARD, {**MENDED, "number": "2", "mended_on": "2024-09-01"}]
    )
    assert [fault.cause for fault in report.faults] == ["finding.number.doubled", "finding.mended_on.before"]
    assert [found.number for found in report.findings] == ["1", "2"]


def test_service_and_firms(tmp_path: Path) -> None:
    report = told(
        tmp_path,
        "conduct",
        more={
            "service": [
                ("S1", "方案.pdf", "100", "100", "15000", "5000", "20000", "2024-12-20"),
                ("S2", "", "100", "90", "15000", "0", "16000", ""),
            ],
            "firm": [
                ("F1", "甲", "是", "3", "8", "60", "20", "5000", "4999"),
                ("F2", "乙", "否", "", "", "", "", "", ""),
            ],
        },
    )
    assert report.services is not None
    found = report.services
    assert (found.without, found.unplanned, found.unmet, found.unpublished) == (
        ("S3",),
        ("S2",),
        ("S2",),
        ("S2",),
    )
    assert (found.unlicensed, found.unsupervised) == (("F2",), ("F1",))
    assert (found.service.sums["collected_yuan"], found.firms.lacking["courses"]) == (30000, 1)
    assert [fault.cause for fault in report.faults] == ["service.spent"]


@pytest.mark.parametrize(
    ("on", "overdue", "first"), [(date(2026, 8, 31), 0, 2026), (date(2026, 9, 1), 1, 2026)]
)
def test_equipment_past_its_life(tmp_path: Path, on: date, overdue: int, first: int) -> None:
    """Bought on 1 September 2016 for ten years: over on 1 September 2026."""
    rows = [
        ("S1", "图书", "第一批", "3000", "60000", "2016-09-01", "10"),
        ("S2", "图书", "第二批", "10", "", "2018-01-01", "10"),
        ("S3", "计算机", "机房", "40", "120000", "2020-01-01", ""),
        ("S3", "计算机", "机房", "40", "120000", "2030-01-01", "6"),
    ]
    report = told(tmp_path, "informatisation", more={"stock": rows}, on=on)
    assert report.stock is not None
    found = report.stock
    assert (len(found.overdue), len(found.untold)) == (overdue, 1)
    assert [(one.year, one.value, one.unpriced) for one in found.renewal] == [(first, 60000, 0), (2028, 0, 1)]
    assert [fault.cause for fault in report.faults] == ["stock.acquired_on"]
    assert ledger_json(report)["stock"]["renewal"][0]["quantity"] == "3000"
    assert len(ledger_book(report)) > 5000


def test_the_district_prints_the_rates_of_the_city() -> None:
    district = check_snapshot(read_input(EXAMPLES / "xx_district" / "2024.xlsx")).snapshot
    book = read_book(EXAMPLES / "ledgers" / "informatisation.xlsx", ledger_forms())
    report = ledger_report(
        book, ledger_of("informatisation"), district, year=2024, county="999901", name="XX区", on=ON
    )
    shares = {found.item.id: share_words(found) for found in report.rates}
    assert (shares["internet"], shares["multimedia_classes"]) == ("100", "98")
    assert shares["live_classroom"].startswith("86")
    assert ledger_json(report)["faults"] == []
    assert len(ledger_book(report)) > 5000


@pytest.mark.parametrize(
    ("missing", "ratings"),
    [
        ((), {"Q7": "符合", "Q8": "符合", "V3": "未发现", "V8": "未发现"}),
        (("sleep",), {"Q7": "符合", "Q8": "不符合", "V3": "未发现", "V8": "未发现"}),
        (("no_key_classes", "homework"), {"Q7": "符合", "Q8": "不符合"}),
    ],
)
def test_items_are_attested_by_the_ledger(
    tmp_path: Path, missing: Sequence[str], ratings: dict[str, str]
) -> None:
    items = [item.id for item in ledger_of("conduct").items]
    records = [
        record(key, item, "否" if item in missing and key == "S2" else "是")
        for key in SCHOOLS
        for item in items
    ]
    standard = resolve("quality-2017", on=date(2024, 9, 1))
    rows = attestation_rows(told(tmp_path, "conduct", records), standard)
    assert {row["item"]: row["rating"] for row in rows} == ratings
    fewer = told(tmp_path, "conduct", records[:-1])  # outside_jobs supports nothing
    assert len(attestation_rows(fewer, standard)) == len(ratings)
    untold = told(tmp_path, "conduct", [one for one in records if one[1] != "full_hours"])
    assert "Q7" not in {row["item"] for row in attestation_rows(untold, standard)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id: a\nname: {zh: 甲, en: a}\nitems: []\n", "items"),
        (
            "id: a\nname: {zh: 甲, en: a}\nitems:\n- {id: x, name: {zh: 乙, en: x}, kind: number, rate: {of: schools},"
            " source: {document: d, article: a, certainty: known}}\n",
            "at_least",
        ),
    ],
)
def test_a_definition_that_does_not_fit_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=words):
        load_ledger(tmp_path / "a.yaml")


def test_an_unknown_ledger_names_the_nearest() -> None:
    with pytest.raises(UserError, match="safety"):
        ledger_of("safty")
