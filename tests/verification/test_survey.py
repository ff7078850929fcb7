"""A survey worked out again: both minds agree on any small survey, and what was altered is named."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.data import Snapshot
from junheng.data.books import Place
from junheng.judgement.survey import (
    PAPERS,
    ROLL,
    Answer,
    Answers,
    Method,
    Questionnaire,
    Roll,
    Slot,
    SurveyedSchool,
    code_hash,
    codes_json,
    count_papers,
    load_method,
    load_questionnaire,
    make_codes,
    make_plan,
    outcome_json,
    papers_json,
    public_json,
    roll_json,
    sample_rules,
    seal,
    slots_of,
    survey_csv,
    survey_result,
)
from junheng.standards import resolve
from junheng.verification import verify_survey
from junheng.verification.survey_interval import interval, normal_point

Json = dict[str, Any]
STANDARDS = {
    name: resolve(name, on=date(2024, 9, 1), region="999901") for name in ("quality-2017", "basic-2012")
}
ANSWERS = "answers.json"


def _write(path: Path, content: Json) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _school(number: int, pupils: int, teachers: int) -> SurveyedSchool:
    return SurveyedSchool(f"21999{number:05}", f"甲{number}", "primary", "111", pupils, teachers, "")


def write_plan(folder: Path, standard: str, roll: Roll, method: Method) -> tuple[Any, list[Any]]:
    """The plan's folder as the command writes it, without its workbooks."""
    found = STANDARDS[standard]
    asked = load_questionnaire(standard)
    plan = make_plan(
        sample_rules(found), roll, residents=None, standard_sha256=found.sha256, questionnaire=asked.id
    )
    codes = make_codes(plan, method)
    folder.mkdir()
    _write(folder / "plan.json", plan.as_json())
    _write(folder / "codes.json", codes_json(codes))
    seal(folder, ROLL, roll_json(roll, Snapshot({}, (), ()), method, residents=None, command=[]))
    return plan, codes


def write_result(
    folder: Path, plan: Any, typed: list[Answer], slots: dict[str, Slot], method: Method
) -> Questionnaire:
    """The result's folder as the command writes it, without its documents; the answers lie beside it."""
    asked, rules = load_questionnaire(plan.standard), sample_rules(STANDARDS[plan.standard])
    web = {"format": "junheng-survey-answers-1", "questionnaire": asked.id,
           "answers": [{"code": one.code, "answers": dict(one.values)} for one in typed]}  # fmt: skip
    _write(folder.parent / ANSWERS, web)
    papers, faults = count_papers(typed, slots, asked, method)
    result = survey_result(papers, plan, rules, asked, method)
    from junheng.basics import sha256_file

    answers = Answers(tuple(typed), (), {ANSWERS: sha256_file(folder.parent / ANSWERS)})
    folder.mkdir()
    _write(
        folder / "survey.json", outcome_json(plan, rules, answers, papers, result, faults, asked, method, [])
    )
    (folder / "survey.csv").write_text(survey_csv(plan, result), encoding="utf-8")
    public = public_json(plan, rules, result, method)
    if public is not None:
        _write(folder / "public.json", public)
    seal(folder, PAPERS, papers_json(papers, plan, asked, method))
    return asked


@st.composite
def _surveys(draw: st.DrawFn) -> tuple[str, Roll, Method, list[tuple[int, list[int | None]]]]:
    """A standard, a small county, a method, and papers: which code (-1: unknown, -2: none) with which answers."""
    standard = draw(st.sampled_from(sorted(STANDARDS)))
    sizes = draw(st.lists(st.tuples(st.integers(1, 400), st.integers(1, 40)), min_size=1, max_size=4))
    schools = tuple(_school(number, *size) for number, size in enumerate(sizes))
    residents = draw(st.sampled_from([1, 399_999, 400_000, 400_001, 723_457]))
    own = {"duplicates": draw(st.sampled_from(["first", "none"])), "suppress_below": draw(st.integers(1, 12))}
    length = len(load_questionnaire(standard).questions)
    answers = st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=length, max_size=length)
    papers = draw(st.lists(st.tuples(st.integers(-2, 60), answers), max_size=40))
    roll = Roll(2024, "999901", "XX区", residents, schools)
    return standard, roll, load_method().model_copy(update=own), papers


