"""Audit of zones as they are or as planned: own zone, nearest, ways, seats, contiguity.

A pure function of a frozen problem and an assignment; nothing is solved. What the tables do not tell stays untold.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from junheng.planning.frozen import Json, exact, number
from junheng.planning.zone.versions import assigned

NEAR_ALL = Fraction(9, 10)  # the way within which nine of ten pupils live
Weighted = tuple[int, int, str]  # metres, pupils, block
SchoolsOf = Callable[[Json], Sequence[str]]  # block → the schools of its zone


def audit(
    problem: Json, zones: Sequence[Json], assignment: Mapping[str, str], *, is_attended: bool = False
) -> Json:
    """The audit of ``assignment`` (block → zone id of ``zones``: {"id", "name", "schools", "capacity"?}).

    ``is_attended``: the zones are those under which the pupils of the sheet 就读 were admitted; of zones still planned
    nobody can say who will attend.

    Keys: pupils, unassigned, zones (one row each), ways, nearest, radius, beyond, seats, parts, own; figures about
    pupils stand beside ``told``, the pupils of whom they are known.
    """
    held = [block for block in problem["blocks"] if block["id"] in assignment]
    rows = _rows(problem, zones, held, assignment, is_attended)
    pupils = sum(block["pupils"] for block in held)
    schools_of = {zone["id"]: zone["schools"] for zone in zones}
    return {
        "blocks": len(held),
        "pupils": pupils,
        "unassigned": [b["id"] for b in problem["blocks"] if b["id"] not in assignment],
        "zones": rows,
        "ways": _ways(_weighted(problem, held, lambda block: schools_of[assignment[block["id"]]])),
        "nearest": _summed(rows, "nearest"),
        "radius": {**_summed(rows, "radius"), "line_m": exact_int(problem["rules"]["radius_m"]["value"])},
        "beyond": {**_summed(rows, "beyond"), "reach_m": problem["limits"]["reach_m"]},
        "seats": _seats(rows),
        "split": [row["id"] for row in rows if len(row["parts"]) > 1],
        "own": _own(problem, rows) if is_attended else {"told": 0},
    }


def _rows(
    problem: Json,
    zones: Sequence[Json],
    held: Sequence[Json],
    assignment: Mapping[str, str],
    is_attended: bool,
) -> list[Json]:
    """One row a zone."""
    by_zone: dict[str, list[Json]] = defaultdict(list)
    for block in held:
        by_zone[assignment[block["id"]]].append(block)
    beside = _beside(problem["neighbours"])
    serving = frozenset(school for zone in zones for school in zone["schools"])
    found = []
    for zone in zones:
        blocks = by_zone[zone["id"]]
        row = _zone_row(problem, zone, blocks, beside)
        row |= {"nearest": _nearest(problem, zone, blocks, serving)}
        found.append(row | (_own_zone(problem, zone, blocks) if is_attended else {}))
    return found


def exact_int(value: int | str) -> int:
    """A whole number of a problem."""
    return int(exact(value))


def audit_today(problem: Json) -> Json:
    """The audit of today's zones."""
    return audit(problem, problem["today"]["zones"], assigned(problem["today"]), is_attended=True)


def audit_plan(problem: Json, outcome: Json) -> Json:
    """The audit of the zones a plan makes."""
    return audit(problem, problem["zones"], assigned(outcome))


