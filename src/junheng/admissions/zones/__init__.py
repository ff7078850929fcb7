"""School zones from a table: reading, matching addresses, faults, eligibility, in-zone share."""

from junheng.admissions.zones.address import Door, clean_address, door_at
from junheng.admissions.zones.coherence import ZoneFault, check_zone_table
from junheng.admissions.zones.eligibility import (
    Eligibility,
    EligibilityRule,
    Evidence,
    assess,
    read_eligibility_rule,
)
from junheng.admissions.zones.match import ZoneMatch, match_address
from junheng.admissions.zones.share import InZone, Resident, in_zone_counts, stage_rows
from junheng.admissions.zones.table import ZoneRow, ZoneTable
from junheng.admissions.zones.workbook import read_zone_table, write_zone_table

__all__ = [
    "Door",
    "Eligibility",
    "EligibilityRule",
    "Evidence",
    "InZone",
    "Resident",
    "ZoneFault",
    "ZoneMatch",
    "ZoneRow",
    "ZoneTable",
    "assess",
    "check_zone_table",
    "clean_address",
    "door_at",
    "in_zone_counts",
    "match_address",
    "read_eligibility_rule",
    "read_zone_table",
    "stage_rows",
    "write_zone_table",
]
