"""What the figures of an outcome are called, for scenarios side by side."""

from dataclasses import dataclass
from typing import Any

from junheng.basics import Text

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its words, the unit it is shown in, digits, and how many of its own unit make one shown."""

    words: Text
    unit: str
    digits: int = 0
    scale: int = 1


_STATUS = {
    "optimal": Text("最优（已证明）", "optimal, proven"),
    "within_gap": Text("在要求的差距以内", "within the gap asked for"),
    "time_limit": Text("时间到，目前最好", "time was up, the best found"),
    "interrupted": Text("被中断，目前最好", "interrupted, the best found"),
    "computed": Text("已计算", "computed"),
    "infeasible": Text("做不到", "cannot be done"),
}
_FIGURES = {
    "cost_yuan": Figure(Text("资金", "money"), "万元", 2, 10_000),
    "stages": Figure(Text("达标学校（学段）", "school-stages that comply"), "个"),
    "between_schools": Figure(Text("校际差距", "distance between schools"), "人/百人", 4),
    "burden": Figure(Text("交流负担（公里与附加）", "burden, km and surcharges"), "公里", 1),
    "unmet": Figure(Text("仍缺岗位", "posts still open"), "岗"),
    "unmet_weak": Figure(Text("薄弱学校仍缺岗位", "posts open at weak schools"), "岗"),
    "moved": Figure(Text("换学校", "persons who change schools"), "人"),
    "county_placed": Figure(Text("县级调剂", "persons placed by the county"), "人"),
    "unmet_periods": Figure(Text("走教后仍缺课时", "periods unmet in person"), "节"),
    "left": Figure(Text("仍缺课时", "periods still unmet"), "节"),
    "live": Figure(Text("同步课堂课时", "periods by video"), "节"),
    "travel": Figure(Text("每周路程", "way a week"), "千米", 1, 1000),
    "need": Figure(Text("覆盖的需要", "need served"), "点"),
    "burden_metres": Figure(Text("路程（含同侧加计）", "way, with the surcharge for the same side"), "公里", 1, 1000),
    "pairs": Figure(Text("新结对", "pairs proposed"), "对"),
    "cost": Figure(Text("总代价", "total cost in pupil-metres"), "人·公里", 1, 1000),
    "pupil_metres": Figure(Text("上学路程合计", "way of all pupils"), "人·公里", 1, 1000),
    "moved_pupils": Figure(Text("换学区学生", "pupils re-zoned"), "人"),
    "needy_apart": Figure(Text("随迁分布偏差", "uneven spread of migrant children"), "人"),
    "over": Figure(Text("超员", "beyond seats"), "人"),
    "under": Figure(Text("低于下限", "below the least fill"), "人"),
    "unplaced": Figure(Text("未安排", "not placed"), "人"),
    "holds": Figure(Text("义务由数据成立的撤并", "mergers that hold by the data"), "项"),
    "mergers": Figure(Text("找到接收学校的撤并", "mergers with receiving schools"), "项"),
    "pupil_minutes": Figure(Text("上学用时合计", "minutes of all pupils"), "人·分钟"),
    "total_yuan": Figure(Text("总费用", "total cost"), "万元", 2, 10_000),
    "unmet_seats": Figure(Text("缺学位", "unmet seats"), "个"),
    "short": Figure(Text("至少还差", "short of at least"), "人", 1),
}  # fmt: skip


def status_text(status: str) -> Text:
    """A status in words."""
    return _STATUS.get(status, Text(status, status))


def figure_of(problem: Json, key: str) -> Figure:
    """What a figure of the objective or bound of ``problem`` is; the solver's own bound is called so."""
    if key.startswith("solver_"):
        own = figure_of(problem, key.removeprefix("solver_"))
        words = Text(f"{own.words.zh}（求解器）", f"{own.words.en}, the solver's")
        return Figure(words, own.unit, own.digits, own.scale)
    known = _FIGURES.get(key)
    if known is None:
        return Figure(Text(key, key), "", 2)
    if key == "travel" and problem.get("travel", {}).get("unit") == "min":
        return Figure(known.words, "分钟")
    if key == "between_schools" and problem.get("objective") == "cv":
        return Figure(Text("差异系数平方之和", "sum of squared CVs"), "", 4)
    if key == "short" and problem.get("kind") == "zone":
        return Figure(Text("缺学位", "pupils beyond seats at least"), "人")
    if key == "need" and problem.get("rules", {}).get("serve") == "all":
        return Figure(Text("有伙伴的薄弱校", "weak schools with a partner"), "所")
    return known
