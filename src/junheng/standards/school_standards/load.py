"""School standards of the library or of a file, as in force on a day; every fault with file, line and key."""

from collections.abc import Iterator, Sequence, Set
from datetime import date
from functools import cache
from pathlib import Path

from junheng.basics import Text, UserError, nearest
from junheng.standards.choose import chosen_overlays
from junheng.standards.definition import Source
from junheng.standards.in_force import last_day
from junheng.standards.load import Overlay, combined_sha256
from junheng.standards.located_yaml import LocatedYaml, read_yaml
from junheng.standards.place import Place, validated
from junheng.standards.school_standards.definition import (
    Attests,
    Figure,
    Group,
    Line,
    LineTable,
    Row,
    SchoolHead,
    SchoolStandardFile,
    SchoolVersion,
)
from junheng.standards.school_standards.overlaid import overlaid
from junheng.standards.school_standards.resolved import SchoolStandard, citation_of

LIBRARY = Path(__file__).parent / "library"
_MODELS = (
    SchoolStandardFile,
    SchoolHead,
    SchoolVersion,
    Row,
    Line,
    LineTable,
    Figure,
    Group,
    Source,
    Attests,
)
_KEYS = frozenset(key for model in _MODELS for key in model.model_fields)


def list_school_standards() -> tuple[SchoolHead, ...]:
    """The standards of the library, by id."""
    return tuple(sorted((_read(file).standard for file in _library()), key=lambda head: head.id))


def school_standard(
    word: str | Path, *, on: date, region: str = "", overlays: Sequence[Path | str] = ()
) -> SchoolStandard:
    """The standard called ``word``, or the one in that YAML file, as it stands on ``on`` for county ``region``.

    Built-in overlays whose region contains ``region`` apply, wider first; then ``overlays`` (files, or ids of
    built-in ones) in their order.
    Raises UserError where there is none, it is not in force, is for another region, or a file has a fault.
    """
    file = _chosen(word)
    read, place = _read(file), Place(file)
    _require_sound(read, place)
    own = read.standard.region or ""
    if region and not region.startswith(own):
        raise place.at("standard", "region").refuse(
            f"该标准用于 {own}，不是 {region}", f"the standard is for {own}, not {region}"
        )
    index = next(
        (at for at, one in enumerate(read.versions) if one.in_force_from <= on <= (_end(read, at) or on)),
        None,
    )
    if index is None:
        first = read.versions[0].in_force_from
        raise place.at("versions").refuse(
            f"{on} 没有生效的版本；最早自 {first} 起",
            f"no version is in force on {on}; the first from {first}",
        )
    found = overlaid(read, file.content, index, chosen_overlays(read.standard, region, overlays), on)
    citation = citation_of(found.version.source, read.documents, found.version, _end(read, index))
    return SchoolStandard(
        read.standard, found.figures, found.groups, found.version, citation, _combined(file, found.overlays),
        found.overlays, found.changes, file, index, read.documents,
    )  # fmt: skip


def _combined(file: LocatedYaml, overlays: Sequence[Overlay]) -> str:
    """One fingerprint of the file and its overlays; of the file alone where there are none."""
    if not overlays:
        return file.sha256
    named = [(f"overlay {number} {one.id}", one.file.sha256) for number, one in enumerate(overlays)]
    return combined_sha256([("standard", file.sha256), *named])


def _end(read: SchoolStandardFile, index: int) -> date | None:
    return last_day(read.versions, index)  # type: ignore[arg-type] # it looks at the days alone


@cache
def _library() -> tuple[LocatedYaml, ...]:
    return tuple(read_yaml(path) for path in sorted(LIBRARY.glob("*.yaml")))


def _read(file: LocatedYaml) -> SchoolStandardFile:
    return validated(SchoolStandardFile, file.content, Place(file), _KEYS)


def _chosen(word: str | Path) -> LocatedYaml:
    path = Path(word)
    if path.suffix in {".yaml", ".yml"}:
        return read_yaml(path)
    held = {_read(file).standard.id: file for file in _library()}
    if str(word) in held:
        return held[str(word)]
    near = nearest(str(word), held) or "—"
    listed = "、".join(held)
    raise UserError(
        Text(
            f"没有办学标准 {word}；最接近的是 {near}",
            f"there is no school standard {word}; the nearest: {near}",
        ),
        fix=Text(f"内置：{listed}；也可给出 .yaml 文件", f"built in: {listed}; or give a .yaml file"),
    )


def _require_sound(read: SchoolStandardFile, place: Place) -> None:
    """What single entries cannot tell: names given twice, groups and documents that are not entered."""
    _once([one.id for one in read.figures], place.at("figures"))
    _once([one.id for one in read.groups], place.at("groups"))
    groups = {one.id for one in read.groups}
    days = [one.in_force_from for one in read.versions]
    if days != sorted(set(days)):
        raise place.at("versions").refuse(
            "各版本须按生效日期先后排列", "versions stand in order of their days"
        )
    for at, version in enumerate(read.versions):
        _require_sound_version(version, place.at("versions", at), groups)
        for source, keys in _sources(version):
            if source.document not in read.documents:
                raise place.at("versions", at, *keys, "document").refuse(
                    f"文件“{source.document}”没有登记在 documents 中",
                    f"{source.document} is not entered under documents",
                )


def _require_sound_version(version: SchoolVersion, here: Place, groups: Set[str]) -> None:
    _once([one.id for one in version.rows], here.at("rows"))
    if version.max_misses >= len(version.rows):
        raise here.at("max_misses").refuse(
            f"共{len(version.rows)}项，不能允许{version.max_misses}项未达到",
            f"of {len(version.rows)} rows {version.max_misses} cannot be missed",
        )
    for number, row in enumerate(version.rows):
        if row.group not in groups:
            near = nearest(row.group, groups) or "—"
            raise here.at("rows", number, "group").refuse(
                f"没有分组 {row.group}；最接近的是 {near}", f"no group {row.group}; the nearest is {near}"
            )


def _sources(version: SchoolVersion) -> Iterator[tuple[Source, tuple[str | int, ...]]]:
    yield version.source, ("source",)
    for number, row in enumerate(version.rows):
        if row.source is not None:
            yield row.source, ("rows", number, "source")


def _once(names: Sequence[str], place: Place) -> None:
    for number, name in enumerate(names):
        if name in names[:number]:
            raise place.at(number, "id").refuse(f"编号 {name} 重复", f"{name} is given twice")
