"""Write attending.csv and zones.csv of this folder: made up, fitting examples/layout.

attending: who lives in a block and attends which school – most of them their zone's, some the next one's. zones: junior
schools of the two middle streets share zones, as several schools to a zone are drawn in towns.
"""

import csv
import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent
LAYOUT = FOLDER.parents[1] / "layout"
SHARED = {  # junior zones of several schools
    "J01": ("城中多校学区", ("3199000011", "3199000012", "3499000002")),
    "J02": ("城东多校学区", ("3199000013", "3199000015")),
}


def rows(name: str) -> list[dict[str, str]]:
    """A table of the layout."""
    with (LAYOUT / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def share(key: str) -> float:
    """A made-up share in [0, 1), the same for the same key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") / 2**32


def attending(stage: str, heading: str, home: str) -> list[tuple[str, str, int]]:
    """(block, school, pupils): 0–16 % of a block's pupils attend the zone of a block elsewhere in town."""
    blocks = rows("blocks.csv")
    schools = {row["学校标识码"] for row in rows("schools.csv") if row["学段"] == stage}
    found = []
    for at, block in enumerate(blocks):
        pupils, own = int(block[heading]), block[home]
        other = blocks[(at + 7) % len(blocks)][home]
        away = int(pupils * 0.16 * share(block["片块编号"])) if other in schools and other != own else 0
        found += [(block["片块编号"], own, pupils - away)] + (
            [(block["片块编号"], other, away)] if away else []
        )
    return [row for row in found if row[2]]


def write(folder: Path = FOLDER) -> None:
    """Write both tables into ``folder``."""
    tables = {
        "attending.csv": [("片块编号", "学校标识码", "学生数"), *attending("小学", "小学生", "现属小学")],
        "zones.csv": [
            ("学区编号", "学区名称", "学校标识码"),
            *((key, name, school) for key, (name, schools) in SHARED.items() for school in schools),
        ],
    }
    for name, lines in tables.items():
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(lines)


if __name__ == "__main__":
    write()