def _beside(neighbours: Iterable[Sequence[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in neighbours:
        found[one].add(other)
        found[other].add(one)
    return found


def _weighted(problem: Json, blocks: Iterable[Json], schools_of: SchoolsOf) -> list[Weighted]:
    """(metres, pupils, block) of the blocks with pupils whose way to their zone's nearest school is known."""
    found = []
    for block in blocks:
        ways = problem["ways"].get(block["id"], {})
        told = [ways[school] for school in schools_of(block) if school in ways]
        if told and block["pupils"]:
            found.append((min(told), block["pupils"], block["id"]))
    return sorted(found)


def _ways(found: list[Weighted]) -> Json:
    """Mean, the way within which nine of ten live, and the farthest; without figures where none is known."""
    told = sum(pupils for _, pupils, _ in found)
    if not told:
        return {"told": 0}
    running, near = 0, 0
    for metres, pupils, _ in found:
        running += pupils
        if running >= NEAR_ALL * told:
            near = metres
            break
    farthest = max(found, key=lambda row: (row[0], row[2]))
    mean = Fraction(sum(metres * pupils for metres, pupils, _ in found), told)
    return {
        "told": told,
        "mean_m": number(mean),
        "near_all_m": near,
        "farthest_m": farthest[0],
        "farthest_block": farthest[2],
    }


def _zone_row(problem: Json, zone: Json, blocks: list[Json], beside: Mapping[str, set[str]]) -> Json:
    pupils = sum(block["pupils"] for block in blocks)
    row: Json = {
        "id": zone["id"],
        "name": zone["name"],
        "schools": zone["schools"],
        "blocks": len(blocks),
        "pupils": pupils,
        "ways": _ways(_weighted(problem, blocks, lambda _: zone["schools"])),
        "radius": _over_radius(problem, zone, blocks),
        "beyond": _beyond(problem, zone, blocks),
        "parts": parts([block["id"] for block in blocks], beside),
    }
    row |= {"capacity": zone["capacity"]} if "capacity" in zone else {}
    needy = [block["needy"] for block in blocks if "needy" in block]
    row |= {"needy": sum(needy)} if len(needy) == len(blocks) and needy else {}
    enrolled = _enrolled(problem, zone)
    return row | ({} if enrolled is None else {"enrolled": enrolled})


def _nearest(problem: Json, zone: Json, blocks: Iterable[Json], serving: frozenset[str]) -> Json:
    """Pupils whose zone holds the nearest to them of the ``serving`` schools, those that have a zone (or one as near)."""
    told = inside = 0
    for block in blocks:
        ways = {s: m for s, m in problem["ways"].get(block["id"], {}).items() if s in serving}
        own = [m for s, m in ways.items() if s in zone["schools"]]
        if own:
            told += block["pupils"]
            inside += block["pupils"] if min(own) <= min(ways.values()) else 0
    return {"told": told, "pupils": inside}


def _over_radius(problem: Json, zone: Json, blocks: Iterable[Json]) -> Json:
    """Pupils farther than the service radius (straight line) from every school of their zone; boarding ones apart."""
    boarding = {school["id"] for school in problem["schools"] if "boarding" in school}
    line = exact_int(problem["rules"]["radius_m"]["value"])
    told = over = 0
    if set(zone["schools"]) & boarding:
        return {"told": 0, "pupils": 0}
    for block in blocks:
        lines = problem["straight"].get(block["id"], {})
        known = [lines[s] for s in zone["schools"] if s in lines]
        if known:
            told += block["pupils"]
            over += block["pupils"] if min(known) > line else 0
    return {"told": told, "pupils": over}


def _beyond(problem: Json, zone: Json, blocks: Iterable[Json]) -> Json:
    found = _weighted(problem, blocks, lambda _: zone["schools"])
    reach = problem["limits"]["reach_m"]
    return {
        "told": sum(pupils for _, pupils, _ in found),
        "pupils": sum(pupils for metres, pupils, _ in found if metres > reach),
    }


def parts(blocks: Sequence[str], beside: Mapping[str, set[str]]) -> list[list[str]]:
    """The connected parts of a zone, the largest first; a whole zone has one."""
    left, found = set(blocks), []
    while left:
        here = {min(left)}
        edge = set(here)
        while edge:
            edge = {other for block in edge for other in beside.get(block, ())} & left - here
            here |= edge
        left -= here
        found.append(sorted(here))
    return sorted(found, key=lambda part: (-len(part), part))


def _enrolled(problem: Json, zone: Json) -> int | None:
    told = [s.get("enrolled") for s in problem["schools"] if s["id"] in zone["schools"]]
    known = [n for n in told if n is not None]
    return sum(known) if known and len(known) == len(told) else None


def _own_zone(problem: Json, zone: Json, blocks: Iterable[Json]) -> Json:
    """Pupils of the zone who attend a school of it, and elsewhere, where the sheet 就读 tells."""
    homes = {block["id"] for block in blocks}
    rows = [row for row in problem["attending"] if row["block"] in homes]
    if not rows:
        return {}
    inside = sum(row["pupils"] for row in rows if row["school"] in zone["schools"])
    return {"inside": inside, "elsewhere": sum(row["pupils"] for row in rows) - inside}


def _own(problem: Json, rows: Iterable[Json]) -> Json:
    """Share of pupils in their own zone: by homes (就读), else by the schools' own counts; untold otherwise.

    The line is one for day schools of towns: boarding schools are left out, and where every school says whether it
    lies in town those in the country too; else the line is stated beside the share and nothing is judged.
    """
    judged, is_judged = judged_schools(problem)
    told = [row for row in rows if "inside" in row and set(row["schools"]) & judged]
    if told:
        inside = sum(row["inside"] for row in told)
        whole = inside + sum(row["elsewhere"] for row in told)
        return _share(problem, inside, whole, "attending", is_judged)
    known = [s for s in problem["schools"] if "in_zone" in s and "enrolled" in s and s["id"] in judged]
    inside, whole = (sum(s[key] for s in known) for key in ("in_zone", "enrolled"))
    return _share(problem, inside, whole, "schools", is_judged)


def judged_schools(problem: Json) -> tuple[set[str], bool]:
    """The schools the line of pupils in their own zone is for, and whether every school says where it lies."""
    day = [school for school in problem["schools"] if "boarding" not in school]
    is_told = all("place" in school for school in day)
    return {s["id"] for s in day if not is_told or s["place"] == "town"}, is_told


def _share(problem: Json, inside: int, whole: int, told_by: str, is_judged: bool) -> Json:
    if not whole:
        return {"told": 0}
    line = exact(problem["rules"]["in_zone_share"]["value"])
    share = Fraction(inside, whole)
    verdict = "met" if share >= line else "not_met"
    return {
        "told": whole,
        "pupils": inside,
        "by": told_by,
        "share": number(share),
        "line": number(line),
        "verdict": verdict if is_judged else "cannot_tell",
    }


def _summed(rows: Iterable[Json], key: str) -> Json:
    found = [row[key] for row in rows]
    return {part: sum(row[part] for row in found) for part in ("told", "pupils")}


def _seats(rows: Sequence[Json]) -> Json:
    """Seats, and the zones with more pupils than seats; zones whose seats are unknown are named."""
    known = [row for row in rows if "capacity" in row]
    over = [row for row in known if row["pupils"] > row["capacity"]]
    return {
        "capacity": sum(row["capacity"] for row in known),
        "pupils": sum(row["pupils"] for row in known),
        "over": [{"zone": row["id"], "pupils": row["pupils"] - row["capacity"]} for row in over],
        "short": sum(row["pupils"] - row["capacity"] for row in over),
        "unknown": [row["id"] for row in rows if "capacity" not in row],
    }
