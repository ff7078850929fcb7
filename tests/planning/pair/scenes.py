"""Small frozen problems for the tests of pairing."""

from itertools import product
from typing import Any

Json = dict[str, Any]
FORMS = {"pairs": "结对", "groups": "集团化", "trusteeship": "托管"}


def school(key: str, role: str, need: int = 0, **more: Any) -> Json:
    """A primary school of 100 pupils; strong ones stand in the city, weak ones in the country."""
    stage = {"stage": "primary", "need": need, "pupils": more.pop("pupils", 100)}
    place = more.pop("place", "city" if role == "strong" else "rural")
    base = {
        "id": key,
        "name": f"学校{key}",
        "county": "999901",
        "place": place,
        "role": role,
        "stages": [stage],
    }
    return base | more


def problem(
    schools: list[Json], metres: dict[tuple[str, str], int], mode: str = "pairs", **more: Any
) -> Json:
    """A frozen problem; ``more`` goes over the rules, the mode or the top, by key."""
    rules = {
        "most_metres": 60000,
        "same_side_metres": 10000,
        "most_partners": 2,
        "stages": "shared",
        "place": "prefer",
        "serve": "most",
    }
    found: Json = {
        "format": "junheng-plan-1",
        "kind": "pair",
        "name": "试",
        "county": {"code": "999901", "name": "XX区"},
        "on": "2024-09-01",
        "mode": {"kind": mode, "form": FORMS[mode]},
        "rules": rules,
        "exclusive": ["托管", "集团化"],
        "coverage": {"decimals": 1, "printed": "truncate"},
        "evidence": {"year": 2023, "rows": []},
        "published": [],
        "schools": schools,
        "register": [],
        "values": [],
        "cannot_tell": [],
        "distances": [{"a": a, "b": b, "metres": m, "from": "table"} for (a, b), m in sorted(metres.items())],
    }
    for key, value in more.items():
        if key in rules:
            rules[key] = value
        elif key in ("most_groups", "least_members", "least_need"):
            found["mode"][key] = value
        else:
            found[key] = value
    return found


def tie(group: str, who: str, role: str, joined: str, form: str = "结对", **left: str) -> Json:
    """A membership."""
    return {"group": group, "name": group, "form": form, "school": who, "role": role, "joined": joined} | left


def brute_force(found: Json) -> tuple[int, int]:
    """Most need and then least burden over every choice of a core (or none) for each weak school."""
    metres = {(d["a"], d["b"]): d["metres"] for d in found["distances"]}
    strong = {s["id"]: s for s in found["schools"] if s["role"] == "strong"}
    weak = {s["id"]: s for s in found["schools"] if s["role"] == "weak"}
    best = (0, 0)
    for choice in product([None, *strong], repeat=len(weak)):
        chosen = [(core, member) for core, member in zip(choice, weak, strict=True) if core is not None]
        if any(pair not in metres for pair in chosen) or not _fits(found, strong, weak, chosen):
            continue
        need = sum(weak[member]["stages"][0]["need"] for _, member in chosen)
        burden = sum(_burden(found, strong[c], weak[m], metres[c, m]) for c, m in chosen)
        best = max(best, (need, -burden))
    return best[0], -best[1]


def _burden(found: Json, core: Json, member: Json, metres: int) -> int:
    same = (core["place"] == "rural") == (member["place"] == "rural")
    return metres + (found["rules"]["same_side_metres"] if same else 0)


def _fits(found: Json, strong: Json, weak: Json, chosen: list[tuple[str, str]]) -> bool:
    for core in {core for core, _ in chosen}:
        own = [member for c, member in chosen if c == core]
        if not found["mode"].get("least_members", 0) <= len(own) <= found["rules"]["most_partners"]:
            return False
        pupils = sum(weak[member]["stages"][0]["pupils"] for member in own)
        if found["mode"]["kind"] == "trusteeship" and pupils > strong[core]["capacity"]:
            return False
    return len({core for core, _ in chosen}) <= found["mode"].get("most_groups", 99)
