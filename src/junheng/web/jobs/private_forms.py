"""Forms of works over the names of minors: draws, rehearsals, class formations."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from junheng.basics import Text
from junheng.web.front.words import half, pair
from junheng.web.jobs.forms import UploadForm

_MOST_TIMES = 5  # rehearsals in one job: own default
_SEED = re.compile(r"[0-9a-f]{64}")


def _roll_field() -> forms.CharField:
    return forms.CharField(
        label=pair("名册文件名", "File of the roll"),
        max_length=100,
        required=False,
        help_text=pair("压缩包里有几个表格时填写", "where the archive holds several workbooks"),
    )


class DrawForm(UploadForm):
    """A draw's folder with its beacons in, and what to publish of it."""

    file = forms.FileField(
        label=pair("抽签文件夹（.zip）", "Folder of the draw (.zip)"),
        help_text=pair("已录入公共随机，还没有公布的", "its beacons recorded, not yet published"),
    )
    papers = forms.BooleanField(
        label=pair("写出封存材料和各家凭条", "Write sealed papers and slips"),
        required=False,
        initial=True,
        help_text=pair("身份已按规定销毁的，不勾", "not where identities were destroyed"),
    )
    with_rows = forms.BooleanField(
        label=pair("同时公布去标识名册", "Publish the pseudonymous rows too"),
        required=False,
        help_text=pair("须通过 k-匿名检查，否则写明文号", "they must pass k-anonymity, or name the rule"),
    )
    roll_is_public = forms.CharField(
        label=pair("当地规定名册公开的文号", "Rule by which the roll is public"),
        max_length=100,
        required=False,
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.fields["file"].widget.attrs["accept"] = ".zip"


class RehearseForm(UploadForm):
    """Applications with the plan, and how often."""

    file = forms.FileField(
        label=pair("申请表与方案（.zip）", "Forms and plan (.zip)"),
        help_text=pair(
            "plan.yaml、规则、报名规则和申请表（或新生名册）",
            "plan.yaml, rules, intake rule, the forms or roll",
        ),
    )
    forms_name = _roll_field()
    times = forms.IntegerField(label=pair("次数", "Times"), min_value=1, max_value=_MOST_TIMES, initial=1)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.fields["file"].widget.attrs["accept"] = ".zip"


class ClassesForm(UploadForm):
    """An intake with its rules and a seed, or the folder of an official draw of classes."""

    file = forms.FileField(
        label=pair("新生名册 .xlsx，或 .zip", "Roll .xlsx, or .zip"),
        help_text=pair(
            ".zip 里放名册和 rules.yaml（试算），或已抽签的分班抽签文件夹（写出正式名单）",
            "a zip holds the roll with rules.yaml (a trial), or the folder of a decided draw of classes (its lists)",
        ),
    )
    forms_name = _roll_field()
    seed = forms.CharField(
        label=pair("种子", "Seed"),
        max_length=64,
        required=False,
        help_text=pair(
            "试算用，64 位 0–9、a–f；不填由本站随机取一个并写明",
            "for a trial, 64 hex digits; else one is drawn and told",
        ),
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.zip"

    def clean_seed(self) -> str:
        """64 hexadecimal digits, or none."""
        seed = "".join(str(self.cleaned_data["seed"]).split()).lower()
        if seed and not _SEED.fullmatch(seed):
            raise ValidationError(
                half(Text("种子应为 64 位 0–9、a–f", "the seed must be 64 digits 0–9, a–f"))
            )
        return seed
