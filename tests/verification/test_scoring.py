"""The second mind of scoring: agrees on any book, and sees a changed figure, row, points or file."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.effort import examples
from tests.judgement.scoring.books import CLEAR, ON, Row, full_marks, given, system, write

from junheng.basics import UserError, sha256_bytes
from junheng.judgement.scoring import outcome_json, read_scores, score
from junheng.verification import verify_scores

Json = dict[str, Any]


def made(folder: Path, **tables: list[Row]) -> Path:
    """A folder as ``junheng score`` writes it, without its papers."""
    read = read_scores(write(folder, **tables), system(folder), ON)
    raw = json.dumps(read.problem.as_json(), ensure_ascii=False).encode()
    (folder / "problem.json").write_bytes(raw)
    save(folder, outcome_json(read, score(read.problem), sha256_bytes(raw), []))
    return folder


def save(folder: Path, outcome: Json) -> None:
    (folder / "scores.json").write_text(json.dumps(outcome, ensure_ascii=False), encoding="utf-8")


def random_tables(seed: int) -> dict[str, list[Row]]:
    """A book with everything in it that may go wrong."""
    chance = random.Random(seed)  # test data
    scores: list[Row] = []
    for subject in ("S", "T", "U"):
        for item in ("A1", "A2", "B1"):
            for rater in ("甲", "乙", "甲"):
                if chance.random() < 0.6:
                    rating = chance.choice(["好", "中", "差", "怪", ""])
                    points = "" if rating and chance.random() < 0.9 else chance.choice([0, 1, "1.5", 2, 3, 9])
                    visited = chance.choice(["2025-05-01", ""])
                    scores.append(
                        (subject, chance.choice(["自评", "县评"]), rater, item, rating, points, visited)
                    )
    vetoes: list[Row] = [
        (subject, veto, chance.choice(["是", "否", "否", "否"]))
        for subject in ("S", "T", "U") for veto in ("v1", "v2") for _ in range(chance.randrange(3))
    ]  # fmt: skip
    appeals: list[Row] = [
        (f"N{n}", chance.choice("STU"), "县评", chance.choice(["A1", "A2", "B1"]), f"2025-06-{chance.randrange(10, 20)}",
         chance.choice(["成立", "成立", "待复核", "不成立"]), chance.choice(["2025-06-15", ""]), chance.choice([0, 1, 2, 3, 4, 7, ""]))
        for n in range(4)
    ]  # fmt: skip
    signs: list[Row] = [
        (subject, "县评", "组长", f"2025-06-{chance.randrange(10, 20)}", chance.choice(["", "", "0" * 12]))
        for subject in "ST"
    ]
    targets: list[Row] = [
        (
            "S",
            "年度目标",
            "甲",
            f"202{chance.randrange(4, 7)}-08-31",
            chance.choice(["", "2024-08-30", "2025-08-31", "2025-09-30"]),
        )
        for _ in range(3)
    ]
    listed: list[Row] = [(subject, f"{subject}校") for subject in "VTS" if chance.random() < 0.7]
    return {
        "listed": listed,
        "scores": scores,
        "vetoes": vetoes,
        "appeals": appeals,
        "signs": signs,
        "targets": targets,
    }


@pytest.mark.parametrize("seed", range(examples(15)))
def test_both_minds_agree_on_any_book(tmp_path: Path, seed: int) -> None:
    result = verify_scores(made(tmp_path, **random_tables(seed)), tmp_path / "book.xlsx")
    assert result.difference is None
    assert result.figures > result.subjects


def first(outcome: Json) -> Json:
    found: Json = outcome["subjects"][0]
    return found


TAMPERINGS: dict[str, Callable[[Json], object]] = {
    "points": lambda o: first(o).update(points=["9", "9"]),
    "grade": lambda o: first(o).update(grade="fair"),
    "verdict": lambda o: first(o).update(verdict="not_met"),
    "rank": lambda o: first(o).update(rank=[2, 2]),
    "items": lambda o: first(o)["items"][0].update(points=["0", "0"]),
    "areas": lambda o: first(o)["areas"][0].update(points=["0", "0"]),
    "missing": lambda o: first(o).update(missing=["A1"]),
    "targets": lambda o: o["targets"][0].update(state="late"),
    "sign_off": lambda o: o["sign_off"][0].update(fingerprint="0" * 64),
    "appeals": lambda o: o["appeals"][0].update(is_taken=False),
    "subjects": lambda o: o["subjects"].pop(),
    "all_reach_it": lambda o: o.update(all_reach_it="cannot_tell"),
    "problem.json": lambda o: o["manifest"].update(problem_sha256="0" * 64),
    "book.xlsx": lambda o: o["manifest"].update(inputs={"book.xlsx": "0" * 64}),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_a_changed_figure_is_seen_and_named(tmp_path: Path, what: str) -> None:
    appeal: Row = ("S01", "S", "县评", "A1", "2025-06-01", "不成立", "2025-06-05", "")
    target: Row = ("S", "年度目标", "甲", "2025-08-31", "2025-08-31")
    folder = made(tmp_path, scores=full_marks(), vetoes=CLEAR, appeals=[appeal], targets=[target])
    assert verify_scores(folder, folder / "book.xlsx").difference is None
    outcome = json.loads((folder / "scores.json").read_text("utf-8"))
    TAMPERINGS[what](outcome)
    save(folder, outcome)
    difference = verify_scores(folder, folder / "book.xlsx").difference
    assert difference is not None
    assert what in difference.en


def test_points_of_the_system_cannot_be_changed_on_the_way(tmp_path: Path) -> None:
    from junheng.standards.scoring import index_system

    found = index_system("county-duty", on=ON)
    read = read_scores(write(tmp_path, scores=[given("D1-1", 5, round_="市级复核")]), found, ON)
    problem = read.problem.as_json()
    problem["system"]["areas"][0]["points"] = "14"
    raw = json.dumps(problem, ensure_ascii=False).encode()
    (tmp_path / "problem.json").write_bytes(raw)
    save(tmp_path, outcome_json(read, score(read.problem), sha256_bytes(raw), []))
    difference = verify_scores(tmp_path).difference
    assert difference is not None
    assert difference.en.startswith("system")


@pytest.mark.parametrize("key", ["subjects", "manifest", "targets", "sign_off"])
def test_a_damaged_outcome_is_refused_not_a_crash(tmp_path: Path, key: str) -> None:
    folder = made(tmp_path, scores=full_marks(), vetoes=CLEAR)
    outcome = json.loads((folder / "scores.json").read_text("utf-8"))
    save(folder, {**outcome, key: [1]})
    with pytest.raises(UserError, match="没有完整的评分结果"):
        verify_scores(folder)


def test_a_folder_without_a_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有完整的评分结果"):
        verify_scores(tmp_path)
