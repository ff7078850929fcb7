"""Figures of projects: unit costs with outliers by a robust rule, sums, promises and deliveries."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from junheng.planning.frozen import Json, exact, number

MEASURES = ("area_m2", "seats", "delivered", "classes", "invest_yuan", "arrived_yuan")
UNIT_COSTS = {  # name: what over what
    "yuan_per_seat": ("invest_yuan", "seats"),
    "yuan_per_m2": ("invest_yuan", "area_m2"),
    "m2_per_seat": ("area_m2", "seats"),
}


def ratio(row: Json, over: str, under: str) -> Fraction | None:
    """One column over another; None where one is absent or the lower is 0."""
    if over not in row or under not in row or not exact(row[under]):
        return None
    return exact(row[over]) / exact(row[under])


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value, or the mean of the two in the middle."""
    own = sorted(values)
    half = len(own) // 2
    return own[half] if len(own) % 2 else (own[half - 1] + own[half]) / 2


def spreads(problem: Json) -> list[Json]:
    """Per unit cost and group of projects: median, MAD, the range beyond which a project is an outlier.

    A group is the projects of one batch and kind. ``judged`` 0: fewer than the least.
    """
    rule = {key: exact(problem["outlier"][key]) for key in ("scale", "cut", "least", "share")}
    found = []
    for name, (over, under) in UNIT_COSTS.items():
        for group in sorted({_group(row) for row in problem["projects"]}):
            own = [row for row in problem["projects"] if _group(row) == group]
            values = [value for row in own if (value := ratio(row, over, under)) is not None]
            if not values:
                continue
            middle = median(values)
            mad = median([abs(value - middle) for value in values])
            reach = max(rule["cut"] * mad / rule["scale"], rule["share"] * middle)
            judged = int(len(values) >= rule["least"])
            row = {
                "measure": name,
                "batch": group[0],
                "group": group[1],
                "projects": len(values),
                "judged": judged,
            }
            row |= {"median": number(middle), "mad": number(mad)}
            if judged:
                row |= {"low": number(middle - reach), "high": number(middle + reach)}
            found.append(row)
    return found


def _group(project: Json) -> tuple[str, str]:
    return project.get("batch", ""), project.get("group", "")


def project_rows(problem: Json, found: Iterable[Json]) -> list[Json]:
    """Per project: unit costs, which are outliers, shares arrived and delivered, funds that do not add up, lateness."""
    limits = {(row["measure"], row["batch"], row["group"]): row for row in found if row["judged"]}
    this_year, rows = int(problem["on"][:4]), []
    for project in problem["projects"]:
        row: Json = {"id": project["id"], "outliers": []}
        for name, (over, under) in UNIT_COSTS.items():
            value = ratio(project, over, under)
            if value is None:
                continue
            row[name] = number(value)
            limit = limits.get((name, *_group(project)))
            if limit and not exact(limit["low"]) <= value <= exact(limit["high"]):
                row["outliers"].append(name)
        for name, over, under in (
            ("arrived_share", "arrived_yuan", "invest_yuan"),
            ("delivered_share", "delivered", "seats"),
        ):
            if (share := ratio(project, over, under)) is not None:
                row[name] = number(share)
        row |= _funds(problem, project)
        if "due" in project and project.get("open", this_year) > project["due"]:
            row["late_years"] = project.get("open", this_year) - project["due"]
        rows.append(row)
    return rows


def _funds(problem: Json, project: Json) -> Json:
    """Sources added up against the project's own figures; said only where every source is filled in."""
    own = [row for row in problem["funds"] if row["project"] == project["id"]]
    found: Json = {}
    for name, of in (("planned_yuan", "invest_yuan"), ("arrived_yuan", "arrived_yuan")):
        if own and all(name in row for row in own):
            total = sum((exact(row[name]) for row in own), Fraction(0))
            found[f"sources_{name}"] = number(total)
            if of in project and total != exact(project[of]):
                found[f"differs_{name}"] = number(exact(project[of]) - total)
    return found


def batch_rows(problem: Json) -> list[Json]:
    """Per batch: projects, sums of what is known, and how many projects do not say."""
    found = []
    for batch in sorted({row.get("batch", "") for row in problem["projects"]}):
        own = [row for row in problem["projects"] if row.get("batch", "") == batch]
        row: Json = {"batch": batch, "projects": len(own), "untold": {}}
        for name in MEASURES:
            told = [exact(project[name]) for project in own if name in project]
            if told:
                row[name] = number(sum(told, Fraction(0)))
            row["untold"][name] = len(own) - len(told)
        found.append(row)
    return found


def total_rows(problem: Json, batches: Sequence[Json]) -> list[Json]:
    """Published totals against the projects: agrees, agrees_rounded, about, differs – or cannot_tell."""
    found = []
    for total in problem["totals"]:
        batch = next(row for row in batches if row["batch"] == total["batch"])
        row: Json = {"batch": total["batch"], "measure": total["measure"]}
        untold = batch["untold"].get(total["measure"], 0)
        if total["measure"] in batch:
            known = exact(batch[total["measure"]])
            row |= {"sum": number(known), "difference": number(exact(total["value"]) - known)}
        row["untold"] = untold
        row["verdict"] = "cannot_tell" if untold else _agreement(total, row)
        found.append(row)
    return found


def _agreement(total: Json, row: Json) -> str:
    off, step = abs(exact(row["difference"])), exact(total["step"])
    if not off:
        return "agrees"
    if off * 2 <= step:
        return "agrees_rounded"
    return "about" if total["about"] else "differs"


def claim_rows(problem: Json) -> list[Json]:
    """Published figures recomputed; with a printed one, whether it agrees exactly, cut off, or rounded."""
    found = []
    for claim in problem["claims"]:
        parts = [exact(part) for part in claim["parts"]]
        value = _value(claim["how"], parts)
        row: Json = {"id": claim["id"], "value": number(value)}
        if "printed" in claim:
            row["verdict"] = _printed(claim, value)
            row["difference"] = number(exact(claim["printed"]) - value)
        found.append(row)
    return found


def _value(how: str, parts: list[Fraction]) -> Fraction:
    if how == "ratio":
        return parts[0] / parts[1]
    if how == "difference":
        return parts[0] - parts[1]
    if how == "product":
        found = Fraction(1)
        for part in parts:
            found *= part
        return found
    return sum(parts, Fraction(0))


def _printed(claim: Json, value: Fraction) -> str:
    """Whole printed figures: the same, cut off, rounded; ``beside`` is never compared."""
    printed = exact(claim["printed"])
    if claim["how"] == "beside":
        return "beside"
    if printed == value:
        return "agrees"
    if printed == int(value):
        return "agrees_truncated"
    return "agrees_rounded" if abs(printed - value) * 2 <= 1 else "differs"


def origin_rows(problem: Json) -> list[Json]:
    """Funds by source: planned and arrived, and how many rows do not say."""
    found = []
    for origin in sorted({row["origin"] for row in problem["funds"]}):
        own = [row for row in problem["funds"] if row["origin"] == origin]
        row: Json = {"origin": origin, "rows": len(own)}
        for name in ("planned_yuan", "arrived_yuan"):
            told = [exact(each[name]) for each in own if name in each]
            row[f"untold_{name}"] = len(own) - len(told)
            if told:
                row[name] = number(sum(told, Fraction(0)))
        found.append(row)
    return found
