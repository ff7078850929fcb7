"""School standards of the library or of a file, as in force on a day; every fault with file, line and key."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, nearest
from junheng.standards.definition import Document, Source
from junheng.standards.in_force import last_day
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
from junheng.standards.standard import Citation

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


@dataclass(frozen=True, slots=True)
class SchoolStandard:
    """One version of a school standard. ``sha256``: of its file."""

    head: SchoolHead
    figures: tuple[Figure, ...]
    groups: tuple[Group, ...]
    version: SchoolVersion
    citation: Citation
    sha256: str
    _file: LocatedYaml
    _index: int
    _documents: Mapping[str, Document]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its rows, in order."""
        return self.version.rows

    def where(self, row: int, *keys: str | int) -> str:
        """File, line and key of a part of row number ``row`` (from 0), for complaints."""
        return self._file.where(("versions", self._index, "rows", row, *keys))

    def cited(self, row: Row) -> Citation:
        """What a row rests on."""
        if row.source is None:
            return self.citation
        return _citation(row.source, self._documents, self.version, self.citation.in_force_to)

    def as_json(self) -> dict[str, Any]:
        """The version as data, decimals as text, so that it can be held against the file again."""
        return {
            "id": self.head.id,
            "name": {"zh": self.head.name.zh, "en": self.head.name.en},
            "region": self.head.region or "",
            "is_made_up": self.head.is_made_up,
            "attests": None if self.head.attests is None else self.head.attests.model_dump(),
            "citation": self.citation.model_dump(mode="json"),
            "sha256": self.sha256,
            "max_misses": self.version.max_misses,
            "figures": [one.model_dump(mode="json") for one in self.figures],
            "groups": [one.model_dump(mode="json") for one in self.groups],
            "rows": [
                {**one.model_dump(mode="json", exclude={"source"}), "certainty": self.cited(one).certainty}
                for one in self.rows
            ],
        }


def list_school_standards() -> tuple[SchoolHead, ...]:
    """The standards of the library, by id."""
    return tuple(sorted((_read(file).standard for file in _library()), key=lambda head: head.id))


def school_standard(word: str | Path, *, on: date, region: str = "") -> SchoolStandard:
    """The standard called ``word``, or the one in that YAML file, as it stands on ``on`` for county ``region``.

    Raises UserError where there is none, it is not in force, is for another region, or its file has a fault.
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
    version = read.versions[index]
    citation = _citation(version.source, read.documents, version, _end(read, index))
    return SchoolStandard(
        read.standard, read.figures, read.groups, version, citation, file.sha256, file, index, read.documents
    )


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


def _citation(
    source: Source, documents: Mapping[str, Document], version: SchoolVersion, end: date | None
) -> Citation:
    document = documents[source.document]
    return Citation(
        document=source.document, title=document.title, article=source.article, certainty=source.certainty,
        in_force_from=version.in_force_from, in_force_to=end, last_checked_on=source.last_checked_on,
        note=source.note or document.note,
    )  # fmt: skip
