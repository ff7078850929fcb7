"""Index systems of the library or of a file, as in force on a day in a region, with overlays applied."""

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from junheng.basics import Text, UserError, nearest
from junheng.standards.definition import Document, Source
from junheng.standards.in_force import index_on
from junheng.standards.load import Overlay, combined_sha256, read_overlay
from junheng.standards.located_yaml import LocatedYaml, read_yaml
from junheng.standards.place import Place, validated
from junheng.standards.scoring.definition import AreaEntry, SystemFile, SystemHead
from junheng.standards.scoring.from_standard import filled
from junheng.standards.scoring.index_system import Area, Grade, IndexSystem, Item, Rating, Round, Veto
from junheng.standards.scoring.patches import applied
from junheng.standards.scoring.weighing import require_sound, weigh
from junheng.standards.standard import Citation

LIBRARY = Path(__file__).parent / "library"
_KEYS = (
    "system",
    "documents",
    "scale",
    "grades",
    "rounds",
    "counting",
    "vetoes",
    "awards",
    "areas",
    "areas_from",
)


def list_systems() -> tuple[SystemHead, ...]:
    """Every version of every built-in index system, by id and first day."""
    heads = [_head(file) for file in _library()]
    return tuple(sorted(heads, key=lambda head: (head.id, head.in_force_from)))


def index_system(
    system: str | Path, *, on: date, region: str = "", overlays: Sequence[Path] = ()
) -> IndexSystem:
    """The index system as it stands on ``on`` in ``region``: an id of the library, or the path of a file.

    ``overlays`` are the system's, or those of the standard its areas are taken from. Raises UserError naming file,
    line and key where it is misspelt, not in force, or its weights do not sum.
    """
    file = _chosen(system, on)
    place = Place(file)
    used = [read_overlay(path) for path in overlays]
    source = _taken_from(file)
    beneath = [
        path
        for path, overlay in zip(overlays, used, strict=True)
        if overlay.content.overlay.standard == source
    ]
    content, citations, standard_hash = filled(copy.deepcopy(file.content), on, region, place, beneath)
    for overlay in used:
        if overlay.content.overlay.standard != source:
            _require_fitting(overlay, str(content["system"]["id"]), region)
            content = applied(content, overlay, on)
    read = validated(SystemFile, content, place, _KEYS)
    require_sound(read, place)
    hashes = [("system", file.sha256), ("standard", standard_hash), *((o.id, o.file.sha256) for o in used)]
    return _resolved(read, place, used, on, citations, combined_sha256(hashes))


@cache
def _library() -> tuple[LocatedYaml, ...]:
    return tuple(read_yaml(path) for path in sorted(LIBRARY.glob("*.yaml")))


def _head(file: LocatedYaml) -> SystemHead:
    content = file.content if isinstance(file.content, dict) else {}
    return validated(SystemHead, content.get("system", {}), Place(file, ("system",)), SystemHead.model_fields)


def _chosen(system: str | Path, on: date) -> LocatedYaml:
    path = Path(system)
    if path.suffix in {".yaml", ".yml"} and path.exists():
        files = [read_yaml(path)]
    else:
        files = [file for file in _library() if _head(file).id == str(system)]
    if not files:
        raise _no_system(str(system))
    held = [file for file in files if _holds(_head(file), on)]
    if not held:
        first = min(_head(file).in_force_from for file in files)
        raise UserError(
            Text(f"指标体系 {system} 在 {on} 不生效", f"the index system {system} is not in force on {on}"),
            where=str(files[0].path.name),
            fix=Text(f"它自 {first} 起生效", f"it is in force from {first}"),
        )
    return max(held, key=lambda file: _head(file).in_force_from)


def _taken_from(file: LocatedYaml) -> str | None:
    """The standard of which the system takes its areas; None where it states them itself."""
    named = file.content.get("areas_from") if isinstance(file.content, dict) else None
    return str(named.get("standard")) if isinstance(named, dict) else None


def _holds(head: SystemHead, on: date) -> bool:
    return head.in_force_from <= on and (head.in_force_to is None or on <= head.in_force_to)


def _no_system(name: str) -> UserError:
    ids = sorted({head.id for head in list_systems()})
    near = nearest(name, ids)
    hint = Text(f"最接近的是 {near}；", f"the nearest is {near}; ") if near else Text("", "")
    listed = "、".join(ids)
    return UserError(
        Text(f"没有指标体系 {name}", f"there is no index system {name}"),
        fix=Text(
            f"{hint.zh}内置：{listed}；也可给出 .yaml 文件",
            f"{hint.en}built in: {listed}; or give a .yaml file",
        ),
    )


