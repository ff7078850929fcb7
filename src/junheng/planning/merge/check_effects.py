"""Check of effects: ways before and after, money, receiving schools, and the county's state."""

from collections import Counter
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.merge.check_facts import (
    Goes,
    classes,
    closing,
    comers,
    goes,
    homes,
    school,
    seats,
    way,
    wrong,
)
from junheng.planning.merge.check_words import beside, differing, figure, stage_words


def check_effects(problem: Json, outcome: Json) -> list[Text]:
    """Broken lines of ways, money, receiving schools and state."""
    plan, found = goes(outcome), []
    for row in outcome["mergers"]:
        merge = row["id"]
        now = {(merge, home["place"]): closing(problem, merge) for home in homes(problem, merge)}
        to = sorted({plan[key] for key in now if key in plan})
        if (row["school"], row["to"]) != (closing(problem, merge), to):
            found.append(wrong(f"{merge} 的学校不对", f"{merge}: not its schools"))
        if row["pupils"] != sum(home["pupils"] for home in homes(problem, merge)):
            found.append(wrong(f"{merge} 的学生数不对", f"{merge}: not its number of pupils"))
        for when, where in (("before", now), ("after", plan)):
            if _exact(row[when]) != (ways := _ways(problem, merge, where)):
                time = {"before": Text("现在", "now"), "after": Text("撤并后", "after")}[when]
                who = Text(f"{merge}{time.zh}", f"{merge} {time.en}")
                found += differing(who, row[when], ways)
        if row["money"] != (money := _money(problem, merge)):
            found += differing(Text(f"{merge} 费用", f"{merge}, money"), row["money"], money)
    if (said := outcome["objective"].get("cost_yuan")) != (cost := _cost(problem, outcome["holds"])):
        what = Text("方案费用（元）", "cost of the plan (yuan)")
        found.append(beside(what, figure(said) or what, figure(cost) or what))
    found += _receivers(
        outcome["receivers"], [_receiver(problem, plan, key) for key in sorted(set(plan.values()))]
    )
    if ("state" in outcome) != ("inputs" in problem):
        found.append(wrong("方案后的状况有无不对", "a state is there just where an input is"))
    if "state" in outcome and outcome["state"] != (after := _state(problem, outcome, plan)):
        found += _after(outcome["state"], after)
    return found


def _receivers(said: list[Json], wanted: list[Json]) -> list[Text]:
    """Receiving schools that are not those, or not with those figures."""
    names = [[row["school"] for row in rows] for rows in (said, wanted)]
    if names[0] != names[1]:
        what = Text("接收学校", "receiving schools")
        return [beside(what, *(figure(keys) or what for keys in names))]
    return [
        line
        for one, other in zip(said, wanted, strict=True)
        if one != other
        for line in differing(
            Text(f"接收学校 {one['school']} ", f"receiving school {one['school']}"), one, other
        )
    ]


def _after(said: Json, wanted: Json) -> list[Text]:
    """What of the county after the plan is not as it follows from the mergers that hold."""
    rest = ({key: value for key, value in state.items() if key != "pupils"} for state in (said, wanted))
    found = differing(Text("方案后", "after the plan"), *rest)
    if len(said["pupils"]) != len(wanted["pupils"]):
        return [*found, wrong("方案后学生数有变的学校不全或多了", "not the schools whose pupils change")]
    for one, other in zip(said["pupils"], wanted["pupils"], strict=True):
        if one != other:
            found += differing(stage_words(other), one, other)
    return found


def _exact(row: Json) -> dict[str, Fraction]:
    return {key: exact(value) for key, value in row.items()}


def _ways(problem: Json, merge: str, where: Goes) -> dict[str, Fraction]:
    found = {}
    for name in ("minutes", "metres"):
        each = [
            (h["pupils"], way(problem, h["place"], where.get((merge, h["place"]), ""), name))
            for h in homes(problem, merge)
        ]
        found[f"{name}_untold"] = Fraction(sum(count for count, value in each if value is None))
        told = [(count, value) for count, value in each if value is not None and count]
        if told:
            found[f"{name}_mean"] = sum((c * v for c, v in told), Fraction(0)) / sum(c for c, _ in told)
            found[f"{name}_most"] = max(v for _, v in told)
    return found


