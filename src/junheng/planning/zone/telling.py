"""What a zoning plan or an audit says: a few sentences, claiming no more than was shown."""

from fractions import Fraction

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json, exact
from junheng.planning.zone.addresses import address_faults
from junheng.planning.zone.telling_audit import TODAY, audits
from junheng.planning.zone.telling_tables import tables
from junheng.planning.zone.telling_words import STATUS, percent, pupil_km
from junheng.planning.zone.versions import assigned, changes

__all__ = ["summary", "tables"]


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """Three to nine sentences: the plan and its proof, who moves, what clashes, the audit, the doors, the doubts."""
    found: list[Text] = []
    if problem["mode"] != "audit":
        found += [_plan(problem, outcome), _proof(outcome), *_reasons(outcome)]
    found += [_audit(problem, name, audit) for name, audit in audits(problem, outcome)]
    found += [_compared(problem, layer) for layer in problem["beside"]]
    found += [*_doors(problem), *_assumed(problem), *_policy(problem), *_doubts(problem)]
    return tuple(Text(f"{line.zh}。", f"{line.en}.") for line in found)


def _plan(problem: Json, outcome: Json) -> Text:
    stage = STAGE_NAMES[problem["stage"]]
    moved = sum(row["pupils"] for row in outcome["moved"])
    pupils, zones = sum(row["pupils"] for row in outcome["zones"]), len(outcome["zones"])
    mean = _mean(outcome)
    way_zh, way_en = (
        ("", "") if mean is None else (f"，平均路程 {mean:,.0f} 米", f", {mean:,.0f} m on average")
    )
    return Text(
        f"{stage.zh} {zones} 个学区，{len(outcome['assignment']):,} 个片块、{pupils:,} 名学生{way_zh}；"
        f"换学区 {len(outcome['moved']):,} 块、{moved:,} 人（{percent(moved, pupils)}）；自 {problem['from']} 起",
        f"{stage.en}: {zones} zones, {len(outcome['assignment']):,} blocks, {pupils:,} pupils{way_en}; {len(outcome['moved']):,} "
        f"blocks with {moved:,} pupils are re-zoned ({percent(moved, pupils)}); from {problem['from']}",
    )


def _mean(outcome: Json) -> float | None:
    """Mean way over all zones."""
    rows = [row for row in outcome["zones"] if "mean_m" in row]
    pupils = sum(row["pupils"] for row in rows)
    return float(sum(exact(row["mean_m"]) * row["pupils"] for row in rows) / pupils) if pupils else None


def _proof(outcome: Json) -> Text:
    """The gap stated, and beside it the bound that the check recomputes from prices alone."""
    word, bound = STATUS[outcome["status"]], outcome["bound"]
    key = "short" if outcome["status"] == "infeasible" else "cost"
    what = Text("总代价", "cost") if key == "cost" else Text("超出", "beyond the limits")
    own = exact(outcome["objective"][key])
    amount = _amount(own, key)
    zh, en = [f"{word.zh}：{what.zh} {amount.zh}"], [f"{word.en}: {what.en} {amount.en}"]
    if outcome["gap"] != "unknown":
        zh.append(f"差距 {_percent(exact(outcome['gap']))}")
        en.append(f"gap {_percent(exact(outcome['gap']))}")
    if key in bound:
        least = exact(bound[key])
        apart, shown = _percent((own - least) / own) if own else "0%", _amount(least, key)
        zh.append(f"不用求解器、只由价格复核的下界 {shown.zh}（差 {apart}）")
        en.append(f"the bound from prices alone, recomputed without a solver, is {shown.en} ({apart} below)")
    return Text("；".join(zh), "; ".join(en))


def _amount(value: Fraction, key: str) -> Text:
    """A cost in pupil-kilometres, or pupils beyond the limits."""
    return (
        pupil_km(value) if key == "cost" else Text(f"{float(value):,.0f} 人", f"{float(value):,.0f} pupils")
    )


def _percent(share: Fraction) -> str:
    least = Fraction(1, 10**6)  # less is the solver's own arithmetic
    return "<0.0001%" if 0 < share < least else f"{float(share * 100):.3g}%"


def _reasons(outcome: Json) -> list[Text]:
    return [Text(row["zh"].rstrip("。"), row["en"].rstrip(".")) for row in outcome.get("reasons", [])]


def _audit(problem: Json, name: Text, found: Json) -> Text:
    """The figures of one audit that are known; what is unknown is said to be."""
    parts = [
        Text(
            f"{len(found['zones'])} 个学区 {found['pupils']:,} 名学生",
            f"{len(found['zones'])} zones, {found['pupils']:,} pupils",
        )
    ]
    if left := sum(block["pupils"] for block in problem["blocks"]) - found["pupils"]:
        parts.append(Text(f"另有 {left:,} 名学生不在任何学区", f"{left:,} pupils in no zone"))
    parts += [*_ways(found), _seats(found["seats"])]
    parts.append(Text(f"{len(found['split'])} 个不连片", f"{len(found['split'])} in several parts"))
    if name == TODAY:
        parts.append(_own(found["own"]))
    return Text(
        f"{name.zh}：{'；'.join(p.zh for p in parts)}", f"{name.en}: {'; '.join(p.en for p in parts)}"
    )


