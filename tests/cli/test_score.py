"""``junheng score`` and ``junheng verify`` as an officer uses them, on the shipped examples."""

import importlib.util
import json
from pathlib import Path

import jsonschema
import pytest
from python_calamine import CalamineWorkbook
from tests.cli.conftest import Run
from tests.judgement.scoring.two_judges import found_by_items, found_by_scores, given

ROOT = Path(__file__).resolve().parents[2]
BOOKS = ROOT / "examples" / "scoring"
SCHEMA = ROOT / "src" / "junheng" / "judgement" / "scoring" / "scores.schema.json"


def test_the_schools_of_the_example(junheng: Run, tmp_path: Path) -> None:
    out, book = tmp_path / "out", BOOKS / "school_management.xlsx"
    answer = junheng("score", "school-management", book, "--out", out, "--on", "2025-09-01")
    assert answer.code == 0, answer.err
    outcome = json.loads((out / "scores.json").read_text("utf-8"))
    jsonschema.validate(outcome, json.loads(SCHEMA.read_text("utf-8")))
    verdicts = [entry["verdict"] for entry in outcome["subjects"]]
    assert verdicts == ["met", "cannot_tell", "not_met", "met", "not_met"]
    assert outcome["all_reach_it"] == "not_met"
    assert outcome["subjects"][1]["missing"] == ["M7-2"]
    assert [target["state"] for target in outcome["targets"]] == [
        "early",
        "on_time",
        "overdue",
        "late",
        "pending",
    ]
    sheets = CalamineWorkbook.from_path(out / "评分表.xlsx").sheet_names
    assert sheets == ["总分", "分项得分", "评分人差异", "轮次差异", "申诉", "签字", "目标", "问题"]
    slips = CalamineWorkbook.from_path(out / "评分单.xlsx")
    assert len(slips.sheet_names) == 5
    page = slips.get_sheet_by_index(1).to_python()
    assert page[21][0] == "合计 total"
    assert any(outcome["sign_off"][3]["fingerprint"][:12] in str(row[0]) for row in page)
    assert (out / "评分通报.docx").stat().st_size > 0
    assert junheng("verify", out, "--input", book).code == 0
    outcome["subjects"][0]["points"] = ["100", "100"]
    (out / "scores.json").write_text(json.dumps(outcome), encoding="utf-8")
    assert junheng("verify", out).code == 1


def test_the_county_of_the_example(junheng: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = junheng("score", "county-duty", BOOKS / "county_duty.xlsx", "--out", out, "--on", "2025-09-01")
    assert answer.code == 0, answer.err
    outcome = json.loads((out / "scores.json").read_text("utf-8"))
    assert outcome["subjects"][0]["round"] == "city"
    assert [target["state"] for target in outcome["targets"]] == ["pending", "early"]
    assert junheng("verify", out).code == 0


def test_scores_beside_a_finding(junheng: Run, tmp_path: Path) -> None:
    for name, content in (
        ("scores.json", found_by_scores(given(17), [], tmp_path)),
        ("alike/verdict.json", found_by_items(given(17), [])),
        ("unlike/verdict.json", found_by_items(given(9), [])),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    answer = junheng("score", "compare", tmp_path, "--finding", tmp_path / "alike")
    assert answer.code == 0, answer.err
    assert "17/17 项分值一致" in answer.out
    answer = junheng("score", "compare", tmp_path, "--finding", tmp_path / "unlike")
    assert answer.code == 1
    assert "BG17：评分 scored 5.88；结论 finding 0.00：不同" in answer.out
    assert "两个结论不同：以结论为准" in answer.out
    several = junheng("score", "compare", tmp_path, "--finding", tmp_path)
    assert several.code == 2
    assert "没有这一份结论" in several.err
    assert junheng("score", "compare", tmp_path).code == 2


def test_the_template_reads_back_as_an_empty_book(junheng: Run, tmp_path: Path) -> None:
    book = tmp_path / "样表.xlsx"
    assert junheng("score", "template", "quality-guide-school", "--out", book).code == 0
    assert junheng("score", "template", "quality-guide-school", "--out", book).code == 2
    out = tmp_path / "out"
    assert junheng("score", "quality-guide-school", book, "--out", out).code == 0
    assert json.loads((out / "scores.json").read_text("utf-8"))["subjects"] == []


def test_systems_are_listed_and_shown_with_what_is_not_known(junheng: Run) -> None:
    assert "school-management" in junheng("score", "systems").out
    shown = junheng("score", "show", "quality-guide-county").out
    assert "未知 not known" in shown
    assert "价值导向" in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("score", "school-managment", "x.xlsx", "--out", "o"), "school-management"),
        (("score", "school-management"), "BOOK"),
        (("score", "show"), "SYSTEM"),
        (("score", "school-management", "x.xlsx", "--out", "o", "--on", "2025-13-01"), "2025-13-01"),
    ],
)
def test_mistakes_are_told(junheng: Run, words: tuple[str, ...], told: str) -> None:
    answer = junheng(*words)
    assert answer.code == 2
    assert told in answer.err


def test_the_script_writes_the_committed_books(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_scoring", ROOT / "examples" / "make_scoring.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    for name in ("school_management.xlsx", "county_duty.xlsx"):
        cells = [
            [book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names]
            for book in (CalamineWorkbook.from_path(folder / name) for folder in (tmp_path, BOOKS))
        ]
        assert cells[0] == cells[1], "run examples/make_scoring.py"
