"""The form of a work: its files, the county's data where the site has them, its few choices."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from junheng.basics import Text
from junheng.web.front.guard import asker
from junheng.web.front.words import half, pair
from junheng.web.jobs.forms import UploadForm
from junheng.web.jobs.works.fields import FIELDS
from junheng.web.jobs.works.kind import Part, WorkKind
from junheng.web.jobs.works.places import composable, current_findings, frozen_years, kind_of
from junheng.web.people.models import Organisation

_DATA = Part(
    "data", Text("另外上传的填报数据", "Other data"), (".xlsx", ".zip"),
    Text("上面选“另外上传”时用：填报工作簿，或表格的 .zip", "where “Upload it” is chosen: the workbook, or a zip"),
)  # fmt: skip


class WorkForm(UploadForm):
    """The form of one kind of work in one county."""

    def __init__(self, request: HttpRequest, kind: WorkKind, county: Organisation) -> None:
        super().__init__(request)
        self.kind, self.county, self.actor = kind, county, asker(request)
        self.parts = [*kind.parts, *([_DATA] if kind.takes_data else [])]
        for part in kind.parts:
            self.fields[part.name] = _file(part)
        if kind.takes_data:
            self._add_data(county)
        for name in kind.options:
            self.fields[name] = FIELDS[name]((county, self.actor))

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
            self.kind.asks_file
            and not self.kind.takes_data
            and not any(given.get(one.name) for one in self.kind.parts)
        ):
            self.add_error(None, ValidationError(half(Text("请至少上传一个文件", "give at least one file"))))
        if given.get("report") and "prefix" in self.fields and not given.get("prefix"):
            self.add_error(
                "prefix",
                ValidationError(half(Text("从报告摘出承诺要编号前缀", "a prefix is needed to number them"))),
            )
        if len(kinds := self._kinds(given.get("results", ()))) > len(set(kinds)):
            words = Text("同一种结果只选一个", "choose one result of each kind")
            self.add_error("results", ValidationError(half(words)))
        return given

    def _kinds(self, numbers: Sequence[str]) -> list[str]:
        """The kinds of the results chosen."""
        found = composable(self.county, self.actor) if numbers else []
        return [kind_of(job) for job in found if str(job.pk) in numbers]

    def given_files(self) -> dict[Part, "UploadedFile[Any]"]:
        """The files that were given, by part; the county's data only where none of the site's were chosen."""
        given = {part: self.cleaned_data.get(part.name) for part in self.parts}
        if self.cleaned_data.get("kept"):
            given.pop(_DATA, None)
        return {part: file for part, file in given.items() if file}

    def options(self) -> dict[str, Any]:
        """The choices as texts and integers."""
        chosen = {name: self.cleaned_data[name] for name in self.kind.options if name != "finding"}
        told = {name: _plain(one) for name, one in chosen.items() if _is_told(one)}
        if kept := self.cleaned_data.get("kept"):
            name, _, number = kept.partition("-")
            told[name] = int(number)
        if "plan" in told:
            told["plan"] = int(told["plan"])
        return told


def _is_told(value: Any) -> bool:
    """Whether a choice was made; none at all is no choice, 0 is one."""
    return value is not False and value not in (None, "", [])


def _plain(value: Any) -> Any:
    """A choice as text, integer, or a list of integers."""
    if isinstance(value, list):
        return [int(one) for one in value]
    return int(value) if isinstance(value, int) else str(value)  # a tick is 1: the trail takes no truth


def _file(part: Part) -> forms.FileField:
    field = forms.FileField(
        label=pair(part.label.zh, part.label.en),
        required=part.is_required,
        help_text=pair(part.hint.zh, part.hint.en),
    )
    field.widget.attrs["accept"] = ",".join(part.suffixes)
    return field
