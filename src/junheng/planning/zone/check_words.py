"""For the check alone: what differs, in words: which block, school or zone,
the figure stated and the true one."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from junheng.basics import Text

Json = dict[str, Any]
_SHOWN = 5  # names in a sentence
_TOLD = 4  # differences of one part of the outcome
_IDS = ("id", "block", "zone", "school_id")
_WORDS = {
    "assignment": ("划分", "assignment"), "zones": ("各学区", "zones"), "moved": ("换学区名单", "moved blocks"),
    "over": ("超员", "pupils beyond seats"), "under": ("低于最少招生", "pupils below the least fill"),
    "unplaced": ("未安排", "not placed"), "objective": ("目标", "objective"), "state": ("方案后的学校", "schools after the plan"),
    "pupils": ("学生数", "pupils"), "capacity": ("学位", "seats"), "moved_in": ("划入", "moved in"),
    "moved_out": ("划出", "moved out"), "mean_m": ("平均路程（米）", "mean way in m"),
    "farthest_m": ("最远路程（米）", "farthest way in m"), "near_all_m": ("九成学生以内的路程（米）", "way of nine of ten in m"),
    "needy": ("随迁", "needy"), "from": ("原学区", "zone before"), "to": ("新学区", "zone after"), "why": ("原因", "why"),
    "cost": ("总代价（人·米）", "cost in pupil-metres"), "pupil_metres": ("路程合计（人·米）", "all ways in pupil-metres"),
    "moved_pupils": ("换学区学生", "pupils re-zoned"), "needy_apart": ("随迁分布偏差", "uneven spread of the needy"),
    "short": ("超出合计", "pupils beyond the limits"), "year": ("年份", "year"), "closed": ("停办", "closed"),
    "opened": ("新办", "opened"), "stage": ("学段", "stage"), "told": ("有记录的学生", "pupils told of"),
    "blocks": ("片块数", "blocks"), "ways": ("路程", "ways"), "beyond": ("超过最远路程", "beyond reach"),
    "nearest": ("就近", "nearest"), "radius": ("超过服务半径", "beyond the radius"), "parts": ("连片情况", "parts"),
    "block": ("片块", "block"),
    "zone": ("学区", "zone"),
    "id": ("编号", "id"),
    "school_id": ("学校", "school"),
    "reach_m": ("最远路程的上限（米）", "reach in m"),
    "line_m": ("服务半径（米）", "radius in m"),
    "seats": ("学位", "seats"), "split": ("不连片的学区", "zones in several parts"),
    "unassigned": ("没有学区的片块", "blocks in no zone"), "own": ("在本学区就读", "pupils in their own zone"),
    "share": ("比例", "share"), "verdict": ("判断", "verdict"), "audit": ("审计", "audit"), "bound": ("界", "bound"),
    "prices": ("影子价格", "prices"), "reasons": ("原因", "reasons"), "gap": ("差距", "gap"), "status": ("状态", "status"),
}  # fmt: skip

_VALUES = {
    "met": ("达到", "met"), "not_met": ("未达到", "not met"), "cannot_tell": ("无法判断", "cannot tell"),
    "computed": ("已计算", "computed"), "optimal": ("最优（已证明）", "optimal"), "infeasible": ("做不到", "infeasible"),
    "within_gap": ("在要求的差距以内", "within the gap"), "time_limit": ("时间到", "time limit"),
    "interrupted": ("被中断", "interrupted"), "reach": ("限距", "reach"), "pinned": ("指定", "pinned"),
    "contiguity": ("连片", "contiguity"), "clash": ("与别的要求冲突", "clash"),
}  # fmt: skip


class Names:
    """What blocks, zones and schools of a problem are called beside their ids."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        today = problem["today"]["zones"] if "today" in problem else []
        self.zones = {row["id"]: row["name"] for row in [*today, *problem["zones"]]}
        self.blocks = {row["id"]: row["name"] for row in problem["blocks"]}
        self.schools = {row["id"]: row["name"] for row in problem["schools"]}

    def zone(self, one: str) -> Text:
        """学区 东校（S1）."""
        return Text(f"学区 {_with(one, self.zones)}", f"zone {one}")

    def block(self, one: str) -> Text:
        """片块 甲（A）."""
        return Text(f"片块 {_with(one, self.blocks)}", f"block {one}")

    def of(self, one: str) -> Text:
        """Whatever the id is of."""
        if one in self.blocks:
            return self.block(one)
        if one in self.zones:
            return self.zone(one)
        return Text(f"学校 {_with(one, self.schools)}", f"school {one}")


