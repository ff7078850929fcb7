"""The form of a work: its files, the county's data where the site has them, its few choices."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone

from junheng.basics import Text
from junheng.judgement.ledgers import ledgers
from junheng.standards import list_standards
from junheng.standards.scoring import list_systems
from junheng.web.front.words import half, pair
from junheng.web.jobs.forms import UploadForm
from junheng.web.jobs.works.kinds import Part, WorkKind
from junheng.web.jobs.works.places import current_findings, frozen_years, survey_plans
from junheng.web.people.models import Organisation

_FIRST, _LAST = 2000, 2100
_USUAL_STANDARD = "quality-2017"
_DATA = Part(
    "data", Text("另外上传的填报数据", "Other data"), (".xlsx", ".zip"),
    Text("上面选“另外上传”时用：填报工作簿，或表格的 .zip", "where “Upload it” is chosen: the workbook, or a zip"),
)  # fmt: skip


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


def _standard(_: Organisation) -> forms.Field:
    pairs = [(one.id, f"{half(one.name)} ({one.id})") for one in list_standards()]
    field = _choices("标准", "Standard", pairs)
    field.initial = _USUAL_STANDARD
    return field


def _ledger(_: Organisation) -> forms.Field:
    return _choices("哪一种台账", "Which ledger", [(one.id, half(one.name)) for one in ledgers().values()])


def _system(_: Organisation) -> forms.Field:
    return _choices("指标体系", "Index system", [(one.id, half(one.name)) for one in list_systems()])


def _finding(county: Organisation) -> forms.Field:
    pairs = [(str(one.pk), str(one)) for one in current_findings(county)]
    hint = pair("还没有结论的，请先评估", "where there is none, evaluate first")
    return _choices("用哪份结论判断", "Judged by which finding", pairs, hint)


def _plan(county: Organisation) -> forms.Field:
    pairs = [(str(one.pk), f"{one} · {one.asked_at:%Y-%m-%d}") for one in survey_plans(county)]
    hint = pair("在本站定的抽样方案", "a sample drawn on this site")
    return _choices("抽样方案", "Sample", pairs, hint)


def _residents(_: Organisation) -> forms.Field:
    hint = pair("不填取数据里的“县”表", "else from the county table")
    return forms.IntegerField(
        label=pair("常住人口", "Residents"), min_value=1, max_value=99_999_999, required=False, help_text=hint
    )


def _prefix(_: Organisation) -> forms.Field:
    hint = pair("摘出的承诺按“前缀-序号”编号", "promises are numbered prefix-1, prefix-2")
    return forms.SlugField(label=pair("编号前缀", "Prefix"), max_length=20, required=False, help_text=hint)


_FIELDS: Mapping[str, Callable[[Organisation], forms.Field]] = {
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
    "residents": _residents, "prefix": _prefix,
}  # fmt: skip


class WorkForm(UploadForm):
    """The form of one kind of work in one county."""

    def __init__(self, request: HttpRequest, kind: WorkKind, county: Organisation) -> None:
        super().__init__(request)
        self.kind = kind
        self.parts = [*kind.parts, *([_DATA] if kind.takes_data else [])]
        for part in kind.parts:
            self.fields[part.name] = _file(part)
        if kind.takes_data:
            self._add_data(county)
        for name in kind.options:
            self.fields[name] = _FIELDS[name](county)

    def _add_data(self, county: Organisation) -> None:
        kept = [
            (f"data_year-{one.pk}", half(Text(f"{one.year} 年定稿的填报", f"Returns frozen for {one.year}")))
            for one in frozen_years(county)
        ]
        kept += [
            (f"data_finding-{one.pk}", half(Text(f"结论“{one}”所依据的数据", f"The input of finding {one}")))
            for one in current_findings(county)
        ]
        other = ("", half(Text("另外上传", "Upload it")))
        self.fields["kept"] = forms.ChoiceField(
            label=pair("本县学校数据", "The county's schools"), choices=[*kept, other], required=False,
            initial=kept[0][0] if kept else "",
        )  # fmt: skip
        self.fields["data"] = _file(_DATA)

    def clean(self) -> dict[str, Any]:
        """Also that the county's data, and one of a work's files, were given."""
        given = dict(super().clean() or {})
        if self.kind.takes_data and not given.get("kept") and not given.get("data"):
            words = Text("请选本站已有的数据，或上传", "choose data of this site, or upload them")
            self.add_error("data", ValidationError(half(words)))
        if (
            self.kind.parts
            and not self.kind.takes_data
            and not any(given.get(one.name) for one in self.kind.parts)
        ):
            self.add_error(None, ValidationError(half(Text("请至少上传一个文件", "give at least one file"))))
        if given.get("report") and "prefix" in self.fields and not given.get("prefix"):
            self.add_error(
                "prefix",
                ValidationError(half(Text("从报告摘出承诺要编号前缀", "a prefix is needed to number them"))),
            )
        return given

    def given_files(self) -> dict[Part, "UploadedFile[Any]"]:
        """The files that were given, by part; the county's data only where none of the site's were chosen."""
        given = {part: self.cleaned_data.get(part.name) for part in self.parts}
        if self.cleaned_data.get("kept"):
            given.pop(_DATA, None)
        return {part: file for part, file in given.items() if file}

    def options(self) -> dict[str, Any]:
        """The choices as texts and integers."""
        chosen = {name: self.cleaned_data[name] for name in self.kind.options if name != "finding"}
        told = {name: one if isinstance(one, int) else str(one) for name, one in chosen.items() if one}
        if kept := self.cleaned_data.get("kept"):
            name, _, number = kept.partition("-")
            told[name] = int(number)
        if "plan" in told:
            told["plan"] = int(told["plan"])
        return told


def _file(part: Part) -> forms.FileField:
    field = forms.FileField(
        label=pair(part.label.zh, part.label.en),
        required=part.is_required,
        help_text=pair(part.hint.zh, part.hint.en),
    )
    field.widget.attrs["accept"] = ",".join(part.suffixes)
    return field
