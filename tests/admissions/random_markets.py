"""Random small markets in the JSON form of a spec's ``problem`` and the roll's rows: every rule, every edge.

``random_market(seed)`` gives the same (problem, rows) for the same number for ever. Empty lists, zero plans, units of two
and three, pools that pass on or close, stages, leftovers, both key orders, both ticket kinds and orders drawn in the hall
all occur; ``rules`` narrows them (``random_market(7, units="skip")``).
"""

import hashlib
from random import Random
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

SEED_OF_DRAWS = bytes(range(32))
_SIZES = (1, 1, 1, 1, 1, 2, 2, 3)


def random_market(seed: int, *, units_at_most: int = 12, **rules: Any) -> tuple[Json, list[Json]]:
    """A problem and its rows, ascending by pid; ``rules`` replace what would be chosen at random."""
    random = Random(seed)
    problem = _problem(random, rules)
    rows = _rows(random, problem, random.randint(0, units_at_most))
    if problem["ranking"]["method"] != "hmac" and "numbers" not in problem["ranking"]:
        problem["ranking"] |= _drawn(
            random, problem["ranking"]["method"], sorted({row["unit"] for row in rows})
        )
    return problem, rows


def _drawn(random: Random, method: str, units: list[str]) -> Json:
    """What the hall brings to an order that is not made of tickets."""
    drawn = random.sample(range(10**6), len(units))
    found: Json = {"numbers": {unit: f"{n:07d}" for unit, n in zip(units, drawn, strict=True)}}
    if method == "ring":
        places = max(1, len(units))
        found |= {"start": random.randint(1, places), "step": random.randint(1, places)}
    if method == "tail_digits":
        found["tails"] = [f"{n:02d}" for n in random.sample(range(100), 30)]
    return found


def random_markets(**rules: Any) -> st.SearchStrategy[tuple[Json, list[Json]]]:
    """The same as a Hypothesis strategy."""
    return st.integers(0, 2**48).map(lambda seed: random_market(seed, **rules))


def spec_of(problem: Json, hash_name: str = "sha256") -> Json:
    """The least of a spec that a run of the draw needs."""
    return {"kind": "admission", "hash": hash_name, "problem": problem}


def _problem(random: Random, rules: Json) -> Json:
    by_rounds = random.random() < 0.2
    units = rules.get("units") or (random.choice(["skip", "stop"]) if by_rounds else "overflow")
    is_local = units != "overflow"
    codes = sorted(random.sample(range(6), random.randint(1, 3)))
    schools = [_school(random, index, codes, is_local) for index in range(random.randint(1, 5))]
    method = random.choice(["ring", "tail_digits", "external"]) if random.random() < 0.2 else "hmac"
    found: Json = {
        "key": random.choice([["band", "class", "ticket"], ["class", "band", "ticket"]]),
        "band_width": random.randint(1, 4),
        "tickets": random.choice(["single", "single", "per_school"]) if method == "hmac" else "single",
        "order": random.choice(["ascending", "descending"]),
        "ranking": {"method": method},
        "units": units,
        "digits": random.choice([0, 9, 10]),
        "classes": [{"code": code, "name": f"类{code}"} for code in codes],
        "schools": schools,
        "stages": _stages(random, [school["id"] for school in schools]),
        "leftovers": random.choice(["none", "none", "spec_order", "by_lot"]),
        **{name: value for name, value in rules.items() if name != "schools"},
    }
    if is_local:
        found |= {"key": ["band", "class", "ticket"], "band_width": 1}
    if found["tickets"] == "per_school":
        found["ranking"] = {"method": "hmac"}
    return found


def _school(random: Random, index: int, codes: list[int], is_local: bool) -> Json:
    pools = [
        {
            "id": f"p{number}",
            "seats": random.choice([0, 1, 1, 2, 2, 3]),
            "classes": random.choice([[], [], sorted(random.sample(codes, random.randint(1, len(codes))))]),
            "unfilled": random.choice(["next", "next", "close"]),
        }
        for number in range(1 if is_local else random.choice([1, 1, 2, 3]))
    ]
    return {
        "id": f"校{index}",
        "name": f"第{index}初级中学",
        "ownership": random.choice(["public", "private"]),
        "plan": sum(pool["seats"] for pool in pools),
        "pools": pools,
    }


def _stages(random: Random, schools: list[str]) -> list[Json]:
    if random.random() < 0.6 or len(schools) < 2:
        return [{"id": "main", "schools": schools}]
    shuffled = random.sample(schools, len(schools))
    cut = random.randint(1, len(schools) - 1)
    return [{"id": "private", "schools": shuffled[:cut]}, {"id": "public", "schools": shuffled[cut:]}]


def _rows(random: Random, problem: Json, units: int) -> list[Json]:
    rows = []
    schools = [school["id"] for school in problem["schools"]]
    codes = [entry["code"] for entry in problem["classes"]]
    for number in range(units):
        size = random.choice(_SIZES)
        pids = sorted(_hex(f"{random.random()}/{number}/{child}") for child in range(size))
        unit = pids[0] if size == 1 else _unit_id(pids)
        choices = random.sample(schools, random.randint(0, len(schools)))
        shared: Json = {"choices": choices, "classes": [random.choice(codes) for _ in choices], "flags": {}}
        if random.random() < 0.3:
            shared["fallback"] = random.sample(schools, random.randint(1, len(schools)))
        rows += [{"pid": pid, "unit": unit, **shared} for pid in pids]
    return sorted(rows, key=lambda row: str(row["pid"]))


def _unit_id(pids: list[str]) -> str:
    return hashlib.sha256(b"junheng/v1/unit\0" + "".join(pids).encode()).hexdigest()


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
