"""Words the chapters share: verdicts, lists of names, the school rule in one clause."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reports.facts import VERDICT_WORDS

ORDER = "一二三四五六七八九十"
NO_SCHOOLS = "该学段没有计入评价的学校。"


def verdict_word(verdict: str | None) -> str:
    """达标, 未达标, 无法判定, or 不判定 where the standard does not ask."""
    return VERDICT_WORDS[verdict]


def join_names(names: Sequence[str], most: int) -> str:
    """Names with 、 between; beyond ``most`` the rest is counted and the annex named."""
    if len(names) <= most:
        return "、".join(names)
    return f"{'、'.join(names[:most])}等（共{len(names)}所，其余见附表和 tables.xlsx）"


def rule_words(rule: Mapping[str, Any]) -> str:
    """The school rule as a clause: how many indicators must be met, and what of the rest."""
    of, least = int(rule["of"]), int(rule["min_met"])
    if least >= of:
        return f"{of}项指标均达标"
    return f"{of}项指标整体达标（至少{least}项达到标准值，其余不低于底线）"
