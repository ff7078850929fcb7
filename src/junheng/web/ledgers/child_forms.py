"""Forms of the children's ledger: a comparison taken over, a visit, a closing."""

import hashlib
from typing import Any

from django import forms
from django.utils import timezone

from junheng.basics import Text
from junheng.enrolment import Rules
from junheng.web.evidence.kinds import ACCEPT
from junheng.web.front.words import half, pair


class _Dated(forms.Form):
    dated = forms.DateField(
        label=pair("日期", "Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated"].initial = timezone.localdate()

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Offer ``choices`` in the field ``name``."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class GiveForm(forms.Form):
    """The full ledger of a comparison."""

    file = forms.FileField(
        label=pair("比对结果的 full/ledgers.json", "full/ledgers.json of the comparison"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )


class VisitForm(_Dated):
    """What a visit found, and when."""

    result = forms.ChoiceField(label=pair("走访结果", "What was found"))

    def __init__(self, rules: Rules, actions: frozenset[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [
            (word, _result(word, rules.states.names[_after(rules, action)].text))
            for action, listed in rules.findings.words.items()
            if action in actions
            for word in listed
        ]
        self.choose("result", [("", "—"), *words])


def _result(word: str, state: Text) -> str:
    return half(Text(f"{word} → {state.zh}", f"{state.en} ({word})"))


def _after(rules: Rules, action: str) -> str:
    return next(step.to for step in rules.states.steps if step.action == action)


class CloseForm(_Dated):
    """Why it is closed, since when, and the paper that proves it: its fingerprint is kept, the paper is not."""

    reason = forms.ChoiceField(label=pair("销号理由", "Reason"))
    file = forms.FileField(
        label=pair("佐证材料（只取指纹，不存文件）", "The paper (its fingerprint is kept, not the file)"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    field_order = ("reason", "dated", "file")

    def __init__(self, rules: Rules, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("reason", [("", "—"), *((k, half(one.text)) for k, one in rules.reasons.words.items())])

    def fingerprint(self) -> str:
        """SHA-256 (hex) of the paper."""
        digest = hashlib.sha256()
        for chunk in self.cleaned_data["file"].chunks():
            digest.update(chunk)
        return digest.hexdigest()
