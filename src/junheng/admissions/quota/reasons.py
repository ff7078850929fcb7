"""Why a share became the seats it did, in the words of the annex."""

from collections.abc import Mapping

from junheng.admissions.quota.table import Settled, Why
from junheng.basics import Text

_REASONS: Mapping[Why, Text] = {
    "whole": Text("应得数为整数或全部取整数部分", "the exact share, or its whole part"),
    "extra": Text("按次序轮到，加 1 个", "its turn came: one more"),
    "extra_by_lot": Text("次序相同，抽签在前，加 1 个", "equal in order, drawn first: one more"),
    "passed": Text("轮到之前多余名额已分完", "the seats left over were gone before its turn"),
    "passed_by_lot": Text("次序相同，抽签在后，不加", "equal in order, drawn later: none"),
    "blocked": Text("加给它则行列合计无法同时成立，顺延", "with it no table keeps all sums: passed over"),
    "row_full": Text("该高中多余的名额已分完", "the senior school had no seat left over"),
    "column_full": Text("该单位合计已满", "its total was reached already"),
    "dealt": Text("抽签分到", "dealt by lot"),
    "unserved": Text("不在该高中招生区县", "not served by this senior school"),
}


_TABLES: Mapping[str, Text] = {
    "schools": Text("分到学校", "to schools"),
    "districts": Text("分到区县", "to districts"),
    "city": Text("市级高中分到区县内学校", "city schools, inside the district"),
    "pack": Text("合并组内", "inside the pack"),
}


def table_title(id: str) -> str:  # noqa: A002 – the id of a table, as the documents call it
    """A table's id with words before it: "合并组内 pack:山区组"."""
    kind = id.split(":")[0].split("#")[0]
    return f"{_TABLES[kind].zh} {id}"


def reason(found: Settled) -> Text:
    """The words for one share, with its place in the order where it had one."""
    words = _REASONS[found.why]
    if not found.rank:
        return words
    return Text(f"第{found.rank}位：{words.zh}", f"place {found.rank}: {words.en}")
