"""What may be arranged: ties that stay, places still free, and every pair the rules permit."""

from collections import Counter
from dataclasses import dataclass

from junheng.planning.frozen import Json

FOREVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Edge:
    """A permitted pair: what it would serve (points of need) and what it costs (metres, the preference added)."""

    strong: str
    weak: str
    stages: tuple[str, ...]
    need: int
    metres: int
    burden: int


@dataclass(frozen=True, slots=True)
class Market:
    """Everything the models need. ``places``: free places by strong school; ``leads``: cores of living groups
    of the form that is planned."""

    kept: tuple[Json, ...]
    edges: tuple[Edge, ...]
    places: dict[str, int]
    capacity: dict[str, int]
    sizes: dict[str, int]
    leads: frozenset[str]
    seeking: tuple[str, ...]


def living(register: list[Json], on: str) -> list[Json]:
    """The memberships in force on a day (the day of leaving is the first day out)."""
    return [row for row in register if row["joined"] <= on < row.get("left", FOREVER)]


def kept_ties(register: list[Json], on: str) -> list[Json]:
    """Core and member of every living membership, by group and member."""
    rows = living(register, on)
    cores = {row["group"]: row["school"] for row in rows if row["role"] == "core"}
    return [
        {key: row[key] for key in ("group", "name", "form", "joined")}
        | {"core": cores[row["group"]], "member": row["school"]}
        for row in sorted(rows, key=lambda row: (row["group"], row["school"]))
        if row["role"] == "member"
    ]


def market(problem: Json) -> Market:
    """Ties, places and pairs of a frozen problem."""
    rules, form = problem["rules"], problem["mode"]["form"]
    rows = living(problem["register"], problem["on"])
    busy = _busy(rows, form, problem["exclusive"])
    kept = kept_ties(problem["register"], problem["on"])
    members = {tie["member"] for tie in kept}
    untold = {row["school_id"] for row in problem["cannot_tell"]}
    load = Counter(tie["core"] for tie in kept)
    schools = {school["id"]: school for school in problem["schools"] if school["id"] not in untold}
    seeking = [
        key
        for key, school in schools.items()
        if school["role"] == "weak" and key not in members | busy and _is_asked(school, problem["mode"])
    ]
    strong = [key for key, school in schools.items() if school["role"] == "strong" and key not in busy]
    places = {key: max(0, schools[key].get("partners", rules["most_partners"]) - load[key]) for key in strong}
    edges = _edges(problem, schools, set(strong), set(seeking))
    taken = problem["mode"]["kind"] == "trusteeship"
    return Market(
        kept=tuple(kept),
        edges=tuple(edges),
        places=places,
        capacity={key: schools[key]["capacity"] for key in strong} if taken else {},
        sizes={key: sum(s["pupils"] for s in schools[key]["stages"]) for key in seeking} if taken else {},
        leads=frozenset(row["school"] for row in rows if row["role"] == "core" and row["form"] == form),
        seeking=tuple(sorted(seeking)),
    )


def _busy(rows: list[Json], form: str, exclusive: list[str]) -> set[str]:
    """Schools that cannot enter a group of ``form``: it is exclusive, and they are in another one of that sort."""
    if form not in exclusive:
        return set()
    return {
        row["school"]
        for row in rows
        if row["form"] in exclusive and not (row["role"] == "core" and row["form"] == form)
    }


def _is_asked(school: Json, mode: Json) -> bool:
    return bool(sum(stage["need"] for stage in school["stages"]) >= mode.get("least_need", 0))


def _edges(problem: Json, schools: dict[str, Json], strong: set[str], weak: set[str]) -> list[Edge]:
    rules, found = problem["rules"], []
    for row in problem["distances"]:
        if row["a"] not in strong or row["b"] not in weak or row["metres"] > rules["most_metres"]:
            continue
        one, other = schools[row["a"]], schools[row["b"]]
        own, needs = {s["stage"] for s in one["stages"]}, {s["stage"]: s["need"] for s in other["stages"]}
        shared = tuple(stage for stage in needs if stage in own)
        crosses = joins_town_and_country(one, other)
        if not shared or (rules["stages"] == "same" and own != set(needs)):
            continue
        if rules["place"] == "must" and not crosses:
            continue
        extra = rules["same_side_metres"] if rules["place"] == "prefer" and not crosses else 0
        if _is_beyond(one, other, problem["mode"]["kind"]):
            continue
        need = 1 if rules["serve"] == "all" else sum(needs[stage] for stage in shared)
        found.append(Edge(row["a"], row["b"], shared, need, row["metres"], row["metres"] + extra))
    return sorted(found, key=lambda edge: (edge.strong, edge.weak))


def _is_beyond(one: Json, other: Json, mode: str) -> bool:
    """Whether a school has more pupils than the other could ever take over."""
    return mode == "trusteeship" and bool(sum(s["pupils"] for s in other["stages"]) > one["capacity"])


def joins_town_and_country(one: Json, other: Json) -> bool:
    """Whether one school stands in a city or town and the other in the country (is_rural of its class)."""
    return bool((one["place"] == "rural") != (other["place"] == "rural"))
