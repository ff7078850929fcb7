"""A piece of a standard in plain bilingual lines, each value beside the source it rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.standards.standard import Citation, Cited, IndicatorRule, Item, Limit, VariationRule
from junheng.standards.wording import FIELD_NAMES, KIND_NAMES, UNIT_NAMES, VALUE_NAMES

_SPOKEN_ELSEWHERE = frozenset(
    {"id", "part", "name", "text", "evidence", "limits", "tests", "relaxations", "indicator"}
)


@dataclass(frozen=True, slots=True)
class Line:
    """One value: ``field`` is its path within the piece, ``value`` its words ("不低于 4.2")."""

    field: str
    label: Text
    value: Text
    citation: Citation


def describe(piece: Cited) -> tuple[Line, ...]:
    """The values of a piece, one line each; limits and an item's relaxations included."""
    return tuple(_lines(piece))


def _lines(piece: Cited) -> Iterator[Line]:
    for field in type(piece).model_fields:
        if field in _SPOKEN_ELSEWHERE or field.endswith(("citation", "citations")):
            continue
        if field == "comparison" and not isinstance(piece, VariationRule):  # said with the value itself
            continue
        value = getattr(piece, field)
        if value is None or value in ((), {}):
            continue
        yield Line(field, FIELD_NAMES[field], _compared(piece, field, value), _citation(piece, field))
        if field == "floor_ratio" and isinstance(piece, IndicatorRule):
            floors = _compared(piece, "floor", {stage: piece.floor(stage) for stage in piece.thresholds})
            yield Line("floor", FIELD_NAMES["floor"], floors, _citation(piece, field))
    for key, limit in getattr(piece, "limits", {}).items():
        field = f"limits.{key}"
        yield Line(field, limit.name, _limit(limit), _citation(piece, field))
    if isinstance(piece, Item):
        for relaxation in piece.relaxations:
            yield from _relaxed(relaxation)


def _relaxed(relaxation: Any) -> Iterator[Line]:
    for line in _lines(relaxation):
        label = Text(f"{relaxation.name.zh}：{line.label.zh}", f"{relaxation.name.en}: {line.label.en}")
        yield Line(f"relaxations.{relaxation.id}.{line.field}", label, line.value, line.citation)


def _citation(piece: Cited, field: str) -> Citation:
    """The overlay's citation if one has set any part of this field, else the field's own."""
    for path, citation in piece.value_citations.items():
        if citation.overlay and path.startswith(f"{field}."):
            return citation
    return piece.citation_of(field)


def _compared(piece: Cited, field: str, value: Any) -> Text:
    word = ""
    if field in {"thresholds", "composite_limits"}:
        word = str(getattr(piece, "comparison", ""))
    return spoken(value, word)


def _limit(limit: Limit) -> Text:
    said = spoken(limit.value, "" if limit.comparison in {None, "为"} else str(limit.comparison))
    unit = UNIT_NAMES.get(limit.unit)
    return Text(f"{said.zh} {unit.zh}", f"{said.en} {unit.en}") if unit else said


def spoken(value: Any, word: str = "") -> Text:
    """A value in words: by stage or kind where it differs, ``word`` (不低于) before numbers."""
    if isinstance(value, Mapping):
        parts = [(_key(key), _bracketed(inner, spoken(inner, word))) for key, inner in value.items()]
        return Text(
            "；".join(f"{key.zh} {said.zh}" for key, said in parts),
            "; ".join(f"{key.en} {said.en}" for key, said in parts),
        )
    if isinstance(value, tuple | list):
        said_all = [spoken(inner) for inner in value]
        return Text("、".join(said.zh for said in said_all), ", ".join(said.en for said in said_all))
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, Text):
        return value
    plain = _number(value) if isinstance(value, Decimal | int) else _words(str(value))
    sign = _SIGNS.get(word, word)
    return Text(f"{word} {plain.zh}".strip(), f"{sign} {plain.en}".strip())


def _bracketed(value: Any, said: Text) -> Text:
    """A mapping within a mapping stands in brackets."""
    return Text(f"（{said.zh}）", f"({said.en})") if isinstance(value, Mapping) else said


# For reading in English only; the comparison itself is made elsewhere, from the Chinese word.
_SIGNS = {"不低于": "≥", "以上": "≥", "达到": "≥", "不超过": "≤", "小于": "<", "大于": ">", "高于": ">"}


def _words(value: str) -> Text:
    return VALUE_NAMES.get(value, Text(value, value))


def _number(value: Decimal | int) -> Text:
    said = format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
    return Text(said, said)


def _key(key: str) -> Text:
    return STAGE_NAMES.get(key) or KIND_NAMES.get(key) or Text(key, key)
