"""Seats and wishes of an admission, from its certificate or a table of wishes, as subjects."""

import csv
import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.judgement.monitoring.condition import Value
from junheng.judgement.monitoring.state import Subject

CERTIFICATE = "certificate.json"
COLUMNS = ("school_id", "name", "seats", "first_choices", "applications", "admitted")


def admission_subjects(
    path: Path, *, stage: str, schools: Mapping[str, str] | None = None
) -> tuple[Subject, ...]:
    """Each school of an admission with its seats, wishes and admitted.

    ``path``: the output folder of ``junheng admit``, whose public certificate tells plan and admitted but, for the
    children's sake, no wishes; or a CSV with the columns of ``COLUMNS`` (blank: not known). ``stage``: primary or
    junior. ``schools``: number in the admission → school code; one without keeps its number. Raises UserError where
    it is neither.
    """
    codes = schools or {}
    rows = _certificate(path / CERTIFICATE) if path.is_dir() else _table(path)
    return tuple(
        seats_subject(
            codes.get(row["school_id"], row["school_id"]),
            row["name"],
            stage,
            **{name: _whole(row.get(name), path) for name in COLUMNS[2:]},
        )
        for row in rows
    )


def _certificate(path: Path) -> list[dict[str, str]]:
    try:
        found = json.loads(path.read_text("utf-8"))
        names = {str(school["id"]): str(school["name"]) for school in found["problem"]["schools"]}
        return [
            {
                "school_id": str(school["id"]),
                "name": names[str(school["id"])],
                "seats": str(school["plan"]),
                "admitted": str(school["taken"]),
            }
            for school in found["result"]["schools"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_admission(path, str(error)) from error


def _table(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {"school_id", "name"} <= set(reader.fieldnames or ()):
                raise _no_admission(path, "school_id, name")
            return [dict(row) for row in reader]
    except (OSError, ValueError) as error:
        raise _no_admission(path, str(error)) from error


def _whole(text: str | None, path: Path) -> int | None:
    if text is None or not text.strip():
        return None
    if not text.strip().isdecimal():
        raise _no_admission(path, text)
    return int(text)


def seats_subject(
    school_id: str,
    school: str,
    stage: str,
    *,
    seats: int | None,
    first_choices: int | None,
    applications: int | None = None,
    admitted: int | None = None,
) -> Subject:
    """One school's seats and wishes; None: not known."""
    counts = {
        "seats": seats,
        "first_choices": first_choices,
        "applications": applications,
        "admitted": admitted,
    }
    facts: dict[str, Value] = {key: None if n is None else Fraction(n) for key, n in counts.items()}
    return Subject(school_id, school, stage, "", facts, distance_unit=Text("人", "pupils"))


def _no_admission(path: Path, detail: str) -> UserError:
    return UserError(
        Text("这不是招生结果文件夹", "This is not the result of an admission"),
        where=f"{path}: {detail}",
        fix=Text(
            f"请给出 junheng admit 的输出文件夹，或有 {'、'.join(COLUMNS)} 各列的 CSV",
            f"give the folder that junheng admit has written, or a CSV with the columns {', '.join(COLUMNS)}",
        ),
    )
