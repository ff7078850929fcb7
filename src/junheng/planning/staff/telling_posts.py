"""Tables of posts: quotas, subjects, moves, what stays open, recruitment."""

from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import exact
from junheng.planning.staff.reasons import ROUND_NAMES, post_name, subject_name
from junheng.planning.tables import Cell, Column, Table

Json = dict[str, Any]
PLACES = {
    "city": Text("城区", "city"),
    "town": Text("镇区", "town"),
    "rural": Text("乡村", "rural"),
    "unknown": Text("未知", "unknown"),
}
_BASIS = {"pupils": Text("生师比", "pupils"), "classes": Text("班师比", "classes")}
_SCHOOL = Column(Text("学校", "school"))
_STAGE = Column(Text("学段", "stage"))
_SUBJECT = Column(Text("学科", "subject"))
_POSTS = (
    ("approved", Text("现核定编制", "approved at present")),
    ("in_quota", Text("在编", "on the quota")),
    ("vacant", Text("空编（负数为超编）", "vacant (below 0: above quota)")),
    ("on_post", Text("在岗", "on post")),
    ("off_post", Text("在编不在岗", "quota, not on post")),
    ("outside", Text("在岗不在编", "on post, outside quota")),
    ("borrowed", Text("其中借用", "of these borrowed")),
    ("non_teaching_limit", Text("非教学人员上限", "limit of staff not teaching")),
    ("non_teaching_over", Text("非教学人员超出", "not teaching, above limit")),
)


def person(zh: str, en: str) -> Column:
    """A column of persons or posts."""
    return Column(Text(zh, en), "人")


def names_of(problem: Json) -> dict[str, str]:
    """School id → name."""
    return {one["id"]: one["name"] for one in problem["schools"]}


def stage_name(stage: str) -> Text:
    """A stage in words."""
    return STAGE_NAMES[stage]


def quota_table(problem: Json, outcome: Json) -> Table:
    """One row per school and stage, the school's own figures in its first row."""
    names, filled = names_of(problem), {one["school_id"]: one for one in outcome["staffing"]}
    places = {one["id"]: PLACES[one.get("place", "unknown")] for one in problem["schools"]}
    rows: list[list[Cell]] = []
    for one in outcome["quotas"]:
        key = one["school_id"]
        for place, stage in enumerate(one["stages"]):
            by_classes = stage.get("by_classes")
            rows.append(
                [
                    names[key], places[key], stage_name(stage["stage"]), stage["pupils"], exact(stage["ratio"]),
                    exact(stage["by_pupils"]), None if by_classes is None else exact(by_classes),
                    _BASIS[stage["basis"]],
                    *([one["posts"], one["allotted"]] if not place else [None, None]),
                    *(filled[key].get(name) if not place else None for name, _ in _POSTS),
                ]
            )  # fmt: skip
    columns = [
        _SCHOOL, Column(Text("城乡", "place")), _STAGE, person("在校生", "pupils"),
        Column(Text("每名教职工对应学生", "pupils per staff"), "人", 1), Column(Text("按生师比", "by pupils"), "人", 2),
        Column(Text("按班师比", "by classes"), "人", 2), Column(Text("采用", "counts")),
        person("应核编制", "posts"), person("县内核定", "within the county's total"),
        *(Column(text, "人") for _, text in _POSTS),
    ]  # fmt: skip
    note = Text(
        "各学段应核数相加后按规则取整；总数、在编等写在该校第一行；空白为缺失或不适用，不是 0",
        "Stages are added, then made whole; the school's figures stand in its first row; blank is absent, never 0",
    )
    return Table(Text("编制核定", "Quota by school"), columns, rows, note)


def _told(sums: Json, key: str) -> int | None:
    """A sum of ``sums``; None where no school reports the figure."""
    by = f"{'in_quota' if key in ('vacant_posts', 'above_quota') else key}_schools"
    return int(sums[key]) if sums.get(by, 1) else None


def totals_table(outcome: Json) -> Table:
    """The county and its places."""
    keys = (
        ("schools", "学校数", "schools"), ("posts", "应核编制", "posts"), ("allotted", "县内核定", "allotted"),
        ("in_quota", "在编", "on the quota"), ("vacant_posts", "空编合计", "vacant posts"),
        ("above_quota", "超编合计", "above quota"), ("off_post", "在编不在岗", "quota, not on post"),
        ("outside", "在岗不在编", "on post, outside quota"), ("borrowed", "其中借用", "of these borrowed"),
        ("non_teaching_over", "非教学人员超出", "not teaching, above limit"),
    )  # fmt: skip
    totals = outcome["totals"]
    scopes = [
        (Text("全县", "county"), totals),
        *((PLACES[place], one) for place, one in totals["places"].items()),
    ]
    rows: list[list[Cell]] = [[scope, *(_told(one, key) for key, _, _ in keys)] for scope, one in scopes]
    columns = [
        Column(Text("范围", "scope")),
        Column(Text("学校数", "schools"), "所"),
        *(person(zh, en) for _, zh, en in keys[1:]),
    ]
    note = Text(
        f"只计能判定的学校：{totals['schools']}/{totals['of']} 所；县内城乡统筹使用",
        f"Schools that can be told: {totals['schools']} of {totals['of']}; posts are pooled across town and country",
    )
    return Table(Text("城乡编制合计", "Posts, town and country"), columns, rows, note)


