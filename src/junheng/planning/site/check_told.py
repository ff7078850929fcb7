"""Check of what is told of the plans: choices, shortages nobody can avoid, the state at the end,
reasons."""

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.site.check_words import word


def told_faults(problem: Json, outcome: Json) -> list[Text]:
    """Choices and state formed anew; every shortage added up."""
    found = []
    if outcome["choices"] != _choices(problem, outcome["plans"]):
        found.append(Text("各情景选址清单不对", "the list of what is chosen is wrong"))
    for cut in outcome["unavoidable"]:
        found += shortage_faults(problem, cut)
    found += _stress_faults(problem, outcome)
    lead = {plan["scenario"]: plan for plan in outcome["plans"]}[problem["lead"]]
    if outcome["state"] != _state(problem, lead):
        found.append(Text("期末状况与方案不符", "the state at the end is not that of the plan"))
    short: dict[str, set[str]] = {}
    for cut in outcome["unavoidable"]:
        short.setdefault(cut["scenario"], set()).update(cut["blocks"])
    for plan in outcome["plans"]:
        for row in plan["unmet"]:
            is_named = row["block"] in short.get(plan["scenario"], set())
            if row["why"] not in ("out_of_reach", "no_room", "dear") or (
                row["why"] == "no_room" and not is_named
            ):
                found.append(Text(f"{row['block']} 无学位的原因不对", f"{row['block']}: the reason is wrong"))
    return found


def shortage_faults(problem: Json, cut: Json) -> list[Text]:
    """Children of the blocks named and the most seats within their reach, added up."""
    at = problem["years"].index(cut["year"])
    blocks = [row for row in problem["blocks"] if row["id"] in set(cut["blocks"])]
    reach = {site for row in blocks for site in row["ways"]}
    children = sum(row["pupils"][cut["scenario"]][at] for row in blocks)
    seats = sum(_most_seats(problem, row, at) for row in problem["sites"] if row["id"] in reach)
    told = (cut["children"], cut["seats"], cut["lacking"])
    if len(blocks) != len(cut["blocks"]) or told != (children, seats, children - seats) or children <= seats:
        return [
            Text(
                f"{word(cut['scenario'])} {cut['year']} 年缺口的账不对",
                f"the shortage of {cut['scenario']}, {cut['year']} is wrong",
            )
        ]
    return []


def _stress_faults(problem: Json, outcome: Json) -> list[Text]:
    """A plan under another scenario's children: the blocks named exceed the plan's seats within their reach."""
    found = []
    seats = {
        plan["scenario"]: {row["site"]: row["classes"] for row in plan["sites"]} for plan in outcome["plans"]
    }
    most = {row["id"]: row["pupils_most"] for row in problem["sites"]}
    ways = {row["id"]: row for row in problem["blocks"]}
    keys = [(row["plan"], row["under"], row["year"]) for row in outcome["stress"]]
    if len(set(keys)) < len(keys) or any(plan == under for plan, under, _ in keys):
        found.append(Text("换情景的清单有重复", "the list under other scenarios is doubled"))
    for row in outcome["stress"]:
        at, classes = problem["years"].index(row["year"]), seats[row["plan"]]
        names = set(row["blocks"])
        children = sum(ways[name]["pupils"][row["under"]][at] for name in names)
        reach = {site for name in names for site in ways[name]["ways"]}
        room = sum(min(problem["class_pupils"] * classes[site][at], most[site]) for site in reach)
        if len(names) != len(row["blocks"]) or row["lacking"] != children - room or row["lacking"] <= 0:
            where = f"{row['plan']}/{row['under']} {row['year']}"
            zh = f"按{word(row['plan'])}建、出现{word(row['under'])}，{row['year']} 年："
            found.append(Text(f"{zh}换情景的账不对", f"{where}: the sum under another scenario is wrong"))
    return found


def _most_seats(problem: Json, row: Json, at: int) -> int:
    """Seats of a site at its largest in a year."""
    can = problem["years"][at] >= row["from"]
    if not can and not row["existing"]:
        return 0
    classes = row["classes"][at] + (row["step"] * row["most"] if can else 0)
    return int(min(problem["class_pupils"] * classes, row["pupils_most"]))


