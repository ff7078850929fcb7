"""What an officer wants to see: totals, what is left and why, loads, and a week for everyone."""

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json
from junheng.planning.itinerant.naming import Names, unit_of, way_of
from junheng.planning.itinerant.weeks import school_weeks, teacher_weeks
from junheng.planning.tables import Table, column


def tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Every table of the plan, the weeks of teachers and schools last. Where there is no plan, why."""
    names = Names(problem)
    if outcome["status"] == "infeasible":
        return (_reasons(outcome, names), _unknown(problem, names), _defaults(problem))
    return (
        _totals(problem, outcome),
        _needs(outcome, names),
        _live(problem, outcome, names),
        _loads(problem, outcome, names),
        _relaxation(problem, outcome, names),
        _unknown(problem, names),
        _defaults(problem),
        *teacher_weeks(problem, outcome, names),
        *school_weeks(problem, outcome, names),
    )


def _totals(problem: Json, outcome: Json) -> Table:
    goal, bound, length = outcome["objective"], outcome["bound"], unit_of(problem)
    needed = sum(row["periods"] for row in outcome["needs"])
    periods = Text("节", "periods")
    rows = [
        (Text("走教前缺的课时", "periods lacking before"), periods, needed, None),
        (
            Text("走教满足", "given by itinerant teachers"),
            periods,
            needed - goal["unmet_periods"],
            needed - bound["unmet_periods"],
        ),
        (Text("同步课堂满足", "received by video"), periods, goal["live"], bound["live"]),
        (Text("仍未满足", "still unmet"), periods, goal["left"], None),
        (
            Text("每周路程", "way a week"),
            length,
            way_of(problem, goal["travel"]),
            way_of(problem, bound["travel"]),
        ),
    ]
    columns = (
        column("项目", "item"),
        column("单位", "unit"),
        column("方案", "plan", digits=1),
        column("可证明的最好值", "proven limit", digits=1),
    )
    note = Text(
        "先使未满足的课时最少，再使路程最短，最后安排同步课堂；最好值由求解器给出：满足数不会更多，路程不会更短",
        "fewest lessons unmet first, then the least way, then video; the limits are the solver's",
    )
    return Table(Text("汇总", "totals"), columns, rows, note)


def _needs(outcome: Json, names: Names) -> Table:
    rows = [
        (
            names.school(row["school"]), STAGE_NAMES[row["stage"]], names.subject(row["subject"]),
            row["periods"], row["in_person"], row["live"], row["left"],
            Text(row["zh"], row["en"]) if "why" in row else None,
        )
        for row in sorted(outcome["needs"], key=lambda row: -row["left"])
    ]  # fmt: skip
    columns = (
        column("学校", "school"), column("学段", "stage"), column("学科", "subject"),
        column("缺课时", "lacking", "节"), column("走教", "in person", "节"),
        column("同步课堂", "by video", "节"), column("仍缺", "still unmet", "节"), column("原因", "why"),
    )  # fmt: skip
    return Table(Text("课时需求与未满足", "needs and what is unmet"), columns, rows)


def _live(problem: Json, outcome: Json, names: Names) -> Table:
    sent = {lesson["id"]: lesson for lesson in problem["lessons"]}
    rows = [
        (
            row["lesson"], names.school(sent[row["lesson"]]["school"]), sent[row["lesson"]]["room"],
            names.school(row["school"]), names.grade(row["grade"]), names.subject(row["subject"]),
            names.day(row["day"]), row["period"],
        )
        for row in outcome["live"]
    ]  # fmt: skip
    columns = (
        column("课次", "lesson"), column("主讲学校", "sender"), column("主讲教室", "room"),
        column("接收学校", "receiver"), column("年级", "grade"), column("学科", "subject"),
        column("星期", "day"), column("节次", "period"),
    )  # fmt: skip
    return Table(Text("同步课堂", "shared lessons"), columns, rows)


def _loads(problem: Json, outcome: Json, names: Names) -> Table:
    rows = []
    for person in problem["teachers"]:
        mine = [row for row in outcome["lessons"] if row["teacher"] == person["id"]]
        days = [row for row in outcome["days"] if row["teacher"] == person["id"]]
        away = sorted({place for row in days for place in (row["am"], row["pm"])} - {"", person["base"]})
        total = person["own"] + len(mine)
        rows.append(
            (
                person["name"], names.school(person["base"]), person["own"], len(mine), total, person["load"],
                len(away), sum(row["travel"] > 0 for row in days), way_of(problem, sum(row["travel"] for row in days)),
                Text("课时已满", "full") if total == person["load"] else None,
            )
        )  # fmt: skip
    unit = unit_of(problem)
    columns = (
        column("教师", "teacher"), column("所在学校", "own school"), column("本校课时", "own periods", "节"),
        column("走教课时", "itinerant periods", "节"), column("合计", "total", "节"),
        column("上限", "limit", "节"), column("去的学校", "schools visited", "所"),
        column("外出天数", "days away", "天"), column("每周路程", "way a week", unit.zh, 1), column("备注", "remark"),
    )  # fmt: skip
    return Table(Text("教师工作量", "loads"), columns, rows)


def _relaxation(problem: Json, outcome: Json, names: Names) -> Table:
    rows = [
        (
            names.school(row["school"]), STAGE_NAMES[row["stage"]], row["pupils"], len(row["teachers"]),
            "、".join(names.teacher(name) for name in row["teachers"]),
        )
        for row in outcome["relaxation"]
    ]  # fmt: skip
    columns = (
        column("学校", "school"), column("学段", "stage"), column("在校生", "pupils", "人"),
        column("走教体育艺术教师", "visiting PE and arts teachers", "人"), column("教师", "teachers"),
    )  # fmt: skip
    rule = problem["relaxation"]
    note = Text(
        f"农村 {rule['pupils_min']} 人以上、不足 {rule['pupils_below']} 人的学校可计入“交流兼职走教体育艺术教师数”"
        f"（extra_pe_arts；出处：{rule['source']}）。这里按人头计，每校各计一人；是否达标须填入数据后由评估引擎判定。",
        f"rural schools of {rule['pupils_min']} and fewer than {rule['pupils_below']} pupils may count them in "
        "extra_pe_arts. Heads are counted here, one at each school; the engine must judge the entered data.",
    )
    return Table(Text("放宽口径R3s", "relaxation R3s"), columns, rows, note)


def _unknown(problem: Json, names: Names) -> Table:
    rows = [(names.school(row["school_id"]), Text(row["zh"], row["en"])) for row in problem["cannot_tell"]]
    columns = (column("学校", "school"), column("先要补的数据", "data needed first"))
    return Table(Text("无法规划", "cannot tell"), columns, rows)


def _defaults(problem: Json) -> Table:
    rows = [
        (row["item"], row["value"], Text(row["zh"], row["en"]), row["source"]) for row in problem["defaults"]
    ]
    columns = (
        column("参数", "item"),
        column("取值", "value"),
        column("含义", "meaning"),
        column("出处", "source"),
    )
    return Table(Text("参数与出处", "figures and sources"), columns, rows)


def _reasons(outcome: Json, names: Names) -> Table:
    rows = [
        (names.teacher(row["teacher"]), Text(row["zh"], row["en"]), row["short"])
        for row in outcome["reasons"]
    ]
    columns = (column("教师", "teacher"), column("矛盾", "contradiction"), column("差", "short by", "节"))
    return Table(Text("不可行的原因", "why there is no plan"), columns, rows)