def _require_fitting(overlay: Overlay, system: str, region: str) -> None:
    head = overlay.content.overlay
    own = head.region or ""
    if head.standard != system or not region.startswith(own):
        raise Place(overlay.file, ("overlay",)).refuse(
            f"叠加文件用于 {head.standard} {own}，不是 {system} {region}",
            f"the overlay is for {head.standard} {own}, not {system} {region}",
        )


def _resolved(
    file: SystemFile,
    place: Place,
    used: Sequence[Overlay],
    on: date,
    citations: Mapping[str, Citation],
    sha256: str,
) -> IndexSystem:
    head = file.system
    if head.full is None:
        raise place.at("system").refuse("缺少满分 full", "full marks (full) are missing")
    areas, items = weigh(file, Fraction(head.full), place)
    own = _cited(head.source, file, place, ("system", "source"))
    patched = {name: citation for overlay in used for name, citation in _patched(overlay, on).items()}
    made = tuple(_area(area, areas, items, {**citations, **patched}, own, file, place) for area in file.areas)
    return IndexSystem(
        id=head.id, name=head.name, subject=head.subject, version=head.version,
        full=sum((area.most for area in made), Fraction()), required_grade=head.required_grade,
        counting_round=file.counting.round, raters=file.counting.raters, early_days=file.awards.early_days,
        scale=tuple(Rating(r.id, r.name, Fraction(r.share)) for r in file.scale),
        grades=tuple(Grade(g.id, g.name, Fraction(g.at_least)) for g in file.grades),
        rounds=tuple(Round(r.id, r.name, r.needs_visit, tuple(r.signers)) for r in file.rounds),
        vetoes=tuple(Veto(v.id, v.name, v.grade_at_most or "") for v in file.vetoes),
        areas=made, citation=own,
        award_citation=_cited(file.awards.source, file, place, ("awards", "source")),
        unknown=head.unknown, overlays=tuple(overlay.id for overlay in used), sha256=sha256,
    )  # fmt: skip


def _area(
    area: AreaEntry, areas: Mapping[str, Fraction], items: Mapping[str, Fraction], citations: Mapping[str, Citation],
    own: Citation, file: SystemFile, place: Place,
) -> Area:  # fmt: skip
    found = []
    for item in area.items:
        named = None if item.source is None else _cited(item.source, file, place, ("areas",))
        citation = citations.get(item.id) or named or own
        default = area.is_own_default or item.is_own_default
        found.append(Item(item.id, item.name, items[item.id], citation, default))
    most = areas[area.id] if area.cap is None else min(areas[area.id], Fraction(area.cap))
    floor, grade = (
        (None, "") if area.floor is None else (Fraction(area.floor.share), area.floor.grade_at_most)
    )
    return Area(area.id, area.name, areas[area.id], most, floor, grade, area.is_own_default, tuple(found))


def _patched(overlay: Overlay, on: date) -> dict[str, Citation]:
    """The source of each item an overlay's patch names, by the item's id."""
    found = {}
    for patch in overlay.content.patches:
        index, walk = index_on(patch.versions, on), patch.path.split(".")
        if index is not None and walk[2:3] == ["items"]:
            version = patch.versions[index]
            document = overlay.content.documents.get(version.source.document)
            found[walk[3]] = _citation(version.source, document, version.in_force_from, None, overlay.id)
    return found


def _cited(source: Source, file: SystemFile, place: Place, keys: tuple[str, ...]) -> Citation:
    document = file.documents.get(source.document)
    if document is None:
        raise place.at(*keys).refuse(
            f"文件“{source.document}”没有登记在 documents 中",
            f"{source.document} is not entered under documents",
        )
    return _citation(source, document, file.system.in_force_from, file.system.in_force_to, "")


def _citation(
    source: Source, document: Document | None, begin: date, end: date | None, overlay: str
) -> Citation:
    title = document.title if document is not None else source.document
    note = source.note or (document.note if document is not None else None)
    return Citation(
        document=source.document, title=title, article=source.article, certainty=source.certainty,
        in_force_from=begin, in_force_to=end, last_checked_on=source.last_checked_on, note=note, overlay=overlay,
    )  # fmt: skip


__all__ = ["index_system", "list_systems"]
