"""Write quota_2027.xlsx: the made-up workbook of this folder, the same on every machine."""

import hashlib
from pathlib import Path
from typing import Any

from junheng.admissions import write_quota_template

FOLDER = Path(__file__).parent
YEAR = 2027
DISTRICTS = {"甲区": 9, "乙县": 8, "丙县": 7}  # district → junior schools
SENIORS = (  # name, plan, level, districts served, control line
    ("XX市第一中学", 800, "市级", "", 560),
    ("XX市第二中学", 655, "市级", "", 545),
    ("甲区高级中学", 500, "区级", "甲区", 520),
    ("乙县高级中学", 705, "区级", "乙县", 500),
    ("丙县高级中学", 450, "区级", "丙县", 495),
)
PACKS = {"乙县": "乙县山区组", "丙县": "丙县牧区组"}
SMALL = 40  # graduates below which a rural school joins its district's pack
APPLICANTS = 2  # one graduate in so many applies in this example


def draw(*name: object) -> float:
    """A number in [0, 1) that depends on ``name`` alone (SHA-256)."""
    text = "quota-example/" + "/".join(map(str, name))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64


def seniors() -> list[dict[str, Any]]:
    """The five made-up senior schools; province digits 99 are assigned to no place."""
    return [
        {
            "year": YEAR, "id": f"34990000{number:02d}", "name": name, "plan": plan, "level": level,
            "districts": districts or None, "control_line": line,
        }
        for number, (name, plan, level, districts, line) in enumerate(SENIORS, start=1)
    ]  # fmt: skip


def juniors() -> list[dict[str, Any]]:
    """Twenty-four made-up junior schools: every third of a county is rural and small."""
    found = []
    for district, count in DISTRICTS.items():
        for place in range(1, count + 1):
            rural = district != "甲区" and place > 3
            small = rural and place % 2 == 0
            low, high = (12, SMALL) if small else (60, 180) if rural else (180, 460)
            found.append(
                {
                    "id": f"31990000{len(found) + 1:02d}",
                    "name": f"{district}第{place}中学" if not rural else f"{district}{place}乡中学",
                    "district": district,
                    "graduates": low + int((high - low) * draw("graduates", district, place)),
                    "is_rural": rural,
                    "pack": PACKS[district] if small else None,
                }
            )
    return found


def pupils(schools: list[dict[str, Any]], senior: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Applicants: scores in half marks, three wishes at most, a few not registered long enough."""
    found = []
    for school in schools:
        open_to = [row["id"] for row in senior if row["districts"] in (None, school["district"])]
        for number in range(school["graduates"] // APPLICANTS + 1):
            key = (school["id"], number)
            score = 430 + int(2 * 200 * (draw("score", *key) + draw("more", *key)) / 2) / 2
            wishes = sorted(open_to, key=lambda senior_id, key=key: draw("wish", senior_id, *key))  # type: ignore[misc]  # mypy does not type a lambda's default
            found.append(
                {
                    "id": f"27{len(found) + 1:05d}",
                    "junior": school["id"],
                    "score": score,
                    "years": 3 if draw("years", *key) > 0.04 else 1,
                    "ties": [100 + int(100 * draw("tie", *key))],
                    "wishes": wishes[: 1 + int(3 * draw("wishes", *key))],
                }
            )
    return found


def main() -> None:
    """Write the workbook."""
    rows, schools = seniors(), juniors()
    content = {"senior": rows, "junior": schools, "pupil": pupils(schools, rows)}
    write_quota_template(FOLDER / "quota_2027.xlsx", content)


if __name__ == "__main__":
    main()
