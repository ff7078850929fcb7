"""Forms of surveys: the plan, the days, a file of answers, a code, the questions."""

from typing import Any

from django import forms

from junheng.basics import Text, UserError
from junheng.judgement.survey import Questionnaire, load_questionnaire
from junheng.web.findings.models import Finding
from junheng.web.findings.queries import current
from junheng.web.findings.templatetags.findings_links import standard_name
from junheng.web.front.words import half, pair
from junheng.web.people.models import Organisation

_YEARS = (2000, 2100)
_MOST = 10**8  # residents; no county has more


def _has_survey(standard: str) -> bool:
    try:
        load_questionnaire(standard)
    except UserError:
        return False
    return True


class _Findings(forms.ModelChoiceField):  # type: ignore[type-arg] # the class is no generic when the site runs
    """A finding by its year and standard."""

    def label_from_instance(self, obj: Any) -> str:
        """Year and standard."""
        name = standard_name(obj.standard)
        return half(Text(f"{obj.year} 年（{name}）", f"{obj.year} ({name})"))


class PlanForm(forms.Form):
    """Which year, and by which data."""

    finding: Any = _Findings(
        Finding.objects.none(),
        label=pair("学校名单与人数取自", "Schools and numbers from"),
        empty_label=None,
    )
    year = forms.IntegerField(
        label=pair("调查年份", "Year of the survey"), min_value=_YEARS[0], max_value=_YEARS[1]
    )
    residents = forms.IntegerField(
        label=pair("常住人口（不填取“县”表）", "Residents (the county's own table when left blank)"),
        min_value=1,
        max_value=_MOST,
        required=False,
    )

    def __init__(self, county: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = current(county).select_related("county").order_by("-year", "standard")
        held = {one.standard for one in found}
        self.fields["finding"].queryset = found.filter(  # type: ignore[attr-defined] # a choice of models
            standard__in=[one for one in held if _has_survey(one)]
        )


class DatesForm(forms.Form):
    """From which day up to which."""

    opens_on = forms.DateField(
        label=pair("开放日期", "Opens on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    closes_on = forms.DateField(
        label=pair("截止日期（含当天）", "Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AnswersForm(forms.Form):
    """A file of paper answers."""

    file = forms.FileField(
        label=pair("录入表（.xlsx 或 .csv）", "Typed answers (.xlsx or .csv)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class CodeForm(forms.Form):
    """The code as typed."""

    code = forms.CharField(max_length=40)


def ticked(questionnaire: Questionnaire, given: Any) -> dict[str, int]:
    """The questions that were answered with one of the choices."""
    known = {str(choice.value): choice.value for choice in questionnaire.scale}
    found = {q.id: known.get(str(given.get(q.id, ""))) for q in questionnaire.questions}
    return {name: value for name, value in found.items() if value is not None}
