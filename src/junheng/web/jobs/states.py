"""What a job may be asked for, the states it passes through, and from which to which."""

from django.db import models

from junheng.web.front.words import pair


class Work(models.TextChoices):
    """What a job does."""

    EVALUATE = "evaluate", pair("评估", "evaluation")
    REPORT = "report", pair("重新生成报告", "report")
    VERIFY = "verify", pair("独立复算", "verification")
    PLAN = "plan", pair("规划与预测", "plan")
    COMPARE = "compare", pair("方案比较", "comparison")
    CHECK = "check", pair("核对规划", "check of a plan")
    DRAW = "draw", pair("抽签", "draw")
    REHEARSE = "rehearse", pair("抽签演练", "rehearsal")
    CLASSES = "classes", pair("编班", "class formation")
    SOURCE = "source", pair("读入来源数据", "reading a source")
    SIZES = "sizes", pair("班额与大班额", "class sizes")
    LINT = "lint", pair("报告数字核对", "check of a report")
    FUNDS = "funds", pair("公用经费", "operating funds")
    LEDGER = "ledger", pair("学校台账", "ledger of schools")
    AID = "aid", pair("学生资助", "aid to pupils")
    SCORE = "score", pair("督导评分", "scores")
    SURVEY_PLAN = "surveyplan", pair("认可度调查抽样", "survey sample")
    SURVEY = "survey", pair("认可度调查结果", "survey result")
    TIMETABLE = "timetable", pair("课程开齐开足", "timetable")
    PROMISES = "promises", pair("承诺兑现", "promises")
    ENROLMENT = "enrolment", pair("控辍保学比对", "who is not at school")
    GROUPS = "groups", pair("特殊群体", "groups of pupils")
    NORMS = "norms", pair("办学基本标准", "standard of schools")
    VISITS = "visits", pair("实地学校抽取", "schools to visit")
    DRAWN = "drawn", pair("抽中学校", "schools drawn")
    COMPOSE = "compose", pair("成文", "full report")
    APPLY = "apply", pair("申报表与佐证清单", "application and evidence")
    BOOKS = "books", pair("离线工作簿", "offline workbooks")


PRIVATE = frozenset({Work.DRAW, Work.REHEARSE, Work.CLASSES, Work.ENROLMENT, Work.GROUPS})
"""Works over the names of minors: asked for, seen and kept as permissions.py and retention.yaml say."""

INTERNAL = frozenset({Work.FUNDS, Work.AID})
"""Works of the money office: its officers and the leader see them whole, others their counts."""


class State(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", pair("排队中", "queued")
    RUNNING = "running", pair("进行中", "running")
    DONE = "done", pair("已完成", "done")
    FAILED = "failed", pair("未完成", "failed")
    CANCELLED = "cancelled", pair("已取消", "cancelled")


MOVES: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.RUNNING, State.CANCELLED}),
    State.RUNNING: frozenset(
        {State.DONE, State.FAILED, State.CANCELLED, State.QUEUED}
    ),  # back: its worker died
    State.FAILED: frozenset({State.QUEUED}),
    State.CANCELLED: frozenset({State.QUEUED}),
    State.DONE: frozenset(),
}
OPEN = (State.QUEUED, State.RUNNING)