def subject_table(problem: Json, outcome: Json) -> Table:
    """By stage and subject over the county."""
    rows: list[list[Cell]] = [
        [stage_name(one["stage"]), subject_name(problem, one["subject"]),
         *(one[key] for key in ("schools", "posts", "present", "surplus", "shortage"))]
        for one in outcome["subject_totals"]
    ]  # fmt: skip
    columns = [
        _STAGE, _SUBJECT, Column(Text("学校数", "schools"), "所"), person("应有岗位", "posts"),
        person("现有教师", "teachers"), person("超岗", "surplus"), person("缺岗", "shortage"),
    ]  # fmt: skip
    note = Text(
        "超岗、缺岗按校相加，不互相抵消", "Surplus and shortage are added by school and do not cancel out"
    )
    return Table(Text("学科余缺", "Surplus and shortage by subject"), columns, rows, note)


def school_subject_table(problem: Json, outcome: Json) -> Table:
    """Each school's posts that do not match its teachers."""
    names = names_of(problem)
    rows: list[list[Cell]] = [
        [names[one["school_id"]], stage_name(one["stage"]), subject_name(problem, one["subject"]),
         exact(one["periods"]), exact(one["need"]), one["posts"], one["present"], one["difference"]]
        for one in outcome["subjects"] if one["difference"]
    ]  # fmt: skip
    columns = [
        _SCHOOL, _STAGE, _SUBJECT, Column(Text("周课时", "periods a week"), "节"), Column(Text("折合教师", "need"), "人", 2),
        person("应有岗位", "posts"), person("现有教师", "teachers"), person("余缺", "difference"),
    ]  # fmt: skip
    return Table(Text("各校学科余缺", "Subjects by school"), columns, rows)


def move_table(problem: Json, outcome: Json) -> Table:
    """The placement, round by round."""
    names = names_of(problem)
    rows: list[list[Cell]] = [
        [ROUND_NAMES[one["round"]], names[one["from"]], post_name(problem, one["from_stage"], one["from_subject"]),
         names[one["to"]], post_name(problem, one["stage"], one["subject"]), one["persons"], Text(one["zh"], one["en"])]
        for one in outcome["moves"]
    ]  # fmt: skip
    columns = [
        Column(Text("轮次", "round")), Column(Text("原校", "from")), Column(Text("原岗位", "post left")),
        Column(Text("新校", "to")), Column(Text("新岗位", "post taken")), person("人数", "persons"),
        Column(Text("理由", "reason")),
    ]  # fmt: skip
    return Table(Text("县管校聘调整", "Placement in three rounds"), columns, rows)


def open_table(problem: Json, outcome: Json) -> Table:
    """Posts that stay open after all rounds: to be recruited."""
    names = names_of(problem)
    rows: list[list[Cell]] = [
        [
            names[one["school_id"]],
            stage_name(one["stage"]),
            subject_name(problem, one["subject"]),
            one["persons"],
        ]
        for one in outcome["unmet"]
    ]
    columns = [_SCHOOL, _STAGE, _SUBJECT, person("仍缺", "still open")]
    return Table(Text("仍缺岗位", "Posts still open"), columns, rows)


def price_table(outcome: Json) -> Table:
    """What one more unit of each limit would fill: the proof of the bound, and what to ask for."""
    rows: list[list[Cell]] = [[Text(one["zh"], one["en"]), exact(one["value"])] for one in outcome["prices"]]
    columns = [
        Column(Text("限制", "limit")),
        Column(Text("多一个单位多补的岗位", "posts filled by one more"), "岗", 2),
    ]
    note = Text(
        "负数：该校少一个在编人员的余地（只许调出）才多补；下界由这些数重新推算",
        "Below 0: it is room to let people go that fills posts. The bound is computed again from these",
    )
    return Table(Text("约束与价格", "What binds"), columns, rows, note)


def recruitment_table(outcome: Json) -> Table:
    """Recruitment by year."""
    keys = (
        ("posts", "应核编制", "posts"), ("retired_low", "累计退休（确定）", "retired so far, sure"),
        ("retired_high", "累计退休（最多）", "retired so far, at most"),
        ("recruit_low", "当年补充（统筹，按确定退休）", "recruit, pooled, by sure retirements"),
        ("recruit_high", "当年补充（统筹，按最多退休）", "recruit, pooled, by most retirements"),
        ("surplus_low", "富余（统筹）", "to spare, pooled"),
        ("separate_low", "当年补充（各校各自，按确定退休）", "recruit, each alone, by sure retirements"),
        ("separate_high", "当年补充（各校各自，按最多退休）", "recruit, each alone, by most retirements"),
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [one["year"], one["schools"], *(one[key] for key, _, _ in keys)] for one in outcome["recruitment"]
    ]
    columns = [Column(Text("年份", "year")), Column(Text("学校数", "schools"), "所")]
    columns += [person(zh, en) for _, zh, en in keys]
    note = Text(
        "时点 9 月 1 日；只有出生年的人，月份决定年份时计入“最多”；"
        "按最多退休算时，前几年补得多，后来某一年可以补得少；"
        "按应核编制，不受现核定总量限制；假定新进人员不离职",
        "On 1 September; where only the year of birth is known and the month decides, “most” counts; "
        "by most retirements earlier years take more, so that a later year may take fewer; "
        "by posts due, not held to the approved total; the recruited stay",
    )
    return Table(Text("补充需求", "Recruitment by year"), columns, rows, note)
