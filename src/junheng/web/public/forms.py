"""Forms of the officers' desk, and the question of the public."""

from typing import Any

from django import forms

from junheng.web.findings.models import Finding
from junheng.web.findings.queries import current
from junheng.web.people.models import Organisation
from junheng.web.public.models import NOTICE_KINDS, STAGES
from junheng.web.public.parcels import MAX_UPLOAD


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


class Sized(forms.FileField):
    """A file of at most 20 MB."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuses what is larger before it is read."""
        found = super().clean(data, initial)
        if found is not None and (found.size or 0) > MAX_UPLOAD:
            raise forms.ValidationError(f"文件超过 {MAX_UPLOAD // 2**20} MB")
        return found


class ZonePlanForm(forms.Form):
    """The zip of a plan."""

    parcel = Sized(label="学区划分方案（junheng plan zone 写出的文件夹，压缩成 zip）")


class ZoneListForm(forms.Form):
    """The statutory list, and what it is."""

    sheet = Sized(label="法定地址清单（CSV：学区、街道、门牌号段；可有学区编号、学校、居委会）")
    stage = forms.ChoiceField(label="学段", choices=STAGES)
    label = forms.CharField(label="版本名称", max_length=60)
    first_day = _day("自哪天起施行")


class DrawForm(forms.Form):
    """The zip of a draw's public folder."""

    parcel = Sized(label="抽签公布文件夹（junheng draw publish 写出，压缩成 zip）")


class NoticeForm(forms.Form):
    """A notice in plain paragraphs."""

    kind = forms.ChoiceField(label="类别", choices=NOTICE_KINDS)
    title = forms.CharField(label="标题", max_length=120)
    text = forms.CharField(
        label="正文（空一行分段；不得有个人信息）",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    first_day = _day("自哪天起显示")
    last_day = _day("显示到哪天（含；不填则长期）", required=False)

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "结束日期早于开始日期")
        return cleaned


class DataForm(forms.Form):
    """Which finding to open, and whether with its schools."""

    finding: Any = forms.ModelChoiceField(Finding.objects.none(), label="评估结论")
    with_schools = forms.BooleanField(label="同时公布到学校（由县级决定，此后不能改）", required=False)

    def __init__(self, county: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finding"].queryset = current(county).select_related("county")  # type: ignore[attr-defined] # a choice of models


class WithdrawForm(forms.Form):
    """Why."""

    because = forms.CharField(label="撤回理由（会公开）", max_length=200)


class LookForm(forms.Form):
    """Stage, day, and an address or a community."""

    stage = forms.ChoiceField(label="学段", choices=STAGES)
    on = _day("哪一天")
    street = forms.CharField(label="街道或道路", max_length=60, required=False)
    door = forms.CharField(label="门牌号", max_length=20, required=False)
    community = forms.CharField(label="或：居委会", max_length=60, required=False)
