"""From book to ledgers: who is listed, with what state, by which number, due when; steps and their refusals."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.enrolment.made import EVIDENCE, small_book, write_book

from junheng.enrolment import load_rules, run_match, write_outcome
from junheng.enrolment.rules import LIBRARY
from junheng.enrolment.school_age import age_state, period

ON = date(2026, 10, 1)
Sheets = dict[str, list[list[object]]]
Entries = dict[str, dict[str, Any]]


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., tuple[Entries, list[str]]]:
    def compare(sheets: Sheets, on: date = ON, previous: Path | None = None) -> tuple[Entries, list[str]]:
        outcome = run_match(write_book(tmp_path / "book.xlsx", sheets), on, None, previous)
        write_outcome(outcome, tmp_path / f"out-{on}", {}, lambda *_: None)
        problems = [f"{p.what.en} @ {p.where()}" for p in outcome.book.problems.listed()]
        return {entry["number"]: entry for entry in outcome.entries}, problems

    return compare


def test_every_child_without_proof_is_listed(run: Callable[..., tuple[Entries, list[str]]]) -> None:
    entries, _ = run(small_book())
    told = {number: (e["name"], e["status"], e["state"], e["priority"]) for number, e in entries.items()}
    assert told == {
        "A2026-00001": ("王浩", "not_found", "open", "no"),
        "A2026-00002": ("陈国强", "excused", "closed", "no"),
        "A2026-00003": ("刘洋", "age_unknown", "open", "no"),
        "B2026-00001": ("李佳怡", "not_found", "open", "no"),
        "B2026-00002": ("周末", "not_found", "open", "yes"),
    }
    assert entries["B2026-00002"]["focus"] == ["left_behind"]
    assert entries["A2026-00001"]["due"] == "2026-10-31"


def test_who_is_too_old_takes_no_part(run: Callable[..., tuple[Entries, list[str]]]) -> None:
    entries, _ = run(small_book())
    assert "赵敏" not in {entry["name"] for entry in entries.values()}


def test_visit_then_close_by_number(tmp_path: Path, run: Callable[..., tuple[Entries, list[str]]]) -> None:
    book = small_book()
    run(book)
    book["走访"] = [
        ["台账编号", "日期", "走访人", "走访结果"],
        ["A2026-00001", "2026-10-08", "李老师", "已走访"],
    ]
    book["走访"].append(["B2026-00002", "2026-10-09", "李老师", "确认辍学"])
    book["销号"] = [
        ["台账编号", "日期", "理由", "佐证摘要"],
        ["A2026-00001", "2026-10-20", "外地就读", EVIDENCE],
    ]
    entries, problems = run(book, date(2026, 11, 2), tmp_path / f"out-{ON}")
    assert problems == ["the identity number fails its check @ book.xlsx [学籍] B3"]
    assert (entries["A2026-00001"]["state"], entries["A2026-00001"]["reason"]) == ("closed", "elsewhere")
    confirmed = entries["B2026-00002"]
    assert (confirmed["state"], confirmed["ledger"], confirmed["opened"]) == (
        "confirmed",
        "dropout",
        "2026-10-01",
    )
    assert (confirmed["due"], confirmed["overdue"]) == ("2026-11-30", False)
    assert entries["A2026-00003"]["overdue"] is True  # open since October, nobody went
    again, _ = run(book, date(2027, 1, 4), tmp_path / "out-2026-11-02")
    assert again["A2026-00001"]["state"] == "closed"
    assert again["B2026-00002"]["overdue"] is True


def test_a_closed_child_that_is_missing_again_is_opened_again(
    tmp_path: Path, run: Callable[..., tuple[Entries, list[str]]]
) -> None:
    book = small_book()
    book["走访"] = [["台账编号", "日期", "走访人", "走访结果"], ["A2026-00001", "2026-10-01", "", "已走访"]]
    book["销号"] = [
        ["台账编号", "日期", "理由", "佐证摘要"],
        ["A2026-00001", "2026-10-01", "已返校", EVIDENCE],
    ]
    first, _ = run(book)
    assert first["A2026-00001"]["state"] == "closed"
    again, _ = run(book, date(2026, 11, 2), tmp_path / f"out-{ON}")
    assert again["A2026-00001"]["state"] == "open"
    assert [step["action"] for step in again["A2026-00001"]["steps"]] == ["visit", "close", "reopen"]


def test_who_is_found_later_waits_for_people_to_close(
    tmp_path: Path, run: Callable[..., tuple[Entries, list[str]]]
) -> None:
    book = small_book()
    run(book)
    book["学籍"].append(["王浩", book["户籍"][3][1], "男", "20140102", "张三", "2115000001", "否", "", "0"])
    entries, _ = run(book, date(2026, 10, 8), tmp_path / f"out-{ON}")
    assert (entries["A2026-00001"]["status"], entries["A2026-00001"]["state"]) == ("found_now", "open")
    assert "A2026-00004" not in entries


@pytest.mark.parametrize(
    ("sheet", "row", "cell", "words"),
    [
        ("走访", ["A2026-99999", "2026-10-01", "", "已走访"], "第 2 行", "no entry of this number"),
        ("走访", ["A2026-00001", "2026-10-02", "", "已走访"], "B2", "lies after"),
        ("走访", ["A2026-00001", "十月", "", "已走访"], "B2", "no day"),
        ("走访", ["A2026-00001", "2026-10-01", "", "看了看"], "D2", "a finding must be"),
        ("走访", ["A2026-00001", "2026-09-01", "", "已走访"], "第 2 行", "before the step before"),
        (
            "销号",
            ["A2026-00001", "2026-10-01", "外地就读", EVIDENCE],
            "第 2 行",
            "a visit comes before closing",
        ),
        ("销号", ["A2026-00001", "2026-10-01", "外地就读", ""], "D2", "SHA-256"),
        ("销号", ["A2026-00001", "2026-10-01", "不想读", EVIDENCE], "C2", "a reason must be"),
    ],
)
def test_a_step_in_doubt_is_told_in_its_place_and_not_taken(
    run: Callable[..., tuple[Entries, list[str]]], sheet: str, row: list[object], cell: str, words: str
) -> None:
    book = small_book()
    heads = {
        "走访": ["台账编号", "日期", "走访人", "走访结果"],
        "销号": ["台账编号", "日期", "理由", "佐证摘要"],
    }
    book[sheet] = [heads[sheet], row]
    entries, problems = run(book)
    assert entries["A2026-00001"]["state"] == "open"
    assert any(words in problem and f"[{sheet}] {cell}" in problem for problem in problems)


def test_school_age_on_each_side_of_the_day() -> None:
    rule = load_rules(ON)[0].school_age
    cases = {"20200831": "in", "20200901": "outside", "20100901": "in", "20100831": "outside", "": "unknown"}
    assert {birth: age_state(birth, ON, rule) for birth in cases} == cases
    assert age_state("20200901", date(2027, 8, 31), rule) == "outside"
    assert age_state("20200901", date(2027, 9, 1), rule) == "in"


@pytest.mark.parametrize(
    ("level", "on", "first", "last"),
    [
        ("school", date(2026, 2, 28), "2026-02-01", "2026-02-28"),
        ("county", date(2026, 9, 30), "2026-07-01", "2026-09-30"),
        ("county", date(2026, 10, 1), "2026-10-01", "2026-12-31"),
        ("prefecture", date(2027, 2, 28), "2026-09-01", "2027-02-28"),
        ("province", date(2027, 8, 31), "2026-09-01", "2027-08-31"),
    ],
)
def test_periods_of_the_clocks(level: str, on: date, first: str, last: str) -> None:
    clock = load_rules(on)[0].clocks.levels[level]
    assert [day.isoformat() for day in period(clock, on)] == [first, last]


def test_views_say_what_they_are_and_hide_what_they_must(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.xlsx", small_book())
    write_outcome(run_match(book, ON), tmp_path / "out", {}, lambda *_: None)
    for view in ("full", "masked", "counts"):
        assert json.loads((tmp_path / "out" / view / "view.json").read_text("utf-8"))["view"] == view
    assert (tmp_path / "out" / "full").stat().st_mode & 0o077 == 0
    shared = "".join(
        p.read_text("utf-8") for v in ("masked", "counts") for p in (tmp_path / "out" / v).iterdir()
    )
    shared += (tmp_path / "out" / "enrolment.json").read_text("utf-8")
    for row in small_book()["户籍"][1:]:
        assert str(row[0]) not in shared
        assert not row[1] or str(row[1]) not in shared
    assert "王*" in shared
    counts = json.loads((tmp_path / "out" / "counts" / "counts.json").read_text("utf-8"))["tables"]
    assert all(count is None or count == 0 or count >= 5 for count in counts["focus"].values())
    assert counts["household_register"] == {"left": 5, "right": 3, "certain": None, "rest": None}


def test_the_files_are_as_their_schema_says(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_outcome(run_match(write_book(tmp_path / "book.xlsx", small_book()), ON), out, {}, lambda *_: None)
    schema = json.loads((LIBRARY.parent / "enrolment.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads((out / "enrolment.json").read_text("utf-8")))
    for file in (
        "full/ledgers",
        "masked/ledgers",
        "full/counts",
        "masked/counts",
        "counts/counts",
        "full/view",
    ):
        kind = {"ledgers": "ledgers", "counts": "counts", "view": "seal"}[file.rpartition("/")[2]]
        part = {**schema["$defs"][kind], "$defs": schema["$defs"]}
        Draft202012Validator(part).validate(json.loads((out / f"{file}.json").read_text("utf-8")))


def test_without_the_lists_nothing_is_said_of_them(run: Callable[..., tuple[Entries, list[str]]]) -> None:
    book = small_book()
    del book["在校"], book["帮扶"]
    entries, _ = run(book)
    assert {entry["table"] for entry in entries.values()} == {"household"}
    assert {entry["priority"] for entry in entries.values()} == {"unknown"}


def test_two_rows_of_one_number_keep_both_entries(
    tmp_path: Path, run: Callable[..., tuple[Entries, list[str]]]
) -> None:
    book = small_book()
    book["户籍"].append([*book["户籍"][3]])
    first, _ = run(book)
    again, _ = run(book, date(2026, 10, 9), tmp_path / f"out-{ON}")
    assert {n: e["opened"] for n, e in again.items()} == {n: e["opened"] for n, e in first.items()}
    assert [e["name"] for e in again.values()].count("王浩") == 2
