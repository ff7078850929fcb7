"""Forms of jobs."""

from typing import Any

from django import forms
from django.http import HttpRequest

from junheng.basics import Text, UserError
from junheng.standards import list_standards
from junheng.web.front.words import half, pair
from junheng.web.jobs.limits import MARK
from junheng.web.jobs.uploads import too_large

_FIRST, _LAST = 2000, 2100


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
        label=pair("数据文件", "Data"),
        help_text=pair("填报工作簿 .xlsx，或 CSV 等表格的 .zip", "the workbook, or a zip of tables"),
    )
    standard = forms.ChoiceField(label=pair("标准", "Standard"))
    year = forms.IntegerField(label=pair("年份", "Year"), min_value=_FIRST, max_value=_LAST)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        field = self.fields["standard"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(head.id, f"{half(head.name)} ({head.id})") for head in list_standards()]
            field.initial = "quality-2017"
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.zip"


class VerifyForm(UploadForm):
    """The input a finding was made from, where the site does not have it."""

    file = forms.FileField(label=pair("当时的原始数据", "The input it was made from"), required=False)

    def __init__(self, request: HttpRequest, *, is_known: bool) -> None:
        super().__init__(request)
        self.fields["file"].required = not is_known
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.zip"
        if is_known:
            self.fields["file"].help_text = half(
                Text("站点已有，不必上传", "the site has it: nothing to upload")
            )


class ReportForm(forms.Form):
    """How percentages are printed."""

    percent = forms.ChoiceField(
        label=pair("百分比", "Percentages"),
        choices=[("truncate", pair("截断", "truncate")), ("round", pair("四舍五入", "round"))],
    )
    digits = forms.IntegerField(label=pair("小数位数", "Decimals"), min_value=0, max_value=4, initial=1)

    def __init__(self, posted: Any = None) -> None:
        super().__init__(posted)
