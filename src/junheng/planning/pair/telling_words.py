"""One result of the comparison in words: the difference and its interval, or why there is none."""

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json, exact


def sentence(row: Json, name: Text, asked: Json) -> Text:
    """One result in words: the difference and its interval, or why nothing can be said."""
    stage = STAGE_NAMES[row["stage"]]
    head = Text(f"{stage.zh}{name.zh}", f"{stage.en}, {name.en}")
    if row["verdict"] == "cannot_tell":
        n, level = len(row["sets"]), exact(asked["level"])
        return Text(
            f"{head.zh}：可比的只有 {n} 组，学校太少，{float(level):.0%} 的区间给不出，无法判定",
            f"{head.en}: only {n} comparable sets, too few for an interval at {float(level):.0%}; cannot tell",
        )
    low, high = (_signed(row[key]) for key in ("low", "high"))
    return Text(
        f"{head.zh}：成员校与可比学校的变化之差 {_signed(row['effect'])}（区间 {low} 至 {high}，{len(row['sets'])} 组）",
        f"{head.en}: members less comparable schools, difference of changes {_signed(row['effect'])} ({low} to {high}, "
        f"{len(row['sets'])} sets)",
    )


def _signed(value: int | str) -> str:
    return f"{float(exact(value)):+.3f}"
