"""What of a survey may be public: small groups hidden, and one more so that none can be worked out."""

from collections.abc import Sequence

from junheng.judgement.survey.results import GroupResult


def public_groups(groups: Sequence[GroupResult], suppress_below: int) -> tuple[list[GroupResult], list[str]]:
    """The groups that may be shown, and the ids of those hidden.

    Hidden are groups with some but fewer than ``suppress_below`` valid papers. Where that hides only one, the next
    smallest that has any goes too: the total would else give it away (complementary suppression).
    """
    answered = sorted((g for g in groups if g.valid), key=lambda g: (g.valid, g.group))
    hidden = [g.group for g in answered if g.valid < suppress_below]
    if len(hidden) == 1 and len(answered) > 1:
        hidden = [g.group for g in answered[:2]]
    return [g for g in groups if g.group not in hidden], hidden
