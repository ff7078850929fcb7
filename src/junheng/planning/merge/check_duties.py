"""Check of every duty of every merger: verdict, reason, figures, evidence, judged anew."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.merge.check_facts import (
    Goes,
    classes,
    closing,
    comers,
    goes,
    homes,
    school,
    seats,
    size_limit,
    way,
    wrong,
)
from junheng.planning.merge.check_words import beside, verdict

Said = tuple[str, str, Json]  # verdict, why, figures


def check_duties(problem: Json, outcome: Json) -> list[Text]:
    """Each duty of each merger as the problem's facts give it, none left out."""
    found, plan = [], goes(outcome)
    if [row["id"] for row in outcome["mergers"]] != sorted(row["id"] for row in problem["merges"]):
        return [wrong("撤并不全", "not all mergers are there")]
    for row in outcome["mergers"]:
        for duty, said in zip(problem["duties"], row["duties"], strict=True):
            papers = [p for p in problem["evidence"] if (p["merge"], p["duty"]) == (row["id"], duty["id"])]
            wanted = judged(problem, plan, row["id"], duty, papers)
            hashes = sorted({p["sha256"] for p in papers if p["held"] == "held"})
            if (said["id"], said["evidence"]) != (duty["id"], hashes) or not same(said, wanted):
                names = {one["id"]: one["name"] for one in problem["schools"]}
                what = Text(f"{row['id']} 的“{duty['zh']}”", f"{row['id']}, {duty['en']}")
                told = (
                    verdict(said["verdict"], said["why"], said["figures"], names),
                    verdict(*wanted, names),
                )
                found.append(
                    wrong(f"{what.zh}登记的材料或数字与核对的不同", f"{what.en}: papers or figures differ")
                    if told[0] == told[1]
                    else beside(what, *told)
                )
    return found


def same(said: Json, wanted: Said) -> bool:
    """Whether a stated verdict is the wanted one; figures as fractions."""
    own = {key: exact(v) if key not in ("school",) else v for key, v in said["figures"].items()}
    theirs = {
        key: exact(v) if isinstance(v, int | str) and key != "school" else v for key, v in wanted[2].items()
    }
    return (said["verdict"], said["why"]) == wanted[:2] and own == theirs


def judged(problem: Json, plan: Goes, merge: str, duty: Json, papers: list[Json]) -> Said:
    """One duty."""
    how = duty["how"]
    if how in ("time", "radius"):
        return _ways(problem, plan, merge, duty)
    if how == "no_boarding":
        return _boarding(problem, merge)
    if how == "remote":
        return _remote(problem, merge)
    if how in ("class_size", "school_size", "seats", "boarding_places"):
        return _schools(problem, plan, merge, how)
    return _papers(problem, how, papers)


def _papers(problem: Json, how: str, papers: list[Json]) -> Said:
    if not papers:
        return "not_met", "no_evidence", {}
    good = [p for p in papers if p["held"] == "held"]
    if not good:
        return "cannot_tell", "changed" if "changed" in {p["held"] for p in papers} else "file_absent", {}
    dated = [p for p in good if not ("on" in p and p["on"] > problem["on"])]
    if not dated:
        return "not_met", "not_yet", {}
    if how == "publicity":
        return _notice(problem, dated)
    last = sorted(dated, key=lambda p: (p.get("on", ""), p["file"]))[-1]
    if how == "hearing":
        if "outcome" not in last:
            return "cannot_tell", "no_outcome", {}
        return ("met", "held", {}) if last["outcome"] == "agreed" else ("not_met", "opposed", {})
    if how == "consent":
        if not last.get("asked") or "agreed" not in last:
            return "cannot_tell", "no_count", {}
        enough = last["agreed"] > exact(problem["rules"]["consent_over"]) * last["asked"]
        return *(("met", "agreed") if enough else ("not_met", "too_few")), {
            "asked": last["asked"],
            "agreed": last["agreed"],
        }
    return "met", "held", {}


def _notice(problem: Json, papers: list[Json]) -> Said:
    both = [p for p in papers if "on" in p and "until" in p]
    over = [p for p in both if p["until"] <= problem["on"]]
    if not over:
        return ("not_met", "running", {}) if both else ("cannot_tell", "no_days", {})
    days = max(
        1 + date.fromisoformat(p["until"]).toordinal() - date.fromisoformat(p["on"]).toordinal() for p in over
    )
    limit = problem["rules"]["notice_days"]
    said = ("met", "long_enough") if days >= exact(limit) else ("not_met", "too_short")
    return *said, {"days": days, "limit": limit}


def _ways(problem: Json, plan: Goes, merge: str, duty: Json) -> Said:
    """Time of a band of grades, or the local radius by stage."""
    rules, is_time = problem["rules"], duty["how"] == "time"
    over = unknown = total = 0
    seen: list[Fraction] = []
    for home in homes(problem, merge):
        limit = _limit(rules, duty, home)
        walkers = home["pupils"] - home.get("boards", 0)
        if limit is None or (not is_time and not walkers):
            continue
        total += walkers
        far = way(
            problem, home["place"], plan.get((merge, home["place"]), ""), "minutes" if is_time else "metres"
        )
        if walkers and (far is None or (is_time and "grade" not in home)):
            unknown += walkers
        elif walkers and far is not None:
            seen.append(far)
            if far > limit and is_time and "boards" not in home and home["grade"] not in rules["no_boarding"]:
                unknown += walkers
            elif far > limit:
                over += walkers
    figures: Json = {"pupils": total, "over": over, "untold": unknown}
    if is_time:
        figures["limit"] = rules["minutes"][duty["band"]]
        figures |= {"most": max(seen)} if seen else {}
    if over:
        return "not_met", "far" if is_time else "beyond", figures
    if unknown:
        placed = all((merge, home["place"]) in plan for home in homes(problem, merge))
        return "cannot_tell", "way_unknown" if placed else "no_receiver", figures
    return "met", "within" if total else "nobody", figures


