"""A made-up city's intake, of the size of the 2020 notice: 49,425 children, 1,053 classes, 96 schools.

Nothing describes a real place. Marks are of a test with more weak tails than strong ones (a logistic curve of a
normal ability), in half points of 100, three subjects; numpy's PCG64, so for benchmarks and tests only.
"""

import hashlib
from itertools import pairwise
from typing import Any

import numpy as np

from junheng.class_formation.group import BOY, GIRL

SUBJECTS = ("语文", "数学", "英语")
GRADE = "七年级"
_SMALLEST, _LARGEST = 3, 18  # classes of a school
_BOYS = 0.53
_SPECIAL, _TWINS, _SAME_NAME, _ABSENT = 0.01, 0.006, 0.004, 0.003
_SCHOOLS_APART, _SUBJECT_APART, _SPECIAL_BEHIND = 0.35, 0.6, 2.0
_MIDDLE, _SLOPE = 0.95, 0.58  # of the logistic curve
_FEEDERS = np.array([0.34, 0.24, 0.18, 0.14, 0.1])

Json = dict[str, Any]


def make_city(
    pupils: int = 49_425, classes: int = 1_053, schools: int = 96, seed: int = 7
) -> tuple[Json, list[Json]]:
    """(problem, rows) of a city: eleven columns, twins, children apart, special children. Rows by pid."""
    dice = np.random.default_rng(seed)
    sizes = _class_counts(dice, classes, schools)
    cuts = [pupils * done // classes for done in np.cumsum([0, *sizes])]
    rows: list[Json] = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        rows += _school(dice, f"S{number + 1:03d}", end - start, seed)
    groups = [
        {
            "school": f"S{i + 1:03d}",
            "grade": GRADE,
            "classes": k,
            "teams": [f"S{i + 1:03d}-{t}" for t in range(k)],
        }
        for i, k in enumerate(sizes)
    ]
    return _problem(groups), sorted(rows, key=lambda row: str(row["pid"]))


def _problem(groups: list[Json]) -> Json:
    marks = [
        {"name": "总分", "of": list(SUBJECTS), "weight": 4},
        *({"name": s, "weight": 2} for s in SUBJECTS),
    ]
    return {
        "method": "swaps",
        "sweeps": 20,
        "polish": 0,
        "relief": 0,
        "mark_unit": "0.5",
        "covariates": [
            *({**mark, "source": "mark"} for mark in marks),
            *(
                {
                    **mark,
                    "name": f"{mark['name']}²",
                    "of": mark.get("of", [mark["name"]]),
                    "source": "squared",
                    "weight": 1,
                }
                for mark in marks
            ),
            {"name": "特殊需要", "source": "special", "weight": 1},
            {"name": "毕业学校", "source": "feeder", "top": 2, "weight": 1},
        ],
        "groups": groups,
    }


def _class_counts(dice: np.random.Generator, classes: int, schools: int) -> list[int]:
    """How many classes each school has; adds up to ``classes``."""
    shares = dice.uniform(_SMALLEST, _LARGEST, schools)
    edges = np.rint(np.cumsum(shares) / shares.sum() * classes).astype(int)
    return [int(count) for count in np.diff(edges, prepend=0)]


def _school(dice: np.random.Generator, name: str, count: int, seed: int) -> list[Json]:
    special = dice.random(count) < _SPECIAL
    ability = dice.normal(dice.normal(0, _SCHOOLS_APART), 1, count) - _SPECIAL_BEHIND * special
    latent = ability[:, None] + dice.normal(0, _SUBJECT_APART, (count, len(SUBJECTS)))
    marks = np.rint(200 / (1 + np.exp(-_MIDDLE - _SLOPE * latent))).astype(int)
    sexes = np.where(dice.random(count) < _BOYS, BOY, GIRL)
    feeders = dice.choice(len(_FEEDERS), count, p=_FEEDERS)
    absent = dice.random(count) < _ABSENT
    rows = [_row(name, i, seed) for i in range(count)]
    for i, row in enumerate(rows):
        row["sex"], row["special"] = int(sexes[i]), int(special[i])
        row["feeder"] = f"{name}-{feeders[i]}"
        row["marks"] = {} if absent[i] else dict(zip(SUBJECTS, marks[i].tolist(), strict=True))
    _tie(dice, name, rows)
    return rows


def _row(school: str, number: int, seed: int) -> Json:
    pid = _digest(f"{seed} {school} {number}")
    return {"pid": pid, "unit": pid, "school": school, "grade": GRADE, "apart": [], "flags": {}}


def _tie(dice: np.random.Generator, name: str, rows: list[Json]) -> None:
    """Twins to stay together, children of one name to be apart."""
    order = dice.permutation(len(rows)).tolist()
    for pair in range(round(len(rows) * _TWINS)):
        unit = _digest(f"{name} twins {pair} {rows[0]['pid']}")
        rows[order.pop()]["unit"] = rows[order.pop()]["unit"] = unit
    for pair in range(round(len(rows) * _SAME_NAME)):
        for _ in range(2):
            rows[order.pop()]["apart"].append(f"{name} name {pair}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
