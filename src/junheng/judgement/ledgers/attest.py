"""Items of a standard that a ledger supports, as rows of the input's table of attestations."""

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.basics import Text
from junheng.judgement.ledgers.outcome import LedgerReport
from junheng.judgement.verdict import Verdict, all_of
from junheng.standards import Standard

_TWO = 2  # only a scale of yes and no follows from rates


@dataclass(frozen=True, slots=True)
class Support:
    """An item with the rating that the ledger's rates come to, "" where they cannot tell."""

    item: str
    rating: str
    reason: Text


def supports(report: LedgerReport, standard: Standard) -> Iterator[Support]:
    """The items of ``standard`` named in the ledger's ``supports``, each by its rates' three-valued AND.

    Where an item's scale has two ratings, all goals reached give the better and one missed the worse; a veto is
    never found by rates alone: where one is missed, people must decide.
    """
    found = {rate.item.id: rate for rate in report.rates}
    for item in standard.items:
        names = report.ledger.supports.get(item.id, ())
        scale = item.limits["scale"].value if "scale" in item.limits else ()
        if not names or not isinstance(scale, tuple) or len(scale) != _TWO:
            continue
        verdict = all_of(found[name].verdict or Verdict.CANNOT_TELL for name in names)
        worse = "" if item.part == "veto" else scale[1]
        rating = {Verdict.MET: scale[0], Verdict.NOT_MET: worse}.get(verdict, "")
        told = [found[name] for name in names]
        zh = "；".join(f"{one.item.name.zh}{one.met}/{one.whole}" for one in told)
        en = "; ".join(f"{one.item.name.en} {one.met}/{one.whole}" for one in told)
        yield Support(item.id, rating, Text(zh, en))


def attestation_rows(report: LedgerReport, standard: Standard) -> list[dict[str, str]]:
    """One row of the table ``attestation`` per item that can be told; the book's hash is the evidence."""
    return [
        {
            "year": str(report.year),
            "scope": "county",
            "scope_id": report.county.en,
            "item": one.item,
            "rating": one.rating,
            "evidence_hash": report.book_sha256,
            "dated_on": report.on.isoformat(),
            "expires_on": "",
        }
        for one in supports(report, standard)
        if one.rating
    ]
