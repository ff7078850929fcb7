"""What the shape alone cannot tell: versions without gap or overlap, values cited, stages covered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from junheng.basics import STAGE_NAMES, Stage, Text, UserError, nearest
from junheng.standards.definition import Source, Version
from junheng.standards.in_force import ONE_DAY
from junheng.standards.load import Definition, Overlay
from junheng.standards.place import Place, Placed

REQUIRED = ("variation", "counting")
_BY_STAGE = ("thresholds", "cv_limits", "composite_limits")
# Stages a kind of school must have weights for, when a standard gives weights for the kind.
_KIND_STAGES: Mapping[str, frozenset[str]] = {
    "nine_year": frozenset({"primary", "junior"}),
    "complete_secondary": frozenset({"junior", "senior"}),
    "twelve_year": frozenset({"primary", "junior", "senior"}),
}


def check_definition(definition: Definition) -> None:
    """Raise UserError naming file, line and key of the first rule the files of a standard break."""
    head = definition.head
    if head.value.document not in definition.documents:
        raise _unknown_document(head.value.document, definition.documents, head.place.at("document"))
    for section in REQUIRED:
        if section not in definition.single:
            raise head.place.refuse(f"缺少 {section} 部分", f"the section {section} is missing")
    if not definition.indicators and not definition.items:
        raise head.place.refuse("没有任何指标或条款", "there is neither an indicator nor an item")
    for listed in (definition.indicators, definition.relaxations, definition.items, definition.declarations):
        _check_ids(listed)
    for placed in _entries(definition):
        _check_versions(placed.value.versions, placed.place)
        for version, place in _versions(placed):
            _check_sources(version, place, definition.documents)
            _check_stages(version, place, head.value.stages)
    _check_items(definition)
    _check_split(definition)


def check_overlay(overlay: Overlay) -> None:
    """Raise UserError naming file, line and key of the first rule an overlay file breaks."""
    root = Place(overlay.file)
    seen: set[str] = set()
    for number, patch in enumerate(overlay.content.patches):
        place = root.at("patches", number)
        if patch.path in seen:
            raise place.at("path").refuse(f"路径 {patch.path} 重复", f"path {patch.path} is given twice")
        seen.add(patch.path)
        _check_versions(patch.versions, place, gaps_allowed=True)
        for index, version in enumerate(patch.versions):
            _check_sources(version, place.at("versions", index), overlay.content.documents)


def _entries(definition: Definition) -> Iterator[Placed[Any]]:
    yield from definition.indicators
    yield from definition.relaxations
    yield from definition.declarations
    yield from definition.single.values()
    for item in definition.items:
        yield item
        for index, relaxation in enumerate(item.value.relaxations):
            yield Placed(relaxation, item.place.at("relaxations", index))


def _versions(placed: Placed[Any]) -> Iterator[tuple[Version[Any], Place]]:
    for index, version in enumerate(placed.value.versions):
        yield version, placed.place.at("versions", index)


def _check_ids(entries: Iterable[Placed[Any]]) -> None:
    seen: dict[str, Place] = {}
    for entry in entries:
        place = entry.place.at("id")
        if entry.value.id in seen:
            other = seen[entry.value.id].file.where(seen[entry.value.id].keys)
            raise place.refuse(
                f"编号 {entry.value.id} 重复，另一处：{other}", f"this id is used twice, also: {other}"
            )
        seen[entry.value.id] = place


def _check_versions(versions: Sequence[Version[Any]], place: Place, gaps_allowed: bool = False) -> None:
    """Ascending days; each version ends where the next begins; the first is not a repeal."""
    for index, version in enumerate(versions):
        here = place.at("versions", index)
        end, following = version.in_force_to, versions[index + 1] if index + 1 < len(versions) else None
        if end is not None and end < version.in_force_from:
            raise here.at("in_force_to").refuse("失效日早于生效日", "in_force_to is before in_force_from")
        if following is None:
            continue
        begin, next_place = following.in_force_from, place.at("versions", index + 1, "in_force_from")
        if begin <= (end or version.in_force_from):
            raise next_place.refuse(f"{begin} 与上一版本重叠", f"{begin} overlaps the version before")
        if end is not None and begin > end + ONE_DAY and not gaps_allowed:
            fix = Text(
                "若其间无效，请写 value: null 的版本",
                "if nothing held in between, write a version value: null",
            )
            raise next_place.refuse(
                f"{end} 与 {begin} 之间有空档", f"there is a gap from {end} to {begin}", fix=fix
            )
    if not gaps_allowed and versions[0].value is None:
        raise place.at("versions", 0, "value").refuse(
            "首个版本不能为空", "the first version cannot be a repeal"
        )


def _check_sources(version: Version[Any], place: Place, documents: Mapping[str, Any]) -> None:
    _check_source(version.source, place.at("source"), documents)
    for field, source in version.sources.items():
        here = place.at("sources", field)
        _check_source(source, here, documents)
        if version.value is None or not _leads_somewhere(version.value, field):
            raise here.refuse(f"{field} 不是该版本中的值", f"{field} is not a value of this version")


def _check_source(source: Source, place: Place, documents: Mapping[str, Any]) -> None:
    if source.document not in documents:
        raise _unknown_document(source.document, documents, place.at("document"))
    if source.certainty == "known" and source.last_checked_on is not None:
        raise place.at("last_checked_on").refuse(
            "certainty 为 known（未经核对）时核对日期必须留空",
            "certainty known means unchecked: last_checked_on must stay empty",
        )


def _unknown_document(number: str, documents: Mapping[str, Any], place: Place) -> UserError:
    near = nearest(number, documents)
    fix = Text("请在 documents 中登记该文件", "enter the document under `documents`")
    if near:
        fix = Text(f"最接近的是 {near}", f"the nearest is {near}")
    return place.refuse(f"文件 {number} 未登记", f"document {number} is not entered", fix=fix)


def _leads_somewhere(value: Any, field: str) -> bool:
    here = value.model_dump() if hasattr(value, "model_dump") else value
    for key in field.split("."):
        if not isinstance(here, dict) or key not in here:
            return False
        here = here[key]
    return True


def _check_stages(version: Version[Any], place: Place, stages: Sequence[Stage]) -> None:
    """Levels and limits: for every stage of the standard or for none; a floor needs a threshold."""
    for field in _BY_STAGE:
        values = getattr(version.value, field, None) or {}
        here = place.at("value", field)
        for stage in stages:
            if values and stage not in values:
                raise here.refuse(f"{field} 缺少{STAGE_NAMES[stage].zh}", f"{field} lacks {stage}")
        for stage in values:
            if stage not in stages:
                raise here.at(stage).refuse(
                    f"本标准没有学段 {stage}", f"{stage} is not a stage of this standard"
                )
    floor_ratio = getattr(version.value, "floor_ratio", None)
    if floor_ratio is not None and not getattr(version.value, "thresholds", None):
        raise place.at("value", "floor_ratio").refuse("有底线比例而无标准值", "a floor without a threshold")


def _check_items(definition: Definition) -> None:
    for item in definition.items:
        _check_ids(Placed(r, item.place.at("relaxations", i)) for i, r in enumerate(item.value.relaxations))
        if item.value.part not in definition.head.value.parts:
            raise item.place.at("part").refuse(
                f"本标准没有 {item.value.part} 部分", f"{item.value.part} is not a part of this standard"
            )


def _check_split(definition: Definition) -> None:
    if "split" not in definition.single:
        return
    for version, place in _versions(definition.single["split"]):
        for kind, weights in version.value.weights.items() if version.value is not None else ():
            here = place.at("value", "weights", kind)
            if kind not in _KIND_STAGES:
                raise here.refuse(f"不认识的办学类型 {kind}", f"unknown kind of school {kind}")
            if set(weights) != _KIND_STAGES[kind]:
                needed = ", ".join(sorted(_KIND_STAGES[kind]))
                raise here.refuse(f"{kind} 的权重应为：{needed}", f"the weights of {kind} must be: {needed}")


def start_days(definition: Definition) -> tuple[date, ...]:
    """Every day on which some piece of the standard changes, ascending."""
    return tuple(sorted({v.in_force_from for placed in _entries(definition) for v, _ in _versions(placed)}))
