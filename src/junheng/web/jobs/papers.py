"""What the files of findings and the papers of jobs are, for people who look for one."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from junheng.basics import Text

MAP = "地图.html"
FINDING_FILES: Mapping[str, Text] = {  # what officers look for, first
    "report.docx": Text("Word 报告", "report"),
    "tables.xlsx": Text("Excel 附表", "tables"),
    "verdict.json": Text("结论", "verdict"),
    "problems.json": Text("数据问题", "problems in the data"),
    "sensitivity.json": Text("差多少", "how far off"),
    "trends.json": Text("各年", "years"),
    "standard.json": Text("所用标准", "the standard applied"),
    "values.parquet": Text("指标值", "values of the indicators"),
    "cells.parquet": Text("依据的单元格", "the cells they rest on"),
    "item_cells.parquet": Text("条款依据的单元格", "the cells declared items rest on"),
    "figures.json": Text("报告中的数字", "figures printed in the report"),
    "documents.json": Text("文书记录", "record of the documents"),
    "manifest.json": Text("清单与哈希", "manifest with hashes"),
}
_PAPERS: Mapping[str, Text] = {  # the first that fits
    "规划报告.docx": Text("报告：概要、证明、图", "report: outline, proof, pictures"),
    "行动清单.xlsx": Text("行动清单和全部明细表", "what to do, and every table"),
    MAP: Text("地图，可直接打开", "map, opens here"),
    "方案比较.xlsx": Text("各方案并排的表", "the plans side by side"),
    "方案比较.png": Text("各方案并排的图", "the plans in a picture"),
    "problem.json": Text("冻结的问题", "the problem as frozen"),
    "plan.json": Text("方案，以它为准", "the plan: this is what counts"),
    "about.json": Text("命令、版本、每个文件的哈希", "command, version, hashes"),
    "公布.zip": Text("公布文件夹：公报、核对程序、公示表", "public folder: transcript, verifiers, list"),
    "封存.zip": Text("封存材料：记录与全名单，勿公开", "sealed papers: minutes and full list; keep private"),
    "凭条.zip": Text("各家凭条，只交监护人本人", "slips, each for its guardian alone"),
    "抽签文件夹.zip": Text("接着保管的抽签文件夹，勿公开", "the draw's folder to keep; private"),
    "演练.zip": Text("演练的全部文件，勿公开", "everything of the rehearsals; private"),
    "*名单_封存.xlsx": Text("全名单，勿公开", "the full list; keep private"),
    "*公示表.xlsx": Text("公示表，姓名掩码", "posted list, names masked"),
    "*均衡情况.xlsx": Text("各班均衡情况", "the balance of the classes"),
    "certificate.json": Text("均衡证明，没有姓名", "proof of the balance, no names"),
    "names.jsonl": Text("身份，勿公开", "identities; keep private"),
    "lock.json": Text("锁定的编班", "the locked layout"),
    "trial.json": Text("怎样重做一次", "how to repeat it"),
    "said.json": Text("命令的说明，可能含姓名", "what the command said; may hold names"),
    "班额分析.xlsx": Text("各学段、各年级的班额表", "class sizes in tables"),
    "应拨与实拨.xlsx": Text("逐校应拨，算式可核对", "what each school is due, with formulas"),
    "公用经费情况.docx": Text("情况报告", "report"),
    "台账分析.xlsx": Text("各项比例与问题", "rates and findings"),
    "attestation.csv": Text("佐证行，放进填报数据", "attestations for the county's return"),
    "资助统计.xlsx": Text("各类合计与待核对，勿公开", "totals and what to check; keep private"),
    "资助情况.docx": Text("情况报告", "report"),
    "资助公开.html": Text("可公开的页面，没有学生", "page for the public, without pupils"),
    "评分表.xlsx": Text("总分、等级、逐项", "totals, grades, items"),
    "评分单.xlsx": Text("每个对象一张，供签字", "a sheet each, to be signed"),
    "评分通报.docx": Text("通报", "bulletin"),
    "抽样方案.xlsx": Text("分到各校的名额", "quotas by school"),
    "作答码.xlsx": Text("裁开发放，不登记谁取了哪个", "cut and handed out; not who took which"),
    "调查结果.xlsx": Text("各类对象、各题", "by group and topic"),
    "调查结果公示.docx": Text("可公示", "for the public"),
    "survey.csv": Text("认可度调查表，放进填报数据", "the survey's table for the county's return"),
    "public.json": Text("可公开的数字", "figures for the public"),
    "papers.json": Text(
        "复算用：计数的答卷，没有作答码", "to work it out again: papers as counted, no codes"
    ),
    "roll.json": Text("复算用：抽样时的学校与人数", "to work it out again: schools and numbers as read"),
    "开齐开足.xlsx": Text("逐班缺课时", "hours short, class by class"),
    "*离线工作簿.zip": Text("每校一份，可离线填写", "one a school, to be filled offline"),
    "承诺台账.xlsx": Text("带状态的台账，下次续写", "the register with its states, to be carried on"),
    "批注.docx": Text("原报告加批注", "the report with comments"),
    "特殊群体情况.docx": Text("情况报告，含过少的数，勿公开", "report; small counts in it, keep private"),
    "一校一策达标计划.docx": Text(
        "每所学校差什么，留出措施、责任人、时限", "each school's gaps, with room for measures, owners, days"
    ),
    "办学标准达标.xlsx": Text("达标率、逐校判定与差额", "rates, verdicts and gaps by school"),
    "补充数据样表.xlsx": Text(
        "填报数据没有的数，学校已列好；填好再办一次",
        "figures the return lacks, your schools listed: fill it in and ask again",
    ),
    "实地抽签.zip": Text(
        "抽签文件夹，接着做用；抽签前勿外传", "the folder of the draw, to go on with; keep it until drawn"
    ),
    "evidence.json": Text("佐证清单的数据", "the list of evidence as data"),
    "drawn.json": Text("抽中学校的数据", "the schools drawn as data"),
    "抽中学校.xlsx": Text(
        "抽中学校名单，附抽签用的假名", "the schools drawn, each with its pseudonym in the draw"
    ),
    "抽样框.xlsx": Text("各层学校，可公示", "the schools by stratum, for the public"),
    "报告.docx": Text("Word 报告，数字后有编号，文末写出处", "the report; each figure's source at its end"),
    "申报表.docx": Text("申报表，留出意见和签章处", "the form, with room for opinions and seals"),
    "佐证材料清单.xlsx": Text("每条要什么、有什么、缺什么", "each item's evidence, and what lacks"),
    "控辍保学情况.docx": Text("情况报告，没有姓名", "report without names"),
    "full/台账.xlsx": Text("台账全本，含姓名，勿公开", "full ledger with names; private"),
    "masked/台账.xlsx": Text("台账掩码本", "ledger, masked"),
    "*.png": Text("图", "picture"),
    "*.svg": Text("图", "picture"),
    "planned/*": Text("规划后的数据", "the planned state's data"),
    "findings/*": Text("规划状态的结论", "the finding on the planned state"),
    "public/*": Text("公布文件夹", "public folder"),
}


def use_of(name: str) -> Text:
    """What a paper is, "" where nothing is known of it."""
    if name in _PAPERS:
        return _PAPERS[name]
    fits = (words for pattern, words in _PAPERS.items() if fnmatchcase(name, pattern))
    return next(fits, FINDING_FILES.get(PurePosixPath(name).name, Text("", "")))
