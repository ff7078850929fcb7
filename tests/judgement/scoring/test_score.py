"""Scoring: both sides of every line, missing as an interval, and bad rows named where they stand."""

from fractions import Fraction
from pathlib import Path

import pytest
from tests.judgement.scoring.books import (
    CLEAR,
    ON,
    Row,
    causes,
    full_marks,
    given,
    scored,
    system,
    write,
)

from junheng.basics import UserError
from junheng.judgement import Verdict
from junheng.judgement.scoring import SubjectScore, read_scores

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL


def only(folder: Path, rows: list[Row], vetoes: list[Row] | None = None) -> SubjectScore:
    _, found = scored(folder, scores=rows, vetoes=CLEAR if vetoes is None else vetoes)
    return found.subjects[0]


@pytest.mark.parametrize(
    ("a1", "a2", "b1", "grade", "verdict"),
    [
        (2, 4, 4, "good", MET),
        (1, 2, 4, "good", MET),  # 7 exactly, area A at its floor of 3 exactly
        (1, "1.99", 4, "fair", NOT_MET),  # 6.99
        (0, "2.99", "4", "fair", NOT_MET),  # below 7 and below the floor
        (0, "2.5", "1.5", "fair", NOT_MET),  # 4 exactly
        (0, "2.49", "1.5", "poor", NOT_MET),
    ],
)
def test_both_sides_of_the_lines(
    tmp_path: Path, a1: object, a2: object, b1: object, grade: str, verdict: Verdict
) -> None:
    found = only(tmp_path, [given("A1", a1), given("A2", a2), given("B1", b1)])
    assert (found.total.grade, found.verdict) == (grade, verdict)


def test_a_floor_holds_the_grade_though_the_total_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    system(tmp_path)
    path.write_text(path.read_text("utf-8").replace("at_least: 7", "at_least: 6"), encoding="utf-8")
    from junheng.judgement.scoring import score
    from junheng.standards.scoring import index_system

    rows = [given("A1", 0), given("A2", "2.9"), given("B1", 4)]
    read = read_scores(write(tmp_path, scores=rows, vetoes=CLEAR), index_system(path, on=ON), ON)
    found = score(read.problem).subjects[0]
    assert found.total.points == (Fraction("6.9"), Fraction("6.9"))
    assert (found.total.grade, found.verdict, found.total.areas[0].keeps_floor) == ("fair", NOT_MET, False)


@pytest.mark.parametrize(
    ("a2", "b1", "ends", "verdict"),
    [
        (None, 4, (6, 10), UNKNOWN),  # A2 open: 2+0+4 … 2+4+4
        (4, None, (6, 10), UNKNOWN),
        (None, 0, (2, 6), NOT_MET),  # not even full marks would do
        (4, 3, (9, 9), MET),
    ],
)
def test_a_missing_item_is_an_interval_never_a_zero(
    tmp_path: Path, a2: object, b1: object, ends: tuple[int, int], verdict: Verdict
) -> None:
    rows = [given("A1", 2)] + [given(i, p) for i, p in (("A2", a2), ("B1", b1)) if p is not None]
    found = only(tmp_path, rows)
    assert found.total.points == ends
    assert found.verdict is verdict
    assert found.missing == tuple(i for i, p in (("A2", a2), ("B1", b1)) if p is None)


@pytest.mark.parametrize(
    ("v1", "v2", "grade", "verdict"),
    [
        ("否", "否", "good", MET),
        ("是", "否", "poor", NOT_MET),
        ("否", "是", "fair", NOT_MET),
        ("否", "", "", UNKNOWN),  # nobody said: good or fair
        ("", "是", "", NOT_MET),  # fair or poor: not good either way
    ],
)
def test_vetoes(tmp_path: Path, v1: str, v2: str, grade: str, verdict: Verdict) -> None:
    rows: list[Row] = [("S", name, said) for name, said in (("v1", v1), ("v2", v2)) if said]
    found = only(tmp_path, full_marks(), rows)
    assert (found.total.grade, found.verdict) == (grade, verdict)


def test_contradicting_vetoes_are_unknown_and_named(tmp_path: Path) -> None:
    rows: list[Row] = [*CLEAR, ("S", "v1", "是")]
    read, found = scored(tmp_path, scores=full_marks(), vetoes=rows)
    assert found.subjects[0].verdict is UNKNOWN
    assert causes(read, found)["vetoes.contradict"] == [
        "book.xlsx [否决项] 第 2 行 row 2",
        "book.xlsx [否决项] 第 4 行 row 4",
    ]


def test_raters_are_joined_and_the_last_round_counts(tmp_path: Path) -> None:
    rows = [
        given("A1", 1, rater="乙"),
        given("A1", 2),
        given("A2", 4),
        given("B1", 4),
        given("A1", 0, round_="自评"),
    ]
    found = only(tmp_path, rows)
    assert found.round == "county"
    assert found.total.points[0] == Fraction(19, 2)
    assert found.by_round["self"]["A1"] == 0


def test_a_rater_who_scores_twice_counts_neither_time(tmp_path: Path) -> None:
    read, found = scored(
        tmp_path, scores=[*full_marks(), given("A2", 3), given("A2", 1, rater="乙")], vetoes=CLEAR
    )
    assert causes(read, found) == {
        "scores.twice": ["book.xlsx [评分] 第 3 行 row 3", "book.xlsx [评分] 第 5 行 row 5"]
    }
    assert found.subjects[0].items["A2"] == (1, 1)


