"""Forms of people and places."""

from typing import Any

from django import forms

from junheng.basics import Text
from junheng.web.front.words import half, pair
from junheng.web.people.models import Organisation
from junheng.web.people.roles import ABOVE, PLACES, Kind, Role, Section

_FIRST, _LAST = 1949, 2100


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    name = forms.CharField(label=pair("姓名", "Name"), max_length=100)
    role = forms.ChoiceField(label=pair("角色", "Role"))
    section = forms.ChoiceField(label=pair("科室", "Section"), choices=Section.choices, required=False)

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


class PasswordForm(forms.Form):
    """A password twice."""

    password = forms.CharField(
        label=pair("密码", "Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        min_length=10,
    )
    again = forms.CharField(
        label=pair("再输一次", "Again"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", half(Text("两次输入的密码不一致", "the two passwords differ")))
        return {"username": "", **cleaned}


class AcceptForm(PasswordForm):
    """A name to sign in with, and a password twice."""

    username = forms.CharField(
        label=pair("登录名", "User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("username", "password", "again")


class PlaceForm(forms.Form):
    """A new place below another."""

    kind = forms.ChoiceField(label=pair("类型", "Kind"))
    name = forms.CharField(label=pair("名称", "Name"), max_length=100)
    code = forms.CharField(label=pair("代码", "Code"), max_length=20, required=False)
    first_year = forms.IntegerField(
        label=pair("代码起始学年", "Code from school year"),
        min_value=_FIRST,
        max_value=_LAST,
        required=False,
    )

    def __init__(self, parent: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(kind.value, kind.label) for kind in Kind if parent.kind in ABOVE[kind]]

    def clean(self) -> dict[str, Any]:
        """A code has a first year."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("code") and cleaned.get("first_year") is None:
            self.add_error(
                "first_year", half(Text("请填代码从哪一学年起用", "say from which year the code holds"))
            )
        return cleaned


class NameForm(forms.Form):
    """A new name."""

    name = forms.CharField(label=pair("新名称", "New name"), max_length=100)


class CodeForm(forms.Form):
    """A code and its school years."""

    code = forms.CharField(label=pair("代码", "Code"), max_length=20)
    first_year = forms.IntegerField(label=pair("起始学年", "From year"), min_value=_FIRST, max_value=_LAST)
    last_year = forms.IntegerField(
        label=pair("终止学年（可空）", "To year (may be empty)"),
        min_value=_FIRST,
        max_value=_LAST,
        required=False,
    )


class MoveForm(forms.Form):
    """Where to."""

    parent = forms.ModelChoiceField(Organisation.objects.none(), label=pair("移到", "Move to"))

    def __init__(self, targets: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = targets
