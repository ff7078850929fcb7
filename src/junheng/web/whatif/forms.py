"""Forms around scenarios: its name, and what the planner needs beside the county's figures."""

from typing import Any

from django import forms

from junheng.web.front.words import pair

_FIRST, _LAST = 2000, 2100


class SaveForm(forms.Form):
    """Under which name to keep a scenario."""

    name = forms.CharField(label=pair("方案名称", "Name"), max_length=100)
    note = forms.CharField(label=pair("说明", "Note"), max_length=500, required=False)


class PlanForm(forms.Form):
    """An investment plan that starts from a scenario: the bureau's own unit costs, and until when."""

    costs = forms.FileField(
        label=pair("单价表（.xlsx）", "Unit costs (.xlsx)"),
        help_text=pair("本软件不提供任何单价", "the software ships no cost"),
    )
    target = forms.IntegerField(label=pair("达标年份", "Target year"), min_value=_FIRST, max_value=_LAST)
    seconds = forms.IntegerField(
        label=pair("求解时限（秒）", "Time limit (seconds)"), min_value=5, max_value=900, initial=60
    )

    def __init__(self, year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._year = year
        self.fields["target"].initial = year + 3
        self.fields["costs"].widget.attrs["accept"] = ".xlsx"

    def clean_target(self) -> int:
        """After the year the scenario starts from."""
        target = int(self.cleaned_data["target"])
        if target <= self._year:
            raise forms.ValidationError(pair(f"须晚于 {self._year} 年", f"after {self._year}"))
        return target
