"""Answers counted and judged: one code one paper, exact limits, intervals known from print, small groups hidden."""

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

from junheng.basics import Text, UserError
from junheng.data.books import Place
from junheng.judgement import Verdict
from junheng.judgement.survey import (
    Answer,
    Answers,
    GroupResult,
    Slot,
    SurveyPlan,
    SurveyResult,
    code_hash,
    count_papers,
    load_method,
    load_questionnaire,
    outcome_json,
    public_groups,
    public_json,
    read_answers,
    sample_rules,
    survey_csv,
    survey_result,
    wilson,
)
from junheng.standards import resolve

RULES = sample_rules(resolve("basic-2012", on=date(2024, 9, 1)))
ASKED, METHOD = load_questionnaire("basic-2012"), load_method()
SCHEMA = Path(__file__).resolve().parents[3] / "src/junheng/judgement/survey/survey.schema.json"
ALL = {question.id: 4 for question in ASKED.questions}


def plan(groups: Mapping[str, int]) -> SurveyPlan:
    return SurveyPlan(
        "basic-2012",
        "0",
        "satisfaction",
        2024,
        "999901",
        "XX区",
        500_000,
        sum(groups.values()),
        groups,
        {},
        (),
        {},
        (Text("", ""),),
    )


def papers(codes: Mapping[str, str], satisfied: int, *, valid: int) -> list[Answer]:
    """``valid`` papers by the first codes, of which ``satisfied`` are satisfied."""
    found = []
    for number, code in enumerate(list(codes)[:valid]):
        values = {**ALL, ASKED.overall: 4 if number < satisfied else 3}
        found.append(Answer(code, values, Place("a.csv", "", number + 2)))
    return found


def slots(codes: Mapping[str, str]) -> dict[str, Slot]:
    return {code_hash(code): Slot(group, "", 1) for code, group in codes.items()}


def judged(groups: Mapping[str, int], satisfied: int, valid: int) -> SurveyResult:
    codes = {f"{group}{n:04}": group for group, quota in groups.items() for n in range(quota)}
    counted, _ = count_papers(papers(codes, satisfied, valid=valid), slots(codes), ASKED, METHOD)
    return survey_result(counted, plan(groups), RULES, ASKED, METHOD)


@pytest.mark.parametrize(
    ("satisfied", "valid", "rate", "back"),
    [
        (85, 100, Verdict.MET, Verdict.MET),
        (84, 100, Verdict.NOT_MET, Verdict.MET),
        (60, 70, Verdict.MET, Verdict.MET),  # 85.71 %, exactly 70 % returned
        (59, 69, Verdict.MET, Verdict.NOT_MET),
        (0, 0, Verdict.CANNOT_TELL, Verdict.NOT_MET),
    ],
)
def test_both_sides_of_the_limits(satisfied: int, valid: int, rate: Verdict, back: Verdict) -> None:
    found = judged({"parents": 100}, satisfied, valid)
    assert (found.rate_verdict, found.return_verdict) == (rate, back)


def test_a_rate_a_hair_below_the_limit_is_not_met() -> None:
    found = judged({"parents": 20_000}, 16_999, 20_000)
    assert found.whole.rate == Fraction(16_999, 20_000)
    assert found.verdict is Verdict.NOT_MET
    assert found.is_near


def test_a_group_without_answers_leaves_the_weighted_rate_open() -> None:
    found = judged({"parents": 50, "npc": 50}, 45, 50)
    assert found.weighted is None
    assert found.groups[1].rate is None
    assert judged({"parents": 50, "npc": 50}, 75, 100).weighted == Fraction(3, 4)


