"""Forms of people."""

from typing import Any

from django import forms

from junheng.web.people.models import Organisation
from junheng.web.people.roles import PLACES, Kind, Role, Section


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    name = forms.CharField(label="姓名", max_length=100)
    role = forms.ChoiceField(label="角色")
    section = forms.ChoiceField(label="科室", choices=Section.choices, required=False)

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = Kind(organisation.kind)
        roles = [(role.value, role.label) for role in Role if kind in PLACES[role]]
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = roles
        if kind != Kind.COUNTY:
            del self.fields["section"]

    def clean(self) -> dict[str, Any]:
        """The section is "" where there is none."""
        cleaned = super().clean() or self.cleaned_data
        return {"section": "", **cleaned}


class AcceptForm(forms.Form):
    """A name to sign in with, and a password twice."""

    username = forms.CharField(label="登录名", max_length=150)
    password = forms.CharField(label="密码", widget=forms.PasswordInput, min_length=10)
    again = forms.CharField(label="再输一次", widget=forms.PasswordInput)

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", "两次输入的密码不一致")
        return cleaned