def _money(problem: Json, merge: str) -> Json:
    own = [row for row in problem["money"] if row["merge"] == merge]
    kinds = ("once", "yearly", "saved")
    sums: Json = {
        kind: sum(row.get(kind, 0) for row in own) for kind in kinds if any(kind in row for row in own)
    }
    return sums | {"items": len(own), "blanks": sum(kind not in row for row in own for kind in kinds)}


def _cost(problem: Json, held: list[str]) -> int | None:
    """What the mergers that hold cost once; None where one does not say."""
    total = 0
    for merge in held:
        own = [row.get("once") for row in problem["money"] if row["merge"] == merge]
        if not own or None in own:
            return None
        total += sum(value for value in own if value is not None)
    return total if held else None


def _receiver(problem: Json, plan: Goes, key: str) -> Json:
    own, arriving = school(problem, key), comers(problem, plan, key)
    coming, have = sum(home["pupils"] for home in arriving), seats(problem, own)
    row: Json = {"school": key, "coming": coming, "grades": []}
    row |= {"pupils": own["pupils"]} if "pupils" in own else {}
    if have is not None:
        row["seats"] = have
        if "pupils" in own:
            row |= {"free_before": have - own["pupils"], "free_after": have - own["pupils"] - coming}
    if all("boards" in home for home in arriving):
        joining = sum(home["boards"] for home in arriving)
        if not joining:
            row["boarders"] = 0
        elif "boarders" in own:
            row["boarders"] = own["boarders"] + joining
    for (stage, grade), (now, more, have_classes, wanted) in sorted(
        (classes(problem, own, arriving) or {}).items()
    ):
        largest = (now + more + wanted - 1) // wanted if wanted else 0
        row["grades"].append(
            {
                "stage": stage,
                "grade": grade,
                "pupils": now,
                "coming": more,
                "classes": have_classes,
                "classes_after": wanted,
                "largest": largest,
            }
        )
    return row


def _state(problem: Json, outcome: Json, plan: Goes) -> Json:
    """Mergers that hold: their schools closed, their pupils where they go."""
    held = {key: to for key, to in plan.items() if key[0] in outcome["holds"]}
    closed = sorted(closing(problem, merge) for merge in outcome["holds"])
    pupils = [
        {"school_id": key, "stage": s["stage"], "pupils": 0}
        for key in closed
        for s in school(problem, key)["stages"]
    ]
    gains: Counter[tuple[str, str]] = Counter()
    follow: Counter[tuple[str, str, str]] = Counter()
    for home in problem["homes"]:
        if to := held.get((home["merge"], home["place"])):
            gains[to, home["stage"]] += home["pupils"]
            follow[closing(problem, home["merge"]), to, home["stage"]] += home["pupils"]
    for (key, stage), gain in sorted(gains.items()):
        own = school(problem, key)
        now = next(s["pupils"] for s in own["stages"] if s["stage"] == stage)
        row: Json = {"school_id": key, "stage": stage, "pupils": now + gain}
        table = classes(problem, own, comers(problem, held, key)) or {}
        mine = [value for (of, _), value in table.items() if of == stage]
        if mine:
            row["classes"] = sum(value[3] for value in mine)
            row["largest"] = max((v[0] + v[1] + v[3] - 1) // v[3] if v[3] else 0 for v in mine)
        pupils.append(row)
    found: Json = {
        "year": problem["state_year"],
        "base_year": problem["base_year"],
        "closed": closed,
        "opened": [],
        "pupils": pupils,
    }
    if problem.get("teachers") == "follow":
        found["followers"] = [
            {"from": a, "to": b, "stage": c, "pupils": count} for (a, b, c), count in sorted(follow.items())
        ]
    return found