def _limit(rules: Json, duty: Json, home: Json) -> Fraction | None:
    """The limit that a home's pupils are under; None where the duty is not about them."""
    if duty["how"] == "time":
        about = "grade" not in home or home["grade"] in rules["bands"][duty["band"]]
        return exact(rules["minutes"][duty["band"]]) if about else None
    radius = rules["radius_m"]
    told = radius.get(home["stage"]) if isinstance(radius, dict) else radius
    return None if told is None else exact(told)


def _boarding(problem: Json, merge: str) -> Said:
    low = set(problem["rules"]["no_boarding"])
    over = sum(h["boards"] for h in homes(problem, merge) if "boards" in h and h.get("grade") in low)
    open_ones = [
        h for h in homes(problem, merge) if "grade" not in h or (h["grade"] in low and "boards" not in h)
    ]
    untold = sum(int(h["boards"] if "boards" in h else h["pupils"]) for h in open_ones)
    figures = {"over": over, "untold": untold}
    if over:
        return "not_met", "boards", figures
    return ("cannot_tell", "boards_unknown", figures) if untold else ("met", "none_boards", figures)


def _remote(problem: Json, merge: str) -> Said:
    own, low = school(problem, closing(problem, merge)), problem["rules"]["bands"]["low"]
    if "remote" not in own:
        return "cannot_tell", "remote_unknown", {}
    if not own["remote"]:
        return "met", "not_remote", {}
    pupils = sum(h["pupils"] for h in homes(problem, merge) if "grade" not in h or h["grade"] in low)
    return ("not_met", "remote", {"pupils": pupils}) if pupils else ("met", "no_low_grades", {})


def _schools(problem: Json, plan: Goes, merge: str, how: str) -> Said:
    """The worst over the receiving schools, in their order."""
    places = {home["place"] for home in homes(problem, merge)}
    if not places:
        return "met", "nobody", {}
    if not all((merge, place) in plan for place in places):
        return "cannot_tell", "no_receiver", {}
    rule = {"class_size": _classes, "school_size": _size, "seats": _seats, "boarding_places": _beds}[how]
    found = []
    for key in sorted({plan[merge, place] for place in places}):
        own, arriving = school(problem, key), comers(problem, plan, key)
        verdict, why, figures = rule(problem, own, arriving)
        found.append((verdict, why, {"school": key, **figures}))
    return _worst(found)


def _worst(found: Iterable[Said]) -> Said:
    rows = list(found)
    return next(row for word in ("not_met", "cannot_tell", "met") for row in rows if row[0] == word)


def _classes(problem: Json, own: Json, arriving: list[Json]) -> Said:
    table = classes(problem, own, arriving)
    if table is None:
        return "cannot_tell", "grades_unknown", {}
    now, then = (sum(row[at] for row in table.values()) for at in (2, 3))
    figures = {"classes": then, "classes_now": now}
    if now == then:
        return "met", "no_new_class", figures
    if "rooms" not in own:
        return "cannot_tell", "rooms_unknown", figures
    fits = then <= own["rooms"]
    return *(("met", "fits") if fits else ("not_met", "no_room")), figures | {"rooms": own["rooms"]}


def _size(problem: Json, own: Json, arriving: list[Json]) -> Said:
    if "pupils" not in own:
        return "cannot_tell", "pupils_unknown", {}
    total, limit = own["pupils"] + sum(h["pupils"] for h in arriving), size_limit(problem, own)
    said = ("met", "within_size") if total <= limit else ("not_met", "too_large")
    return *said, {"pupils": total, "limit": limit}


def _seats(problem: Json, own: Json, arriving: list[Json]) -> Said:
    have = seats(problem, own)
    if have is None and len(own["stages"]) > 1 and classes(problem, own, arriving) is not None:
        return "met", "by_classes", {}
    if have is None or "pupils" not in own:
        return "cannot_tell", "seats_unknown", {}
    total = own["pupils"] + sum(h["pupils"] for h in arriving)
    return *(("met", "seated") if total <= have else ("not_met", "full")), {"pupils": total, "seats": have}


def _beds(problem: Json, own: Json, arriving: list[Json]) -> Said:
    if any("boards" not in home for home in arriving):
        return "cannot_tell", "boarders_unknown", {}
    joining = sum(home["boards"] for home in arriving)
    if not joining:
        return "met", "none_boards", {}
    if "boarders" not in own:
        return "cannot_tell", "boarders_unknown", {}
    total = own["boarders"] + joining
    if "places" not in own:
        return "cannot_tell", "places_unknown", {"boarders": total}
    said = ("met", "housed") if total <= own["places"] else ("not_met", "too_few_places")
    return *said, {"boarders": total, "places": own["places"]}
