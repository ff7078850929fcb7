"""The check of shared lessons: each row against its sending lesson, and every limit."""

from collections import Counter
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import exact

Json = dict[str, Any]


def live_faults(problem: Json, outcome: Json) -> list[Text]:
    """What is wrong with the lessons received by video."""
    sent = {lesson["id"]: lesson for lesson in problem["lessons"]}
    found = []
    for row in outcome["live"]:
        lesson = sent[row["lesson"]]
        if any(row[part] != lesson[part] for part in ("stage", "grade", "subject", "day", "period")):
            found.append(_at(row, "与主讲课不符", "not as the sending lesson"))
        if row["school"] == lesson["school"]:
            found.append(_at(row, "主讲学校不能接收自己的课", "a school cannot receive its own lesson"))
    twice = Counter((row["lesson"], row["school"]) for row in outcome["live"])
    found += [
        Text(f"{name}：重复接收", f"{name}: received twice") for name, many in twice.items() if many > 1
    ]
    return [*found, *_capacity(problem, outcome, sent), *_grades(problem, outcome)]


def _capacity(problem: Json, outcome: Json, sent: dict[str, Json]) -> list[Text]:
    """Receivers of a lesson, receiving rooms, and streams of every line (received and sent)."""
    schools = {school["id"]: school for school in problem["schools"]}
    seats, rooms, line = Counter(), Counter(), Counter()  # type: ignore[var-annotated] # counters of texts
    closed = {(s["id"], c["day"], c["half"]) for s in problem["schools"] for c in s["closed"]}
    found = []
    for row in outcome["live"]:
        time = (row["day"], row["period"])
        seats[row["lesson"]] += 1
        rooms[row["school"], time] += 1
        line[row["school"], time] += 1
        line[sent[row["lesson"]]["school"], time] += 1
        half = "am" if row["period"] <= problem["week"]["am"] else "pm"
        if (row["school"], row["day"], half) in closed:
            found.append(_at(row, "学校该半天不上课", "the school is closed then"))
        if "live_rooms" not in schools[row["school"]] or "mbps" not in schools[row["school"]]:
            found.append(_at(row, "没有直播教室或带宽数据", "no live rooms or bandwidth are known"))
    found += [
        Text(f"{name}：接收学校过多", f"{name}: too many receivers")
        for name, many in seats.items()
        if many > sent[name]["receivers"]
    ]
    found += [
        Text(f"{name}：直播教室不够", f"{name}: too few live rooms")
        for name, many in rooms.items()
        if many > schools[name[0]].get("live_rooms", 0)
    ]
    each = exact(problem["rules"]["mbps_per_stream"])
    found += [
        Text(f"{name}：带宽不够", f"{name}: the line is too narrow")
        for name, many in line.items()
        if "mbps" in schools[name[0]] and many * each > exact(schools[name[0]]["mbps"])
    ]
    return found


def _grades(problem: Json, outcome: Json) -> list[Text]:
    """No more lessons of a grade at a time than it has classes, nor a week than its classes need of the subject."""
    classes = {
        (school["id"], part["stage"], part["grade"]): part["classes"]
        for school in problem["schools"]
        for part in school["classes"]
    }
    hours = {
        (row["school"], row["stage"], row["subject"], grade): needed
        for row in problem["demand"]
        for grade, needed in row["grades"].items()
    }
    at_once = Counter((r["school"], r["stage"], r["grade"], r["day"], r["period"]) for r in outcome["live"])
    weekly = Counter((r["school"], r["stage"], r["subject"], r["grade"]) for r in outcome["live"])
    return [
        *(Text(f"{k}：该年级没有空班", f"{k}: no class of the grade is free")
          for k, n in at_once.items() if n > classes.get(k[:3], 0)),
        *(Text(f"{k}：超过该年级所需", f"{k}: more than the grade needs")
          for k, n in weekly.items() if n > hours.get(k, 0)),
    ]  # fmt: skip


def _at(row: Json, zh: str, en: str) -> Text:
    where = f"{row['lesson']} → {row['school']}"
    return Text(f"{where}：{zh}", f"{where}: {en}")
