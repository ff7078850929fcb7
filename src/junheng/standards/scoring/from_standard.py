"""Areas and items taken from a standard of the library, so that no item is written down twice."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from junheng.standards.place import Place
from junheng.standards.resolve import resolve
from junheng.standards.standard import Citation, Item, Standard

Json = dict[str, Any]
_WEIGHTS = "weights"  # of the total item: the points of its members, the one place where they are written


def filled(
    content: Json, on: date, region: str, place: Place, overlays: Sequence[Path] = ()
) -> tuple[Json, dict[str, Citation], str]:
    """``content`` with ``areas_from`` carried out, the citation of each item, and the standard's SHA-256.

    Full marks, pass mark, area names and, where there are any, the members' points come from the limits of the
    total item; ``overlays`` are those of the standard. Raises UserError where the standard lacks what is named.
    """
    named = content.get("areas_from")
    if not isinstance(named, dict):
        return content, {}, ""
    standard = resolve(str(named.get("standard")), on=on, region=region, overlays=overlays)
    total = _item(standard, str(named.get("total")), place.at("areas_from", "total"))
    limits = {name: limit.value for name, limit in total.limits.items()}
    missing = [key for key in ("full", "pass_mark", "areas") if str(named.get(key)) not in limits]
    if missing:
        raise place.at("areas_from", missing[0]).refuse(
            f"{total.id} 没有 {named.get(missing[0])} 这一项",
            f"{total.id} has no limit {named.get(missing[0])}",
        )
    members = [item for item in standard.items if item.part == named.get("part") and item.id != total.id]
    areas: Any = limits[named["areas"]]
    system = {**content["system"], "full": limits[named["full"]]}
    grades = [
        {**grade, "at_least": limits[named["pass_mark"]]} if grade["id"] == named.get("pass_grade") else grade
        for grade in content["grades"]
    ]
    points = _points(total, members, limits[named["full"]], place.at("areas_from", "total"))
    made = [_area(number, area, members, points) for number, area in enumerate(areas, 1)]
    _require_all_placed(members, areas, place)
    changed = {**content, "system": system, "grades": grades, "areas": made}
    cited = total.citation_of(f"limits.{_WEIGHTS}.value") if points else None
    return changed, {item.id: cited or item.citation for item in members}, standard.sha256


def _points(total: Item, members: list[Item], full: Any, place: Place) -> dict[str, Decimal]:
    """The members' points, {} where the standard weighs them alike. Raises UserError unless they make up ``full``."""
    limit = total.limits.get(_WEIGHTS)
    if limit is None or not isinstance(limit.value, Mapping):
        return {}
    points = {item.id: Decimal(limit.value.get(item.id, 0)) for item in members}
    if sum(points.values()) != full:
        raise place.refuse(
            f"标准 {total.id} 的权重之和是 {sum(points.values())}，评分要求等于满分 {full}",
            f"the weights of {total.id} add up to {sum(points.values())}; scores need them to make up {full}",
        )
    return points


def _area(number: int, name: str, members: list[Item], points: Mapping[str, Decimal]) -> Json:
    items: list[Json] = [{"id": i.id, "name": i.name} for i in members if i.citation.article == name]
    for item in items:
        if points:
            item["points"] = points[item["id"]]
    return {"id": f"A{number}", "name": {"zh": name, "en": f"Area {number} ({name})"}, "items": items}


def _require_all_placed(members: list[Item], areas: Any, place: Place) -> None:
    lost = [item.id for item in members if item.citation.article not in areas]
    if lost:
        listed = "、".join(lost)
        raise place.at("areas_from").refuse(
            f"{listed} 的条款不属于任何方面", f"the article of {listed} names none of the areas"
        )


def _item(standard: Standard, name: str, place: Place) -> Item:
    for item in standard.items:
        if item.id == name:
            return item
    raise place.refuse(
        f"标准 {standard.id} 没有指标 {name}", f"the standard {standard.id} has no item {name}"
    )
