"""Real children: the intake of London schools (mlmRev Exam, 4,059 pupils of 65 schools), whole schools formed."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from tests.class_formation.small import SEED, Json

from junheng.class_formation import classes_by_pid, form, metrics, plan_from

LARGEST = 12  # schools


@pytest.fixture(scope="module")
def london(shared_data: Path) -> tuple[Json, list[Json]]:
    """The largest schools in classes of about 25. Scores in thousandths of a standard deviation."""
    schools: dict[str, list[Json]] = defaultdict(list)
    with (shared_data / "classes" / "mlmRev_Exam.csv").open(encoding="utf-8", newline="") as stream:
        for number, line in enumerate(csv.DictReader(stream)):
            pid = f"{number:05d}"
            marks = {name: round(1000 * float(line[name])) for name in ("normexam", "standLRT")}
            schools[line["school"]].append(
                {
                    "pid": pid,
                    "unit": pid,
                    "school": line["school"],
                    "grade": "year 7",
                    "sex": 2 if line["sex"] == "F" else 1,
                    "special": 0,
                    "marks": marks,
                    "feeder": line["vr"],
                    "apart": [],
                    "flags": {},
                }
            )
    kept = sorted(schools, key=lambda name: -len(schools[name]))[:LARGEST]
    groups = [
        {"school": name, "grade": "year 7", "classes": len(schools[name]) // 25, "teams": []} for name in kept
    ]
    covariates = [
        {"name": "standLRT", "source": "mark", "weight": 2},
        {"name": "normexam", "source": "mark", "weight": 2},
        {"name": "standLRT²", "source": "squared", "of": ["standLRT"], "weight": 1},
        {"name": "vr", "source": "feeder", "top": 2, "weight": 1},
    ]
    problem = {"method": "swaps", "mark_unit": "0.001", "covariates": covariates, "groups": groups}
    return problem, [row for name in kept for row in schools[name]]


def _gaps(problem: Json, rows: list[Json], **fields: object) -> list[float]:
    plan = plan_from({**problem, **fields})
    found = metrics(plan, rows, classes_by_pid(form(plan, rows, SEED)))
    assert all(group.violations == () for group in found)
    return [float(group.gap) for group in found if group.gap is not None]


def test_classes_of_real_children_are_far_more_even_than_by_serpentine_or_chance(
    london: tuple[Json, list[Json]],
) -> None:
    problem, rows = london
    assert len(rows) > 1000
    swaps = _gaps(problem, rows)
    serpentine = _gaps(problem, rows, method="serpentine")
    chance = _gaps(problem, rows, method="random")
    assert max(swaps) < 0.15  # of a standard deviation, the worst school and the worse of two tests
    assert sum(swaps) < sum(serpentine) / 4
    assert sum(serpentine) < sum(chance)


def test_the_polish_never_loosens_a_school(london: tuple[Json, list[Json]]) -> None:
    problem, rows = london
    plain, polished = (
        form(plan_from({**problem, "polish": polish}), rows, SEED, engine="auto") for polish in (0, 1)
    )
    assert all(p.objective <= q.objective for p, q in zip(polished, plain, strict=True))
    assert any(p.objective < q.objective for p, q in zip(polished, plain, strict=True))


def test_engines_agree_on_a_real_school(london: tuple[Json, list[Json]]) -> None:
    problem, rows = london
    first = problem["groups"][-1]
    here = [row for row in rows if row["school"] == first["school"]]
    plan = plan_from({**problem, "polish": 1, "groups": [first]})
    assert len({form(plan, here, SEED, engine=name)[0].classes for name in ("python", "numpy", "auto")}) == 1
