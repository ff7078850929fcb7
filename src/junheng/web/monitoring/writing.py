"""Under the ledger's lock: one gap at a time moves, is written into its story and into the trail."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from junheng.basics import Text
from junheng.web.audit.chain import record
from junheng.web.evidence.models import Evidence
from junheng.web.front.words import half
from junheng.web.monitoring.models import Event, Gap
from junheng.web.monitoring.states import Act, State, Transition, transition
from junheng.web.people.models import Account

_WORDS = 500
SYSTEM = "系统"
NEEDS_REPORT = Text("请写明做了什么", "say what was done")
NEEDS_REASON = Text("请写明理由", "say why")


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of an act: its key, its words, the file that goes with it."""

    act: str
    words: Text
    evidence: Evidence | None = None


def locked(pk: int) -> Gap:
    """The gap as it stands now, held until the transaction ends."""
    chosen = Gap.objects.select_for_update(of=("self",))
    return chosen.select_related("county", "school", "owner", "owner_place", "finding").get(pk=pk)


def way_of(gap: Gap, act: Act) -> Transition:
    """The way ``act`` leads on from the gap's state. Raises ValidationError where the table has none."""
    way = transition(act, State(gap.state))
    if way is None:
        state = State(gap.state).label
        raise ValidationError(
            half(
                Text(
                    f"台账现在是“{state}”，不能“{act.label}”",
                    f"the gap is “{state}”: “{act.label}” is not open now",
                )
            )
        )
    return way


def words_of(given: str, *, needed: Text | None = None) -> Text:
    """What a person wrote, in one line, the same in both languages. Raises ValidationError where ``needed`` and empty."""
    said = " ".join(given.split())[:_WORDS]
    if needed is not None and not said:
        raise ValidationError(half(needed))
    return Text(said, said)


def write(gap: Gap, told: Told, actor: Account | None, now: datetime) -> Event:
    """One line of the gap's story and one entry of the trail, in the transaction of the change."""
    name = actor.name if actor else SYSTEM
    event = Event.objects.create(
        gap=gap,
        at=now,
        by=actor,
        by_name=name,
        act=told.act,
        after=gap.state,
        words={"zh": told.words.zh, "en": told.words.en},
        evidence=told.evidence,
    )
    detail: dict[str, object] = {"state": str(gap.state), "words": told.words.zh}
    if told.evidence is not None:
        detail |= {"evidence": told.evidence.pk, "sha256": told.evidence.sha256}
    record(actor, f"gap.{told.act}", "gap", gap.pk, detail, organisation_id=gap.place.pk)
    return event
