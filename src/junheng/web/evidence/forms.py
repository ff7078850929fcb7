"""The small form of a file that others embed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from junheng.basics import Text, UserError
from junheng.web.evidence.actions import keep
from junheng.web.evidence.kinds import ACCEPT
from junheng.web.evidence.models import WORDS, Evidence
from junheng.web.front.words import half, pair
from junheng.web.people.models import Account, Organisation


class EvidenceForm(forms.Form):
    """A file, what it shows, the day it bears. Sent as multipart/form-data; ``kept`` keeps what is valid."""

    file = forms.FileField(
        label=pair("文件", "File"),
        error_messages={"required": pair("请选一个文件", "choose a file")},
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    words = forms.CharField(
        label=pair("说明什么", "What it shows"),
        max_length=WORDS,
        error_messages={"required": pair("请写明材料说明什么", "say what the file shows")},
    )
    dated_on = forms.DateField(
        label=pair("材料日期", "Its date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    expires_on = forms.DateField(
        label=pair("有效期至（可不填）", "Valid until (optional)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated_on"].initial = timezone.localdate()

    def clean_dated_on(self) -> Any:
        """A paper of a later day than today shows nothing yet."""
        day = self.cleaned_data["dated_on"]
        if day > timezone.localdate():
            raise ValidationError(half(Text("材料日期在今天之后", "its date is after today")))
        return day

    def kept(self, actor: Account, organisation: Organisation) -> Evidence | None:
        """The file, kept; None where it was refused, with the reasons beside the field."""
        told = self.cleaned_data
        try:
            return keep(
                actor, organisation, told["file"], told["words"], told["dated_on"], told["expires_on"]
            )
        except UserError as error:
            for line in error.lines():
                self.add_error("file", half(line))
        return None
