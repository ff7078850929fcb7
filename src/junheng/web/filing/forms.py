"""Forms of filing."""

import secrets
from pathlib import Path, PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from junheng.standards import list_standards
from junheng.web.filing.refusing import refused
from junheng.web.front.words import half, pair

_KINDS = (".xlsx", ".xls", ".ods")  # one file with every table
_MOST_BYTES = 50 * 2**20
_YEARS = (2000, 2100)  # as the dictionary bounds the column


class OpenForm(forms.Form):
    """Which year, until when, by which standard; and the tables of the year before, where the site has no returns of it."""

    year = forms.IntegerField(label=pair("年份", "Year"), min_value=_YEARS[0], max_value=_YEARS[1])
    due_on = forms.DateField(
        label=pair("截止日期", "Due"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    standard = forms.ChoiceField(label=pair("评估标准", "Standard"))
    source = forms.FileField(
        label=pair("上年数据表（可选，本站有上年报表时不需要）", "Tables of the year before (optional)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(_KINDS)}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standard = self.fields["standard"]
        if isinstance(standard, forms.ChoiceField):
            standard.choices = [(one.id, half(one.name)) for one in list_standards()]
            standard.initial = "quality-2017"
        self.fields["year"].initial = timezone.localdate().year

    def clean_source(self) -> "UploadedFile[bytes] | None":
        """A workbook of a kind the library reads; what is in it the reader judges (macros, bombs, passwords)."""
        given: UploadedFile[bytes] | None = self.cleaned_data["source"]
        if given is None:
            return None
        if PurePath(given.name or "").suffix.lower() not in _KINDS:
            raise refused("请用 .xlsx、.xls 或 .ods 工作簿", "give a workbook")
        if (given.size or 0) > _MOST_BYTES:
            raise refused("文件超过 50 MB", "larger than 50 MB")
        return given


def kept(given: "UploadedFile[bytes]", year: int) -> Path:
    """The upload below the site's folder, by a name of ours: the sender's is never a path."""
    folder = Path(settings.HOME) / "inputs" / secrets.token_hex(8)
    folder.mkdir(parents=True)
    path = folder / f"{year}{PurePath(given.name or '').suffix.lower()}"
    with path.open("xb") as stream:
        for chunk in given.chunks():
            stream.write(chunk)
    return path
