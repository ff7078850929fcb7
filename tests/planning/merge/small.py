"""A small merger by hand: one teaching point of 20 pupils, two schools that may take them."""

from copy import deepcopy
from typing import Any

from junheng.planning.frozen import FORMAT
from junheng.planning.gathered import Gathered
from junheng.planning.merge.library_files import library
from junheng.planning.merge.settings import read_rules

Json = dict[str, Any]
PAPERS = ("plan", "argument", "hearing", "consent", "publicity", "filing", "decision", "placement")


def school(key: str, pupils: int, classes: int = 1, **more: Any) -> Json:
    """A primary school with so many pupils and classes in each of grades 1 to 4."""
    grades = [{"grade": grade, "pupils": pupils, "classes": classes} for grade in (1, 2, 3, 4)]
    stage = {"stage": "primary", "pupils": 4 * pupils, "grades": grades}
    return {"id": key, "name": key, "kind": "primary", "pupils": 4 * pupils, "stages": [stage], **more}


def paper(duty: str, **more: Any) -> Json:
    """A paper of the first merger, dated in the spring."""
    row: Json = {
        "merge": "M",
        "duty": duty,
        "file": f"{duty}.pdf",
        "held": "held",
        "sha256": "ab" * 32,
        "on": "2024-03-01",
    }
    if duty == "publicity":
        row["until"] = "2024-03-30"
    extra = {"hearing": {"outcome": "agreed"}, "consent": {"asked": 20, "agreed": 11}}
    return row | extra.get(duty, {}) | more


def home(place: str, grade: int, pupils: int = 5, **more: Any) -> Json:
    """Pupils of a village in a grade who do not board and go to school A."""
    row: Json = {
        "merge": "M",
        "place": place,
        "stage": "primary",
        "grade": grade,
        "pupils": pupils,
        "boards": 0,
        "to": "A",
    }
    return row | more


def way(place: str, to: str, minutes: int | str, metres: int = 1000) -> Json:
    """A way as stated."""
    return {"place": place, "school": to, "minutes": minutes, "metres": metres, "basis": "stated"}


def whole() -> Json:
    """A merger that fulfils every duty, reported as carried out."""
    duties = library("duties")
    rules = read_rules({}, None, "small", Gathered("small"))
    ways = [
        way("v", "A", 20),
        way("w", "A", 30),
        way("v", "B", 25),
        way("w", "B", 10),
        way("v", "T", 5),
        way("w", "T", 6),
    ]
    return deepcopy(
        {
            "format": FORMAT,
            "kind": "merge",
            "name": "小样",
            "county": {"code": "999901", "name": "XX"},
            "on": "2024-09-01",
            "mode": "stated",
            "rules": rules,
            "duties": [duty for duty in duties["duties"] if duty["how"] != "radius"],
            "states": [state["id"] for state in duties["states"]],
            "sources": {"library": "", "local": ""},
            "schools": [
                school("A", 30, rooms=6, places=4, boarders=0),
                school("B", 40, rooms=4, places=4, boarders=0),
                school("T", 5, remote=0),
            ],
            "merges": [{"id": "M", "school": "T", "stated": "carried_out", "year": 2024, "to": "A"}],
            "homes": [home("v", 1), home("v", 4), home("w", 2), home("w", 3)],
            "ways": sorted(ways, key=lambda row: (row["place"], row["school"])),
            "evidence": [paper(duty) for duty in sorted(PAPERS)],
            "money": [
                {"merge": "M", "item": "校车", "once": 0, "yearly": 50000},
                {"merge": "M", "item": "运行", "saved": 80000},
            ],
        }
    )
