"""Quota seats 指标到校: shared out exactly, every step shown, checked by a second arithmetic."""

from junheng.admissions.quota.admit import Admission, Placed, Returned, admit, require_rule
from junheng.admissions.quota.allocate import Allocation, SeatRow, allocate
from junheng.admissions.quota.check import check_allocation
from junheng.admissions.quota.check_folder import check_quota_folder, quota_not_checked
from junheng.admissions.quota.document import allocation_document, dictionary_rows
from junheng.admissions.quota.lot import Lot, numbers_lot, seed_lot
from junheng.admissions.quota.lot_file import read_numbers
from junheng.admissions.quota.norms import Checks, check_norms
from junheng.admissions.quota.problem import Junior, Pupil, QuotaInput, Senior
from junheng.admissions.quota.read import read_quota_input
from junheng.admissions.quota.result import Compared, Result, share_out
from junheng.admissions.quota.rules import Rules
from junheng.admissions.quota.rules_file import library_rules, load_rules
from junheng.admissions.quota.template import write_quota_template
from junheng.admissions.quota.what_if import Difference, WhatIf, differences, load_what_if, reallocate
from junheng.admissions.quota.write import write_result

__all__ = [
    "Admission",
    "Allocation",
    "Checks",
    "Compared",
    "Difference",
    "Junior",
    "Lot",
    "Placed",
    "Pupil",
    "QuotaInput",
    "Result",
    "Returned",
    "Rules",
    "SeatRow",
    "Senior",
    "WhatIf",
    "admit",
    "allocate",
    "allocation_document",
    "check_allocation",
    "check_norms",
    "check_quota_folder",
    "dictionary_rows",
    "differences",
    "library_rules",
    "load_rules",
    "load_what_if",
    "numbers_lot",
    "read_numbers",
    "quota_not_checked",
    "read_quota_input",
    "reallocate",
    "require_rule",
    "seed_lot",
    "share_out",
    "write_quota_template",
    "write_result",
]
