"""Why limits clash, in words with the numbers that prove it."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.planning.zone.bound_short import Lacking
from junheng.planning.zone.check_plan import Plan
from junheng.planning.zone.check_reasons import held
from junheng.planning.zone.check_scene import Scene

Json = dict[str, Any]
_SHOWN = 8  # names in a sentence
_UNDER = {
    "capacity": ("学位总数不够", "there are too few seats in all"),
    "reach": ("限距之内只能去这几个学区", "no other zone is within reach of them"),
    "pinned": (
        "指定片块、学校所在片块之后只能去这几个学区",
        "with pins and seeds no other zone is left to them",
    ),
    "contiguity": ("要连片就只能去这几个学区", "to be in one piece they can go to no other zone"),
}
_LOST = {
    "reach": ("限距之内没有学区", "no zone is within reach"),
    "pinned": ("指定的学区不在限距之内", "the zone they are pinned to is not within reach"),
    "seed": (
        "是学校所在片块，却超出限距、指定在别处或同时属于两个学区",
        "hold a school, yet are out of its zone's reach, pinned elsewhere, or claimed by two zones",
    ),
    "contiguity": ("不能与任何学区的学校所在片块连成一片", "cannot be joined to the seed of any zone"),
    "clash": (
        "与别的片块争同一条连片通道，无处可放",
        "need the same connecting blocks as others and fit nowhere",
    ),
}


def reasons(scene: Scene, plan: Plan, lacking: Sequence[Lacking], *, is_proven: bool) -> list[Json]:
    """What makes the limits clash: blocks nobody can take, zones too many must go to, what remains."""
    found = _blocks(scene, plan)
    names = {name: str(zone["name"]) for name, zone in scene.zones.items()}
    for row in lacking:
        found.append(_seats(scene, row, names))
    over, under = (sum(row["pupils"] for row in rows) for rows in (plan.over(), plan.under()))
    if under:
        zones = [row["zone"] for row in plan.under()]
        zh = f"最低招生比例做不到，至少还差 {under:,} 名学生：{_listed(zones, names)}"
        en = f"the least fill cannot be kept, {under:,} pupils lacking: {_listed(zones, names, ', ')}"
        found.append({"limit": "least_fill", "zones": zones, "lacking": under, "zh": zh, "en": en})
    rest = over - max((row.pupils for row in lacking), default=0)
    if rest > 0 and is_proven:
        zones = sorted(row["zone"] for row in plan.over() + plan.under())
        zh = f"片块不能拆开且要连片：共超出 {over + under:,} 人，在{_listed(zones, names)}"
        en = f"blocks are whole and zones in one piece: {over + under:,} pupils beyond the limits, in {_listed(zones, names, ', ')}"
        found.append({"limit": "whole", "zones": zones, "lacking": over + under, "zh": zh, "en": en})
    if not is_proven:
        zh = "给定时间内没有找到不超限的方案，也没有证明做不到；请多给时间（--seconds）"
        en = "in the time given no plan within the limits was found, nor proof that there is none; allow more (--seconds)"
        found.append({"limit": "time", "zh": zh, "en": en})
    return found


def _seats(scene: Scene, row: Lacking, names: Mapping[str, str]) -> Json:
    zones = sorted(row.zones) if row.limit != "capacity" else sorted(scene.zones)
    seats, pupils = sum(scene.seats[zone] for zone in zones), held(scene, row.limit, set(zones))
    why = _UNDER[row.limit]
    zh = f"{why[0]}：{pupils:,} 名学生，{seats:,} 个学位，至少差 {pupils - seats:,} 个（{_listed(zones, names)}）"
    en = f"{why[1]}: {pupils:,} pupils, {seats:,} seats, at least {pupils - seats:,} lacking ({_listed(zones, names, ', ')})"
    return {
        "limit": row.limit, "zones": zones, "pupils": pupils, "seats": seats, "lacking": pupils - seats, "zh": zh, "en": en,
    }  # fmt: skip


def _blocks(scene: Scene, plan: Plan) -> list[Json]:
    """Blocks by what keeps them from every zone; blocks without pupils are not counted."""
    by: dict[str, set[str]] = {}
    for row in plan.unplaced():
        if row["pupils"] or row["why"] == "clash":
            by.setdefault(row["why"], set()).add(row["block"])
    for limit, block in scene.clashes:
        by.setdefault(limit, set()).add(block)
    names = {name: str(block["name"]) for name, block in scene.blocks.items()}
    found = []
    for limit in sorted(by):
        blocks, (zh, en) = sorted(by[limit]), _LOST[limit]
        pupils = sum(scene.pupils[name] for name in blocks)
        zh = f"{len(blocks):,} 个片块（{pupils:,} 名学生）{zh}：{_listed(blocks, names)}"
        en = f"{len(blocks):,} blocks ({pupils:,} pupils) {en}: {_listed(blocks, names, ', ')}"
        found.append({"limit": limit, "blocks": blocks, "pupils": pupils, "zh": zh, "en": en})
    return found


def _listed(ids: Sequence[str], names: Mapping[str, str], by: str = "、") -> str:
    shown = by.join(names[one] for one in ids[:_SHOWN])
    return shown + ("…" if len(ids) > _SHOWN else "")
