"""Refusals of class formation: which constraint cannot be kept, in which grade, by which children."""

from collections.abc import Iterable

from junheng.basics import Text, UserError

_SHOWN = 12


def refused(zh: str, en: str, where: str, pids: Iterable[str] = ()) -> UserError:
    """A constraint that cannot be kept; ``pids`` name the children (pseudonyms, safe to print)."""
    named = list(dict.fromkeys(pids))
    children = ", ".join(named[:_SHOWN]) + (f" … ({len(named)})" if len(named) > _SHOWN else "")
    return UserError(
        Text(zh, en),
        where=f"{where}: {children}" if children else where,
        why=Text(
            "约束不能同时满足，编班停止，没有任何结果", "the constraints cannot all hold: nothing was formed"
        ),
        fix=Text(
            "请核对名册中的同班、分开要求与班数，改正后重新冻结",
            "check who is to be together or apart and the number of classes, mend the roll and freeze again",
        ),
    )
