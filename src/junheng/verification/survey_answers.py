"""The answers' files of a survey read a second time: typed ones, and those from the web."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, heading_key, value_key
from junheng.verification.workbooks import Rows, headings, raw_sheets, records, title_key

Json = Mapping[str, Any]
_CODE = ("作答码", "answer code", "code", "答卷码", "编码")
_SHEET = ("答卷", "answers", "问卷", "answer")


@dataclass(frozen=True, slots=True)
class Typed:
    """One paper as it stands in its file: the code as typed, the choices that are on the scale, its place."""

    code: str
    values: Mapping[str, int]
    where: str


def typed_papers(path: Path, name: str, asked: Json) -> list[Typed]:
    """The papers of one file, which was called ``name`` when it was read. Raises UserError where there are none."""
    scale = {
        value_key(word): one["value"] for one in asked["scale"] for word in (str(one["value"]), one["name"])
    }
    if path.suffix.lower() == ".json":
        return list(_from_web(path, name, asked, set(scale.values())))
    for title, rows in raw_sheets(path):
        found = headings(rows, _names(asked), {""})
        if found is not None and (not title or title_key(title) in map(heading_key, _SHEET)):
            return list(_from_rows(rows, f"{name} [{title}]" if title else name, *found, scale))
    raise UserError(
        Text("这里没有答卷", "there are no answers here"),
        where=name,
        fix=Text("请给出当时的答卷", "name the answers of then"),
    )


def _from_web(path: Path, name: str, asked: Json, scale: set[int]) -> Iterator[Typed]:
    ids = {one["id"] for one in asked["questions"]}
    for number, entry in enumerate(json.loads(path.read_text("utf-8"))["answers"], 1):
        values = {
            key: value
            for key, value in entry["answers"].items()
            if key in ids and type(value) is int and value in scale
        }
        yield Typed(str(entry["code"]), values, f"{name} [answers] 第 {number} 行 row {number}")


def _names(asked: Json) -> dict[str, str]:
    """Heading → "" for the code, else the question."""
    names = {heading_key(word): "" for word in _CODE}
    for one in asked["questions"]:
        for word in (one["id"], one["topic"], f"{one['id']} {one['topic']}"):
            names[heading_key(word)] = one["id"]
    return names


def _from_rows(
    rows: Rows, where: str, top: int, columns: Mapping[int, str], scale: Mapping[str, int]
) -> Iterator[Typed]:
    for number, cells in records(rows, top, columns):
        values = {
            name: scale[key] for name, text in cells.items() if name and (key := value_key(text)) in scale
        }
        yield Typed(cells.get("", ""), values, f"{where} 第 {number} 行 row {number}")
