"""Minutes, notice, lists and slips of a draw: complete, masked where public, marked where rehearsed."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from tests.reports.draws.made_draw import lines, name_of, play

from junheng.admissions import mask_name
from junheng.draws import read_log, slips
from junheng.reports.draws import (
    minutes_document,
    notice_document,
    shown,
    slip_page,
    write_class_lists,
    write_public_admissions,
    write_sealed_admissions,
)


@pytest.fixture(scope="module")
def admission(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("draw") / "a"
    return folder, play(folder)


def _text(document: bytes) -> str:
    found = Document(io.BytesIO(document))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in found.paragraphs] + cells)


def _names(folder: Path) -> dict[str, dict[str, str]]:
    return {line["pid"]: line["identity"] for line in lines(folder / "private" / "identities.jsonl")}


def _cells(path: Path) -> list[str]:
    book = load_workbook(path)
    return [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def test_minutes_hold_every_fingerprint_and_party(admission: tuple[Path, dict[str, Any]]) -> None:
    folder, transcript = admission
    text = _text(minutes_document(transcript, read_log(folder)))
    spec, result = transcript["spec"], transcript["result"]
    for said in (
        spec["roll"]["root"],
        transcript["spec_digest"],
        transcript["seed"],
        result["root"],
        "3.1.4.1.5.9./",
    ):
        assert said in text
    for party, reveal in zip(spec["parties"], transcript["reveals"], strict=True):
        assert party["role"] in text
        assert party["commitment"] in text
        assert reveal["value"] in text
    assert f"共 {result['rows']} 人报名，录取 35 人，未录取 5 人" in text
    assert text.count("2026-07-01 11:00:00") == 4  # beacons, seed, result, publication
    assert "演练" not in text


def test_notice_names_no_child(admission: tuple[Path, dict[str, Any]]) -> None:
    folder, transcript = admission
    text = _text(notice_document(transcript))
    assert transcript["result"]["root"] in text
    for pid, identity in _names(folder).items():
        assert pid not in text
        assert identity["name"] not in text
        assert identity["id_number"] not in text


@pytest.mark.parametrize("make", [minutes_document, lambda transcript, _log: notice_document(transcript)])
def test_a_rehearsals_papers_say_so(make: Callable[..., bytes], tmp_path: Path) -> None:
    transcript = play(tmp_path / "r", purpose="rehearsal")
    assert "演练——不是正式结果" in _text(make(transcript, read_log(tmp_path / "r")))


def test_public_list_is_masked_and_complete(admission: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, transcript = admission
    results, names = lines(folder / "result" / "results.jsonl"), _names(folder)
    numbers = {row["pid"]: f"{index:010}" for index, row in enumerate(results)}
    path = tmp_path / "public.xlsx"
    write_public_admissions(path, transcript["spec"], results, names, numbers, mask_name)
    cells = _cells(path)
    for row in results:
        assert row["pid"][:12] in cells
        assert numbers[row["pid"]] in cells
        assert row["pid"] not in cells
        assert names[row["pid"]]["name"] not in cells
        assert names[row["pid"]]["id_number"] not in cells
    assert mask_name(name_of(0)) in cells
    assert load_workbook(path).sheetnames == ["第一初级中学 S1", "实验学校 S2", "城南中学 S3", "未录取"]


def test_sealed_list_has_full_names_and_prints_without_long_codes(
    admission: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    folder, transcript = admission
    results, names = lines(folder / "result" / "results.jsonl"), _names(folder)
    path = tmp_path / "sealed.xlsx"
    write_sealed_admissions(path, transcript["spec"], results, names, {})
    cells = _cells(path)
    for row in results:
        assert names[row["pid"]]["name"] in cells
        assert names[row["pid"]]["id_number"] in cells
        assert row["pid"] in cells
    assert all("$H" not in str(sheet.print_area) for sheet in load_workbook(path))


def test_class_lists_hold_every_child_once(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    transcript = play(folder, kind="classes", purpose="rehearsal")
    results, names = lines(folder / "result" / "results.jsonl"), _names(folder)
    for mask, seen in ((mask_name, False), (None, True)):
        path = tmp_path / "classes.xlsx"
        write_class_lists(path, transcript["spec"], results, names, mask=mask)
        sheet = load_workbook(path)["第一小学 一年级"]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        assert len(rows) == len(results)
        assert [row[0] for row in rows] == sorted(leaf["class"] for leaf in results)
        assert (names[results[0]["pid"]]["id_number"] in _cells(path)) is seen
        assert "演练" in sheet.oddHeader.center.text


def test_slip_page_shows_the_own_row_and_survives_hostile_names(
    admission: tuple[Path, dict[str, Any]],
) -> None:
    folder, transcript = admission
    slip = next(iter(slips(folder)))
    slip["identity"]["name"] = "<script>alert(1)</script>"
    page = slip_page(slip, {**transcript["spec"], "purpose": "rehearsal"}, ["第一志愿：<b>满额</b>"])
    assert slip["row"]["pid"] in page
    assert slip["ticket"] in page
    assert shown(slip["ticket"], 10) in page
    assert "<script>" not in page
    assert "<b>满额" not in page
    assert "演练" in page


@pytest.mark.parametrize(
    ("ticket", "digits", "expected"),
    [
        ("0000000007", 10, "7"),
        ("f" * 64, 2, "99"),
        ("8" + "0" * 63, 3, "500"),
        ("ab" * 32, 0, "abababababab"),
    ],
)
def test_the_number_people_see(ticket: str, digits: int, expected: str) -> None:
    assert shown(ticket, digits) == expected
