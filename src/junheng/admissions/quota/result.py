"""One run from input to all it finds: seats, checks, admission, what-if; checked twice."""

from dataclasses import dataclass
from pathlib import Path

from junheng.admissions.quota.admit import Admission, admit, require_rule
from junheng.admissions.quota.allocate import Allocation, allocate
from junheng.admissions.quota.check import check_allocation
from junheng.admissions.quota.document import allocation_document
from junheng.admissions.quota.lot import Lot
from junheng.admissions.quota.norms import Checks, check_norms
from junheng.admissions.quota.read import read_quota_input
from junheng.admissions.quota.rules_file import load_rules
from junheng.admissions.quota.what_if import Difference, WhatIf, differences, load_what_if, reallocate


@dataclass(frozen=True, slots=True)
class Compared:
    """A what-if next to what is: the changes, the other allocation with its checks, and the differences."""

    changes: WhatIf
    after: Allocation
    checks: Checks
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Everything one run has found."""

    allocation: Allocation
    checks: Checks
    rules_sha256: str
    admission: Admission | None = None
    compared: Compared | None = None


def share_out(path: Path, rules: str | Path, lot: Lot, what_if: Path | None = None) -> Result:
    """Read the input at ``path`` and the rules, share out, check, admit the pupils if there are any, compare.

    Raises UserError for whatever the user can mend; RuntimeError if the independent check finds a difference, which
    would be a fault of these programs: nothing is written then.
    """
    given = read_quota_input(path)
    found, digest = load_rules(rules)
    allocation = allocate(given, found, lot)
    checks = checked(allocation)
    admission = admit(allocation, require_rule(found.admission)) if given.pupils else None
    compared = None if what_if is None else _compared(allocation, what_if)
    return Result(allocation, checks, digest, admission, compared)


def checked(allocation: Allocation) -> Checks:
    """The verdicts on ``allocation``, after the second arithmetic has agreed with the first."""
    checks = check_norms(allocation)
    found = check_allocation(allocation_document(allocation, checks))
    if found:
        raise RuntimeError(f"the independent check disagrees: {'; '.join(text.en for text in found[:5])}")
    return checks


def _compared(before: Allocation, path: Path) -> Compared:
    changes, located = load_what_if(path)
    after = reallocate(before, changes, located)
    return Compared(changes, after, checked(after), tuple(differences(before, after)))
