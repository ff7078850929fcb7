"""Write openings.csv and changes.csv: made-up new schools and rooms given back, for examples/layout."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

FOLDER = Path(__file__).parent
OPENINGS = (  # 滨河 opens a year after its estate, 新城 and 南岸 together with theirs
    ("学校名称", "学段", "乡镇街道代码", "乡镇街道", "开办年", "教室数"),
    ("滨河新苑配建小学", "小学", "999901006", "己街道", 2026, 24),
    ("新城配建初级中学", "初中", "999901005", "戊街道", 2026, 18),
    ("南岸配建小学", "小学", "999901005", "戊街道", 2027, 18),
)
CHANGES = (  # rooms that other uses give back
    ("学校标识码", "学段", "年", "增加教室数", "增加学位数", "原用途"),
    ("2199000001", "小学", 2025, 2, "", "学前班迁出，腾退教室"),
    ("2199000002", "小学", 2026, "", 90, "教师办公用房改回教室"),
    ("3199000014", "初中", 2026, 3, "", "借用的高中班迁出"),
)


def write(name: str, rows: Iterable[Sequence[object]]) -> None:
    """A table as UTF-8 with a mark, as the offices' programs read it."""
    with (FOLDER / name).open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    write("openings.csv", OPENINGS)
    write("changes.csv", CHANGES)
