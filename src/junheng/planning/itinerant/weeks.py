"""A week for every teacher and every school: periods down, days across."""

from collections import defaultdict
from collections.abc import Iterator

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.itinerant.naming import Names
from junheng.planning.tables import Cell, Column, Table

_SHEET_LETTERS = 24  # a sheet may be called 31 letters; some are kept for what makes the name unique


def teacher_weeks(problem: Json, outcome: Json, names: Names) -> Iterator[Table]:
    """One table for each teacher: where each half-day is spent, and every lesson."""
    where = {(row["teacher"], row["day"]): row for row in outcome["days"]}
    taught = {(row["teacher"], row["day"], row["period"]): row for row in outcome["lessons"]}
    for person in problem["teachers"]:
        rows: list[list[Cell]] = []
        for half, zh, en in (("am", "上午", "morning"), ("pm", "下午", "afternoon")):
            places = [where[person["id"], day["id"]][half] for day in problem["week"]["days"]]
            rows.append([Text(zh, en), *(_place(place, person["base"], names) for place in places)])
        for period in _periods(problem):
            lessons = [taught.get((person["id"], day["id"], period)) for day in problem["week"]["days"]]
            cells = [
                None if row is None else _lesson(row, names.school(row["school"]), names) for row in lessons
            ]
            rows.append([Text(f"第 {period} 节", f"period {period}"), *cells])
        title = f"师 {person['id']} {person['name']}"[:_SHEET_LETTERS]
        note = Text(
            f"{person['name']}，{names.school(person['base'])}；本校 {person['own']} 节由学校排在“本校”的半天里",
            f"{person['own']} own lessons are laid by the own school into the half-days spent there",
        )
        yield Table(Text(title, f"teacher {person['id']}"), _columns(problem), rows, note)


def school_weeks(problem: Json, outcome: Json, names: Names) -> Iterator[Table]:
    """One table for each school that anybody visits or that receives: every lesson with who gives it."""
    sent = {lesson["id"]: lesson for lesson in problem["lessons"]}
    cells: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for row in outcome["lessons"]:
        words = _lesson(row, names.teacher(row["teacher"]), names)
        cells[row["school"], row["day"], row["period"]].append(words)
    for row in outcome["live"]:
        sender = names.school(sent[row["lesson"]]["school"])
        words = f"{names.grade(row['grade']).zh}{names.subject(row['subject']).zh}（同步：{sender}）"
        cells[row["school"], row["day"], row["period"]].append(words)
    for number, school in enumerate(problem["schools"], 1):
        if not any(name == school["id"] for name, _, _ in cells):
            continue
        rows: list[list[Cell]] = [
            [
                Text(f"第 {period} 节", f"period {period}"),
                *("；".join(cells.get((school["id"], day["id"], period), [])) or None
                  for day in problem["week"]["days"]),
            ]
            for period in _periods(problem)
        ]  # fmt: skip
        title = f"校 {number} {school['name']}"[:_SHEET_LETTERS]
        yield Table(
            Text(title, f"school {school['id']}"), _columns(problem), rows, Text(school["name"], school["id"])
        )


def _periods(problem: Json) -> range:
    return range(1, problem["week"]["am"] + problem["week"]["pm"] + 1)


def _columns(problem: Json) -> list[Column]:
    return [
        Column(Text("节次", "period")),
        *(Column(Text(d["zh"], d["en"])) for d in problem["week"]["days"]),
    ]


def _place(place: str, base: str, names: Names) -> Text | str:
    if not place:
        return Text("不可用", "not available")
    return Text("本校", "own school") if place == base else names.school(place)


def _lesson(row: Json, who: str, names: Names) -> str:
    stage = {"primary": "小学", "junior": "初中"}[row["stage"]]
    return f"{stage}{names.subject(row['subject']).zh}（{who}）"
