"""The works that write: a report from results, the form of application from a finding. Needs no Django."""

from junheng.basics import Text
from junheng.web.jobs.works.kind import BOOK, Part, WorkKind

REPORT_WORKS = (
    WorkKind(
        "compose", Text("成文", "Full report"),
        Text("把结论和各项结果写成一篇报告：每个数字打开就是出处，没有的数字不写，列为尚缺。",
             "A finding and results as one report: every figure opens to its source; what is not known is listed, not written."),
        parts=(
            Part("told", Text("工作数据", "Work data"), BOOK,
                 Text("没有结果能算出的数，逐个写明出处；可不给", "figures no result computes, each with its document; optional")),
        ),
        options=("shape", "finding", "results", "owner", "percent", "digits"),
        samples={"compose.xlsx": Text("工作数据空表", "Empty work data")}, asks_file=False,
    ),
    WorkKind(
        "apply", Text("申报表与佐证清单", "Application and evidence"),
        Text("由一份结论写出申报表和佐证材料清单：每一条要什么佐证、有什么、缺什么。",
             "From a finding: the form of application, and for every item the evidence asked, there, and lacking."),
        options=("finding",), asks_file=False,
    ),
)  # fmt: skip
