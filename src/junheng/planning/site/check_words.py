"""Words of the check: what a code is called in Chinese,
and what is wrong with a plan that cannot be read."""

from collections.abc import Mapping

from junheng.basics import Text

WORDS: Mapping[str, str] = {
    "low": "低方案", "mid": "中方案", "high": "高方案",
    "capital": "投资", "running": "运行", "closing": "撤并", "ways": "路程计价", "unmet": "缺学位计价",
    "optimal": "已证明最优", "within_gap": "在要求的差距以内", "time_limit": "时间到", "interrupted": "被中断",
    "infeasible": "不可行",
}  # fmt: skip


def word(code: object) -> str:
    """A code of plans in Chinese; what is none stays as it is."""
    return WORDS.get(str(code), str(code))


def malformed(error: Exception) -> Text:
    """What a plan lacks whose reading ended in ``error``, without Python's own words."""
    if isinstance(error, KeyError):
        name = error.args[0] if error.args else ""
        return Text(f"方案残缺：没有“{name}”", f"the plan is incomplete: there is no {name}")
    return Text("方案残缺或写法有误，无法复核", "the plan is incomplete or malformed: it cannot be checked")
