"""The form of a county's time limits."""

from django import forms
from django.utils import timezone

from junheng.web.front.words import pair

_MOST_DAYS = 366


class TermsForm(forms.Form):
    """From which day on, and how many days."""

    since = forms.DateField(
        label=pair("自哪天起", "From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )  # fmt: skip
    days_after_return = forms.IntegerField(
        label=pair("退回后学校改报的天数", "Days a school has after its return"),
        min_value=1,
        max_value=_MOST_DAYS,
    )
    days_to_review = forms.IntegerField(
        label=pair("业务人员审核的天数", "Days an officer has to review"), min_value=1, max_value=_MOST_DAYS
    )
