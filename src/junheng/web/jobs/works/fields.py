"""The choices of the works' forms: days, years, standards, what the county has on the site."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from junheng.basics import Text
from junheng.judgement.ledgers import ledgers
from junheng.reports.compose import load_library
from junheng.standards import list_standards
from junheng.standards.school_standards import list_school_standards
from junheng.standards.scoring import list_systems
from junheng.web.front.words import half, pair
from junheng.web.jobs.models import Job
from junheng.web.jobs.works.places import composable, current_findings, kind_of, survey_plans
from junheng.web.people.models import Account, Organisation

_FIRST, _LAST = 2000, 2100
_USUAL_STANDARD = "quality-2017"
_MOST_DIGITS = 4
Asked = tuple[Organisation, Account]


def _year(zh: str, en: str, hint: Any = "", *, is_required: bool = False) -> forms.Field:
    return forms.IntegerField(
        label=pair(zh, en), min_value=_FIRST, max_value=_LAST, required=is_required, help_text=hint
    )


def _day(*, is_required: bool = False) -> forms.Field:
    shown = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=pair("截至哪一天", "As of"), required=is_required, widget=shown, initial=timezone.localdate,
        help_text=pair("到这一天为止算", "counted up to this day"),
    )  # fmt: skip


def _choices(zh: str, en: str, pairs: list[tuple[str, str]], hint: Any = "") -> forms.Field:
    return forms.ChoiceField(label=pair(zh, en), choices=pairs, help_text=hint)


def _standard(_: Asked) -> forms.Field:
    pairs = [(one.id, f"{half(one.name)} ({one.id})") for one in list_standards()]
    field = _choices("标准", "Standard", pairs)
    field.initial = _USUAL_STANDARD
    return field


def _ledger(_: Asked) -> forms.Field:
    return _choices("哪一种台账", "Which ledger", [(one.id, half(one.name)) for one in ledgers().values()])


def _system(_: Asked) -> forms.Field:
    return _choices("指标体系", "Index system", [(one.id, half(one.name)) for one in list_systems()])


def _finding(asked: Asked) -> forms.Field:
    pairs = [(str(one.pk), str(one)) for one in current_findings(asked[0])]
    hint = pair("还没有结论的，请先评估", "where there is none, evaluate first")
    return _choices("用哪份结论", "Which finding", pairs, hint)


def _plan(asked: Asked) -> forms.Field:
    pairs = [(str(one.pk), f"{one} · {timezone.localdate(one.asked_at)}") for one in survey_plans(asked[0])]
    hint = pair("在本站定的抽样方案", "a sample drawn on this site")
    return _choices("抽样方案", "Sample", pairs, hint)


def _residents(_: Asked) -> forms.Field:
    hint = pair("不填取数据里的“县”表", "else from the county table")
    return forms.IntegerField(
        label=pair("常住人口", "Residents"), min_value=1, max_value=99_999_999, required=False, help_text=hint
    )


def _prefix(_: Asked) -> forms.Field:
    hint = pair("摘出的承诺按“前缀-序号”编号", "promises are numbered prefix-1, prefix-2")
    return forms.SlugField(label=pair("编号前缀", "Prefix"), max_length=20, required=False, help_text=hint)


def _norm(_: Asked) -> forms.Field:
    pairs = [(one.id, half(one.name)) for one in list_school_standards()]
    hint = pair(
        "内置的只有国家建设标准；本省办学标准请在上面给出",
        "only national ones are built in: give your province's above",
    )
    return _choices("标准", "Standard", pairs, hint)


def _number(_: Asked) -> forms.Field:
    hint = pair("不填取标准所载的上限", "else the most the standard states")
    return forms.IntegerField(
        label=pair("抽几所", "How many"), min_value=1, max_value=999, required=False, help_text=hint
    )


def _rehearsal(_: Asked) -> forms.Field:
    hint = pair("演练的结果不能公布", "a rehearsal is never published")
    return forms.BooleanField(label=pair("只是演练", "A rehearsal"), required=False, help_text=hint)


def _shape(_: Asked) -> forms.Field:
    shapes = load_library().shapes.items()
    return _choices("文种", "Shape", [(key, half(one.title.text)) for key, one in shapes])


def _results(asked: Asked) -> forms.Field:
    jobs = composable(*asked)
    newest = {kind_of(job): str(job.pk) for job in reversed(jobs)}
    hint = pair(
        "在本站做完的结果；同一种只选一个。没有的，报告里列为尚缺",
        "results made on this site, one of a kind; what is not given is listed as lacking",
    )
    return forms.MultipleChoiceField(
        label=pair("用哪些结果", "Which results"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(str(job.pk), f"{_named(job)} · {timezone.localdate(job.asked_at)}") for job in jobs],
        initial=list(newest.values()), help_text=hint,
    )  # fmt: skip


def _named(job: Job) -> str:
    """A result by its name, of a ledger with which."""
    held = ledgers().get(str(job.options.get("ledger", "")))
    return f"{job} {half(held.name)}" if held else str(job)


def _owner(asked: Asked) -> forms.Field:
    hint = pair("印在题目里，不填取结论的县名", "printed in the title; else the county of the finding")
    return forms.CharField(
        label=pair("报告单位", "Whose report"), max_length=60, required=False, help_text=hint
    )


def _percent(_: Asked) -> forms.Field:
    pairs = [("truncate", half(Text("截断", "cut off"))), ("round", half(Text("四舍五入", "rounded")))]
    return _choices("百分比", "Percentages", pairs)


def _digits(_: Asked) -> forms.Field:
    return forms.IntegerField(
        label=pair("百分比小数位数", "Decimals"), min_value=0, max_value=_MOST_DIGITS, initial=1
    )


FIELDS: Mapping[str, Callable[[Asked], forms.Field]] = {
    "standard": _standard,
    "year": lambda _: _year("年份", "Year", pair("不填取最近一年", "else the latest")),
    "budget_year": lambda _: _year("预算年度", "Budget year", is_required=True),
    "pupils_of": lambda _: _year(
        "以哪年 9 月 1 日的学生数为准", "Pupils of which year",
        pair("不填按规则：上一年", "else by the rule: the year before"),
    ),
    "on": lambda _: _day(),
    "day": lambda _: _day(is_required=True),
    "ledger": _ledger, "system": _system, "finding": _finding, "plan": _plan,
    "residents": _residents, "prefix": _prefix, "norm": _norm, "number": _number, "rehearsal": _rehearsal,
    "shape": _shape, "results": _results, "owner": _owner, "percent": _percent, "digits": _digits,
}  # fmt: skip
