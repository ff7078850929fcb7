"""Village schools of a few lines, a merger of two, and the plan's folder as the command leaves it."""

import json
from pathlib import Path
from typing import Any

from junheng.planning.entitled import FundingAsked, funding_effect, moved_pupils
from junheng.planning.state_rows import write_rows

Json = dict[str, Any]
YEARS = (2024, 2024)
ASKED = FundingAsked(2025, "", ())
PROBLEM: Json = {
    "kind": "merge",
    "merges": [{"id": "M", "school": "b"}],
    "homes": [
        {"merge": "M", "place": "v", "stage": "primary", "pupils": 30, "boards": 0},
        {"merge": "M", "place": "w", "stage": "primary", "pupils": 10, "boards": 4},
    ],
}
OUTCOME: Json = {
    "holds": ["M"],
    "moves": [
        {"merge": "M", "place": home["place"], "to": "a", "grades": [{**home, "grade": 1}]}
        for home in PROBLEM["homes"]
    ],
}


def rows(*schools: tuple[str, int | None], **groups: int | None) -> Json:
    """Tables of rural primary schools (id, pupils) of 2024; ``groups`` hold for all of them, 0 unless given."""
    counts = {"boarders": 0, "bilingual_pupils": 0, "inclusive_pupils": 0, "home_taught_pupils": 0, **groups}
    own = {"county_code": "150999", "kind": "primary", "ownership": "public", "urban_rural_code": "220"}
    return {
        "school": [{"year": 2024, "school_id": key, "name": f"{key}小学", **own} for key, _ in schools],
        "stage": [
            {"year": 2024, "school_id": key, "stage": "primary", "pupils": pupils, **counts}
            for key, pupils in schools
        ],
    }


def merged() -> tuple[Json, Json]:
    """School b of 40 closes, a of 70 takes its pupils, c of 120 stays; the groups of a are absent afterwards."""
    before = rows(("a", 70), ("b", 40), ("c", 120))
    after = rows(("a", 110), ("c", 120))
    for name in ("boarders", "bilingual_pupils", "inclusive_pupils", "home_taught_pupils"):
        after["stage"][0][name] = None
    return before, after


def plan_folder(folder: Path) -> Path:
    """What the command writes of the merger, as far as the funds go."""
    before, after = merged()
    found = funding_effect(before, after, YEARS, ASKED, moved_pupils(PROBLEM, OUTCOME))
    write_rows(before, folder / "planned" / "today")
    write_rows(after, folder / "planned" / "2024")
    for name, content in (("problem", PROBLEM), ("plan", OUTCOME), ("funding", found)):
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder
