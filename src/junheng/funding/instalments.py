"""Instalments due and sums received with their days: what is in arrears, and for how many days.

Sums received cover the instalments in the order of their due days. An instalment is settled on the day on which the
sums received reach all that was due up to it; days late are counted from the day it was due.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.funding.exact import Json, exact, spelled

_NO_DAY = date.min
Payment = Mapping[str, Any]  # {"kind": due | received | advance, "yuan", "on", "at"}


def settle(payments: Sequence[Payment], total: str | None, on: date) -> Json:
    """What of one school's ``payments`` is settled on ``on``. ``total``: what it is due by rule.

    Without instalments nothing is known to be late: only ``against_rule_yuan`` tells. A faulty row (a sum, a kind or
    the day of an instalment is no such thing) makes all of it unknown.
    """
    if not all(map(_is_whole, payments)):
        unknown = ("due_yuan", "received_yuan", "arrears_yuan", "days_late", "against_rule_yuan")
        return {"instalments": [], **dict.fromkeys(unknown)}
    received = _in_order(payments, ("received", "advance"))
    asked = _in_order(payments, ("due",))
    got = sum((yuan for day, yuan in received if day <= on), Fraction(0))
    instalments = [*_settled(asked, received, on)]
    owed = [instalment for instalment in instalments if date.fromisoformat(instalment["due_on"]) <= on]
    arrears = sum((exact(one["lacking_yuan"]) for one in owed), Fraction(0))
    days = [one["days_late"] for one in owed if one["days_late"] is not None]
    return {
        "instalments": instalments,
        "due_yuan": spelled(sum((yuan for _, yuan in asked), Fraction(0))) if asked else None,
        "received_yuan": spelled(got) if received else None,
        "arrears_yuan": spelled(arrears) if asked else None,
        "days_late": max(days, default=0) if asked and len(days) == len(owed) else None,
        "against_rule_yuan": None if total is None or not received else spelled(got - exact(total)),
    }


def _is_whole(payment: Payment) -> bool:
    """Whether a row says what came or was due, and an instalment its day."""
    told = payment["yuan"] is not None and payment["kind"] is not None
    return told and (payment["kind"] != "due" or payment["on"] is not None)


def _in_order(payments: Sequence[Payment], kinds: tuple[str, ...]) -> list[tuple[date, Fraction]]:
    """Days and sums of these kinds; a sum received without a day stands first: it is there, nobody says since when."""
    found = [
        (date.fromisoformat(payment["on"]) if payment["on"] else _NO_DAY, exact(payment["yuan"]))
        for payment in payments
        if payment["kind"] in kinds
    ]
    return sorted(found)


def _settled(
    asked: Sequence[tuple[date, Fraction]], received: Sequence[tuple[date, Fraction]], on: date
) -> list[Json]:
    rows, due = [], Fraction(0)
    for day, yuan in asked:
        due += yuan
        lacking, settled, known = _covering(received, due, yuan, on)
        rows.append(
            {
                "due_on": day.isoformat(),
                "yuan": spelled(yuan),
                "settled_on": settled.isoformat() if settled else None,
                "lacking_yuan": spelled(lacking),
                "days_late": max(0, ((settled or on) - day).days) if known else None,
            }
        )
    return rows


def _covering(
    received: Sequence[tuple[date, Fraction]], due: Fraction, yuan: Fraction, on: date
) -> tuple[Fraction, date | None, bool]:
    """What lacks of the last ``yuan`` of ``due`` on ``on``; the day it was covered; whether that day is known."""
    got = Fraction(0)
    for day, amount in received:
        if day > on:
            break
        got += amount
        if got >= due:
            return Fraction(0), None if day == _NO_DAY else day, day != _NO_DAY
    return min(yuan, due - got), None, True


def early(payments: Sequence[Payment]) -> list[Payment]:
    """Sums received, not marked as advances, by which more had come than was due by then: asked about, not mended."""
    asked = _in_order(payments, ("due",))
    if not asked or not all(map(_is_whole, payments)):
        return []
    got, found, whole = Fraction(0), [], sum(yuan for _, yuan in asked)
    dated = [payment for payment in payments if payment["kind"] == "received" and payment["on"]]
    for payment in sorted(dated, key=lambda one: str(one["on"])):
        got += exact(payment["yuan"])
        day = date.fromisoformat(payment["on"])
        due = sum(yuan for due_on, yuan in asked if due_on <= day)
        if got > due and due < whole:
            found.append(payment)
    return found
