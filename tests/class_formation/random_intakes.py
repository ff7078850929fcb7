"""Small random intakes in the JSON form of a spec's problem and rows: for engines, verifiers and properties.

Self-contained on purpose (standard library only), so that any program's tests can use it. Some have no layout.
"""

import hashlib
import random
from typing import Any

Json = dict[str, Any]
FEEDERS = ["", "东小学", "西小学", "南小学", "𠮷小学"]  # the last one sorts differently by UTF-16 units
SUBJECTS = ["语文", "数学", "英语"]


def random_intake(seed: int) -> tuple[Json, list[Json]]:
    """(problem, rows) of one or two small grades; rows by ascending pid. The same ``seed`` gives the same."""
    dice = random.Random(seed)
    method = dice.choice(["swaps"] * 5 + ["stratified", "random", "serpentine", "rotated"])
    groups, rows = [], []
    for number in range(dice.choice([1, 1, 2])):
        classes = dice.choice([1, 2, 2, 3, 4, 5])
        school = f"学校{number}"
        teams = [f"T{number}{t}" for t in range(classes)] if dice.random() < 0.5 else []
        groups.append({"school": school, "grade": "七年级", "classes": classes, "teams": teams})
        rows += _grade(dice, school, classes, seed)
    snakes = method in ("serpentine", "rotated")
    problem = {
        "method": method,
        "sweeps": dice.choice([0, 1, 2, 20, 20]),
        "polish": dice.choice([0, 0, 1]),
        "relief": 0 if snakes else dice.choice([0, 0, 1, 3]),
        "mark_unit": "0.5",
        "covariates": _covariates(dice, needed=method == "serpentine"),
        "score": dice.choice([[], SUBJECTS, ["数学"]]),
        "groups": groups,
    }
    return problem, sorted(rows, key=lambda row: str(row["pid"]))


def seed_bytes(seed: int) -> bytes:
    """32 bytes to draw with."""
    return hashlib.sha256(f"intake {seed}".encode()).digest()


def _covariates(dice: random.Random, *, needed: bool) -> list[Json]:
    total = {"name": "总分", "source": "mark", "of": SUBJECTS, "weight": dice.choice([1, 2, 4])}
    others: list[Json] = [
        {"name": "数学", "source": "mark", "weight": 1},
        {"name": "总分²", "source": "squared", "of": SUBJECTS, "weight": dice.choice([1, 3])},
        {"name": "特殊", "source": "special", "weight": 1},
        {"name": "留守", "source": "flag", "flag": "left_behind", "weight": 1},
        {"name": "来源", "source": "feeder", "top": dice.choice([1, 2, 9]), "weight": 1},
    ]
    chosen = [c for c in others if dice.random() < 0.5]
    return [total, *chosen] if needed or dice.random() < 0.9 else chosen


def _grade(dice: random.Random, school: str, classes: int, seed: int) -> list[Json]:
    children = [_child(dice, school, i, seed) for i in range(dice.randint(classes, 8 * classes + 3))]
    loose = list(range(len(children)))
    dice.shuffle(loose)
    for group in range(dice.choice([0, 0, 1, 2])):  # twins and triplets
        members = [loose.pop() for _ in range(min(len(loose), dice.choice([2, 2, 2, 3])))]
        for m in members:
            children[m]["unit"] = hashlib.sha256(f"{seed} {school} unit {group}".encode()).hexdigest()
    for group in range(dice.choice([0, 0, 1, 2, 3]) if classes > 1 else 0):
        most = classes if dice.random() < 0.97 else classes + 1  # a few cannot be kept apart at all
        for m in dice.sample(range(len(children)), min(len(children), most, dice.choice([2, 2, 3]))):
            children[m]["apart"].append(f"A{group}")
    return children


def _child(dice: random.Random, school: str, number: int, seed: int) -> Json:
    pid = hashlib.sha256(f"{seed} {school} {number}".encode()).hexdigest()
    ability = dice.gauss(0, 1)
    marks = {name: max(0, min(200, round(140 + 25 * ability + dice.gauss(0, 12)))) for name in SUBJECTS}
    if dice.random() < 0.05:
        del marks[dice.choice(SUBJECTS)]
    flags: Json = {"order": dice.randint(1, 40)}
    if dice.random() < 0.8:
        flags["left_behind"] = int(dice.random() < 0.3)
    return {
        "pid": pid,
        "unit": pid,
        "school": school,
        "grade": "七年级",
        "sex": dice.choice([1] * 8 + [2] * 8 + [0]),
        "special": dice.choice([0] * 15 + [1, 2]),
        "marks": marks,
        "feeder": dice.choice(FEEDERS),
        "apart": [],
        "flags": flags,
    }