@pytest.mark.parametrize(
    ("hits", "asked", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_printed(hits: int, asked: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3."""
    found = wilson(hits, asked, 0.95)
    assert [round(end, 4) for end in found] == [low, high]


def test_asking_all_leaves_no_interval_and_asking_many_narrows_it() -> None:
    assert wilson(80, 94, 0.95, 94) == (80 / 94, 80 / 94)
    wide, narrow = wilson(45, 50, 0.95), wilson(45, 50, 0.95, 100)
    assert wide[0] < narrow[0] < 0.9 < narrow[1] < wide[1]
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2, 0.95)


def test_every_paper_that_does_not_count_is_named_with_its_place() -> None:
    codes = {f"P{n:03}": "parents" for n in range(6)}
    given = papers(codes, 6, valid=3)
    given += [
        Answer("p-000", ALL, Place("a.csv", "", 10)),  # the first code again, typed otherwise
        Answer("STRANGE", ALL, Place("a.csv", "", 11)),
        Answer("", ALL, Place("a.csv", "", 12)),
        Answer("P003", {"Q1": 4}, Place("a.csv", "", 13)),
        Answer("P004", {k: v for k, v in ALL.items() if k != ASKED.overall}, Place("a.csv", "", 14)),
    ]
    counted, faults = count_papers(given, slots(codes), ASKED, METHOD)
    assert [paper.reason for paper in counted] == [
        "",
        "",
        "",
        "twice",
        "unknown_code",
        "no_code",
        "too_few",
        "no_overall",
    ]
    assert "a.csv 第 2 行" in faults[0].what.zh
    assert [fault.place.row for fault in faults] == [10, 11, 12, 13, 14]
    none = METHOD.model_copy(update={"duplicates": "none"})
    assert [p.reason for p in count_papers(given, slots(codes), ASKED, none)[0]][::3] == [
        "void",
        "void",
        "too_few",
    ]


def test_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("作答码,Q1,Q2,Q3,Q5\nP000,4,4,4,4\n", encoding="utf-8")
    given = read_answers([path, path], ASKED)
    counted, _ = count_papers(given.papers, slots({"P000": "parents"}), ASKED, METHOD)
    assert [paper.reason for paper in counted] == ["", "twice"]


def test_small_groups_are_hidden_so_that_none_can_be_worked_out() -> None:
    def group(name: str, valid: int) -> GroupResult:
        return GroupResult(name, valid, valid, valid, valid, None, None)

    found = [group("parents", 300), group("npc", 4), group("teachers", 40), group("cppcc", 0)]
    shown, hidden = public_groups(found, 10)
    assert hidden == ["npc", "teachers"]  # one alone could be subtracted from the total
    assert [entry.group for entry in shown] == ["parents", "cppcc"]
    assert public_groups(found[:1], 10)[1] == []
    assert public_groups([*found, group("public", 9)], 10)[1] == ["npc", "public"]


def test_paper_web_and_csv_answers_read_alike(tmp_path: Path) -> None:
    (tmp_path / "web.json").write_text(
        json.dumps(
            {
                "format": "junheng-survey-answers-1", "questionnaire": "satisfaction",
                "answers": [{"code": "A", "answers": {"Q1": 5, "Q2": 9}}],
            }
        ),
        encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "typed.csv").write_text("作答码,Q1,Q2,Q5\nA,5,非常满意,0\nB,6,4,4\n", encoding="utf-8")
    found = read_answers([tmp_path / "web.json", tmp_path / "typed.csv"], ASKED)
    assert [dict(paper.values) for paper in found.papers] == [
        {"Q1": 5},
        {"Q1": 5, "Q2": 5, "Q5": 0},
        {"Q2": 4, "Q5": 4},
    ]
    assert {str(fault.place) for fault in found.faults} == {
        "web.json [answers] 第 1 行 row 1",
        "typed.csv B3",
    }
    assert set(found.inputs) == {"web.json", "typed.csv"}
    with pytest.raises(UserError, match="不是这份问卷的网上答卷"):
        read_answers([tmp_path / "web.json"], load_questionnaire("quality-2017"))


def test_the_outcome_fits_its_schema_and_the_public_one_names_no_paper() -> None:
    found, made = judged({"parents": 100, "npc": 5}, 90, 105), plan({"parents": 100, "npc": 5})
    given = Answers((), (), {"a.csv": "0"})
    told = outcome_json(made, RULES, given, [], found, [], ASKED, METHOD, ["survey", "read"])
    jsonschema.validate(told, json.loads(SCHEMA.read_text("utf-8")))
    assert told["whole"]["rate"] == "6/7"
    public = public_json(made, RULES, found, METHOD)
    assert public is not None
    assert public["hidden"] == ["npc", "parents"]
    assert "invalid" not in public
    assert public_json(made, RULES, judged({"parents": 100}, 9, 9), METHOD) is None
    assert survey_csv(made, found).splitlines()[1] == "2024,999901,parents,100,100,90"


@pytest.mark.parametrize(
    ("old", "new"), [("overall: Q7", "overall: Q9"), ("is_satisfied: true", "satisfied: true")]
)
def test_a_questionnaire_that_is_none_is_refused(tmp_path: Path, old: str, new: str) -> None:
    library = SCHEMA.parent / "library" / "questionnaires.yaml"
    path = tmp_path / "q.yaml"
    path.write_text(library.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_questionnaire("quality-2017", path)
    assert caught.value.where == "q.yaml"
