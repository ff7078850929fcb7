"""The public form of a timetable's check."""

from datetime import date
from typing import Any

from junheng.planning.curriculum.coverage import Coverage
from junheng.planning.curriculum.prescribed import Prescribed

FORMAT = "junheng/timetable/1"


def timetable_json(
    found: Coverage, prescribed: Prescribed, *, county: str, year: int, book_sha256: str, on: date
) -> dict[str, Any]:
    """The check as data: classes in full hours by stage, every lack with its row, periods and teachers missing."""
    return {
        "format": FORMAT,
        "county": county,
        "year": year,
        "on": on.isoformat(),
        "book_sha256": book_sha256,
        "curriculum": dict(prescribed.source),
        "classes": {
            str(stage): {"all": whole, "full": found.full.get(stage, 0)}
            for stage, whole in found.whole.items()
        },
        "lacks": [
            {
                "school_id": one.school_id,
                "grade": one.grade,
                "class_no": one.class_no,
                "subject": one.subject,
                "asked": str(one.asked),
                "given": str(one.given),
                "where": str(one.place) if one.place else None,
            }
            for one in found.lacks
        ],
        "untold": [
            {"school_id": one.school_id, "grade": one.grade, "classes": one.classes} for one in found.untold
        ],
        "missing": [
            {
                "stage": stage,
                "subject": subject,
                "periods": str(periods),
                "teachers": None if teachers is None else str(teachers),
            }
            for (stage, subject), (periods, teachers) in sorted(found.missing(prescribed).items())
        ],
        "faults": [fault.as_json() for fault in found.faults],
    }
