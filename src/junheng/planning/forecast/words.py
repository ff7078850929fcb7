"""Words of a forecast: levels, reasons, verdicts, sizes of schools."""

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json

LEVELS = {
    "red": Text("红色", "red"),
    "orange": Text("橙色", "orange"),
    "yellow": Text("黄色", "yellow"),
    "enough": Text("够用", "enough"),
    "surplus": Text("富余", "surplus"),
    "cannot_tell": Text("无法判断", "cannot tell"),
}
MISSING = {
    "grades": Text("没有分年级在校生", "no pupils by grade"),
    "base_year": Text("没有基准年的在校生", "no pupils of the base year"),
    "history": Text(
        "历史太短，算不出升级率（分年级的年数不到 least_years，或没有连续两年）",
        "history too short for grade ratios (fewer years by grade than least_years, or no two in a row)",
    ),
    "entrants": Text("算不出占片区新生的份额", "no share of the zone's entrants"),
    "births": Text("缺这些新生的出生人数", "births of these entrants are missing"),
    "births_past": Text("缺往年新生对应的出生人数，算不出入学率", "births behind past entrants are missing"),
    "feeders": Text(
        "有年级的学生来自别校升入，或上一学段还不能预测",
        "a grade is fed by other schools, or the stage below cannot be told",
    ),
    "given": Text("外部预测没有这一年", "the stated forecast lacks this year"),
}
MARKS = {
    "biased": Text(
        "中情景在区间外：过去对这样的学校偏向一边（小校多偏高）",
        "middle outside its interval: such schools were forecast to one side (small ones too high)",
    ),
    "outlier": Text("增减很大，请核对", "changes much: look again"),
    "young": Text("新开办，升级率用全县的，不给区间", "new: the county's ratios, no interval"),
}
UNREPORTED = {
    "blank": Text("有空白", "a blank"),
    "hole": Text("少一个前后年都有的年级", "lacks a grade that the years beside have"),
    "total": Text("只有合计，没有分年级", "a total without grades"),
    "none": Text("没有行", "no row"),
}
RANGE = Text("低–高是情景，不是区间", "low to high is scenarios, no interval")
VERDICTS = {
    "together": Text("学校不晚于住宅", "school no later than the homes"),
    "late": Text("学校晚于住宅", "school later than the homes"),
    "part": Text("只配建一个学段", "one stage only"),
    "none": Text("应配建而没有", "must bring a school and does not"),
    "not_needed": Text("规模不到配建线", "too small to bring one"),
    "unknown": Text("写了配建学校，没有开办年", "a school is named without a year"),
}
RULES = {
    "model": Text("本预测", "this forecast"),
    "repeat": Text("重复上年", "last year repeats"),
    "mean3": Text("三年平均", "mean of three years"),
}
SCOPES = {"school": Text("学校", "school"), "zone": Text("片区", "zone"), "county": Text("全县", "county")}


def size_text(problem: Json, size: int | None) -> Text:
    """A class of school sizes as it is shown; None: all sizes."""
    bounds = problem["method"]["sizes"]
    if size is None:
        return Text("全部", "all")
    if size == 0:
        return Text(f"不足 {bounds[0]} 人", f"under {bounds[0]}")
    if size == len(bounds):
        return Text(f"{bounds[-1]} 人及以上", f"{bounds[-1]} or more")
    return Text(f"{bounds[size - 1]}–{bounds[size] - 1} 人", f"{bounds[size - 1]}–{bounds[size] - 1}")


def stage_text(stage: str) -> Text:
    """A stage; "" is all of them."""
    found = STAGE_NAMES.get(stage)
    return found if found is not None else Text("全部", "all")
