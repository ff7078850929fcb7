"""What a job may be asked for, the states it passes through, and from which to which."""

from django.db import models

from junheng.web.front.words import pair


class Work(models.TextChoices):
    """What a job does."""

    EVALUATE = "evaluate", pair("评估", "evaluation")
    REPORT = "report", pair("重新生成报告", "report")
    VERIFY = "verify", pair("独立复算", "verification")
    PLAN = "plan", pair("投入规划", "plan")


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
