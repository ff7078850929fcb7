"""What each school needs of each subject: classes × periods a week, less what it gives itself."""

from collections import defaultdict
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.itinerant.reading.library import subject_of, subjects
from junheng.planning.itinerant.reading.settings import Settings
from junheng.planning.itinerant.reading.words import Words
from junheng.planning.sheet_records import Record

Json = dict[str, Any]
_STAGE_ZH: dict[str, Text] = {str(stage): name for stage, name in STAGE_NAMES.items()}


def classes(rows: list[Record], words: Words) -> tuple[dict[str, list[Json]], dict[str, dict[str, int]]]:
    """Classes by school, and pupils by school and stage (only where every grade gives them)."""
    found: dict[str, dict[tuple[str, str], Json]] = defaultdict(dict)
    pupils: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for row in rows:
        school, stage, grade, count = (
            words.school(row),
            words.stage(row),
            words.grade(row),
            words.whole(row, "classes"),
        )
        there = words.whole(row, "pupils", needed=False)
        if not (school and stage and grade) or count is None:
            continue
        if (stage, grade) in found[school]:
            words.faults.add(row.at(), "同一学校同一年级有两行", "a grade of a school has two rows")
        found[school][stage, grade] = {"stage": stage, "grade": grade, "classes": count}
        pupils[school, stage].append(there)
    known: dict[str, dict[str, int]] = defaultdict(dict)
    for (school, stage), counts in pupils.items():
        if None not in counts:
            known[school][stage] = sum(count for count in counts if count is not None)
    return {school: [parts[key] for key in sorted(parts)] for school, parts in found.items()}, dict(known)


def hours_of(settings: Settings, words: Words) -> dict[tuple[str, str, str], int]:
    """(stage, grade, subject) → periods a week for a class."""
    found: dict[tuple[str, str, str], int] = {}
    for number, row in enumerate(settings.hours, 1):
        where = f"hours {number}"
        if not isinstance(row, dict) or not {"stage", "grades", "periods"} <= row.keys():
            words.faults.add(where, "应有 stage、grades、periods", "needs stage, grades and periods")
            continue
        for subject, periods in dict(row["periods"]).items():
            name = subject_of(str(subject))
            if name is None or not str(periods).isdigit() or row["stage"] not in ("primary", "junior"):
                words.faults.add(where, f"{subject}: {periods} 不对", f"{subject}: {periods} is not right")
                continue
            for grade in row["grades"]:
                found[str(row["stage"]), str(grade), name] = int(periods)
    return found


def own_lessons(rows: list[Record], words: Words) -> dict[tuple[str, str, str], int]:
    """(school, stage, subject) → periods given by the school's own teachers."""
    found: dict[tuple[str, str, str], int] = {}
    for row in rows:
        school, stage, subject = words.school(row), words.stage(row), words.subject(row)
        periods = words.whole(row, "periods")
        if not (school and stage and subject) or periods is None:
            continue
        if (school, stage, subject) in found:
            words.faults.add(row.at(), "同一学校同一学科有两行", "a subject of a school has two rows")
        found[school, stage, subject] = periods
    return found


def demand(
    parts: list[Json], school: str, own: dict[tuple[str, str, str], int], hours: dict[tuple[str, str, str], int],
    planned: list[str],
) -> tuple[list[Json], list[Json]]:  # fmt: skip
    """Rows of need of a school, and what cannot be told because own lessons or hours are absent."""
    rows, unknown = [], []
    for stage in sorted({part["stage"] for part in parts}):
        missing = []
        mine = [part for part in parts if part["stage"] == stage and part["classes"]]
        for subject in planned:
            grades = {part["grade"]: hours.get((stage, part["grade"], subject)) for part in mine}
            if any(periods is None for periods in grades.values()):
                missing.append(f"hours:{subject}")
                continue
            total = {part["grade"]: part["classes"] * (grades[part["grade"]] or 0) for part in mine}
            if not sum(total.values()):
                continue
            given = own.get((school, stage, subject))
            if given is None:
                missing.append(f"own:{subject}")
            elif sum(total.values()) > given:
                rows.append(
                    {"school": school, "stage": stage, "subject": subject, "required": sum(total.values()),
                     "own": given, "periods": sum(total.values()) - given,
                     "grades": {grade: periods for grade, periods in sorted(total.items()) if periods}}
                )  # fmt: skip
        if missing:
            unknown.append(cannot_tell(school, missing, stage))
    return rows, unknown


def cannot_tell(school: str, missing: list[str], stage: str = "") -> Json:
    """What is not planned because data is absent, with what is needed first."""
    words = [_missing_words(name) for name in missing]
    zh, en = "、".join(word.zh for word in words), ", ".join(word.en for word in words)
    name = _STAGE_ZH[stage] if stage else Text("", "")
    found = {
        "school_id": school,
        "missing": missing,
        "zh": f"{name.zh}缺：{zh}",
        "en": f"{name.en} lacks: {en}".strip(),
    }
    return found | ({"stage": stage} if stage else {})


def _missing_words(name: str) -> Text:
    kind, _, subject = name.partition(":")
    of = subjects()[subject] if subject else {"zh": "", "en": ""}
    return {
        "own": Text(f"{of['zh']}本校已开课时", f"periods of {of['en']} given by own teachers"),
        "hours": Text(f"{of['zh']}每班周课时", f"hours of {of['en']} a class"),
        "classes": Text("班级", "classes"),
        "position": Text("位置（经纬度、路程或路网节点）", "position (coordinates, ways or road node)"),
        "pupils": Text("在校生数（放宽口径无法判定）", "pupils (the relaxation cannot be told)"),
        "urban_rural": Text(
            "城乡分类（放宽口径无法判定）", "urban-rural class (the relaxation cannot be told)"
        ),
    }[kind]
