"""Check of the pairs: ties kept, every rule on every pair, limits, totals, and who is left."""

from collections import Counter

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.pair.check_scene import Scene, wrong


def check_pairs(problem: Json, outcome: Json) -> list[Text]:
    """Broken lines of ties, pairs, totals and of the list of those left."""
    scene = Scene(problem)
    found = _kept(scene, outcome) + _each(scene, outcome) + _limits(scene, outcome) + _left(scene, outcome)
    pairs = [(row["core"], row["member"]) for row in outcome["pairs"]]
    known = [scene.allowed[pair] for pair in pairs if pair in scene.allowed]
    totals = {
        "need": sum(need for need, _ in known),
        "burden_metres": sum(burden for _, burden in known),
        "pairs": len(pairs),
    }
    if outcome["objective"] != totals:
        found.append(wrong(f"合计应为 {totals}", f"the totals should be {totals}"))
    return found + _status(scene, outcome)


def _kept(scene: Scene, outcome: Json) -> list[Text]:
    told = [(row["group"], row["form"], row["core"], row["member"]) for row in outcome["kept"]]
    if sorted(told) == scene.ties:
        return []
    return [wrong("保留的结对与登记不符", "the kept ties are not those of the register")]


def _each(scene: Scene, outcome: Json) -> list[Text]:
    found = []
    led = {row["school"]: row["group"] for row in scene.rows if row["role"] == "core" and row["school"] in scene.leads
           and row["form"] == scene.mode["form"]}  # fmt: skip
    for row in outcome["pairs"]:
        core, member = row["core"], row["member"]
        if core not in scene.schools or member not in scene.schools:
            found.append(wrong(f"没有学校 {core} 或 {member}", f"no school {core} or {member}"))
            continue
        if why := scene.refusal(core, member):
            found.append(wrong(f"{core} 与 {member}：{why}", f"{core} with {member}: {why}"))
            continue
        if not scene.allowed[core, member][0]:
            found.append(wrong(f"{core} 与 {member}：没有需要", f"{core} with {member}: there is no need"))
        needs = {part["stage"]: part["need"] for part in scene.schools[member]["stages"]}
        stages = scene.shared(core, member)
        expected = {
            "stages": stages,
            "need": sum(needs[stage] for stage in stages),
            "metres": scene.metres[core, member],
            "burden_metres": scene.allowed[core, member][1],
            "form": scene.mode["form"],
            "group": led.get(core, f"new:{core}"),
        }
        for key, value in expected.items():
            if row[key] != value:
                found.append(
                    wrong(
                        f"{core} 与 {member} 的 {key} 应为 {value}", f"{core} with {member}: {key} is {value}"
                    )
                )
    return found


def _limits(scene: Scene, outcome: Json) -> list[Text]:
    """At most one core a member; places, capacity, number and size of new groups."""
    found = []
    members = Counter(row["member"] for row in outcome["pairs"])
    for member, times in members.items():
        if times > 1:
            found.append(wrong(f"{member} 有 {times} 个伙伴", f"{member} has {times} partners"))
    load = Counter(row["core"] for row in outcome["pairs"])
    for core, used in load.items():
        if core in scene.schools and used > scene.places(core):
            found.append(
                wrong(f"{core} 带 {used} 所，超过名额", f"{core} takes {used}, more than its places")
            )
    if scene.mode["kind"] == "trusteeship":
        found += _capacity(scene, outcome, load)
    new = [core for core in load if core not in scene.leads]
    limit = scene.new_groups()
    if limit is not None and len(new) > limit:
        found.append(
            wrong(f"新集团 {len(new)} 个，超过 {limit}", f"{len(new)} new groups, more than {limit}")
        )
    small = [core for core in new if load[core] < scene.mode.get("least_members", 0)]
    for core in small:
        found.append(wrong(f"{core} 的新集团成员太少", f"the new group of {core} has too few members"))
    return found


def _capacity(scene: Scene, outcome: Json, load: Counter[str]) -> list[Text]:
    found = []
    for core in load:
        taken = sum(scene.pupils(row["member"]) for row in outcome["pairs"] if row["core"] == core)
        if taken > scene.schools[core]["capacity"]:
            found.append(
                wrong(
                    f"{core} 托管 {taken} 名学生，超过承接能力",
                    f"{core} takes {taken} pupils, beyond capacity",
                )
            )
    return found


def _left(scene: Scene, outcome: Json) -> list[Text]:
    served = {row["member"] for row in outcome["pairs"]}
    left = sorted(key for key in scene.schools if scene.seeks(key) and key not in served)
    found = []
    options: dict[str, list[int]] = {}
    for (_, member), (need, _) in scene.allowed.items():
        options.setdefault(member, []).append(need)
    if [row["school"] for row in outcome["unserved"]] != left:
        found.append(wrong("未结对名单不对", f"the list of those left should be {left}"))
    for row in outcome["unserved"]:
        own = options.get(row["school"], [])
        why = "out_of_reach" if not own else "full" if any(own) else "no_need"
        need = sum(part["need"] for part in scene.schools[row["school"]]["stages"])
        if (row["why"], row["need"]) != (why, need):
            found.append(
                wrong(
                    f"{row['school']} 未结对的原因应为 {why}", f"{row['school']}: left because {why}, {need}"
                )
            )
    return found


def _status(scene: Scene, outcome: Json) -> list[Text]:
    """Infeasible exactly where all must be served and some cannot; the lacking places as stated."""
    left = [row for row in outcome["unserved"] if row["why"] != "no_need"]
    far, full = ([row for row in left if row["why"] == why] for why in ("out_of_reach", "full"))
    bound = outcome["bound"]
    most = min(bound["need"], bound.get("solver_need", bound["need"]))
    must = scene.rules["serve"] == "all" and bool(far or most < outcome["objective"]["need"] + len(full))
    if must != (outcome["status"] == "infeasible"):
        return [wrong("“不可行”与未结对名单不一致", "“infeasible” disagrees with the list of those left")]
    lacking = [row["lacking"] for row in outcome.get("reasons", []) if row["limit"] == "most_partners"]
    if must and lacking != ([len(full)] if full else []):
        return [wrong(f"缺少的名额应为 {len(full)}", f"{len(full)} places are lacking")]
    return []