def test_ratings_and_points_outside_their_scale_are_named_and_leave_the_item_open(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("S", "县评", "督学", "A1", "特好", "", "2025-05-01"),
        given("A2", 5),
        ("S", "县评", "督学", "B1", "中", 4, "2025-05-01"),
        ("S", "县评", "督学", "Z9", "好", "", ""),
        ("S", "国评", "督学", "A1", "好", "", ""),
    ]
    read, found = scored(tmp_path, scores=rows, vetoes=CLEAR)
    assert causes(read, found) == {
        "scores.rating.misfit": ["book.xlsx [评分] E2"],
        "scores.round.misfit": ["book.xlsx [评分] B6"],
        "scores.item.unknown": ["book.xlsx [评分] D5"],
        "scores.points.outside": ["book.xlsx [评分] 第 3 行 row 3"],
        "scores.contradict": ["book.xlsx [评分] 第 4 行 row 4"],
    }
    assert found.subjects[0].missing == ("A1", "A2", "B1")
    assert found.subjects[0].total.points == (0, 10)


def test_a_round_that_demands_a_visit_is_not_met_without_its_day(tmp_path: Path) -> None:
    rows = [(*row[:6], "") for row in full_marks()]
    read, found = scored(tmp_path, scores=rows, vetoes=CLEAR)
    assert found.subjects[0].verdict is UNKNOWN
    assert "scores.no_visit" in causes(read, found)


def appeal(state: str, points: object = "", filed: str = "2025-06-01", decided: str = "2025-06-05") -> Row:
    return ("S01", "S", "县评", "B1", filed, state, decided, points)


@pytest.mark.parametrize(
    ("row", "ends", "cause"),
    [
        (appeal("成立", 4), (7, 7), ""),
        (appeal("不成立"), (4, 4), ""),
        (appeal("撤回"), (4, 4), ""),
        (appeal("待复核", decided=""), (4, 7), ""),  # open: it may still bring all of the item
        (appeal("成立", 5), (4, 4), "appeals.points"),
        (appeal("成立"), (4, 4), "appeals.points"),
        (appeal("成立", 4, decided="2025-05-30"), (4, 4), "appeals.order"),
        (appeal("成立", 4, filed="2025-06-16", decided="2025-06-18"), (4, 4), "appeals.after_sign_off"),
        (appeal("成立", 4, filed="2025-06-15", decided="2025-06-18"), (7, 7), ""),  # on the day itself
    ],
)
def test_appeals(tmp_path: Path, row: Row, ends: tuple[int, int], cause: str) -> None:
    rows = [given("A1", 1), given("A2", 2), given("B1", 1)]
    signs: list[Row] = [("S", "县评", "组长", "2025-06-15", "")]
    read, found = scored(tmp_path, scores=rows, vetoes=CLEAR, appeals=[row], signs=signs)
    assert found.subjects[0].total.points == ends
    assert causes(read, found) == ({cause: ["book.xlsx [申诉] 第 2 行 row 2"]} if cause else {})


def test_a_signature_holds_only_for_what_was_signed(tmp_path: Path) -> None:
    _, before = scored(tmp_path, scores=full_marks(), vetoes=CLEAR)
    print_ = before.rounds[0].fingerprint
    signs: list[Row] = [("S", "县评", "组长", "2025-06-15", print_[:12])]
    _, same = scored(tmp_path, scores=full_marks(), vetoes=CLEAR, signs=signs)
    assert same.rounds[0].signatures[0][3] == "matches"
    assert same.rounds[0].missing == ()
    changed = [*full_marks()[:2], given("B1", 3)]
    read, other = scored(tmp_path, scores=changed, vetoes=CLEAR, signs=signs)
    assert other.rounds[0].missing == ("组长",)
    assert causes(read, other) == {"sign_off.changed": ["book.xlsx [签字] 第 2 行 row 2"]}


def test_a_school_listed_and_never_scored_is_told_not_lost(tmp_path: Path) -> None:
    _, found = scored(tmp_path, listed=[("T", "丁校"), ("S", "甲校")], scores=full_marks(), vetoes=CLEAR)
    assert [(entry.name, entry.verdict) for entry in found.subjects] == [("丁校", UNKNOWN), ("甲校", MET)]
    assert found.subjects[0].total.points == (0, 10)


def test_what_belongs_to_nobody_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, scores=full_marks(), vetoes=[*CLEAR, ("X", "v1", "是")])
    read = read_scores(path, system(tmp_path), ON)
    assert [(fault.cause, str(fault.place)) for fault in read.faults] == [
        ("subject.unknown", "book.xlsx [否决项] A4")
    ]


def test_a_sheet_not_read_and_a_code_with_two_names_are_told(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    sheet = book.add_worksheet("评分")
    for number, row in enumerate(
        [
            ("对象代码", "名称", "轮次", "评分人", "指标编号"),
            ("S", "甲校", "自评", "甲", "A1"),
            ("S", "乙校", "自评", "甲", "A2"),
        ]
    ):
        sheet.write_row(number, 0, row)
    book.add_worksheet("申述")
    book.close()
    faults = read_scores(tmp_path / "b.xlsx", system(tmp_path), ON).faults
    assert {fault.cause: str(fault.place) for fault in faults} == {
        "book.sheet": "b.xlsx [申述]",
        "subject.names": "b.xlsx [评分] B3",
    }


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        (("对象代码", "轮次"), "缺少必需的列"),
        (("对象代码", "轮次", "评分人", "指标编号", "指标"), "两列都是"),
    ],
)
def test_a_book_without_its_headings_is_refused(tmp_path: Path, heads: tuple[str, ...], told: str) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    book.add_worksheet("评分").write_row(0, 0, heads)
    book.close()
    with pytest.raises(UserError, match=told) as caught:
        read_scores(tmp_path / "b.xlsx", system(tmp_path), ON)
    assert "b.xlsx [评分]" in caught.value.where
