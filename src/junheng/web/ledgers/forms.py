"""Forms of the ledgers: a record of an item, a finding, the file that goes with either."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from junheng.basics import Text, UserError
from junheng.judgement.ledgers import Ledger, LedgerItem
from junheng.web.evidence.actions import keep
from junheng.web.evidence.kinds import ACCEPT
from junheng.web.evidence.models import Evidence
from junheng.web.front.words import half, pair
from junheng.web.ledgers.models.hazards import WORDS, Severity
from junheng.web.ledgers.models.records import NOTE, VALUE
from junheng.web.ledgers.photos import is_photo, untold
from junheng.web.people.models import Account, Organisation

_PHOTO = (".jpg", ".jpeg", ".png")


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required)


class FileForm(forms.Form):
    """A form with one file; ``kept`` keeps it among the school's evidence, without what a camera wrote into it."""

    file = forms.FileField(label=pair("照片或佐证", "Photo or paper"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ACCEPT

    def kept(self, actor: Account, school: Organisation, words: str) -> Evidence | None:
        """The file, kept as of today; None where none was given, or it was refused, with the reasons beside the field."""
        given = self.cleaned_data.get("file")
        if given is None:
            return None
        try:
            return keep(actor, school, untold(given), words, timezone.localdate())
        except UserError as error:
            self.add_error("file", [ValidationError(half(line)) for line in error.lines()])
        return None


class RecordForm(FileForm):
    """A record of one item."""

    value = forms.CharField(label=pair("情况", "Value"), max_length=VALUE)
    dated_on = _day(pair("核查日期", "Checked on"))
    expires_on = _day(pair("有效期至（可不填）", "Valid until (optional)"), required=False)
    note = forms.CharField(label=pair("备注（可不填）", "Note (optional)"), max_length=NOTE, required=False)
    field_order = ("value", "dated_on", "expires_on", "note", "file")

    def __init__(self, item: LedgerItem, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{item.id}_%s", **kwargs)
        self.fields["dated_on"].initial = timezone.localdate()
        if item.kind == "yes_no":
            choices = [("", "—"), ("是", half(Text("是", "yes"))), ("否", half(Text("否", "no")))]
            self.fields["value"] = forms.ChoiceField(label=pair("情况", "Value"), choices=choices)
        else:
            unit = f"（{half(item.unit)}）" if item.unit else ""
            self.fields["value"].label = half(Text(f"数量{unit}", f"Number {unit}"))
            self.fields["value"].widget.attrs["inputmode"] = "decimal"
        self.order_fields(self.field_order)


class HazardForm(FileForm):
    """A finding at a school of the county."""

    school = forms.ChoiceField(label=pair("学校", "School"))
    item = forms.ChoiceField(label=pair("项目（可不选）", "Item (optional)"), required=False)
    severity = forms.ChoiceField(label=pair("等级", "Severity"), choices=Severity.choices)
    what = forms.CharField(
        label=pair("问题描述", "What was found"), max_length=WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )
    found_on = _day(pair("发现日期", "Found on"))
    due_on = _day(pair("整改期限（不填按等级）", "Due (by severity when blank)"), required=False)
    field_order = ("school", "item", "severity", "what", "found_on", "due_on", "file")

    def __init__(self, ledger: Ledger, schools: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ledger = ledger
        self._choose("school", schools)
        self._choose("item", [("", "—"), *((one.id, half(one.name)) for one in ledger.items)])
        self.fields["found_on"].initial = timezone.localdate()
        self.fields["due_on"].required = not ledger.due_days
        if ledger.photos:
            self.fields["file"] = forms.FileField(label=pair("整改前照片", "Photo before"))
            self.fields["file"].widget.attrs["accept"] = ",".join(_PHOTO)
        self.order_fields(self.field_order)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_file(self) -> Any:
        """A photo, where the ledger asks for one: told by its bytes."""
        file = self.cleaned_data["file"]
        if file and self._ledger.photos and not is_photo(file):
            raise ValidationError(
                half(Text("整改前要照片（JPEG、PNG）", "the photo before is a JPEG or PNG"))
            )
        return file

    def clean_found_on(self) -> Any:
        """Nothing is found tomorrow."""
        day = self.cleaned_data["found_on"]
        if day > timezone.localdate():
            raise ValidationError(half(Text("发现日期在今天之后", "it was found after today")))
        return day


class MendForm(FileForm):
    """What was done, and what shows it."""

    words = forms.CharField(
        label=pair("做了什么", "What was done"), max_length=WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("words", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True
        self.fields["file"].label = pair("整改后照片或佐证", "Photo or paper after")
        self.order_fields(self.field_order)
