"""What a job may be asked for, the states it passes through, and from which to which."""

from django.db import models


class Work(models.TextChoices):
    """What a job does."""

    EVALUATE = "evaluate", "评估"
    REPORT = "report", "重新生成报告"
    VERIFY = "verify", "独立复算"
    PLAN = "plan", "投入规划"


class State(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已取消"


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
EN: dict[State | Work, str] = {
    State.QUEUED: "queued",
    State.RUNNING: "running",
    State.DONE: "done",
    State.FAILED: "failed",
    State.CANCELLED: "cancelled",
    Work.EVALUATE: "evaluation",
    Work.REPORT: "report",
    Work.VERIFY: "verification",
    Work.PLAN: "plan",
}
