"""Check of unit costs, outliers, sums by batch and by source."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import median

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.ledger.check_words import beside, differing
from junheng.planning.ledger.words import NAMES

_COSTS = {
    "yuan_per_seat": "invest_yuan/seats",
    "yuan_per_m2": "invest_yuan/area_m2",
    "m2_per_seat": "area_m2/seats",
}
_SUMMED = ("area_m2", "seats", "delivered", "classes", "invest_yuan", "arrived_yuan")


def wrong(zh: str, en: str) -> Text:
    """A broken line."""
    return Text(zh, en)


def quotient(project: Json, columns: str) -> Fraction | None:
    """ "a/b" of a project; None where one is absent or b is 0."""
    top, _, below = columns.partition("/")
    if top in project and below in project and exact(project[below]) != 0:
        return exact(project[top]) / exact(project[below])
    return None


def plain(row: Json) -> Json:
    """Numbers as fractions, words as they are, so that two spellings of one number are the same."""
    return {key: _plain(value) for key, value in row.items()}


def _plain(value: object) -> object:
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, Fraction | list):
        return value
    if isinstance(value, dict):
        return plain(value)
    if isinstance(value, str):
        try:
            return Fraction(value)
        except ValueError:
            return value
    return value


def ranges(problem: Json) -> list[Json]:
    """Median, MAD and range of each unit cost in each kind of project (Iglewicz and Hoaglin 1993)."""
    rule = {key: exact(value) for key, value in problem["outlier"].items()}
    kinds = sorted({_kind(project) for project in problem["projects"]})
    found = []
    for name, columns in _COSTS.items():
        for kind in kinds:
            all_of_them = [quotient(p, columns) for p in problem["projects"] if _kind(p) == kind]
            known = [value for value in all_of_them if value is not None]
            if not known:
                continue
            middle = median(known)
            mad = median(abs(value - middle) for value in known)
            can = len(known) >= rule["least"]
            row: Json = {"measure": name, "batch": kind[0], "group": kind[1], "projects": len(known)}
            row["judged"] = 1 if can else 0
            row |= {"median": middle, "mad": mad}
            if can:
                off = max(mad * rule["cut"] / rule["scale"], middle * rule["share"])
                row |= {"low": middle - off, "high": middle + off}
            found.append(row)
    return found


def _kind(project: Json) -> tuple[str, str]:
    return project.get("batch", ""), project.get("group", "")


def check_spreads(problem: Json, outcome: Json) -> list[Text]:
    """The ranges as the rule gives them."""
    return compared(
        outcome["spreads"], ranges(problem), Text("单价表", "unit costs"), "measure", "batch", "group"
    )


def compared(said: Sequence[Json], wanted: Sequence[Json], what: Text, *names: str) -> list[Text]:
    """The rows that differ, called by ``names``; or that there are not as many."""
    if len(said) != len(wanted):
        count = Text(f"{what.zh}的行数", f"{what.en}: rows")
        return [beside(count, Fraction(len(said)), Fraction(len(wanted)))]
    found = []
    for one, other in zip(said, wanted, strict=True):
        called = [NAMES.get(word, Text(word, word)) for key in names if (word := str(other.get(key) or ""))]
        who = Text(
            f"{what.zh} {'、'.join(word.zh for word in called)} 的",
            f"{what.en}, {', '.join(word.en for word in called)}:",
        )
        found += differing(who, plain(one), plain(other))
    return found


def check_projects(problem: Json, outcome: Json) -> list[Text]:
    """Every project's unit costs, outliers, shares, funds and lateness."""
    own = ranges(problem)
    wanted = [_project(problem, project, own) for project in problem["projects"]]
    found = []
    if len(wanted) != len(outcome["projects"]):
        return [wrong("项目不全", "not all projects are there")]
    for row, said in zip(wanted, outcome["projects"], strict=True):
        if plain(row) != plain(said):
            who = Text(f"项目 {row['id']} 的", f"project {row['id']}:")
            found += differing(who, plain(said), plain(row))
    return found


def _project(problem: Json, project: Json, own: list[Json]) -> Json:
    row: Json = {"id": project["id"], "outliers": []}
    for name, columns in (
        *_COSTS.items(),
        ("arrived_share", "arrived_yuan/invest_yuan"),
        ("delivered_share", "delivered/seats"),
    ):
        value = quotient(project, columns)
        if value is None:
            continue
        row[name] = value
        for limit in own:
            if limit["judged"] and (limit["measure"], limit["batch"], limit["group"]) == (
                name,
                *_kind(project),
            ):
                row["outliers"] += [name] if value < limit["low"] or value > limit["high"] else []
    sources = [fund for fund in problem["funds"] if fund["project"] == project["id"]]
    for name, of in (("planned_yuan", "invest_yuan"), ("arrived_yuan", "arrived_yuan")):
        if sources and not [fund for fund in sources if name not in fund]:
            row[f"sources_{name}"] = sum(exact(fund[name]) for fund in sources)
            if of in project and exact(project[of]) != row[f"sources_{name}"]:
                row[f"differs_{name}"] = exact(project[of]) - row[f"sources_{name}"]
    if "due" in project:
        late = project.get("open", int(problem["on"][:4])) - project["due"]
        row |= {"late_years": late} if late > 0 else {}
    return row


def sums(problem: Json) -> list[Json]:
    """Sums by batch, and how many projects lack each figure."""
    found = []
    for batch in sorted({project.get("batch", "") for project in problem["projects"]}):
        own = [project for project in problem["projects"] if project.get("batch", "") == batch]
        row: Json = {"batch": batch, "projects": len(own)}
        row["untold"] = {name: sum(name not in project for project in own) for name in _SUMMED}
        for name in _SUMMED:
            if row["untold"][name] < len(own):
                row[name] = sum(exact(project[name]) for project in own if name in project)
        found.append(row)
    return found


def check_batches(problem: Json, outcome: Json) -> list[Text]:
    """Sums by batch."""
    return compared(outcome["batches"], sums(problem), Text("批次合计", "sums by batch"), "batch")


def check_origins(problem: Json, outcome: Json) -> list[Text]:
    """Sums by source of funds."""
    wanted = []
    for origin in sorted({fund["origin"] for fund in problem["funds"]}):
        own = [fund for fund in problem["funds"] if fund["origin"] == origin]
        row: Json = {"origin": origin, "rows": len(own)}
        for name in ("planned_yuan", "arrived_yuan"):
            told = [exact(fund[name]) for fund in own if name in fund]
            row |= {f"untold_{name}": len(own) - len(told)} | ({name: sum(told)} if told else {})
        wanted.append(row)
    return compared(outcome["origins"], wanted, Text("资金来源", "source of funds"), "origin")
