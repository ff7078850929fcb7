"""The names that a school standard's expressions may use: reported columns, their stages, rooms, its figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from junheng.basics import STAGES
from junheng.data import load_dictionary
from junheng.judgement.school_standards.kinds import Kind

SCHOOL_TABLES = ("school", "stage", "teacher_count", "premises", "finance")
STAGE_TABLES = ("stage", "teacher_count")
ROOM_TABLE = "special_room"
_NUMBERS = frozenset({"integer", "number"})
_KINDS = _NUMBERS | {"text", "code", "enum", "boolean"}


@dataclass(frozen=True, slots=True)
class Name:
    """Where a name stands: ``stage`` where it is that stage's part, ``room`` where rooms of a kind are counted."""

    table: str
    column: str
    stage: str = ""
    room: str = ""


@cache
def reported_names() -> Mapping[str, Name]:
    """Every name the dictionary gives: columns of a school, parts of its stages, rooms by kind."""
    tables = load_dictionary().tables
    found: dict[str, Name] = {}
    for table in SCHOOL_TABLES:
        for column, spec in tables[table].columns.items():
            if spec.type in _KINDS and column not in {"year", "stage"}:
                found.setdefault(column, Name(table, column))
    for table in STAGE_TABLES:
        for column, spec in tables[table].columns.items():
            if spec.type in _NUMBERS and column != "year":
                found |= {f"{stage}_{column}": Name(table, column, stage) for stage in STAGES}
    for kind in tables[ROOM_TABLE].columns["kind"].values:
        found[f"rooms_{kind}"] = Name(ROOM_TABLE, "kind", room=kind)
    return found


def kinds_of_names(figures: Iterable[str]) -> dict[str, Kind]:
    """Whether each name is a number, a text or a truth value."""
    tables = load_dictionary().tables
    found: dict[str, Kind] = {}
    for name, where in reported_names().items():
        type_ = "number" if where.room else tables[where.table].columns[where.column].type
        found[name] = (
            "number" if type_ in {*_NUMBERS, "number"} else "truth" if type_ == "boolean" else "text"
        )
    return found | dict.fromkeys(figures, "number")


def allowed_names(figures: Iterable[str]) -> tuple[str, ...]:
    """All names an expression may use, the standard's own figures last."""
    return (*reported_names(), *figures)
