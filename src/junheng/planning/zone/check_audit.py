"""The audit counted again, zone by zone, from the frozen problem alone."""

from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact, problem_hash


def check_audit(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with the outcome of an audit; () when it is right."""
    if outcome.get("problem_hash") != problem_hash(problem):
        return (Text("审计不属于这个问题（哈希不同）", "the audit is not of this problem (hash differs)"),)
    try:
        wrong = _compare(problem, outcome["audit"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        return (Text(f"审计缺少内容：{error!r}", f"the audit lacks something: {error!r}"),)
    return tuple(Text(f"{what} 与重算不符", f"{what} differs from the count") for what in wrong)


def _compare(problem: Json, stated: Json) -> list[str]:
    today = problem["today"]
    home = {row["block"]: row["zone"] for row in today["assignment"]}
    blocks = {block["id"]: block for block in problem["blocks"]}
    wrong = []
    if stated["pupils"] != sum(blocks[b]["pupils"] for b in home):
        wrong.append("pupils")
    if sorted(stated["unassigned"]) != sorted(set(blocks) - set(home)):
        wrong.append("unassigned")
    if stated["blocks"] != len(home):
        wrong.append("blocks")
    zones = {row["id"]: row for row in stated["zones"]}
    if sorted(zones) != sorted(zone["id"] for zone in today["zones"]) or len(zones) != len(stated["zones"]):
        return [*wrong, "zones"]
    totals: dict[str, list[int]] = {key: [0, 0] for key in ("nearest", "radius", "beyond")}
    everyone: list[tuple[int, int]] = []
    for zone in today["zones"]:
        held = [blocks[b] for b, z in home.items() if z == zone["id"]]
        wrong += [f"zone {zone['id']}: {what}" for what in _zone(problem, zone, held, zones[zone["id"]])]
        everyone += _walks(problem, zone, held)
        for key, sums in totals.items():
            sums[0] += zones[zone["id"]][key]["told"]
            sums[1] += zones[zone["id"]][key]["pupils"]
    for key, sums in totals.items():
        if [stated[key]["told"], stated[key]["pupils"]] != sums:
            wrong.append(key)
    wrong += [f"ways: {what}" for what in _ways(everyone, stated["ways"])]
    return wrong + _county(problem, stated, list(zones.values()))


def _walks(problem: Json, zone: Json, held: list[Json]) -> list[tuple[int, int]]:
    """(metres to the zone's nearest school, pupils) of blocks with pupils."""
    found = []
    for block in held:
        metres = [m for s, m in problem["ways"].get(block["id"], {}).items() if s in zone["schools"]]
        if metres and block["pupils"] > 0:
            found.append((min(metres), block["pupils"]))
    return found


def _ways(walks: list[tuple[int, int]], stated: Json) -> list[str]:
    """One entry a pupil: mean, the ninth of ten, the last."""
    told = sum(pupils for _, pupils in walks)
    if not told:
        return [] if stated == {"told": 0} else ["told"]
    wrong = [] if stated["told"] == told else ["told"]
    if exact(stated["mean_m"]) != Fraction(sum(m * n for m, n in walks), told):
        wrong.append("mean")
    if stated["farthest_m"] != max(walks)[0]:
        wrong.append("farthest")
    near = stated["near_all_m"]
    within = sum(n for m, n in walks if m <= near)
    nearer = sum(n for m, n in walks if m < near)
    if not (10 * within >= 9 * told > 10 * nearer):
        wrong.append("near_all")
    return wrong


def _zone(problem: Json, zone: Json, held: list[Json], stated: Json) -> list[str]:
    wrong = []
    if (stated["blocks"], stated["pupils"]) != (len(held), sum(b["pupils"] for b in held)):
        wrong.append("pupils")
    if stated.get("capacity") != zone.get("capacity"):
        wrong.append("capacity")
    wrong += _ways(_walks(problem, zone, held), stated["ways"])
    reach = problem["limits"]["reach_m"]
    walks = _walks(problem, zone, held)
    if stated["beyond"] != {
        "told": sum(n for _, n in walks),
        "pupils": sum(n for m, n in walks if m > reach),
    }:
        wrong.append("beyond")
    if stated["nearest"] != _nearest(problem, zone, held):
        wrong.append("nearest")
    if stated["radius"] != _radius(problem, zone, held):
        wrong.append("radius")
    return wrong + _pieces(problem, held, stated["parts"])


def _nearest(problem: Json, zone: Json, held: list[Json]) -> Json:
    told = pupils = 0
    others = {s for other in problem["today"]["zones"] if other != zone for s in other["schools"]}
    for block in held:
        ways = problem["ways"].get(block["id"], {})
        own = [m for s, m in ways.items() if s in zone["schools"]]
        rest = [m for s, m in ways.items() if s in others]
        if own:
            told += block["pupils"]
            pupils += block["pupils"] * all(min(own) <= m for m in rest)
    return {"told": told, "pupils": pupils}


def _radius(problem: Json, zone: Json, held: list[Json]) -> Json:
    line = exact(problem["rules"]["radius_m"]["value"])
    boards = any(s["id"] in zone["schools"] and s.get("boarding") for s in problem["schools"])
    told = pupils = 0
    for block in held if not boards else []:
        lines = [m for s, m in problem["straight"].get(block["id"], {}).items() if s in zone["schools"]]
        if lines:
            told += block["pupils"]
            pupils += block["pupils"] * (min(lines) > line)
    return {"told": told, "pupils": pupils}


def _pieces(problem: Json, held: list[Json], stated: list[list[str]]) -> list[str]:
    """The parts hold every block once; inside a part all hang together, between parts nothing touches."""
    part_of = {block: at for at, part in enumerate(stated) for block in part}
    if sorted(b for part in stated for b in part) != sorted(block["id"] for block in held):
        return ["parts"]
    pairs = [(a, b) for a, b in problem["neighbours"] if a in part_of and b in part_of]
    if any(part_of[a] != part_of[b] for a, b in pairs):
        return ["parts"]
    for part in stated:
        reached, size = {part[0]}, 0
        while size != len(reached):
            size = len(reached)
            reached |= {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
        if reached != set(part):
            return ["parts"]
    return []


def _county(problem: Json, stated: Json, rows: list[Json]) -> list[str]:
    wrong = []
    over = [
        {"zone": r["id"], "pupils": r["pupils"] - r["capacity"]}
        for r in rows
        if r["pupils"] > r.get("capacity", r["pupils"])
    ]
    seats = stated["seats"]
    if seats["over"] != over or seats["short"] != sum(row["pupils"] for row in over):
        wrong.append("seats over")
    if seats["capacity"] != sum(row.get("capacity", 0) for row in rows):
        wrong.append("seats")
    if stated["split"] != [row["id"] for row in rows if len(row["parts"]) > 1]:
        wrong.append("split")
    return wrong + ([] if _own(problem, stated["own"]) else ["own"])


def _own(problem: Json, stated: Json) -> bool:
    """Pupils of day schools (of towns, where told) in their own zone: by homes, else by the schools' counts."""
    day = {s["id"]: s.get("place") for s in problem["schools"] if not s.get("boarding")}
    unsure = None in day.values()
    counted = {school for school, place in day.items() if unsure or place == "town"}
    schools = {zone["id"]: zone["schools"] for zone in problem["today"]["zones"]}
    home = {
        r["block"]: r["zone"] for r in problem["today"]["assignment"] if counted & set(schools[r["zone"]])
    }
    rows = [row for row in problem["attending"] if row["block"] in home]
    inside = sum(row["pupils"] for row in rows if row["school"] in schools[home[row["block"]]])
    whole = sum(row["pupils"] for row in rows)
    if not rows:
        told = [s for s in problem["schools"] if "in_zone" in s and "enrolled" in s and s["id"] in counted]
        inside, whole = sum(s["in_zone"] for s in told), sum(s["enrolled"] for s in told)
    if not whole:
        return stated == {"told": 0}
    met = Fraction(inside, whole) >= exact(problem["rules"]["in_zone_share"]["value"])
    verdict = "cannot_tell" if unsure else "met" if met else "not_met"
    same = (stated["told"], stated["pupils"], exact(stated["share"])) == (
        whole,
        inside,
        Fraction(inside, whole),
    )
    return same and stated["verdict"] == verdict
