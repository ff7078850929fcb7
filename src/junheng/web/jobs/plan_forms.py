"""Forms of plans: a problem folder, and earlier plans to be set side by side."""

from django import forms
from django.http import HttpRequest

from junheng.web.front.words import pair
from junheng.web.jobs.forms import UploadForm
from junheng.web.jobs.queries import plans_of
from junheng.web.people.models import Organisation

_LONGEST_SECONDS = 900  # of a search: own default, well under the hour a job may take
_MOST_SHOWN = 60


class PlanForm(UploadForm):
    """A problem folder and how long to search."""

    file = forms.FileField(
        label=pair("问题文件夹（.zip）", "Problem folder (.zip)"),
        help_text=pair("problem.yaml 与它用到的全部表格", "problem.yaml with every table it names"),
    )
    problem = forms.CharField(
        label=pair("问题文件名", "Problem file"),
        max_length=100,
        required=False,
        help_text=pair("只有一个时可不填", "only where there are several"),
    )
    seconds = forms.IntegerField(
        label=pair("求解时限（秒）", "Time limit (seconds)"),
        min_value=5,
        max_value=_LONGEST_SECONDS,
        initial=60,
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.fields["file"].widget.attrs["accept"] = ".zip"


class CompareForm(UploadForm):
    """Which of a county's plans to set side by side."""

    plans = forms.MultipleChoiceField(
        label=pair("规划（同一种，两个以上）", "Plans (of one kind, two or more)"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, request: HttpRequest, county: Organisation) -> None:
        super().__init__(request)
        field = self.fields["plans"]
        self.found = {str(plan.pk): plan for plan in plans_of(county).select_related("upload")[:_MOST_SHOWN]}
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (key, f"{plan} · {plan.upload or ''} · {plan.asked_at:%Y-%m-%d}")
                for key, plan in self.found.items()
            ]
