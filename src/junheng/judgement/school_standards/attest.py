"""A school's result as evidence for an item of another standard: rows of the input's table of attestations."""

from collections.abc import Collection

from junheng.basics import sha256_bytes
from junheng.judgement.school_standards.report import SchoolStandardReport
from junheng.judgement.verdict import Verdict
from junheng.standards import Standard

_TWO = 2  # only a scale of yes and no follows from a verdict


def evidence_hash(report: SchoolStandardReport) -> str:
    """SHA-256 over the hashes of the input's files, the book and the standard, one a line, in that order."""
    hashes = [*(one.sha256 for one in report.inputs), report.figures.sha256, report.standard.sha256]
    return sha256_bytes("\n".join(hashes).encode())


def school_attestations(
    report: SchoolStandardReport, standard: Standard, counted: Collection[str]
) -> list[dict[str, str]]:
    """One row for each school in ``counted`` (those ``standard`` counts) that can be told.

    None where the school standard is evidence for no item of ``standard``, or the item has no scale of two.
    """
    attests = report.standard.head.attests
    if attests is None or attests.standard != standard.id:
        return []
    item = next((one for one in standard.items if one.id == attests.item), None)
    scale = item.limits["scale"].value if item is not None and "scale" in item.limits else ()
    if item is None or not isinstance(scale, tuple) or len(scale) != _TWO:
        return []
    ratings = {Verdict.MET: scale[0], Verdict.NOT_MET: scale[1]}
    return [
        {
            "year": str(report.year),
            "scope": "school",
            "scope_id": one.school.school_id,
            "item": item.id,
            "rating": ratings[one.verdict],
            "evidence_hash": evidence_hash(report),
            "dated_on": report.on.isoformat(),
            "expires_on": "",
        }
        for one in report.schools
        if one.school.school_id in counted and one.verdict in ratings and one.verdict is not None
    ]