def _choices(problem: Json, plans: list[Json]) -> list[Json]:
    found = []
    sites = [(plan["scenario"], {site["site"]: site for site in plan["sites"]}) for plan in plans]
    for row in problem["sites"]:
        by: dict[str, Json] = {}
        for scenario, told in sites:
            kind, year, classes = _change(problem, row, told[row["id"]])
            if kind:
                by.setdefault(kind, {})[scenario] = {"year": year, "classes": classes}
        found += [
            {"site": row["id"], "kind": kind, "by": by[kind], "in_all": int(len(by[kind]) == len(plans))}
            for kind in sorted(by)
        ]
    return found


def _change(problem: Json, row: Json, told: Json) -> tuple[str, int, int]:
    """What became of a site: kind ("" for nothing), year, classes."""
    for at, year in enumerate(problem["years"]):
        if not row["existing"] and told["open"][at]:
            return "open", year, told["classes"][-1]
        if row["existing"] and not told["open"][at]:
            return "close", year, 0
        if row["existing"] and told["open"][-1] and told["classes"][at] != row["classes"][at]:
            return "expand", year, told["classes"][-1] - row["classes"][-1]
    return "", 0, 0


def _state(problem: Json, plan: Json) -> Json:
    stage, rows = problem["stage"], {row["id"]: row for row in problem["sites"]}
    found: Json = {"year": problem["years"][-1], "pupils": [], "closed": [], "opened": [], "expanded": []}
    for told in plan["sites"]:
        row = rows[told["site"]]
        kind, _, classes = _change(problem, row, told)
        if told["open"][-1]:
            pupils, rooms = told["pupils"][-1], told["classes"][-1]
            here = {"school_id": row["id"], "stage": stage, "pupils": pupils}
            if pupils > 0 and rooms > 0:  # the largest class: so many that the rooms just hold all
                here |= {"classes": rooms, "largest": (pupils + rooms - 1) // rooms}
            found["pupils"].append(here)
        if kind == "close":
            found["closed"].append(row["id"])
        elif kind == "open":
            place = {key: row[key] for key in ("lon", "lat") if key in row}
            new = {
                "school_id": row["id"],
                "name": row["name"],
                "kind": stage,
                "stage": stage,
                "classrooms": classes,
            }
            found["opened"].append(new | place)
        elif kind == "expand":
            found["expanded"].append({"school_id": row["id"], "stage": stage, "classrooms": classes})
    return found


def reason_faults(problem: Json, outcome: Json) -> list[Text]:
    """Reasons go with the status, and what they claim of land, years, money and seats is so."""
    reasons = outcome.get("reasons", [])
    if bool(reasons) != (outcome["status"] == "infeasible"):
        return [Text("不可行须有原因，可行则没有", "what is infeasible has reasons, what is not has none")]
    sites = {row["id"]: row for row in problem["sites"]}
    found = []
    for row in reasons:
        if row["limit"] == "seats":
            found += shortage_faults(problem, row)
        elif row["limit"] in ("must", "most"):
            site = sites[row["site"]]
            late = site["must"]["year"] < site["from"]
            if not (late if row["limit"] == "must" else site["must"]["steps"] > site["most"]):
                found.append(Text(f"{row['site']} 并无矛盾", f"{row['site']}: there is no contradiction"))
        elif (
            row["limit"].startswith("budget:")
            and _must_lack(problem, int(row["limit"][7:])) != row["lacking_yuan"]
        ):
            found.append(Text("投资缺口的账不对", "the money lacking is wrong"))
    return found


def _must_lack(problem: Json, year: int) -> int:
    """Yuan by which what must be open by ``year`` exceeds what may have been spent."""
    first = problem["years"][0]
    spent = sum(
        row["must"]["steps"] * row["step_yuan"] + (0 if row["existing"] else row["fixed_yuan"])
        for row in problem["sites"]
        if "must" in row and max(row["must"]["year"], first) <= year
    )
    return int(spent - sum(problem["budget"][str(y)] for y in problem["years"] if y <= year))
