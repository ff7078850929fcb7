"""Forms of sources."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from junheng.basics import Text
from junheng.data import shipped_mappings
from junheng.web.front.words import half, pair
from junheng.web.sources.first import LAST_YEAR, ORDER
from junheng.web.sources.models import SourceKind

_SUFFIXES = (".xlsx", ".xls", ".ods")
_MOST_BYTES = 50 * 2**20
_LAST = (LAST_YEAR, pair("上年报表或数据表", "last year's return or tables"))


class GiveForm(forms.Form):
    """A source of a year: what kind it is, the file, and how it is read."""

    kind = forms.ChoiceField(label=pair("来源", "Kind of source"), choices=SourceKind.choices)
    mapping = forms.ChoiceField(label=pair("读法", "How it is read"), required=False)
    file = forms.FileField(
        label=pair("工作簿", "Workbook"),
        widget=forms.FileInput(attrs={"accept": ",".join(_SUFFIXES)}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = ("", pair("按数据字典的表名和栏名", "by the dictionary's sheets and headings"))
        shipped = [(one.name, pair(one.title.zh, one.title.en)) for one in shipped_mappings()]
        field = self.fields["mapping"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [plain, *shipped]

    def clean_file(self) -> "UploadedFile[bytes]":
        """A workbook of a kind the library reads; what is in it the reader judges."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if PurePath(given.name or "").suffix.lower() not in _SUFFIXES:
            raise ValidationError(
                half(Text("请用 .xlsx、.xls 或 .ods 工作簿", "give a workbook (.xlsx, .xls, .ods)"))
            )
        if (given.size or 0) > _MOST_BYTES:
            raise ValidationError(half(Text("文件超过 50 MB", "larger than 50 MB")))
        return given


class OrderForm(forms.Form):
    """Which source fills a return first: a place for each."""

    def __init__(self, order: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [*SourceKind.choices, _LAST]
        for number, one in enumerate(order, 1):
            label = pair(f"第 {number} 位", f"Place {number}")
            self.fields[f"place_{number}"] = forms.ChoiceField(label=label, choices=names, initial=one)

    def order(self) -> list[str]:
        """The places as they were given."""
        return [self.cleaned_data[f"place_{number}"] for number in range(1, len(ORDER) + 1)]


def order_names(order: tuple[str, ...]) -> list[Any]:
    """The names of an order, lazily in the reader's language."""
    names = dict([*SourceKind.choices, _LAST])
    return [names[one] for one in order]
