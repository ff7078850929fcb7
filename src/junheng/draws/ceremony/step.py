"""How far a ceremony has come, and the refusal of a step out of order."""

from enum import StrEnum

from junheng.basics import Text, UserError


class Step(StrEnum):
    """The last thing frozen. Each admits only the step after it (``postponed`` and ``void``: none)."""

    EMPTY = "empty"
    FROZEN = "frozen"
    DECLARED = "declared"
    REVEALED = "revealed"
    OBSERVED = "observed"
    SEEDED = "seeded"
    DECIDED = "decided"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    VOID = "void"


STEP_NAMES = {
    Step.EMPTY: Text("尚未开始", "not begun"),
    Step.FROZEN: Text("名册已封存", "roll frozen"),
    Step.DECLARED: Text("方案已公告", "spec declared"),
    Step.REVEALED: Text("各方随机数已揭示", "all parties have revealed"),
    Step.OBSERVED: Text("公共信标已录入", "beacons observed"),
    Step.SEEDED: Text("种子已算出", "seed fixed"),
    Step.DECIDED: Text("结果已产生", "result decided"),
    Step.PUBLISHED: Text("记录已公布", "transcript published"),
    Step.POSTPONED: Text("已延期", "postponed"),
    Step.VOID: Text("已作废", "void"),
}


def require_state(found: Step, allowed: set[Step], doing: Text) -> None:
    """Refuse (UserError) what the ceremony has not come to, or has already passed."""
    if found in allowed:
        return
    now = STEP_NAMES[found]
    due = [STEP_NAMES[step] for step in Step if step in allowed]
    zh, en = "或".join(t.zh for t in due), " or ".join(t.en for t in due)
    raise UserError(
        Text(f"次序不对，不能{doing.zh}：现在是“{now.zh}”", f"Out of order: cannot {doing.en} when {now.en}"),
        why=Text("先后次序保证没有人能挑选结果", "the order is what keeps anyone from choosing the result"),
        fix=Text(f"此步骤只在“{zh}”时进行", f"this step belongs to: {en}"),
    )
