"""Forms of tokens and webhooks."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from junheng.web.api.kinds import OFFERED, Scope
from junheng.web.api.tokens import LONGEST_DAYS
from junheng.web.front.words import pair

_USUAL_DAYS = 365


class TokenForm(forms.Form):
    """What a token is for, what it may do, until when."""

    name = forms.CharField(
        label=pair("名称", "Name"), max_length=60, help_text=pair("哪个系统用它", "which system uses it")
    )
    scopes = forms.MultipleChoiceField(
        label=pair("用途", "Scopes"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(
        label=pair("到期日（当天仍有效）", "Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, widget = timezone.localdate(), self.fields["expires_on"].widget
        self.fields["expires_on"].initial = today + timedelta(days=_USUAL_DAYS)
        widget.attrs |= {"min": f"{today}", "max": f"{today + timedelta(days=LONGEST_DAYS - 1)}"}

    def expires_at(self) -> datetime:
        """The end of the day chosen, in the site's time zone."""
        day = self.cleaned_data["expires_on"] + timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, time.min))


class HookForm(forms.Form):
    """An address and what it is told of."""

    address = forms.CharField(
        label=pair("地址", "Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=pair("https，公网地址；不跟随跳转", "https, a public address; redirects are not followed"),
    )
    events = forms.MultipleChoiceField(
        label=pair("事件", "Events"),
        choices=[(one.value, one.label) for one in OFFERED],
        widget=forms.CheckboxSelectMultiple,
    )
