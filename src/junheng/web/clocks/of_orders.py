"""A gap that somebody is given, or that is ordered (督办): told at once to whoever answers for it."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text
from junheng.web.clocks.giving import Message, give
from junheng.web.monitoring.models import Event, Gap
from junheng.web.people.models import Account, Post
from junheng.web.people.queries import held_today

_ORDER, _OPEN, _BACK = "order", "open", "send_back"
_WORDS = 100  # of the inspector's own words in a notice; all of them stand on the gap's page


_BY_THEN = Text(
    "请接办，按措施整改，并在此之前报告做了什么", "take it in hand and report by then what was done"
)
_AT_ONCE = Text(
    "期限已过，请立即接办，报告做了什么", "the day is past: take it in hand now and report what was done"
)


def told(sender: type[Event], instance: Event, created: bool, **_: Any) -> None:
    """A line of a gap's story was written: a notice of what it asks for, until when."""
    if created and instance.act in (_ORDER, _OPEN, _BACK):
        gap = instance.gap
        address = reverse("gap", args=[gap.pk])
        message = Message(f"gap-{instance.act}:{instance.pk}", _words(gap, instance), address, gap.due_on)
        give(_owners(gap), message, timezone.now())


def _words(gap: Gap, event: Event) -> Text:
    is_first = event.act in (_ORDER, _OPEN) and not gap.events.exclude(pk=event.pk).exists()
    said = "" if is_first else str(event.words["zh"])[:_WORDS]
    zh, en = (f"（{said}）", f" ({said})") if said else ("", "")
    title, due = gap.title[:_WORDS], gap.due_on
    is_late = due < timezone.localdate()
    done = _AT_ONCE if is_late else _BY_THEN
    if event.act == _BACK:
        return Text(
            f"整改报告被退回{zh}：“{title}”，请在 {due} 前补正再报",
            f"the report on “{title}” came back{en}: mend it and report again by {due}",
        )
    if event.act == _ORDER:
        by = event.by_name
        return Text(
            f"督办{zh}：“{title}”，{by} 下达，期限 {due}；{done.zh}",
            f"ordered by {by}{en}: “{title}”, due {due}; {done.en}",
        )
    return Text(
        f"新的整改项：“{title}”，期限 {due}；{done.zh}", f"a gap to mend: “{title}”, due {due}; {done.en}"
    )


def _owners(gap: Gap) -> list[Account]:
    """The person, else whoever holds the post."""
    if gap.owner is not None:
        return [gap.owner]
    posts = Post.objects.filter(
        held_today(), organisation=gap.owner_place, role=gap.owner_role, account__is_active=True
    )
    return [post.account for post in posts.select_related("account")]