def _ways(found: Json) -> list[Text]:
    """How far, how near, how many beyond the radius – of those whose way is known."""
    ways, near, radius = found["ways"], found["nearest"], found["radius"]
    parts = []
    if ways["told"]:
        mean, share = float(exact(ways["mean_m"])), percent(near["pupils"], near["told"])
        parts = [
            Text(
                f"平均 {mean:,.0f} 米，九成在 {ways['near_all_m']:,} 米内，最远 {ways['farthest_m']:,} 米",
                f"{mean:,.0f} m on average, nine of ten within {ways['near_all_m']:,} m, {ways['farthest_m']:,} m at most",
            ),
            Text(f"学区校最近的占 {share}", f"the zone's school is the nearest for {share}"),
        ]
    if radius["told"]:
        share = percent(radius["pupils"], radius["told"])
        line = radius["line_m"]
        parts.append(Text(f"超过服务半径 {line:,} 米的 {share}", f"{share} beyond the radius of {line:,} m"))
    return parts


def _seats(seats: Json) -> Text:
    unknown = len(seats["unknown"])
    tail = Text(f"（{unknown} 个学位不明）", f" (seats of {unknown} unknown)") if unknown else Text("", "")
    return Text(
        f"{len(seats['over'])} 个学区超员 {seats['short']:,} 人{tail.zh}",
        f"{len(seats['over'])} zones {seats['short']:,} pupils beyond their seats{tail.en}",
    )


def _compared(problem: Json, layer: Json) -> Text:
    """How many pupils another layer puts elsewhere than today's."""
    pupils = {block["id"]: block["pupils"] for block in problem["blocks"]}
    rows = changes(assigned(problem["today"]), assigned(layer), pupils)
    moved = [row for row in rows if row["to"]]
    count = len(moved), sum(row["pupils"] for row in moved)
    return Text(
        f"现行→{layer['zh']}：{count[0]:,} 块、{count[1]:,} 名学生换学区（学校迁址也算）",
        f"today to {layer['en']}: {count[0]:,} blocks with {count[1]:,} pupils change zone (a school that moves counts too)",
    )


def _own(own: Json) -> Text:
    """Share of pupils in their own zone, beside the line."""
    if not own["told"]:
        return Text(
            "在本学区就读比例：没有就读数据，无法判断", "share in their own zone: no data, cannot tell"
        )
    shown = percent(own["pupils"], own["told"])
    line = f"{float(exact(own['line']) * 100):g}%"
    if own["verdict"] == "cannot_tell":
        return Text(
            f"在本学区就读 {shown}（标准 {line} 只对城区、镇区非寄宿学校；学校表没有写城乡，不判断）",
            f"{shown} in their own zone (the line of {line} is for day schools of towns; the table does not say which, not "
            "judged)",
        )
    met = Text("达到", "meets") if own["verdict"] == "met" else Text("未达到", "does not meet")
    return Text(
        f"城区、镇区非寄宿学校在本学区就读 {shown}，{met.zh} {line}",
        f"day schools of towns: {shown} in their own zone, {met.en} {line}",
    )


def _doors(problem: Json) -> list[Text]:
    if not any(block["addresses"] for block in problem["blocks"]):
        return []
    found = address_faults(problem["blocks"])
    if not found:
        return [Text("门牌号段完整、不重叠", "the door numbers are complete and none is claimed twice")]
    count = {kind: sum(row["fault"] == kind for row in found) for kind in ("double", "gap", "side", "none")}
    return [
        Text(
            f"门牌号段：重复 {count['double']} 处，缺口 {count['gap'] + count['side']} 处，没有门牌的片块 {count['none']} 个，公布前须核实",
            f"door numbers: {count['double']} claimed twice, {count['gap'] + count['side']} gaps, {count['none']} blocks without; "
            "clear these up before publishing",
        )
    ]


def _assumed(problem: Json) -> list[Text]:
    told = problem["sources"].get("pupils")
    return [Text(told["zh"], told["en"])] if told else []


def _policy(problem: Json) -> list[Text]:
    return [Text(row["zh"], row["en"]) for row in problem["warnings"] if row["about"] == "policy"][:1]


def _doubts(problem: Json) -> list[Text]:
    serious = [row for row in problem["warnings"] if row["about"] not in ("policy", "empty", "private")]
    if not serious:
        return []
    shown = serious[:3]
    more = len(serious) - len(shown)
    tail = Text(f"；另有 {more} 条", f"; and {more} more") if more else Text("", "")
    zh, en = "；".join(row["zh"] for row in shown), "; ".join(row["en"] for row in shown)
    count = len(problem["warnings"])
    return [
        Text(
            f"输入有 {count} 条疑问（见“有疑问的输入”），依赖它们的结果要打折扣；其中要紧的 {len(serious)} 条：{zh}{tail.zh}",
            f"doubts about the input: {count} (see the table); results that rest on them carry them too; of weight "
            f"{len(serious)}: {en}{tail.en}",
        )
    ]
