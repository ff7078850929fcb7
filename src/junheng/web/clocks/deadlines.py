"""When a return is due, and from whom: reckoned whenever it is read, from stored dates alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from junheng.web.clocks.terms import Limits, days_after, in_force
from junheng.web.filing.states import State


class Duty(StrEnum):
    """Whose turn it is."""

    SCHOOL = "school"
    BUREAU = "bureau"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when, and whose turn; nobody's where nothing is left to do."""

    duty: Duty
    due_on: date | None

    def days_left(self, today: date) -> int | None:
        """Days until then, negative once it is past; the clock may say what it likes."""
        return None if self.due_on is None else (self.due_on - today).days


def deadline(state: State, due_on: date, began_on: date | None, limits: Sequence[Limits]) -> Deadline:
    """The deadline of a return in ``state`` since ``began_on``, in a year due on ``due_on``.

    A draft is due with the year. A return sent back has its days from then on, and never less than the year gives. A
    submitted one waits for the officer. The limits are those in force on the day the state began.
    """
    if state == State.DRAFT:
        return Deadline(Duty.SCHOOL, due_on)
    if state == State.RETURNED:
        after = began_on and days_after(began_on, in_force(limits, began_on).days_after_return)
        return Deadline(Duty.SCHOOL, max(due_on, after) if after else due_on)
    if state == State.SUBMITTED and began_on:
        return Deadline(Duty.BUREAU, days_after(began_on, in_force(limits, began_on).days_to_review))
    return Deadline(Duty.NOBODY, None)
