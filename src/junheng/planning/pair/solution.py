"""Solving a pairing problem: arrange, say who is left, count, compare; then the check judges."""

import threading
from collections.abc import Callable
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from junheng.planning.frozen import FORMAT, Json, number, problem_hash
from junheng.planning.pair.alliance import alliances
from junheng.planning.pair.arrange import Arranged, arrange, limits_of
from junheng.planning.pair.candidates import Edge, Market, living, market
from junheng.planning.pair.certificate import Limits, best_of
from junheng.planning.pair.changes import changes
from junheng.planning.pair.check import check
from junheng.planning.pair.coverage import coverage, published

if TYPE_CHECKING:
    from junheng.planning.solver import Step


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: "Callable[[Step], None] | None" = None,
    stop: threading.Event | None = None,
) -> Json:
    """The outcome: kept ties, proposed pairs, who is left, coverage, paper alliances, changes over years.

    Raises RuntimeError where the outcome would not pass the check: a fault of the program.
    """
    own = market(problem)
    arranged = arrange(own, problem["mode"], _asked(problem, gap, seconds, watch, stop))
    pairs = _pairs(problem, own, arranged.picks)
    outcome: Json = {
        "format": FORMAT,
        "kind": "pair",
        "problem_hash": problem_hash(problem),
        "status": arranged.status,
        "objective": {"need": arranged.need, "burden_metres": arranged.burden, "pairs": len(pairs)},
        "bound": {"need": arranged.need_bound, "burden_metres": arranged.burden_bound, **arranged.solver},
        "gap": number(_gap(arranged)),
        "kept": list(own.kept),
        "pairs": pairs,
        "unserved": _unserved(problem, own, arranged.picks),
        "prices": list(arranged.proofs),
        "binding": _binding(problem, own, arranged),
        "coverage": coverage(problem, pairs),
        "published": published(problem["published"]),
        "alliances": alliances(problem),
        "changes": changes(problem),
    }
    outcome |= _infeasible(problem, outcome)
    if wrong := check(problem, outcome):
        raise RuntimeError("the outcome fails its own check: " + "; ".join(line.en for line in wrong[:5]))
    return outcome


def _asked(problem: Json, gap: float, seconds: float, watch: Any, stop: threading.Event | None) -> Any:
    """How to search; the solver is loaded only where a model needs it."""
    if problem["mode"]["kind"] == "pairs":
        return None
    from junheng.planning.pair.model import Asked

    return Asked(gap, seconds, watch, stop)


def _gap(arranged: Arranged) -> Fraction:
    """Distance to the independent bounds: of need where it is open, else of burden; 0 where both are proven."""
    if arranged.need_bound > arranged.need:
        return Fraction(arranged.need_bound - arranged.need, max(1, arranged.need_bound))
    return Fraction(max(0, arranged.burden - arranged.burden_bound), max(1, arranged.burden))


def _pairs(problem: Json, own: Market, picks: tuple[Edge, ...]) -> list[Json]:
    """The proposed pairs, by core and member, with the group they belong to and the reason."""
    form = problem["mode"]["form"]
    rows = living(problem["register"], problem["on"])
    led = {row["school"]: row["group"] for row in rows if row["role"] == "core" and row["form"] == form}
    schools = {school["id"]: school for school in problem["schools"]}
    found = []
    for edge in sorted(picks, key=lambda edge: (edge.strong, edge.weak)):
        core, member = schools[edge.strong], schools[edge.weak]
        need = sum(s["need"] for s in member["stages"] if s["stage"] in edge.stages)
        zh, en = _reason(core, member, edge, need)
        found.append(
            {
                "core": edge.strong,
                "member": edge.weak,
                "group": led.get(edge.strong, f"new:{edge.strong}"),
                "form": form,
                "stages": list(edge.stages),
                "need": need,
                "metres": edge.metres,
                "burden_metres": edge.burden,
                "zh": zh,
                "en": en,
            }
        )
    return found


def _reason(core: Json, member: Json, edge: Edge, need: int) -> tuple[str, str]:
    across = edge.metres == edge.burden
    km = f"{edge.metres / 1000:.1f}"
    zh = f"{member['name']}在共同学段的需要为 {need} 点；距{core['name']} {km} 公里"
    en = f"need of {need} points in the shared stages; {km} km from {core['name']}"
    return (
        (zh, en)
        if across
        else (f"{zh}（同在城镇或同在乡村，按 {edge.burden / 1000:.1f} 公里计）", f"{en}, same side")
    )


