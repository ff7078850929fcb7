"""Forms of jobs."""

from typing import Any

from django import forms
from django.http import HttpRequest

from junheng.basics import UserError
from junheng.standards import list_standards
from junheng.web.jobs.limits import MARK
from junheng.web.jobs.uploads import too_large

_FIRST, _LAST = 2000, 2100
_ONE_FILE = "一次上传一个文件"


class UploadForm(forms.Form):
    """A form with one file; its refusals are the library's, line by line, in ``refusal``."""

    refusal: list[dict[str, str]]

    def __init__(self, request: HttpRequest) -> None:
        posted = request.method == "POST"
        super().__init__(request.POST if posted else None, request.FILES if posted else None)
        self.refusal = []
        dropped = request.META.get(MARK)
        if posted and dropped:
            self.refuse(too_large(str(dropped)))

    def refuse(self, error: UserError) -> None:
        """Show an error of the library."""
        self.refusal = [{"zh": line.zh, "en": line.en} for line in error.lines()]

    def is_valid(self) -> bool:
        """Also that nothing was refused."""
        return not self.refusal and super().is_valid()


class EvaluateForm(UploadForm):
    """What to judge, by which standard, for which year."""

    file = forms.FileField(
        label="数据文件 Data",
        help_text="填报工作簿 .xlsx，或 CSV 等表格的 .zip · the workbook, or a zip of tables",
    )
    standard = forms.ChoiceField(label="标准 Standard")
    year = forms.IntegerField(label="年份 Year", min_value=_FIRST, max_value=_LAST)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        field = self.fields["standard"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(head.id, f"{head.name.zh}（{head.id}）") for head in list_standards()]
            field.initial = "quality-2017"
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.zip"


class PlanForm(UploadForm):
    """A problem folder and how long to search."""

    file = forms.FileField(
        label="问题文件夹（.zip）Problem folder",
        help_text="problem.yaml 与它用到的全部表格 · with every table it names",
    )
    problem = forms.CharField(
        label="问题文件名 Problem file",
        max_length=100,
        required=False,
        help_text="只有一个时可不填 · only where there are several",
    )
    seconds = forms.IntegerField(label="求解时限（秒）Time limit", min_value=5, max_value=900, initial=60)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.fields["file"].widget.attrs["accept"] = ".zip"


class VerifyForm(UploadForm):
    """The input a finding was made from, where the site does not have it."""

    file = forms.FileField(label="当时的原始数据 The input it was made from", required=False)

    def __init__(self, request: HttpRequest, *, is_known: bool) -> None:
        super().__init__(request)
        self.fields["file"].required = not is_known
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.zip"
        if is_known:
            self.fields["file"].help_text = "站点已有，不必上传 · the site has it: nothing to upload"


class ReportForm(forms.Form):
    """How percentages are printed."""

    percent = forms.ChoiceField(
        label="百分比 Percentages", choices=[("truncate", "截断 truncate"), ("round", "四舍五入 round")]
    )
    digits = forms.IntegerField(label="小数位数 Decimals", min_value=0, max_value=4, initial=1)

    def __init__(self, posted: Any = None) -> None:
        super().__init__(posted)
