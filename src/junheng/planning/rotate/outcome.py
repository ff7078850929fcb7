"""The frozen outcome of a rotation: moves, shares by name, schools before and after, proof."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.planning.frozen import FORMAT, Number, number, problem_hash
from junheng.planning.rotate import figures
from junheng.planning.rotate.limits import fair_parts
from junheng.planning.rotate.measure import Measure
from junheng.planning.rotate.people import People, post_of
from junheng.planning.rotate.reasons import binding_rows, move_reason

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proof:
    """Status, bounds by name, relative gap ("unknown" where nothing bounds), prices by row."""

    status: str
    bound: Mapping[str, Number]
    gap: Number
    prices: Mapping[str, Number]


def shell(people: People, status: str) -> Json:
    """What every outcome holds."""
    return {
        "format": FORMAT,
        "kind": "rotate",
        "problem_hash": problem_hash(people.problem),
        "status": status,
        "blocked": [{"person": name, "reason": why} for name, why in sorted(people.blocked.items())],
        "paper": _paper(people),
        "moves": [],
    }


def no_plan(people: People, ended: str) -> Json:
    """Nothing was found in the time given: no plan, and that is said."""
    zh, en = ("已中断", "it was interrupted") if ended == "interrupted" else ("时间已到", "the time was over")
    reason = {
        "row": "time",
        "zh": f"{zh}，尚未找到方案；请多给时间（--seconds）",
        "en": f"{en} before a plan was found; allow more",
    }
    status = "interrupted" if ended == "interrupted" else "time_limit"
    return shell(people, status) | {
        "reasons": [reason],
        "objective": {},
        "bound": {},
        "gap": "unknown",
        "prices": {},
    }


def outcome_of(
    people: People, measure: Measure, named: Sequence[tuple[str, str]], prove: Callable[[Fraction], Proof]
) -> Json:
    """The outcome of naming ``named`` (person, new school)."""
    moves = dict(named)
    before, after = figures.counts_of(people, {}), figures.counts_of(people, moves)
    value = measure.value(
        {(unit, name): after[name][unit] - before[name][unit] for unit, name in measure.terms}
    )
    proof, fair = prove(value), figures.fairness(people, moves)
    return shell(people, proof.status) | {
        "objective": {"between_schools": number(value), "burden": number(figures.burden(people, fair))},
        "start": number(measure.value({})),
        "bound": dict(proof.bound),
        "gap": proof.gap,
        "prices": dict(proof.prices),
        "binding": binding_rows(people, proof.prices),
        "moves": [
            _move(people, name, to, metres)
            for (name, to), metres in zip(named, figures.metres_of(people, moves).values(), strict=True)
        ],
        "shares": figures.share_names(people, moves),
        "units": _units(people, moves, before, after),
        "evenness": figures.evenness(people, before, after),
        "fairness": fair,
    }


def _move(people: People, name: str, to: str, metres: int | str) -> Json:
    person = people.by_id[name]
    why = move_reason(people, person)
    return {
        "person": name,
        "from": person["school"],
        "to": to,
        "stage": person["stage"],
        "post": post_of(person),
        "metres": metres,
        "zh": why.zh,
        "en": why.en,
    }


def _units(
    people: People, moves: Mapping[str, str], before: figures.Counts, after: figures.Counts
) -> list[Json]:
    out = Counter((people.by_id[name]["school"], people.by_id[name]["stage"]) for name in moves)
    due = Counter((people.by_id[name]["school"], people.by_id[name]["stage"]) for name in people.asked())
    parts = fair_parts(people)
    return [
        {
            "school": unit[0],
            "stage": unit[1],
            "listed": len(listed),
            "eligible": due[unit],
            "moved": out[unit],
            "part": parts[unit],
            "before": {name: found[unit] for name, found in before.items()},
            "after": {name: found[unit] for name, found in after.items()},
        }
        for unit, listed in sorted(people.listed.items())
    ]


def _paper(people: People) -> list[Json]:
    """Who is paid or timetabled at another school than the one listed: a rotation on paper, or a list out of date."""
    found = []
    for name, person in sorted(people.by_id.items()):
        places: Json = {key: person[key] for key in ("paid_at", "timetabled_at") if key in person}
        if others := {key: school for key, school in places.items() if school != person["school"]}:
            found.append({"person": name, "school": person["school"]} | others)
    return found
