"""The audit counted again, zone by zone, from the frozen problem alone."""

from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact, problem_hash
from junheng.planning.zone.check_words import Names, differs, malformed, shown, word_of

COMPUTED = "computed"  # the only status of an audit: nothing is searched, nothing proven


def check_audit(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with the outcome of an audit; () when it is right."""
    if outcome.get("problem_hash") != problem_hash(problem):
        return (
            Text("审计不属于这个问题（指纹不同）", "the audit is not of this problem (its hash differs)"),
        )
    try:
        return (*_head(outcome), *_compare(problem, outcome["audit"]))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ZeroDivisionError) as error:
        return (malformed(error),)


def _head(outcome: Json) -> list[Text]:
    """An audit is computed: nothing is searched, hence nothing proven and no gap."""
    found = []
    if outcome.get("status") != COMPUTED:
        found.append(differs(Text("状态", "status"), outcome.get("status"), COMPUTED))
    if "gap" in outcome or outcome["objective"] or outcome["bound"]:
        found.append(
            Text(
                "审计不求解，不应有目标、界或差距",
                "an audit searches nothing: it has no objective, bound or gap",
            )
        )
    return found


def _compare(problem: Json, stated: Json) -> list[Text]:
    today, names = problem["today"], Names(problem)
    home = {row["block"]: row["zone"] for row in today["assignment"]}
    blocks = {block["id"]: block for block in problem["blocks"]}
    true: Json = {
        "pupils": sum(blocks[b]["pupils"] for b in home),
        "unassigned": sorted(set(blocks) - set(home)),
        "blocks": len(home),
    }
    wrong = _unequal("", stated | {"unassigned": sorted(stated["unassigned"])}, true)
    zones = {row["id"]: row for row in stated["zones"]}
    if sorted(zones) != sorted(zone["id"] for zone in today["zones"]) or len(zones) != len(stated["zones"]):
        listed = sorted(zone["id"] for zone in today["zones"])
        return [
            *wrong,
            differs(Text("学区名单", "the zones"), [row["id"] for row in stated["zones"]], listed),
        ]
    totals: dict[str, list[int]] = {key: [0, 0] for key in ("nearest", "radius", "beyond")}
    everyone: list[tuple[int, int]] = []
    for zone in today["zones"]:
        held = [blocks[b] for b, z in home.items() if z == zone["id"]]
        where = names.zone(zone["id"])
        wrong += [
            Text(f"{where.zh}，{what.zh}", f"{where.en}, {what.en}")
            for what in _zone(problem, zone, held, zones[zone["id"]])
        ]
        everyone += _walks(problem, zone, held)
        for key, sums in totals.items():
            sums[0] += zones[zone["id"]][key]["told"]
            sums[1] += zones[zone["id"]][key]["pupils"]
    for key, (told, pupils) in totals.items():
        wrong += _unequal(key, stated[key], {"told": told, "pupils": pupils})
    wrong += _unequal("beyond", stated["beyond"], {"reach_m": problem["limits"]["reach_m"]})
    wrong += _unequal("radius", stated["radius"], {"line_m": int(problem["rules"]["radius_m"]["value"])})
    return wrong + _ways(everyone, stated["ways"]) + _county(problem, stated, list(zones.values()))


def _unequal(of: str, stated: Json, true: Json) -> list[Text]:
    """What differs of ``true``; ``of``: the part it belongs to, "" for none."""
    found = []
    for key, value in true.items():
        if stated.get(key) != value:
            what = word_of(key)
            if of:
                what = Text(f"{word_of(of).zh}，{what.zh}", f"{word_of(of).en}, {what.en}")
            found.append(differs(what, stated.get(key), value))
    return found


def _walks(problem: Json, zone: Json, held: list[Json]) -> list[tuple[int, int]]:
    """(metres to the zone's nearest school, pupils) of blocks with pupils."""
    found = []
    for block in held:
        metres = [m for s, m in problem["ways"].get(block["id"], {}).items() if s in zone["schools"]]
        if metres and block["pupils"] > 0:
            found.append((min(metres), block["pupils"]))
    return found


def _ways(walks: list[tuple[int, int]], stated: Json) -> list[Text]:
    """One entry a pupil: mean, the ninth of ten, the last."""
    told = sum(pupils for _, pupils in walks)
    if not told:
        return [] if stated == {"told": 0} else _unequal("ways", stated, {"told": 0}) or [
            Text("路程：没有有记录的学生，却写了数", "ways: nobody's way is known, yet figures are stated")
        ]  # fmt: skip
    mean = Fraction(sum(m * n for m, n in walks), told)
    wrong = _unequal("ways", stated, {"told": told, "farthest_m": max(walks)[0]})
    if exact(stated["mean_m"]) != mean:
        wrong.append(differs(word_of("mean_m"), exact(stated["mean_m"]), mean))
    if stated["near_all_m"] != (near := _near_all(walks, told)):
        wrong.append(differs(word_of("near_all_m"), stated["near_all_m"], near))
    return wrong


def _near_all(walks: list[tuple[int, int]], told: int) -> int:
    """The shortest way within which nine of ten live."""
    return min(m for m, _ in walks if 10 * sum(n for other, n in walks if other <= m) >= 9 * told)


def _zone(problem: Json, zone: Json, held: list[Json], stated: Json) -> list[Text]:
    walks, reach = _walks(problem, zone, held), problem["limits"]["reach_m"]
    true = {
        "blocks": len(held),
        "pupils": sum(b["pupils"] for b in held),
        "capacity": zone.get("capacity"),
        "beyond": {"told": sum(n for _, n in walks), "pupils": sum(n for m, n in walks if m > reach)},
        "nearest": _nearest(problem, zone, held),
        "radius": _radius(problem, zone, held),
    }
    wrong = _unequal("", stated, true) + _ways(walks, stated["ways"])
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


def _pieces(problem: Json, held: list[Json], stated: list[list[str]]) -> list[Text]:
    """The parts hold every block once; inside a part all hang together, between parts nothing touches."""
    part_of = {block: at for at, part in enumerate(stated) for block in part}
    own = sorted(block["id"] for block in held)
    if sorted(b for part in stated for b in part) != own:
        return [
            differs(
                Text("连片一项列出的片块", "blocks in its parts"), [b for part in stated for b in part], own
            )
        ]
    pairs = [(a, b) for a, b in problem["neighbours"] if a in part_of and b in part_of]
    for a, b in pairs:
        if part_of[a] != part_of[b]:
            return [
                Text(
                    f"片块 {a} 与 {b} 相邻，却写在两片里", f"blocks {a} and {b} touch, yet stand in two parts"
                )
            ]
    for part in stated:
        reached, size = {part[0]}, 0
        while size != len(reached):
            size = len(reached)
            reached |= {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
        if reached != set(part):
            one = shown(part)
            return [Text(f"写作一片的 {one.zh} 并不相连", f"what is called one part is none: {one.en}")]
    return []


def _county(problem: Json, stated: Json, rows: list[Json]) -> list[Text]:
    over = [
        {"zone": r["id"], "pupils": r["pupils"] - r["capacity"]}
        for r in rows
        if r["pupils"] > r.get("capacity", r["pupils"])
    ]
    seats: Json = {
        "over": over,
        "short": sum(row["pupils"] for row in over),
        "capacity": sum(row.get("capacity", 0) for row in rows),
    }
    wrong = _unequal("seats", stated["seats"], seats)
    wrong += _unequal("", stated, {"split": [row["id"] for row in rows if len(row["parts"]) > 1]})
    return wrong + _own(problem, stated["own"])


def _own(problem: Json, stated: Json) -> list[Text]:
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
        return [] if stated == {"told": 0} else [differs(word_of("own"), stated, {"told": 0})]
    share = Fraction(inside, whole)
    met = share >= exact(problem["rules"]["in_zone_share"]["value"])
    verdict = "cannot_tell" if unsure else "met" if met else "not_met"
    wrong = _unequal("own", stated, {"told": whole, "pupils": inside, "verdict": verdict})
    if exact(stated["share"]) != share:
        wrong.append(
            differs(Text("在本学区就读的比例", "share in their own zone"), exact(stated["share"]), share)
        )
    return wrong
