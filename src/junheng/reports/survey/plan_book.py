"""抽样方案 and 作答码: quotas for the officers, and the codes that are cut out and handed over."""

from collections.abc import Sequence
from pathlib import Path

from junheng.basics import atomic_file
from junheng.judgement.survey import AnswerCode, SampleRules, SurveyPlan, group_names
from junheng.reports.certainty import CERTAINTY_WORDS
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value


def write_plan_book(path: Path, plan: SurveyPlan, rules: SampleRules) -> None:
    """Write 抽样方案.xlsx: sizes, quotas by group and by school, and the source of every rule. Raises UserError."""
    owner = f"{plan.county_name} {plan.year} 社会认可度调查"
    sheets = [_groups(plan), _schools(plan), _sources(rules)]
    with atomic_file(path) as temporary:
        temporary.write_bytes(plain_book(sheets, owner))


def write_code_book(path: Path, plan: SurveyPlan, codes: Sequence[AnswerCode]) -> None:
    """Write 作答码.xlsx, to be cut up and handed over face down; nobody notes who took which. Raises UserError."""
    names = group_names()
    rows: list[list[Value]] = [
        [plan.schools.get(code.school_id, "县级发放"), names[code.group].zh, code.text] for code in codes
    ]
    rows.sort(key=lambda row: (str(row[0]), str(row[1])))
    columns = [Column("发放单位 handed out by", 30), Column("对象 group", 18), Column("作答码 code", 26)]
    notes = [
        "裁开后扣放，由作答人自取；不得登记谁取了哪一个。用后即焚，系统只存指纹。 "
        "Cut up, lay face down, let people take one; never note who took which. The system keeps hashes only."
    ]
    with atomic_file(path) as temporary:
        temporary.write_bytes(plain_book([Sheet("作答码", columns, rows, notes)], plan.county_name))


def _groups(plan: SurveyPlan) -> Sheet:
    names = group_names()
    rows: list[list[Value]] = [
        [names[group].zh, names[group].en, quota, plan.people.get(group)]
        for group, quota in plan.groups.items()
    ]
    rows.append(["合计", "all", plan.size, None])
    columns = [
        Column("对象", 16),
        Column("group", 28),
        Column("调查人数 asked", 14, 0),
        Column("总人数 people", 14, 0),
    ]
    told = f"常住人口 residents {plan.residents}；样本 sample {plan.size}；标准 standard {plan.standard}"
    return Sheet("分类名额", columns, rows, [told, *(f"{note.zh}。{note.en}." for note in plan.notes)])


def _schools(plan: SurveyPlan) -> Sheet:
    groups = [group for group in plan.groups if any(s.group == group and s.school_id for s in plan.slots)]
    quotas = {(slot.school_id, slot.group): slot.quota for slot in plan.slots}
    rows: list[list[Value]] = [
        [code, name, *(quotas.get((code, group), 0) for group in groups)]
        for code, name in plan.schools.items()
    ]
    rows.append(["", "合计 all", *(plan.groups[group] for group in groups)])
    heads = [Column(group_names()[group].zh, 9, 0) for group in groups]
    columns = [Column("学校标识码 code", 16), Column("学校 school", 34), *heads]
    note = "家长、学生按在校生数，教师按专任教师数，校长每校同等；最大余数法，同余数按学校标识码。 Largest remainder; ties by school code."
    return Sheet("分校名额", columns, rows, [note], freeze=2)


def _sources(rules: SampleRules) -> Sheet:
    rows: list[list[Value]] = [
        [
            name,
            f"{c.document} {c.article}".strip(),
            CERTAINTY_WORDS[c.certainty],
            c.overlay,
            c.note.zh if c.note else "",
        ]
        for name, c in rules.sources.items()
    ]
    columns = [
        Column("规则 rule", 22), Column("依据 source", 40), Column("可信度 certainty", 14), Column("叠加 overlay", 16),
        Column("说明 note", 50),
    ]  # fmt: skip
    return Sheet("依据", columns, rows)
