"""Forms of monitoring: muting, opening and amending a gap, a county's own value, a paper's period."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from junheng.basics import Text
from junheng.standards import list_standards
from junheng.web.front.words import half, pair
from junheng.web.monitoring.actions import Owned
from junheng.web.monitoring.models import PaperKind
from junheng.web.people.models import Organisation, Post
from junheng.web.people.roles import PLACES, Kind, Role

_POST, _ACCOUNT = "post", "account"
_ANSWER = (Role.LEADER, Role.OFFICER, Role.HEAD, Role.CLERK)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _text(label: Any, most: int, rows: int = 3) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}))


class MuteForm(forms.Form):
    """Why an alert asks no more, and until when."""

    words = forms.CharField(label=pair("理由", "Why"), max_length=500)
    until = _day(pair("到哪一天（含）", "Until (that day included)"))


class OwnerField(forms.ChoiceField):
    """A post of the bureau or the school, or a person who holds one there; ``owned`` reads the choice."""

    def offer(self, county: Organisation, school: Organisation | None) -> None:
        """Offer what there is in these places. One query."""
        places = [one for one in (school, county) if one is not None]
        posts = [
            (f"{_POST}:{place.pk}:{role}", f"{place} {role.label}")
            for place in places
            for role in _ANSWER
            if Kind(place.kind) in PLACES[role]
        ]
        day = timezone.localdate()
        held = Post.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
        held = held.filter(account__token=None)  # a program's account answers for nothing
        people = {
            f"{_ACCOUNT}:{post.organisation_id}:{post.account_id}": post
            for post in held.filter(organisation__in=places, account__is_active=True, role__in=_ANSWER)
            .select_related("account", "organisation")
            .order_by("organisation__path", "account__name")
        }
        self.places = {one.pk: one for one in places}
        self.people = {key: post.account for key, post in people.items()}
        named = [
            (
                key,
                half(Text(f"{post.account}（{post.organisation}）", f"{post.account} ({post.organisation})")),
            )
            for key, post in people.items()
        ]
        self.choices = [(half(Text("岗位", "Posts")), posts), (half(Text("个人", "People")), named)]

    def owned(self, value: str) -> Owned:
        """Whom a valid choice means."""
        kind, place, who = value.split(":")
        if kind == _ACCOUNT:
            return Owned(self.places[int(place)], account=self.people[value])
        return Owned(self.places[int(place)], role=who)


class AmendForm(forms.Form):
    """Another owner or deadline."""

    owner = OwnerField(label=pair("责任人", "Owner"))
    due_on = _day(pair("整改期限", "Deadline"))
    words = forms.CharField(label=pair("理由", "Why"), max_length=500)

    def __init__(self, county: Organisation, school: Organisation | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owner.offer(county, school)

    @property
    def _owner(self) -> OwnerField:
        field = self.fields["owner"]
        if not isinstance(field, OwnerField):
            raise TypeError("owner")
        return field

    def owned(self) -> Owned:
        """Who answers."""
        return self._owner.owned(self.cleaned_data["owner"])


class GapForm(AmendForm):
    """A new gap of the alerts chosen."""

    title = forms.CharField(label=pair("名称", "Title"), max_length=200)
    measures = _text(pair("整改措施", "Measures"), 2000)
    passing = _text(pair("销号条件", "Passing condition"), 2000)
    words = None  # type: ignore[assignment] # a new gap needs no reason: Django drops the field
    field_order: Sequence[str] = ("title", "owner", "due_on", "measures", "passing")


class ValueForm(forms.Form):
    """A county's own value of a rule's line."""

    rule = forms.CharField(max_length=60, widget=forms.HiddenInput)
    name = forms.CharField(max_length=60, widget=forms.HiddenInput)
    value = forms.CharField(label=pair("本县取值", "Own value"), max_length=20, required=False)
    why = forms.CharField(label=pair("依据", "Why"), max_length=500)

    def reject(self) -> None:
        """Raise ValidationError with what is wrong."""
        raise ValidationError(
            [f"{self.fields[name].label}：{words[0]}" for name, words in self.errors.items()]
        )


class PaperForm(forms.Form):
    """Which paper, of which period; a bulletin is of one standard."""

    kind = forms.ChoiceField(label=pair("种类", "Kind"), choices=PaperKind.choices)
    standard = forms.ChoiceField(label=pair("评估标准（通报）", "Standard (of a bulletin)"), required=False)
    first_day = _day(pair("起", "From"))
    last_day = _day(pair("止", "To"))

    def __init__(self, standards: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {one.id: half(one.name) for one in list_standards()}
        field = self.fields["standard"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one, names.get(one, one)) for one in standards]
        if len(standards) < 2:  # nothing to choose: the last run's
            del self.fields["standard"]

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins, and not in the future."""
        told = super().clean() or self.cleaned_data
        told.setdefault("standard", "")
        first, last = told.get("first_day"), told.get("last_day")
        if first and last and (last < first or last > timezone.localdate()):
            raise ValidationError(
                half(
                    Text("止日须不早于起日，也不晚于今天", "it must end after it begins and not after today")
                )
            )
        return told