def _typed(papers: list[tuple[int, list[int | None]]], codes: list[Any], standard: str) -> list[Answer]:
    asked, found = load_questionnaire(standard), []
    spread = max(1, len(codes) // 61)  # a paper of every group now and then
    for number, (which, answers) in enumerate(papers, 1):
        values = {q.id: v for q, v in zip(asked.questions, answers, strict=True) if v is not None}
        code = {-2: "", -1: f"NOBODY{number}"}.get(which) if which < 0 else codes[which * spread].text
        found.append(Answer(str(code), values, Place(ANSWERS, "answers", number)))
    return found


@settings(max_examples=examples(6), deadline=None)
@given(_surveys())
def test_both_minds_agree_on_any_small_survey(
    tmp_path_factory: pytest.TempPathFactory, survey: tuple[str, Roll, Method, Any]
) -> None:
    standard, roll, method, papers = survey
    folder = tmp_path_factory.mktemp("survey")
    plan, codes = write_plan(folder / "plan", standard, roll, method)
    assert verify_survey(folder / "plan").difference is None
    slots = slots_of(codes_json(codes))
    write_result(folder / "out", plan, _typed(papers, codes, standard), slots, method)
    assert verify_survey(folder / "out").difference is None
    whole = verify_survey(folder / "out", folder)  # the answers and the codes too
    assert whole.difference is None
    assert whole.figures > 90


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan and a result, with papers that count and others that do not."""
    folder = tmp_path_factory.mktemp("made")
    roll = Roll(2024, "999901", "XX区", 300_000, (_school(1, 900, 60), _school(2, 300, 20)))
    plan, codes = write_plan(folder / "plan", "quality-2017", roll, load_method())
    papers: list[Any] = [(which, [4, 5, 4, None, 3, 4, 4 if which % 6 else 2]) for which in range(60)]
    papers += [(3, [4] * 7), (-1, [4] * 7), (-2, [4] * 7), (60, [4] + [None] * 6)]
    write_result(
        folder / "out",
        plan,
        _typed(papers, codes, "quality-2017"),
        slots_of(codes_json(codes)),
        load_method(),
    )
    return folder


def _altered(made: Path, tmp_path: Path, name: str, alter: Callable[[Json], object]) -> Path:
    for path in made.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(made)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    content = json.loads((tmp_path / name).read_text("utf-8"))
    alter(content)
    _write(tmp_path / name, content)
    return tmp_path


@pytest.mark.parametrize(
    ("alter", "told"),
    [
        (lambda p: p.update(size=599), "size"),
        (lambda p: p["groups"].update(parents=301), "groups parents"),
        (lambda p: p["slots"][0].update(quota=1), "slots parents"),
        (lambda p: p["people"].update(pupils=1), "people"),
        (lambda p: p["county"].update(residents=500_000), "county"),
        (lambda p: p.update(standard_sha256="0"), "standard SHA-256"),
        (lambda p: p.update(notes=[]), "notes"),
    ],
)
def test_what_was_altered_in_a_plan_is_named(made: Path, tmp_path: Path, alter: Any, told: str) -> None:
    found = verify_survey(_altered(made, tmp_path, "plan/plan.json", alter) / "plan").difference
    assert found is not None
    assert told in found.zh


def test_a_code_more_than_papers_is_named(made: Path, tmp_path: Path) -> None:
    def alter(codes: Json) -> None:
        codes["codes"][code_hash("EXTRA")] = {"group": "parents", "school_id": ""}

    found = verify_survey(_altered(made, tmp_path, "plan/codes.json", alter) / "plan").difference
    assert found is not None
    assert "codes parents" in found.zh


@pytest.mark.parametrize(
    ("alter", "told"),
    [
        (lambda o: o["whole"].update(satisfied=60), "whole satisfied"),
        (lambda o: o["whole"].update(rate="9/10"), "whole rate"),
        (lambda o: o["whole"]["interval"].__setitem__(0, o["whole"]["interval"][0] + 1e-6), "whole interval"),
        (lambda o: o["whole"].update(valid_return="1"), "whole valid_return"),
        (lambda o: o["groups"][0].update(returned=1), "parents returned"),
        (lambda o: o.update(verdict="met" if o["verdict"] == "not_met" else "not_met"), "verdict"),
        (lambda o: o.update(limit="4/5"), "limit"),
        (lambda o: o.update(limit_within_interval=not o["limit_within_interval"]), "limit_within_interval"),
        (lambda o: o["invalid"].pop(), "invalid"),
        (lambda o: o["invalid"][0].update(reason="void"), "invalid"),
        (lambda o: o["topics"][-1].update(satisfied=1), "topic Q7"),
        (lambda o: o["manifest"].update(standard_sha256="0"), "standard SHA-256"),
        (lambda o: o["manifest"].update(software="x"), "survey.json SHA-256"),
    ],
)
def test_what_was_altered_in_a_result_is_named(made: Path, tmp_path: Path, alter: Any, told: str) -> None:
    found = verify_survey(_altered(made, tmp_path, "out/survey.json", alter) / "out").difference
    assert found is not None
    assert told in found.zh


@pytest.mark.parametrize(
    ("name", "alter", "told"),
    [
        ("out/public.json", lambda p: p["groups"].pop(), "public.json groups"),
        ("out/public.json", lambda p: p.update(hidden=[]), "public.json hidden"),
        ("answers.json", lambda a: a["answers"][0]["answers"].update(Q1=1), "answers.json"),
        ("out/survey.json", lambda o: o["topics"][0].update(satisfied=0), "topic Q1 (--input)"),
    ],
)
def test_what_was_altered_beside_a_result_is_named(
    made: Path, tmp_path: Path, name: str, alter: Any, told: str
) -> None:
    folder = _altered(made, tmp_path, name, alter)
    found = verify_survey(folder / "out", folder).difference
    assert found is not None
    assert told in found.zh


def test_codes_of_another_survey_are_noticed(made: Path, tmp_path: Path) -> None:
    def alter(codes: Json) -> None:
        first, *_ = [text for text, told in codes["codes"].items() if told["group"] == "parents"]
        codes["codes"] = {text: told for text, told in codes["codes"].items() if text != first}

    folder = _altered(made, tmp_path, "plan/codes.json", alter)
    assert verify_survey(folder / "out", folder / "plan").difference is not None  # no answers there
    check = verify_survey(folder / "out", folder / ANSWERS)
    assert check.ok
    assert any("codes were not looked at" in note.en for note in check.notes)


def test_no_code_and_no_row_of_a_paper_that_counts_is_kept(made: Path) -> None:
    text = (made / "out" / PAPERS).read_text("utf-8")
    codes = [entry["code"] for entry in json.loads((made / ANSWERS).read_text("utf-8"))["answers"]]
    assert not any(code in text or code_hash(code) in text for code in codes if code)
    papers = [one for entry in json.loads(text)["codes"] for one in entry["papers"]]
    assert sum(one["where"] is not None for one in papers) == 4


def test_a_folder_without_its_papers_is_refused(made: Path, tmp_path: Path) -> None:
    folder = _altered(made, tmp_path, "out/survey.json", lambda o: None) / "out"
    (folder / PAPERS).unlink()
    with pytest.raises(UserError, match="没有完整的调查方案或结果"):
        verify_survey(folder)


@pytest.mark.parametrize(
    ("hits", "asked", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_second_interval_as_printed(hits: int, asked: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3."""
    from fractions import Fraction

    found = interval(hits, asked, Fraction("0.95"), None)
    assert found is not None
    assert [round(float(end), 4) for end in found] == [low, high]
    assert abs(float(normal_point(Fraction("0.95"))) - 1.959963984540054) < 1e-12
