"""Who asks for the chances of one list, found on the forms or put among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from junheng.basics import Text, UserError
from junheng.cli.admit.asked import Asked
from junheng.cli.trial import TrialRoll

if TYPE_CHECKING:
    from junheng.admissions import Market


@dataclass(frozen=True)
class Family:
    """Who asks: a child on the forms (``id_number``), or a new list with one class for each wish."""

    id_number: str = ""
    wishes: Sequence[str] = ()
    classes: Sequence[int] = ()


def market_with(asked: Asked, roll: TrialRoll, family: Family) -> tuple["Market", int]:
    """The market with the family in it, and its unit. Raises UserError for an unknown child or school."""
    from junheng.admissions import family_market

    if not family.id_number:
        return family_market(asked.problem, roll.rows, family.wishes, family.classes)
    number = "".join(family.id_number.split()).upper()
    pid = next((pid for pid, who in roll.names.items() if who.get("id_number") == number), None)
    if pid is None:
        raise UserError(
            Text("报名表中没有这个证件号码", "no form has this document number"),
            where="--child",
            fix=Text("请核对；新的志愿单用 --wish", "check it; for a new list use --wish"),
        )
    return family_market(asked.problem, roll.rows, pid=pid)
