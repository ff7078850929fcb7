"""Forms of the officers' desk, and the question of the public."""

from typing import Any

from django import forms

from junheng.basics import Text
from junheng.web.findings.models import Finding
from junheng.web.findings.queries import current
from junheng.web.front.words import half, pair
from junheng.web.people.models import Organisation
from junheng.web.public.models import NOTICE_KINDS, STAGES
from junheng.web.public.parcels import MAX_UPLOAD


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


class Sized(forms.FileField):
    """A file of at most 20 MB."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuses what is larger before it is read."""
        found = super().clean(data, initial)
        if found is not None and (found.size or 0) > MAX_UPLOAD:
            raise forms.ValidationError(
                half(Text(f"文件超过 {MAX_UPLOAD // 2**20} MB", f"larger than {MAX_UPLOAD // 2**20} MB"))
            )
        return found


class ZonePlanForm(forms.Form):
    """The zip of a plan."""

    parcel = Sized(
        label=pair(
            "学区划分方案（junheng plan zone 写出的文件夹，压缩成 zip）",
            "Plan of zones (the folder junheng plan zone wrote, zipped)",
        )
    )


class ZoneListForm(forms.Form):
    """The statutory list, and what it is."""

    sheet = Sized(
        label=pair(
            "法定地址清单（CSV：学区、街道、门牌号段；可有学区编号、学校、居委会）",
            "Statutory list (CSV: zone, street, door numbers; also zone id, schools, community)",
        )
    )
    stage = forms.ChoiceField(label=pair("学段", "Stage"), choices=STAGES)
    label = forms.CharField(label=pair("版本名称", "Name of the version"), max_length=60)
    first_day = _day(pair("自哪天起施行", "In force from"))


class DrawForm(forms.Form):
    """The zip of a draw's public folder."""

    parcel = Sized(
        label=pair(
            "抽签公布文件夹（junheng draw publish 写出，压缩成 zip）",
            "Public folder of a draw (written by junheng draw publish, zipped)",
        )
    )


class NoticeForm(forms.Form):
    """A notice in plain paragraphs."""

    kind = forms.ChoiceField(label=pair("类别", "Kind"), choices=NOTICE_KINDS)
    title = forms.CharField(label=pair("标题", "Title"), max_length=120)
    text = forms.CharField(
        label=pair(
            "正文（空一行分段；不得有个人信息）", "Text (a blank line parts paragraphs; nothing of persons)"
        ),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    first_day = _day(pair("自哪天起显示", "Shown from"))
    last_day = _day(
        pair("显示到哪天（含；不填则长期）", "Shown up to (that day too; for good when blank)"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", half(Text("结束日期早于开始日期", "it ends before it begins")))
        return cleaned


class DataForm(forms.Form):
    """Which finding to open, and whether with its schools."""

    finding: Any = forms.ModelChoiceField(Finding.objects.none(), label=pair("评估结论", "Finding"))
    with_schools = forms.BooleanField(
        label=pair(
            "同时公布到学校（由县级决定，此后不能改）",
            "By school too (the county decides; it cannot be changed)",
        ),
        required=False,
    )

    def __init__(self, county: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finding"].queryset = current(county).select_related("county")  # type: ignore[attr-defined] # a choice of models


class WithdrawForm(forms.Form):
    """Why."""

    because = forms.CharField(
        label=pair("撤回理由（会公开）", "Why it is withdrawn (will be public)"), max_length=200
    )


class LookForm(forms.Form):
    """Stage, day, and an address or a community."""

    stage = forms.ChoiceField(label=pair("学段", "Stage"), choices=STAGES)
    on = _day(pair("哪一天", "On"))
    street = forms.CharField(label=pair("街道或道路", "Street"), max_length=60, required=False)
    door = forms.CharField(label=pair("门牌号", "Number"), max_length=20, required=False)
    community = forms.CharField(label=pair("或：居委会", "or community"), max_length=60, required=False)
