"""The works over a county's schools: groups of pupils, schools to visit, the standard of schools. Needs no Django."""

from junheng.basics import Text
from junheng.web.jobs.works.kind import BOOK, DATA_SAMPLES, OVERLAY, YAML, Part, WorkKind

SCHOOL_WORKS = (
    WorkKind(
        "groups", Text("特殊群体", "Groups of pupils"),
        Text("随迁、留守、残疾儿童各有多少、怎样安置，三年巩固率两种口径；过少的数不外露。",
             "Migrant, left-behind, disabled pupils and their placement; retention by two formulas; small counts stay inside."),
        parts=(
            Part("book", Text("名册或汇总", "Register or totals"), (".xlsx", ".zip"),
                 Text("工作簿，或各表 CSV 的 .zip：“学籍”或“汇总”，“毕业队列”",
                      "a workbook, or a zip of CSV sheets: 学籍 or 汇总, 毕业队列"), is_required=True),
            Part("rules", Text("地方规则叠加", "Overlay of your rules"), YAML,
                 Text("没有就用内置的规则", "without one the built-in rules stand")),
        ),
        options=("on",), samples={"groups.xlsx": Text("空表", "Empty form")}, is_verified=True,
    ),
    WorkKind(
        "norms", Text("办学基本标准", "Standard of schools"),
        Text("每所学校对照办学标准：达标率、差多少、一校一策达标计划。",
             "Every school against a standard of schools: rates, what each lacks, a plan for each."),
        parts=(
            Part("norm_file", Text("本省办学标准", "Your province's standard"), YAML,
                 Text("没有就用下面选的国家建设标准", "without one the building standard chosen below is used")),
            Part("book", Text("补充数据", "Further figures"), BOOK,
                 Text("填报数据没有的数；先不带它办一次，结果里有列好学校的空表",
                      "figures the return lacks; run it once without: the result holds the form with your schools")),
            OVERLAY,
        ),
        takes_data=True, options=("norm", "year", "on"), is_verified=True,
        samples={"norms.yaml": Text("标准的写法（建标109-2008）", "How a standard is written"), **DATA_SAMPLES},
    ),
    WorkKind(
        "visits", Text("实地学校抽取", "Schools to visit"),
        Text("按类型和城乡分层，封存名册，写出公开抽签的文件夹；抽中谁由公共随机决定，人人可核对。",
             "Strata by kind and place, the roll frozen, the folder of a public draw: chance decides, anyone can check."),
        takes_data=True, options=("number", "standard", "year", "rehearsal"), samples=DATA_SAMPLES,
    ),
    WorkKind(
        "drawn", Text("抽中学校", "Schools drawn"),
        Text("录好公共随机的实地抽签文件夹：定种子、抽签、写出公布文件夹，由核对程序核对，列出抽中的学校。",
             "The folder of the draw with its randomness recorded: decided, published, checked by the verifier, and listed."),
        parts=(
            Part("book", Text("实地抽签文件夹（.zip）", "Folder of the draw (.zip)"), (".zip",),
                 Text("“实地学校抽取”给的文件夹，承诺、公告、公开、公共随机都已做完",
                      "the folder of “Schools to visit”, its commitments, spec, reveals and beacons done"),
                 is_required=True, is_draw=True),
        ),
        is_verified=True,
    ),
)  # fmt: skip
