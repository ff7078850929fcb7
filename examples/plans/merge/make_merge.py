"""Write merge.xlsx and the made-up papers beside it; the same on every machine."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from junheng.data import read_input

FOLDER = Path(__file__).parent
DISTRICT = FOLDER.parents[1] / "xx_district"
YEAR = 2024
# merger: closing teaching point, receiving central primary school, reported state
MERGERS = {
    "C1": ("2199000056", "2199000039", "已批准"),
    "C2": ("2199000057", "2199000041", "已批准"),
    "C3": ("2199000058", "2199000038", "已公示"),
    "C4": ("2199000059", "2199000040", "已听证"),
    "C5": ("2199000060", "2199000042", "已论证"),
    "C6": ("2199000061", "2199000037", "提出"),
}
OTHERS = (
    "2199000043",
    "2199000044",
    "2199000045",
    "2199000046",
)  # village schools that might receive as well
REMOTE = {"2199000060": "是", "2199000061": ""}  # a remote one keeps its low grades; of one nobody says
NO_ROOMS = ("2199000040",)  # a central school that does not say how many rooms it has
WALK = 60  # metres a minute on foot
# file: what it is; the papers of C1 are whole, others lack something
PAPERS = {
    "C1": "plan argument hearing consent publicity filing decision",
    "C2": "plan argument hearing consent publicity decision",
    "C3": "plan argument hearing consent publicity",
    "C4": "plan argument hearing consent",
    "C5": "plan argument",
    "C6": "plan",
}
NAMES = {
    "plan": "布局规划或撤并方案", "argument": "论证报告", "hearing": "听证", "consent": "征求学生家长意见",
    "publicity": "公示", "filing": "报省备案", "decision": "批准文件",
}  # fmt: skip
DAYS = {"plan": "2024-03-01", "argument": "2024-03-20", "hearing": "2024-04-10", "consent": "2024-04-12",
        "publicity": "2024-05-06", "filing": "2024-06-20", "decision": "2024-07-05"}  # fmt: skip
UNTIL = {"C1": "2024-06-05", "C2": "2024-06-05", "C3": "2024-05-20"}  # 31 days, 31 days, 15 days
AGREED = {"C1": "0.9", "C2": "0.8", "C3": "0.7", "C4": "0.4"}  # share of the parents asked


def draw(*name: object) -> int:
    """A whole number in [0, 1000) that depends on ``name`` alone (SHA-256)."""
    text = "merge-example/" + "/".join(map(str, name))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") % 1000


def district() -> tuple[dict[str, str], Counter[tuple[str, int]], Counter[tuple[str, int]]]:
    """Names, pupils and classes by school and grade."""
    tables = read_input(DISTRICT).tables
    names = {r["school_id"]: r["name"] for r in tables["school"].to_pylist() if r["year"] == YEAR}
    pupils: Counter[tuple[str, int]] = Counter()
    classes: Counter[tuple[str, int]] = Counter()
    for row in tables["class"].to_pylist():
        if row["year"] == YEAR and row["stage"] == "primary":
            pupils[row["school_id"], row["grade"]] += row["pupils"]
            classes[row["school_id"], row["grade"]] += 1
    return names, pupils, classes


def villages(merger: str) -> list[str]:
    """Two or three villages a teaching point serves."""
    return [f"{merger}-{'甲乙丙'[at]}村" for at in range(2 + (draw(merger) > 500))]


def homes(pupils: Counter[tuple[str, int]]) -> list[Sequence[object]]:
    """Every pupil of the closing schools in a village, by grade; nobody boards but one grade-4 village of C3."""
    rows: list[Sequence[object]] = []
    for merger, (school, to, _) in MERGERS.items():
        places = villages(merger)
        for (_, grade), count in sorted(item for item in pupils.items() if item[0][0] == school):
            parts = [count // len(places)] * len(places)
            parts[0] += count - sum(parts)
            for place, part in zip(places, parts, strict=True):
                boards = part if (merger, grade, place) == ("C3", 4, places[-1]) else 0
                rows.append((merger, place, "小学", grade, part, boards, to))
    return rows


def ways() -> list[Sequence[object]]:
    """Made-up ways on foot: near the teaching point, farther to the others."""
    rows: list[Sequence[object]] = []
    for merger, (school, to, _) in MERGERS.items():
        for at, place in enumerate(villages(merger)):
            near = 5 + draw(place, 1) % 11
            rows.append((place, school, near, near * WALK))
            minutes = 16 + draw(place, 3) % 13
            if merger == "C2" and at == 0:
                minutes = 38  # too far for the low grades
            rows.append((place, to, minutes, minutes * WALK))
            other = OTHERS[draw(place, 5) % len(OTHERS)]
            far = 18 + draw(place, 6) % 10
            rows.append((place, other, far, far * WALK))
    return rows


def evidence(pupils: Counter[tuple[str, int]]) -> list[Sequence[object]]:
    """Rows of the sheet, after writing each paper: a few lines that say they are made up."""
    rows: list[Sequence[object]] = []
    (FOLDER / "evidence").mkdir(exist_ok=True)
    for merger, duties in PAPERS.items():
        asked = sum(count for (school, _), count in pupils.items() if school == MERGERS[merger][0])
        for duty in duties.split():
            file, on = f"evidence/{merger}_{duty}.txt", DAYS[duty]
            agreed = round(asked * float(AGREED.get(merger, "0"))) if duty == "consent" else ""
            result = "多数同意" if duty == "hearing" else ""
            text = f"{merger} {NAMES[duty]} {on}（虚构样例，不是真实文件 · made up, no real paper）\n"
            (FOLDER / file).write_text(text, encoding="utf-8")
            until = UNTIL.get(merger, "") if duty == "publicity" else ""
            asked_of = asked if duty == "consent" else ""
            digest = hashlib.sha256(text.encode()).hexdigest()
            rows.append((merger, NAMES[duty], file, digest, on, until, asked_of, agreed, result))
    return rows


def money() -> list[Sequence[object]]:
    """Made-up costs: school bus and refitting; savings: running the teaching point. One cell nobody filled in."""
    rows: list[Sequence[object]] = []
    for merger in MERGERS:
        rows.append((merger, "校车", 0, 60_000 + draw(merger, "bus") * 20, 0))
        rows.append(
            (merger, "接收学校改造", "" if merger == "C4" else 20_000 + draw(merger, "refit") * 50, 0, 0)
        )
        rows.append((merger, "教学点运行", 0, 0, 30_000 + draw(merger, "run") * 30))
    return rows


def sheets() -> dict[str, tuple[Sequence[str], list[Sequence[object]]]]:
    """Heading and rows of every sheet."""
    names, pupils, classes = district()
    receiving = sorted({to for _, to, _ in MERGERS.values()} | set(OTHERS))
    schools: list[Sequence[object]] = []
    for key in receiving:
        total = sum(count for (school, _), count in classes.items() if school == key)
        rooms = "" if key in NO_ROOMS else total + draw(key, "rooms") % 3
        schools.append((key, names[key], rooms, 20, 6, ""))
    for key, _, _ in MERGERS.values():
        schools.append((key, names[key], "", 0, "", REMOTE.get(key, "否")))
    return {
        "学校": (("学校标识码", "学校名称", "教室数", "寄宿床位", "寄宿生数", "偏远"), schools),
        "撤并": (
            ("撤并编号", "撤并学校", "接收学校", "状态", "年份"),
            [(key, school, to, state, YEAR) for key, (school, to, state) in MERGERS.items()],
        ),
        "生源": (("撤并编号", "地点", "学段", "年级", "学生数", "寄宿人数", "接收学校"), homes(pupils)),
        "路程": (("地点", "学校标识码", "分钟", "路程（米）"), ways()),
        "佐证": (
            ("撤并编号", "事项", "材料", "材料哈希", "日期", "截止日期", "征求人数", "同意人数", "结果"),
            evidence(pupils),
        ),
        "费用": (("撤并编号", "项目", "一次性支出（元）", "每年支出（元）", "每年节约（元）"), money()),
    }


def write(path: Path) -> None:
    """Write the workbook, with a fixed date so that two runs give the same bytes."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "虚构样例 · made up", "created": datetime(2024, 9, 1)})  # noqa: DTZ001 - a workbook's day has no zone
    for name, (heading, rows) in sheets().items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate([heading, *rows]):
            sheet.write_row(at, 0, ["" if cell is None else cell for cell in row])
    book.close()


if __name__ == "__main__":
    write(FOLDER / "merge.xlsx")
