"""Small grades for the tests: rows and plans written in one line."""

import hashlib
from collections.abc import Sequence
from typing import Any

from junheng.class_formation import Plan, classes_by_pid, form, plan_from

Json = dict[str, Any]
SCHOOL, GRADE = "甲中学", "七年级"
SEED = bytes(range(32))


def row(number: int, **fields: Any) -> Json:
    """One child; ``fields`` replace the defaults. Its pid is a digest, as in a real roll."""
    pid = hashlib.sha256(f"child {number}".encode()).hexdigest()
    plain: Json = {
        "pid": pid,
        "unit": pid,
        "school": SCHOOL,
        "grade": GRADE,
        "sex": 1 + number % 2,
        "special": 0,
        "marks": {"数学": number * 37 % 101},
        "feeder": "",
        "apart": [],
        "flags": {},
    }
    return {**plain, **fields}


def problem(classes: int, method: str = "swaps", **fields: Any) -> Json:
    """A problem of one grade."""
    group = {"school": SCHOOL, "grade": GRADE, "classes": classes, "teams": fields.pop("teams", [])}
    mark = {"name": "数学", "source": "mark", "weight": 1}
    covariates = fields.pop("covariates", [mark] if method in ("swaps", "serpentine") else [])
    return {"method": method, "covariates": covariates, "groups": [group], **fields}


def plan(classes: int, method: str = "swaps", **fields: Any) -> Plan:
    """The plan of ``problem``."""
    return plan_from(problem(classes, method, **fields))


def formed(rules: Plan, rows: Sequence[Json], seed: bytes = SEED, engine: str = "python") -> dict[str, int]:
    """Class number by pid."""
    return dict(classes_by_pid(form(rules, rows, seed, engine=engine)))


def counts(rows: Sequence[Json], classes: dict[str, int], k: int, **wanted: Any) -> list[int]:
    """How many rows with these fields each class has."""
    found = [0] * k
    for child in rows:
        if all(child[name] == value for name, value in wanted.items()):
            found[classes[child["pid"]] - 1] += 1
    return found
