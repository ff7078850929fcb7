"""Check of where pupils go, and the facts that the other parts of the check stand on."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact

Goes = Mapping[tuple[str, str], str]  # (merger, place) → school


_WAYS, _SCHOOLS = "ways by place and school", "schools by id"


def indexed(problem: Json) -> Json:
    """The problem with its ways and schools by key, so that a large one is read once."""
    ways = {(row["place"], row["school"]): row for row in problem["ways"]}
    return {**problem, _WAYS: ways, _SCHOOLS: {row["id"]: row for row in problem["schools"]}}


def wrong(zh: str, en: str) -> Text:
    """A broken line."""
    return Text(zh, en)


def goes(outcome: Json) -> dict[tuple[str, str], str]:
    """Where the outcome sends each place."""
    return {(move["merge"], move["place"]): move["to"] for move in outcome["moves"]}


def school(problem: Json, key: str) -> Json:
    """A school of the problem. Raises KeyError where there is none."""
    found: Json = problem[_SCHOOLS][key]
    return found


def way(problem: Json, place: str, key: str, name: str) -> Fraction | None:
    """Minutes or metres; None where the problem does not say."""
    row = problem[_WAYS].get((place, key), {})
    return exact(row[name]) if name in row else None


def homes(problem: Json, merge: str) -> Iterator[Json]:
    """The homes of a merger."""
    return (home for home in problem["homes"] if home["merge"] == merge)


def closing(problem: Json, merge: str) -> str:
    """The school that closes."""
    for row in problem["merges"]:
        if row["id"] == merge:
            return str(row["school"])
    raise KeyError(merge)


def seats(problem: Json, own: Json) -> int | None:
    """Stated seats, else rooms by the class size of the one stage."""
    if "seats" in own:
        return int(own["seats"])
    if "rooms" in own and len(own["stages"]) == 1:
        return int(own["rooms"] * exact(problem["rules"]["class_size"][own["stages"][0]["stage"]]))
    return None


def size_limit(problem: Json, own: Json) -> Fraction:
    """Most pupils by the kind of school."""
    rules = problem["rules"]
    return exact(rules["school_size"]["combined" if own.get("kind") in rules["combined"] else "single"])


Classes = dict[tuple[str, int], list[int]]


def classes(problem: Json, own: Json, comers: list[Json]) -> Classes | None:
    """(stage, grade) → pupils, comers, classes, classes wanted; None where grades are not known."""
    if (
        not own["stages"]
        or any(not s["grades"] for s in own["stages"])
        or any("grade" not in c for c in comers)
    ):
        return None
    table: Classes = {
        (s["stage"], g["grade"]): [g["pupils"], 0, g["classes"], 0]
        for s in own["stages"]
        for g in s["grades"]
    }
    for comer in comers:
        table.setdefault((comer["stage"], comer["grade"]), [0, 0, 0, 0])[1] += comer["pupils"]
    for (stage, _), row in table.items():
        most = exact(problem["rules"]["class_size"][stage])
        wanted = row[2]
        while wanted * most < row[0] + row[1]:
            wanted += 1
        row[3] = wanted
    return table


def comers(problem: Json, plan: Goes, key: str) -> list[Json]:
    """The homes whose pupils go to a school."""
    return [home for home in problem["homes"] if plan.get((home["merge"], home["place"])) == key]


def check_moves(problem: Json, outcome: Json) -> list[Text]:
    """Every place once, to a school that stays; all grades and pupils as in the problem; as stated where it is."""
    found = []
    plan, shut = goes(outcome), {row["school"] for row in problem["merges"]}
    if len(plan) != len(outcome["moves"]):
        found.append(wrong("同一地点出现两次", "a place appears twice"))
    told = {(home["merge"], home["place"]): home["to"] for home in problem["homes"] if "to" in home}
    if problem["mode"] == "stated" and plan != told:
        found.append(wrong("去向与表里写的不同", "pupils do not go where the tables say"))
    for move in outcome["moves"]:
        own = [home for home in homes(problem, move["merge"]) if home["place"] == move["place"]]
        wanted = [
            {key: home[key] for key in ("stage", "grade", "pupils", "boards") if key in home} for home in own
        ]
        if not own or move["grades"] != wanted:
            found.append(
                wrong(f"{move['place']} 的学生与问题不符", f"{move['place']}: not the pupils of the problem")
            )
        if move["to"] in shut or move["to"] not in {row["id"] for row in problem["schools"]}:
            found.append(wrong(f"{move['to']} 不能接收", f"{move['to']} cannot receive"))
        for name in ("minutes", "metres"):
            for when, key in (("before", closing(problem, move["merge"])), ("after", move["to"])):
                value, said = way(problem, move["place"], key, name), move.get(f"{name}_{when}")
                if (value is None) != (said is None) or (said is not None and exact(said) != value):
                    found.append(
                        wrong(
                            f"{move['place']} 的路程不对",
                            f"{move['place']}: the way is not as in the problem",
                        )
                    )
    return found
