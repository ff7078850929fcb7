"""A school standard resolved for a day and a county: rows with what each rests on, ready to freeze."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng.standards.definition import Document, Source
from junheng.standards.load import Overlay
from junheng.standards.located_yaml import LocatedYaml
from junheng.standards.school_standards.definition import Figure, Group, Row, SchoolHead, SchoolVersion
from junheng.standards.school_standards.overlaid import Change
from junheng.standards.standard import Citation


@dataclass(frozen=True, slots=True)
class SchoolStandard:
    """One version of a school standard, overlays applied. ``sha256``: of its file, or of it with its overlays."""

    head: SchoolHead
    figures: tuple[Figure, ...]
    groups: tuple[Group, ...]
    version: SchoolVersion
    citation: Citation
    sha256: str
    overlays: tuple[Overlay, ...]
    changes: tuple[Change, ...]
    _file: LocatedYaml
    _index: int
    _documents: Mapping[str, Document]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its rows, in order."""
        return self.version.rows

    def where(self, row: int, *keys: str | int) -> str:
        """File, line and key of a part of row number ``row`` (from 0), for complaints; an overlay's own, too."""
        own = self.rows[row].id
        walk = ("rows", own, *(str(key + 1) if isinstance(key, int) else key for key in keys))
        for change in reversed(self.changes):
            if walk[: len(change.walk)] == change.walk:
                return change.place.file.where((*change.place.keys, *keys[len(change.walk) - 2 :]))
        written = [one["id"] for one in self._file.content["versions"][self._index]["rows"]]
        return self._file.where(("versions", self._index, "rows", written.index(own), *keys))

    def cited(self, row: Row) -> Citation:
        """What a row rests on: what changed it last, else its own source, else the version's."""
        for change in reversed(self.changes):
            if change.walk[:2] == ("rows", row.id):
                return change.citation
        if row.source is None:
            return self.citation
        return citation_of(row.source, self._documents, self.version, self.citation.in_force_to)

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
            **self._overlays_as_json(),
        }

    def _overlays_as_json(self) -> dict[str, Any]:
        """Which overlays hold, and each value they set with its words; nothing where there is none."""
        told = [
            {
                "id": one.id,
                "name": {"zh": one.content.overlay.name.zh, "en": one.content.overlay.name.en},
                "region": one.content.overlay.region or "",
                "sha256": one.file.sha256,
                "changes": [
                    {"path": ".".join(change.walk), "citation": change.citation.model_dump(mode="json")}
                    for change in self.changes
                    if change.citation.overlay == one.id
                ],
            }
            for one in self.overlays
        ]
        return {"overlays": told} if told else {}


def citation_of(
    source: Source, documents: Mapping[str, Document], version: SchoolVersion, end: date | None
) -> Citation:
    """``source`` with its document's title (its note, if it has none) and the version's days."""
    document = documents[source.document]
    return Citation(
        document=source.document, title=document.title, article=source.article, certainty=source.certainty,
        in_force_from=version.in_force_from, in_force_to=end, last_checked_on=source.last_checked_on,
        note=source.note or document.note,
    )  # fmt: skip
