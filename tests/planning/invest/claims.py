"""What a plan promises, by the plain formulae of the contract in fractions; and plans made by hand."""

from fractions import Fraction
from math import ceil
from typing import Any

Json = dict[str, Any]
Values = dict[tuple[str, str, str], tuple[Fraction, int]]  # school, stage, indicator → x and pupils


def values(problem: Json, outcome: Json) -> Values:
    """x of every judged stage and indicator at the target: shares of what the school holds, persons of the stage."""
    measures = {measure["id"]: measure for measure in problem["measures"]}
    transfers = {transfer["id"]: transfer for transfer in problem["transfers"]}
    found: Values = {}
    for school in problem["schools"]:
        whole = {key: Fraction(value) for key, value in school["stock"].items()}
        people = {
            stage["stage"]: {k: Fraction(v) for k, v in stage["stock"].items()} for stage in school["stages"]
        }
        for action in outcome["actions"]:
            if action["school_id"] == school["id"]:
                held = people[action["stage"]] if "stage" in action else whole
                for key, gives in measures[action["measure"]]["gives"].items():
                    held[key] += Fraction(gives) * Fraction(action["quantity"])
        for move in outcome["moves"]:
            transfer = transfers[move["transfer"]]
            sign = (move["to"] == school["id"]) - (move["from"] == school["id"])
            for key in transfer["gives"]:
                if sign:
                    people[transfer["stage"]][key] += sign * move["persons"]
        target = str(problem["target"])
        weighed = {
            stage["stage"]: Fraction(problem["weights"][stage["stage"]]) * stage["pupils"][target]
            for stage in school["stages"]
        }
        for stage in school["stages"]:
            name = stage["stage"]
            if stage["judged"]:
                share = weighed[name] / sum(weighed.values())
                own = people[name] | {key: share * value for key, value in whole.items()}
                found.update(
                    {(school["id"], name, key): (x, stage["pupils"][target]) for key, x in own.items()}
                )
    return found


def complies(problem: Json, outcome: Json) -> dict[tuple[str, str], bool]:
    """Whether enough indicators reach the line, and every other its floor."""
    reached: dict[tuple[str, str], list[tuple[bool, bool]]] = {}
    lines = {row["id"]: row for row in problem["indicators"]}
    for (school, stage, key), (x, pupils) in values(problem, outcome).items():
        line, value = lines[key]["lines"][stage], Fraction(lines[key]["scale"]) * x / pupils
        at = (value >= Fraction(line["line"]), value >= Fraction(line["floor"]))
        reached.setdefault((school, stage), []).append(at)
    needed = problem["rule"]["needed"]
    return {
        key: sum(met for met, _ in found) >= needed and all(floor for _, floor in found)
        for key, found in reached.items()
    }


def within_cv(problem: Json, outcome: Json) -> dict[tuple[str, str], bool]:
    """Whether P·Σ x²/p ≤ (1+θ²)(Σ x)², by stage and indicator."""
    rows: dict[tuple[str, str], list[tuple[Fraction, int]]] = {}
    for (_, stage, key), pair in values(problem, outcome).items():
        rows.setdefault((stage, key), []).append(pair)
    limits = {row["id"]: row["lines"] for row in problem["indicators"]}
    return {
        (stage, key): sum(p for _, p in pairs) * sum(x * x / p for x, p in pairs)
        <= (1 + Fraction(limits[key][stage]["cv"]) ** 2) * sum(x for x, _ in pairs) ** 2
        for (stage, key), pairs in rows.items()
    }


def bought_for(problem: Json, schools: set[str]) -> Json:
    """A plan by hand: every shortfall of ``schools`` bought singly in the first year, whatever it costs."""
    actions = []
    target, lines = str(problem["target"]), {row["id"]: row for row in problem["indicators"]}
    for school in problem["schools"]:
        if school["id"] not in schools:
            continue
        actions += _things(problem, school, lines, target)
        for stage in school["stages"]:
            if stage["judged"]:
                actions += _people(problem, school["id"], stage, lines, target)
    return {"actions": actions, "moves": []}


def _things(problem: Json, school: Json, lines: Json, target: str) -> list[Json]:
    """What the stage that needs most asks of the whole school."""
    weighed = {
        stage["stage"]: Fraction(problem["weights"][stage["stage"]]) * stage["pupils"][target]
        for stage in school["stages"]
    }
    found = []
    for measure in problem["measures"]:
        if measure["level"] != "school":
            continue
        ((key, gives),) = measure["gives"].items()
        needs = [
            Fraction(lines[key]["lines"][stage["stage"]]["line"])
            * stage["pupils"][target]
            / Fraction(lines[key]["scale"])
            * sum(weighed.values())
            / weighed[stage["stage"]]
            for stage in school["stages"]
            if stage["judged"]
        ]
        lacking = (max(needs) - Fraction(school["stock"][key])) / gives
        if lacking > 0:
            found.append(_action(problem, school["id"], measure, ceil(lacking)))
    return found


def _people(problem: Json, school: str, stage: Json, lines: Json, target: str) -> list[Json]:
    name = stage["stage"]
    lacking = {
        key: ceil(
            Fraction(lines[key]["lines"][name]["line"]) * stage["pupils"][target] / 100 - Fraction(have)
        )
        for key, have in stage["stock"].items()
    }
    found = []
    for kinds in (["R1", "R2", "R3"], ["R1", "R2"], ["R1", "R3"], ["R1"]):
        persons = min(lacking[key] for key in kinds) if len(kinds) == 3 else lacking[kinds[-1]]
        if persons > 0:
            measure = next(m for m in problem["measures"] if m["id"] == f"hire:{name}:{'+'.join(kinds)}")
            found.append(_action(problem, school, measure, persons) | {"stage": name})
            lacking = {key: count - persons * (key in kinds) for key, count in lacking.items()}
    return found


def _action(problem: Json, school: str, measure: Json, quantity: int) -> Json:
    return {"school_id": school, "year": problem["years"][0], "measure": measure["id"], "quantity": quantity}
