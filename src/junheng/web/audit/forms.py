"""Forms of the trail."""

from typing import Any

from django import forms

from junheng.web.audit.queries import Asked
from junheng.web.audit.words import ACTIONS
from junheng.web.front.words import half, pair


class LookForm(forms.Form):
    """What is looked for."""

    who = forms.CharField(label=pair("谁", "Who"), max_length=100, required=False)
    action = forms.ChoiceField(label=pair("做了什么", "Action"), required=False)
    object_kind = forms.CharField(label=pair("对象类型", "Kind of object"), max_length=40, required=False)
    object_id = forms.CharField(label=pair("对象编号", "Object"), max_length=64, required=False)
    since = forms.DateField(
        label=pair("自", "From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    until = forms.DateField(
        label=pair("至", "To"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    below = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["action"]
        if isinstance(field, forms.ChoiceField):
            named = [(code, half(words)) for code, words in ACTIONS.items()]
            field.choices = [("", "—"), *named]

    def asked(self) -> Asked:
        """What was typed, as the query takes it; a form that is not valid asks for nothing it could not read."""
        given = self.cleaned_data if self.is_bound else {}
        keys = ("who", "action", "object_kind", "object_id", "since", "until")
        return Asked(**{key: given[key] for key in keys if given.get(key)})


class ReceiptForm(forms.Form):
    """The number and hash that were noted elsewhere."""

    number = forms.IntegerField(label=pair("序号", "Number"), min_value=1, max_value=2**62)
    digest = forms.RegexField(r"^\s*[0-9a-fA-F]{64}\s*$", label=pair("摘要（64 位）", "Hash (64 digits)"))
