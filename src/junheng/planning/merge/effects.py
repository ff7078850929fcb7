"""What mergers do: where pupils go, ways before and after, seats, money, the county's state."""

from collections.abc import Sequence
from fractions import Fraction

from junheng.planning.frozen import Json, number
from junheng.planning.merge.judged import reachable
from junheng.planning.merge.scene import Assignment, Load, Scene, load_of, receivers


def merger_row(scene: Scene, merge: str, duties: list[Json], assignment: Assignment) -> Json:
    """A merger: its state, held back to what its duties allow; what bars it; ways before and after; money."""
    own, states = scene.merges[merge], scene.problem["states"]
    farthest = reachable(duties, scene)
    state = min(own["stated"], farthest, key=states.index)
    wanted = {
        duty["id"]
        for duty in scene.problem["duties"]
        if states.index(duty["from"]) <= states.index("approved")
    }
    return {
        "id": merge,
        "school": own["school"],
        "to": receivers(assignment, scene, merge),
        "stated": own["stated"],
        "reachable": farthest,
        "state": state,
        "duties": duties,
        "bars": [row["id"] for row in duties if row["verdict"] != "met" and row["id"] in wanted],
        "pupils": sum(home["pupils"] for _, home in scene.homes_of(merge)),
        "before": _ways(scene, merge, None),
        "after": _ways(scene, merge, assignment),
        "money": _money(scene, merge),
    }


def _ways(scene: Scene, merge: str, assignment: Assignment | None) -> Json:
    """Pupils' mean and longest way in minutes and metres where known; ``untold`` pupils whose way is not."""
    found: Json = {}
    for name in ("minutes", "metres"):
        known: list[tuple[int, Fraction]] = []
        untold = 0
        for unit, home in scene.homes_of(merge):
            school = scene.merges[merge]["school"] if assignment is None else assignment.get(unit, "")
            value = scene.figure(unit[1], school, name)
            if value is None:
                untold += home["pupils"]
            elif home["pupils"]:
                known.append((home["pupils"], value))
        found[f"{name}_untold"] = untold
        if known:
            pupils = sum(count for count, _ in known)
            found[f"{name}_mean"] = number(sum((c * v for c, v in known), Fraction(0)) / pupils)
            found[f"{name}_most"] = number(max(value for _, value in known))
    return found


def _money(scene: Scene, merge: str) -> Json:
    """Sums over the items; ``blanks`` counts the cells nobody filled in, which are in no sum."""
    rows = [row for row in scene.problem["money"] if row["merge"] == merge]
    found: Json = {"items": len(rows), "blanks": 0}
    for name in ("once", "yearly", "saved"):
        told = [row[name] for row in rows if name in row]
        found["blanks"] += len(rows) - len(told)
        if told:
            found[name] = sum(told)
    return found


def cost_of(scene: Scene, held: Sequence[str]) -> Json:
    """{"cost_yuan"}: what the mergers that hold cost once; nothing where one of them has a blank or no item."""
    known = [_money(scene, merge) for merge in held]
    rows = [row for row in scene.problem["money"] if row["merge"] in held]
    if not held or not all("once" in row for row in rows) or not all(money["items"] for money in known):
        return {}
    return {"cost_yuan": sum(row["once"] for row in rows)}


def moves(scene: Scene, assignment: Assignment) -> list[Json]:
    """Each village's pupils by grade with their way before and after."""
    found = []
    for unit in sorted(assignment):
        closing, to = scene.merges[unit[0]]["school"], assignment[unit]
        row: Json = {"merge": unit[0], "place": unit[1], "to": to, "grades": []}
        for name in ("minutes", "metres"):
            for when, school in (("before", closing), ("after", to)):
                value = scene.figure(unit[1], school, name)
                if value is not None:
                    row[f"{name}_{when}"] = number(value)
        for home in scene.rows[unit]:
            row["grades"].append(
                {key: home[key] for key in ("stage", "grade", "pupils", "boards") if key in home}
            )
        found.append(row)
    return found


def receiver_rows(scene: Scene, assignment: Assignment) -> list[Json]:
    """Each receiving school: pupils and seats before and after, classes by grade."""
    found = []
    for school in sorted(set(assignment.values())):
        load = load_of(scene, school, assignment)
        row: Json = {"school": school, "coming": load.coming}
        if load.now is not None:
            row["pupils"] = load.now
        if load.seats is not None:
            row["seats"] = load.seats
            if load.now is not None:
                row |= {
                    "free_before": load.seats - load.now,
                    "free_after": load.seats - load.now - load.coming,
                }
        if load.boarders is not None:
            row["boarders"] = load.boarders
        row["grades"] = [
            {
                "stage": stage,
                "grade": grade,
                "pupils": now,
                "coming": coming,
                "classes": classes,
                "classes_after": after,
                "largest": _largest(now + coming, after),
            }
            for (stage, grade), (now, coming, classes, after) in (load.grades or {}).items()
        ]
        found.append(row)
    return found


def _largest(pupils: int, classes: int) -> int:
    return -(-pupils // classes) if classes else 0


def state(scene: Scene, assignment: Assignment, held: Sequence[str]) -> Json:
    """The county after the mergers all of whose computed duties hold; papers may still be lacking."""
    doing = {unit: to for unit, to in assignment.items() if unit[0] in held}
    gains: dict[tuple[str, str], int] = {}
    followers: dict[tuple[str, str, str], int] = {}
    for unit, to in doing.items():
        for home in scene.rows[unit]:
            gains[to, home["stage"]] = gains.get((to, home["stage"]), 0) + home["pupils"]
            key = (scene.merges[unit[0]]["school"], to, home["stage"])
            followers[key] = followers.get(key, 0) + home["pupils"]
    closed = sorted(scene.merges[merge]["school"] for merge in held)
    found: Json = {
        "year": scene.problem["state_year"],
        "base_year": scene.problem["base_year"],
        "closed": closed,
        "opened": [],
    }
    found["pupils"] = [{"school_id": school, "stage": s["stage"], "pupils": 0}
                       for school in closed for s in scene.schools[school]["stages"]]  # fmt: skip
    for (school, stage), gain in sorted(gains.items()):
        found["pupils"].append(_stage(scene, school, stage, gain, load_of(scene, school, doing)))
    if scene.problem.get("teachers") == "follow":
        found["followers"] = [
            {"from": key[0], "to": key[1], "stage": key[2], "pupils": pupils}
            for key, pupils in sorted(followers.items())
        ]
    return found


def _stage(scene: Scene, school: str, stage: str, gain: int, load: Load) -> Json:
    now = next(row["pupils"] for row in scene.schools[school]["stages"] if row["stage"] == stage)
    row: Json = {"school_id": school, "stage": stage, "pupils": now + gain}
    own = {key: value for key, value in (load.grades or {}).items() if key[0] == stage}
    if own:
        row["classes"] = sum(value[3] for value in own.values())
        row["largest"] = max(_largest(value[0] + value[1], value[3]) for value in own.values())
    return row