def _unserved(problem: Json, own: Market, picks: tuple[Edge, ...]) -> list[Json]:
    """Weak schools without a tie, and why: no need here, nobody within the rules, or every place taken."""
    served, schools = {edge.weak for edge in picks}, {school["id"]: school for school in problem["schools"]}
    found = []
    by_weak: dict[str, list[Edge]] = {}
    for edge in own.edges:
        by_weak.setdefault(edge.weak, []).append(edge)
    for key in own.seeking:
        if key in served:
            continue
        edges = by_weak.get(key, [])
        need = sum(stage["need"] for stage in schools[key]["stages"])
        why = "no_need" if edges and not any(e.need for e in edges) else "full" if edges else "out_of_reach"
        zh, en = _WHY[why]
        found.append({"school": key, "need": need, "why": why, "zh": zh, "en": en})
    return found


_WHY = {
    "no_need": ("共同学段没有差距，不需要结对", "no need in the shared stages"),
    "full": (
        "可结对的强校名额、承接能力或集团数已用完",
        "places, capacity or groups of the schools in reach are used up",
    ),
    "out_of_reach": (
        "规定路程和学段内没有（承接得了的）强校，或路程未知",
        "no strong school within distance, stage and capacity, or the distance is unknown",
    ),
}


def _binding(problem: Json, own: Market, arranged: Arranged) -> list[Json]:
    """Strong schools whose places are all used, and what one more would serve at most, by the prices of need."""
    limits = limits_of(own, problem["mode"])
    proof = arranged.proofs[0]
    names = {school["id"]: school["name"] for school in problem["schools"]}
    unit = ("所", "schools") if problem["rules"]["serve"] == "all" else ("点需要", "points of need")
    found = []
    for key, places in sorted(own.places.items()):
        used = [edge for edge in arranged.picks if edge.strong == key]
        if not used or len(used) < places:
            continue
        most = arranged.need_bound - arranged.need + one_more(own.edges, limits, proof, key)
        if most > 0:
            zh = f"{names[key]}空着的 {places} 个名额已用完；再多一个，至多多覆盖 {most} {unit[0]}"
            en = f"the {places} free places of {names[key]} are used; one more would serve at most {most} {unit[1]} more"
            found.append({"row": f"partners:{key}", "need_at_most": most, "zh": zh, "en": en})
    return found


def one_more(edges: tuple[Edge, ...], limits: Limits, proof: Json, key: str) -> int:
    """By how much the bound on need rises with one more place at ``key``."""
    values = []
    for edge in edges:
        if edge.strong == key:
            room = Fraction(proof["capacity"].get(key, 0)) * limits.sizes.get(edge.weak, 0)
            values.append(edge.need - Fraction(proof["schools"].get(edge.weak, 0)) - room)
    now, more = (best_of(values, 0, limits.places[key] + extra) for extra in (0, 1))
    return ceil(more - now)


def _infeasible(problem: Json, outcome: Json) -> Json:
    """Where every weak school must have a tie and some cannot: status, and the least that is lacking."""
    left = [row for row in outcome["unserved"] if row["why"] != "no_need"]
    far, full = ([row["school"] for row in left if row["why"] == why] for why in ("out_of_reach", "full"))
    bound, served = outcome["bound"], outcome["objective"]["need"]
    most = min(bound["need"], bound.get("solver_need", bound["need"]))
    if problem["rules"]["serve"] != "all" or not (far or most < served + len(full)):
        return {}  # a search cut short has not shown that it cannot be done
    reasons: list[Json] = []
    if far:
        names = [school["name"] for school in problem["schools"] if school["id"] in far]
        zh = f"{len(far)} 所薄弱校在规定路程和学段内没有强校：{'、'.join(names)}"
        en = f"{len(far)} weak schools have no strong one within distance and stage: {', '.join(names)}"
        reasons.append({"limit": "most_km", "schools": far, "zh": zh, "en": en})
    if full:
        zh = f"强校名额不够，至少还差 {len(full)} 个名额"
        en = f"places are too few: at least {len(full)} more are needed"
        reasons.append({"limit": "most_partners", "lacking": len(full), "schools": full, "zh": zh, "en": en})
    return {"status": "infeasible", "reasons": reasons}