def _with(one: str, names: Mapping[str, str]) -> str:
    name = names.get(one, one)
    return one if name == one else f"{name}（{one}）"


def word_of(key: str) -> Text:
    """What a part of an outcome is called."""
    return Text(*_WORDS.get(key, (key, key)))


def differs(what: Text, stated: object, true: object) -> Text:
    """One figure that is not the true one, with both."""
    one, other = shown(stated), shown(true)
    return Text(
        f"{what.zh}：写作 {one.zh}，重算为 {other.zh}", f"{what.en}: stated {one.en}, counted {other.en}"
    )


def shown(value: object) -> Text:
    """A figure or a list of ids as a sentence shows it; fractions as decimals."""
    if value is None or value == "" or value == []:
        return Text("空", "nothing")
    if isinstance(value, bool | int):
        return Text(f"{value:,}", f"{value:,}")
    if isinstance(value, Fraction) or (isinstance(value, str) and "/" in value):
        return _decimal(value)
    if isinstance(value, list | tuple):
        if len(value) > _SHOWN and isinstance(value[0], Mapping):
            return Text(f"{len(value):,} 条", f"{len(value):,} rows")
        parts = [shown(part) for part in value[:_SHOWN]]
        more = "…" if len(value) > _SHOWN else ""
        return Text("、".join(p.zh for p in parts) + more, ", ".join(p.en for p in parts) + more)
    if isinstance(value, Mapping):
        pairs = [(word_of(key), shown(part)) for key, part in value.items()]
        return Text(
            "、".join(f"{k.zh} {v.zh}" for k, v in pairs), ", ".join(f"{k.en} {v.en}" for k, v in pairs)
        )
    return Text(*_VALUES.get(str(value), (str(value), str(value))))


def _decimal(value: Fraction | str) -> Text:
    try:
        told = f"{float(Fraction(value)):,.12g}"
    except (ValueError, ZeroDivisionError, OverflowError):
        told = str(value)
    return Text(told, told)


def differences(names: Names, key: str, stated: object, true: object) -> list[Text]:
    """Where a part of the outcome is not what the zones give: the first few places, each with both figures."""
    found = list(_apart(names, word_of(key), stated, true))
    more = len(found) - _TOLD
    rest = [Text(f"{word_of(key).zh}：另有 {more} 处不同", f"{word_of(key).en}: {more} more differences")]
    return found[:_TOLD] + (rest if more > 0 else [])


def _apart(names: Names, what: Text, stated: object, true: object) -> Iterator[Text]:
    if stated == true:
        return
    if isinstance(stated, Mapping) and isinstance(true, Mapping):
        for key in [*true, *(key for key in stated if key not in true)]:
            yield from _apart(names, _below(what, word_of(key)), stated.get(key), true.get(key))
        return
    one, other = _by_id(stated), _by_id(true)
    if one is None or other is None or one == other:
        yield differs(what, stated, true)
        return
    for name in sorted(one.keys() | other.keys()):
        yield from _apart(names, _below(what, names.of(name)), one.get(name), other.get(name))


def _below(what: Text, part: Text) -> Text:
    return Text(f"{what.zh}，{part.zh}", f"{what.en}, {part.en}")


def _by_id(rows: object) -> dict[str, Any] | None:
    """Rows by what they are of; None where they are no such rows, or one is twice among them."""
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return None
    key = next((key for key in _IDS if all(isinstance(row.get(key), str) for row in rows)), None)
    found = {row[key]: row for row in rows} if key else {}
    return found if len(found) == len(rows) else None


def malformed(error: Exception) -> Text:
    """What is wrong with an outcome that cannot be read."""
    if isinstance(error, KeyError) and error.args:
        part = word_of(str(error.args[0]))
        return Text(
            f"结果不完整：缺少或不认识“{part.zh}”", f"the outcome lacks, or should not have, {part.en!r}"
        )
    return Text("结果有一处写法不对（数、文本或列表不是应有的样子）", "a part of the outcome is malformed")
