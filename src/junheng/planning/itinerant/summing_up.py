"""The plan in a few sentences: what it gives, how far proven, what binds, what is left and why."""

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.itinerant.naming import Names, unit_of, way_of

_NAMED = 5  # teachers named in a sentence


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """The plan in a few sentences."""
    names = Names(problem)
    if outcome["status"] == "infeasible":
        first = outcome["reasons"][0]
        who = names.teacher(first["teacher"])
        count = len(outcome["reasons"])
        return (
            Text(
                f"固定的安排有 {count} 处矛盾，排不出课表。",
                f"No timetable: {count} contradictions in what is fixed.",
            ),
            Text(f"{who}：{first['zh']}。", f"{who}: {first['en']}."),
        )
    return (
        _result(problem, outcome),
        _proof(problem, outcome),
        *(_binding(problem, outcome, names) if outcome["objective"]["left"] else ()),
        *_left(outcome, names),
        *_small_schools(problem, outcome),
        *_absent(problem),
    )


def _result(problem: Json, outcome: Json) -> Text:
    goal, unit = outcome["objective"], unit_of(problem)
    needed = sum(row["periods"] for row in outcome["needs"])
    way = float(way_of(problem, goal["travel"]))
    return Text(
        f"{len(problem['teachers'])} 位走教教师每周到校上课 {needed - goal['unmet_periods']} 节，同步课堂 {goal['live']} 节，"
        f"共缺 {needed} 节，仍缺 {goal['left']} 节；每周路程 {way:.1f} {unit.zh}。",
        f"{len(problem['teachers'])} itinerant teachers give {needed - goal['unmet_periods']} periods a week and video "
        f"{goal['live']} of {needed} lacking; {goal['left']} stay unmet; the way is {way:.1f} {unit.en} a week.",
    )


def _proof(problem: Json, outcome: Json) -> Text:
    goal, bound, unit = outcome["objective"], outcome["bound"], unit_of(problem)
    percent = f"{100 * float(exact(outcome['gap'])):.3g} %"
    if outcome["gap"] == 0:
        return Text(
            "已证明：没有课表能少缺一节；缺课最少时路程也不能更短（求解器的界）。",
            "Proven: no timetable leaves fewer unmet, nor, with so few, a shorter way (the solver's bounds).",
        )
    least = float(way_of(problem, bound["travel"]))
    stopped = {
        "time_limit": Text("时间到，", "Time was up: "), "interrupted": Text("被中断，", "Interrupted: "),
    }.get(outcome["status"], Text("", ""))  # fmt: skip
    return Text(
        f"{stopped.zh}走教后至少缺 {bound['unmet_periods']} 节（方案 {goal['unmet_periods']} 节），路程至少 {least:.1f} {unit.zh}；"
        f"离最好最多 {percent}。",
        f"{stopped.en}at least {bound['unmet_periods']} stay unmet in person (plan: {goal['unmet_periods']}), the way is at "
        f"least {least:.1f} {unit.en}; the gap is at most {percent}.",
    )


def _binding(problem: Json, outcome: Json, names: Names) -> list[Text]:
    given = {person["id"]: person["own"] for person in problem["teachers"]}
    for row in outcome["lessons"]:
        given[row["teacher"]] += 1
    full = [person["id"] for person in problem["teachers"] if given[person["id"]] == person["load"]]
    first, more = [names.teacher(name) for name in full[:_NAMED]], len(full) - _NAMED
    listed = "、".join(first) + ("等" if more > 0 else "")
    listed_en = ", ".join(first) + (f" and {more} more" if more > 0 else "")
    if not full:
        return [
            Text(
                "没有教师达到周课时上限；限制在路程和时间。",
                "No teacher has a full load: ways and time bind.",
            )
        ]
    return [
        Text(
            f"{len(full)} 位教师达到周课时上限：{listed}；其余受可达范围、半天和班级时间限制。",
            f"{len(full)} teachers have their full load ({listed_en}); the others are bound by reach and time.",
        )
    ]


def _left(outcome: Json, names: Names) -> list[Text]:
    rows = sorted((row for row in outcome["needs"] if row["left"]), key=lambda row: -row["left"])
    if not outcome["needs"]:
        return [Text("能计算的学校没有缺课时。", "No school that can be counted lacks periods.")]
    if not rows:
        return [Text("所有缺的课时都已满足。", "Every lacking period is met.")]
    first = rows[0]
    subject = names.subject(first["subject"])
    name = names.school(first["school"])
    return [
        Text(
            f"还有 {len(rows)} 项未满足，最多的是{name}{subject.zh}缺 {first['left']} 节：{first['zh']}。",
            f"{len(rows)} needs stay unmet, the largest {name}, {subject.en}, {first['left']} periods: {first['en']}.",
        )
    ]


def _small_schools(problem: Json, outcome: Json) -> list[Text]:
    rows = [row for row in outcome["relaxation"] if row["teachers"]]
    if not rows:
        return []
    return [
        Text(
            f"{len(rows)} 所农村小规模学校可按放宽口径计入走教的体育、艺术教师；能否达标须由评估引擎判定。",
            f"{len(rows)} small rural schools may count visiting PE and arts teachers; the engine must judge them.",
        )
    ]


def _absent(problem: Json) -> list[Text]:
    if not problem["cannot_tell"]:
        return []
    count = len(problem["cannot_tell"])
    return [
        Text(f"{count} 处因缺数据未排，见“无法规划”表。", f"{count} entries lack data and are not planned.")
    ]
