"""Teachers with what is fixed for them, and sending lessons."""

from typing import Any

from junheng.planning.itinerant.reading.library import subjects
from junheng.planning.itinerant.reading.settings import Settings
from junheng.planning.itinerant.reading.words import Words
from junheng.planning.sheet_records import Record

Json = dict[str, Any]


def teachers(
    tables: dict[str, list[Record]], words: Words, settings: Settings, subjects: set[str]
) -> list[Json]:
    """Every teacher, with fixed half-days; subjects that are not planned are left out."""
    fixed = _fixed(tables["fixed"], words, settings)
    found: dict[str, Json] = {}
    for row in tables["teacher"]:
        name, base, own = words.text(row, "teacher"), words.school(row, "base"), words.whole(row, "own")
        load = words.whole(row, "load", needed=False)
        if name in found:
            words.faults.add(
                row.at("teacher"), f"教师编号 {name} 重复", f"the teacher id {name} appears twice"
            )
        if name is None or base is None or own is None:
            continue
        found[name] = {
            "id": name, "name": row["name"] or name, "base": base, "stages": words.stages(row),
            "subjects": [subject for subject in words.subjects(row) if subject in subjects], "own": own,
            "load": int(settings.rules["load"]) if load is None else load, "fixed": fixed.get(name, []),
        }  # fmt: skip
    return [found[name] for name in sorted(found)]


def _fixed(rows: list[Record], words: Words, settings: Settings) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    seen = set()
    for row in rows:
        name, day, half, place = (
            words.teacher(row),
            words.day(row, settings.days),
            words.half(row),
            words.place(row),
        )
        if not (name and day and half and place):
            continue
        if (name, day, half) in seen:
            words.faults.add(row.at(), "这位教师该半天固定了两次", "this half-day is fixed twice")
        seen.add((name, day, half))
        found.setdefault(name, []).append({"day": day, "half": half, "place": place})
    return {
        name: sorted(parts, key=lambda part: (part["day"], part["half"])) for name, parts in found.items()
    }


def closed(rows: list[Record], words: Words, settings: Settings) -> dict[str, list[Json]]:
    """Half-days without lessons by school."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        school, day, half = words.school(row), words.day(row, settings.days), words.half(row)
        if school and day and half:
            found.setdefault(school, set()).add((day, half))
    return {school: [{"day": d, "half": h} for d, h in sorted(times)] for school, times in found.items()}


def lessons(rows: list[Record], words: Words, settings: Settings) -> list[Json]:
    """Sending lessons; a room sends one at a time."""
    found: dict[str, Json] = {}
    rooms, known = set(), subjects()
    for row in rows:
        name, school, room = words.text(row, "lesson"), words.school(row), words.text(row, "room")
        stage, grade, subject = words.stage(row), words.grade(row), words.subject(row)
        day, period = words.day(row, settings.days), words.whole(row, "period")
        receivers = words.whole(row, "receivers", needed=False)
        if not (name and school and room and stage and grade and subject and day) or period is None:
            continue
        if not 1 <= period <= sum(settings.halves.values()):
            words.faults.add(row.at("period"), f"没有第 {period} 节", f"there is no period {period}")
            continue
        if known[subject]["live"] == "0":
            words.faults.add(
                row.at("subject"),
                f"{known[subject]['zh']}需要在场，不作同步课堂",
                f"{known[subject]['en']} needs presence and is not shared by video",
            )
        if name in found or (school, room, day, period) in rooms:
            words.faults.add(
                row.at(), "课次编号重复，或同一教室同一节两课", "an id twice, or a room used twice"
            )
        rooms.add((school, room, day, period))
        found[name] = {
            "id": name, "school": school, "room": room, "stage": stage, "grade": grade, "subject": subject,
            "day": day, "period": period,
            "receivers": int(settings.rules["receivers"]) if receivers is None else receivers,
        }  # fmt: skip
    return [found[name] for name in sorted(found)]
