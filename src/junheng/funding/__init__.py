"""What is due: operating funds of schools by dated rules, and aid to children in need.

Frozen problem → pure function → frozen outcome; ``junheng verify`` works the outcome out again by other code.
"""

from junheng.funding.aid import work_out_aid
from junheng.funding.entitlement import entitlement
from junheng.funding.exact import exact, shown, spelled
from junheng.funding.folder import kind_of_folder, require_outcome_place, seal_outcome, write_outcome
from junheng.funding.funds import work_out
from junheng.funding.library import rules_for
from junheng.funding.planned import planned_entitlement, repair_yuan
from junheng.funding.reading.aid_book import read_aid
from junheng.funding.reading.funds_book import read_funds
from junheng.funding.template import AID_TABLES, FUNDS_TABLES, write_funding_template

__all__ = [
    "AID_TABLES",
    "FUNDS_TABLES",
    "entitlement",
    "exact",
    "kind_of_folder",
    "planned_entitlement",
    "read_aid",
    "read_funds",
    "repair_yuan",
    "require_outcome_place",
    "rules_for",
    "seal_outcome",
    "shown",
    "spelled",
    "work_out",
    "work_out_aid",
    "write_funding_template",
    "write_outcome",
]
