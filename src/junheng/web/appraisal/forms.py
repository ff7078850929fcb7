"""Forms of appraisal: a commitment, its progress; opening an appraisal, an appeal and its decision."""

from typing import Any

from django import forms
from django.utils import timezone

from junheng.basics import Text
from junheng.web.appraisal.models.commitments import MEASURE, WORDS, Kind
from junheng.web.front.words import half, pair
from junheng.web.ledgers.forms import FileForm
from junheng.web.people.models import Account
from junheng.web.people.roles import Kind as Place

_YEARS = 10  # forward and back from this year


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day, picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required)


class CommitmentForm(forms.Form):
    """What a place commits itself to."""

    kind = forms.ChoiceField(label=pair("类别", "Kind"))
    title = forms.CharField(
        label=pair("要做到什么", "What is to be reached"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    year = forms.IntegerField(label=pair("年度（规划目标填）", "Year (of a plan's goal)"), required=False)
    owner = forms.CharField(label=pair("责任人或责任单位", "Who answers for it"), max_length=100)
    due_on = day_field(pair("期限", "Due"), required=False)
    source = forms.CharField(
        label=pair("出处（报告、规划、责任书）", "Stands in (report, plan, agreement)"),
        max_length=100,
        required=False,
    )
    measure = forms.CharField(
        label=pair("衡量标准（结论里的数，可不填）", "Measure (figures of the finding, optional)"),
        max_length=MEASURE,
        required=False,
    )

    def __init__(self, place: str, *args: Any, only_plan: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = (
            [one for one in Kind.choices if one[0] != Kind.PROMISE] if place == Place.SCHOOL else Kind.choices
        )
        if only_plan:
            chosen = [one for one in chosen if one[0] == Kind.PLAN]
        field, this = self.fields["kind"], timezone.localdate().year
        if isinstance(field, forms.ChoiceField):
            field.choices = chosen
        year = self.fields["year"]
        if isinstance(year, forms.IntegerField):
            year.min_value, year.max_value = this - _YEARS, this + _YEARS
            year.widget.attrs |= {"min": this - _YEARS, "max": this + _YEARS}
        example = "primary_R1_met >= 60" if place == Place.COUNTY else "primary_R1 AND primary_R4"
        self.fields["measure"].widget.attrs["placeholder"] = example


class ProgressForm(FileForm):
    """How far it has come; a paper where there is one."""

    words = forms.CharField(
        label=pair("进展情况", "What was done"), max_length=WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("words", "file")


class ReachedForm(ProgressForm):
    """Reached, and the paper that shows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_reached_%s", **kwargs)
        self.fields["file"].required = True
        self.fields["file"].label = pair("证明材料", "The paper that shows it")


class ReportForm(forms.Form):
    """A report whose next steps become promises."""

    file = forms.FileField(
        label=pair("报告（.docx、.txt）", "Report (.docx, .txt)"),
        widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
    )


class OpenForm(forms.Form):
    """An appraisal: the index system and the year."""

    system = forms.ChoiceField(label=pair("指标体系", "Index system"))
    year = forms.IntegerField(label=pair("年度", "Year"))

    def __init__(self, systems: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = timezone.localdate().year
        field, year = self.fields["system"], self.fields["year"]
        if isinstance(field, forms.ChoiceField):
            field.choices = systems
        year.initial = this
        if isinstance(year, forms.IntegerField):
            year.min_value, year.max_value = this - _YEARS, this + 1


class RoundForm(forms.Form):
    """The days of a round, and who scores in it; one left wholly blank is not held."""

    opens_on = day_field(pair("开始", "Opens"), required=False)
    due_on = day_field(pair("截止", "Due"), required=False)
    raters = forms.MultipleChoiceField(
        label=pair("评分人", "Raters"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, people: list[Account], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["raters"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(one.pk), one.name) for one in people]
        if not people:
            del self.fields["raters"]

    @property
    def is_held(self) -> bool:
        """Whether anything was filled in."""
        return any(self.cleaned_data.get(name) for name in ("opens_on", "due_on", "raters"))

    def clean(self) -> dict[str, Any] | None:
        """A round that is held has both days, and ends after it opens."""
        told = super().clean() or self.cleaned_data
        opens, due = told.get("opens_on"), told.get("due_on")
        for name in ("opens_on", "due_on"):
            if self.is_held and not told.get(name) and name not in self.errors:
                self.add_error(name, half(Text("请填日期", "give the day")))
        if opens and due and due < opens:
            self.add_error("due_on", half(Text("截止早于开始", "due before it opens")))
        return told


class AppealForm(forms.Form):
    """An appeal against one item of a round."""

    item = forms.ChoiceField(label=pair("指标", "Item"))
    ground = forms.CharField(
        label=pair("理由", "Ground"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, items: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        if isinstance(field, forms.ChoiceField):
            field.choices = items
