"""From a folder of YAML (or one file) to one checked definition of a standard; the built-in library."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from junheng.basics import Text, UserError, nearest
from junheng.standards.definition import (
    DeclarationEntry,
    Document,
    Head,
    IndicatorEntry,
    ItemEntry,
    OverlayFile,
    RelaxationEntry,
    StandardFile,
)
from junheng.standards.located_yaml import LocatedYaml, read_yaml
from junheng.standards.place import Entry, Place, Placed, validated

LIBRARY = Path(__file__).parent / "library"
OVERLAYS = LIBRARY / "overlays"
SINGLE_SECTIONS = ("school_rule", "county_rule", "variation", "counting", "split")
LISTED_SECTIONS = ("indicators", "relaxations", "items", "declarations")


@dataclass(frozen=True, slots=True)
class Definition:
    """All files of one standard taken together, each entry with its place."""

    head: Placed[Head]
    documents: Mapping[str, Placed[Document]]
    indicators: tuple[Placed[IndicatorEntry], ...]
    relaxations: tuple[Placed[RelaxationEntry], ...]
    items: tuple[Placed[ItemEntry], ...]
    declarations: tuple[Placed[DeclarationEntry], ...]
    single: Mapping[str, Placed[Any]]  # school_rule, county_rule, variation, counting, split: a Dated each
    sha256: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """One overlay file, checked."""

    content: OverlayFile
    file: LocatedYaml

    @property
    def id(self) -> str:
        """The overlay's id."""
        return self.content.overlay.id


def _keys_of(model: type[BaseModel]) -> frozenset[str]:
    """Every key that may stand anywhere in a file of this model: to suggest the nearest one."""
    schema = model.model_json_schema()
    objects = [schema, *schema.get("$defs", {}).values()]
    return frozenset(key for found in objects for key in found.get("properties", {}))


@cache
def _known_keys(model: type[BaseModel]) -> frozenset[str]:
    return _keys_of(model)


def _files_in(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = sorted(child for child in path.iterdir() if child.suffix in {".yaml", ".yml"} and child.is_file())
    if not found:
        raise UserError(
            Text("标准文件夹中没有 YAML 文件", "the standard's folder holds no YAML file"),
            where=str(path),
            fix=Text("至少需要一个 .yaml 文件", "it needs at least one .yaml file"),
        )
    return found


def combined_sha256(files: list[tuple[str, str]]) -> str:
    """One fingerprint of several files: SHA-256 over their sorted ``name sha256`` lines."""
    lines = "".join(f"{name} {sha256}\n" for name, sha256 in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


def read_standard_files(path: Path) -> Definition:
    """Read a standard from a folder of YAML files, or from one file; the sections are only gathered here.

    Raises UserError naming file, line and key when something does not fit the shape.
    """
    loaded = []
    for file_path in _files_in(path):
        file = read_yaml(file_path)
        content = file.content if file.content is not None else {}
        loaded.append((file, validated(StandardFile, content, Place(file), _known_keys(StandardFile))))
    sha256 = combined_sha256([(file.path.name, file.sha256) for file, _ in loaded])
    return Definition(
        head=_head(loaded, path),
        documents=_documents(loaded),
        indicators=tuple(_listed(loaded, "indicators")),
        relaxations=tuple(_listed(loaded, "relaxations")),
        items=tuple(_listed(loaded, "items")),
        declarations=tuple(_listed(loaded, "declarations")),
        single={section: placed for section in SINGLE_SECTIONS for placed in _single(loaded, section)},
        sha256=sha256,
    )


Loaded = list[tuple[LocatedYaml, StandardFile]]


def _listed(loaded: Loaded, section: str) -> Iterator[Placed[Any]]:
    for file, content in loaded:
        for index, entry in enumerate(getattr(content, section)):
            yield Placed(entry, Place(file, (section, index)))


def _single(loaded: Loaded, section: str) -> list[Placed[Any]]:
    found = [
        Placed(getattr(content, section), Place(file, (section,)))
        for file, content in loaded
        if getattr(content, section) is not None
    ]
    if len(found) > 1:
        first = found[0].place.file.where((section,))
        raise found[1].place.refuse(
            f"{section} 在同一标准中出现两次，另一处：{first}",
            f"{section} is given twice, the other: {first}",
        )
    return found


def _head(loaded: Loaded, path: Path) -> Placed[Head]:
    found: list[Placed[Head]] = _single(loaded, "standard")
    if not found:
        raise UserError(
            Text("没有找到 standard 部分", "no file has a `standard` section"),
            where=str(path),
            fix=Text(
                "写明 id、name、document、in_force_from、stages、parts",
                "state id, name, document, in_force_from, stages and parts",
            ),
        )
    return found[0]


def _documents(loaded: Loaded) -> dict[str, Placed[Document]]:
    found: dict[str, Placed[Document]] = {}
    for file, content in loaded:
        for number, document in content.documents.items():
            place = Place(file, ("documents", number))
            if number in found:
                other = found[number].place.file.where(("documents", number))
                raise place.refuse(
                    f"文件 {number} 登记了两次，另一处：{other}", f"entered twice, the other: {other}"
                )
            found[number] = Placed(document, place)
    return found


def read_overlay(path: Path) -> Overlay:
    """Read one overlay file; UserError naming file, line and key when it does not fit the shape."""
    file = read_yaml(path)
    content = file.content if file.content is not None else {}
    return Overlay(validated(OverlayFile, content, Place(file), _known_keys(OverlayFile)), file)


def library_ids() -> tuple[str, ...]:
    """The ids of the built-in standards: the names of their folders."""
    return tuple(sorted(child.name for child in LIBRARY.iterdir() if child.is_dir() and child != OVERLAYS))


def path_of(standard: str | Path) -> Path:
    """Where a standard is: an id of the library, or an existing path. UserError with the nearest id else."""
    if isinstance(standard, str) and standard in library_ids():
        return LIBRARY / standard
    path = Path(standard)
    if path.exists():
        return path
    near = nearest(str(standard), library_ids())
    ids = "、".join(library_ids())
    hint = Text(f"最接近的是 {near}；", f"the nearest is {near}; ") if near else Text("", "")
    raise UserError(
        Text(f"没有标准 {standard}", f"there is no standard {standard}"),
        fix=Text(f"{hint.zh}内置标准：{ids}，也可给出文件夹", f"{hint.en}built in: {ids}; or give a folder"),
    )


def built_in_overlays() -> tuple[Overlay, ...]:
    """All overlays of the library, wider regions first, then by id."""
    found = [read_overlay(path) for path in sorted(OVERLAYS.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda overlay: (len(overlay.content.overlay.region or ""), overlay.id)))


__all__ = [
    "Definition",
    "Entry",
    "Overlay",
    "built_in_overlays",
    "combined_sha256",
    "library_ids",
    "path_of",
    "read_overlay",
    "read_standard_files",
]
