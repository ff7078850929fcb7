"""Who is admitted where: one kernel for every mechanism, its certificate, audit, chances and quotas."""

from junheng.admissions.applications import (
    Applications,
    Child,
    Fault,
    FaultGroup,
    IntakeException,
    IntakeRule,
    Review,
    SchoolList,
    check_applications,
    group_faults,
    make_entrants,
    read_applications,
    read_exceptions,
    read_intake_rule,
    read_schools,
    write_application_form,
    write_school_list,
)
from junheng.admissions.assign import assign
from junheng.admissions.assignment import Assignment, Ranks
from junheng.admissions.audit import (
    AnonymityReport,
    Audit,
    AuditTable,
    Comparison,
    Group,
    PublicationRule,
    audit,
    audit_tables,
    compare_mechanisms,
    default_publication,
    flag_group,
    hide_small,
    k_anonymity,
    longest_list,
    mechanism_name,
    read_publication,
)
from junheng.admissions.certificate import Certificate, Cutoffs, certificate
from junheng.admissions.chance import (
    Chances,
    ChoiceChance,
    Share,
    chance,
    chances_of,
    clopper_pearson,
    one_school_chance,
)
from junheng.admissions.derive import check_certificate, derive
from junheng.admissions.engines import choose_engine
from junheng.admissions.market import Market, Seats
from junheng.admissions.market_rows import market_from
from junheng.admissions.market_table import market_from_parquet, market_from_table
from junheng.admissions.order import Order, order_of
from junheng.admissions.outcome import outcome_of, run_draw
from junheng.admissions.privacy import KIND_NAMES, PersonalDatum, find_personal_data, mask_name, mask_number
from junheng.admissions.problem import Pool, Problem, Ranking, School, SchoolClass, Stage, parse_problem
from junheng.admissions.problem_file import read_problem
from junheng.admissions.quota import Allocation as QuotaAllocation
from junheng.admissions.quota import Lot as QuotaLot
from junheng.admissions.quota import (
    QuotaInput,
    check_allocation,
    check_quota_folder,
    read_quota_input,
    write_quota_template,
)
from junheng.admissions.quota import Result as QuotaResult
from junheng.admissions.quota import Rules as QuotaRules
from junheng.admissions.quota import allocate as allocate_quota
from junheng.admissions.quota import allocation_document as quota_document
from junheng.admissions.quota import dictionary_rows as quota_rows
from junheng.admissions.quota import library_rules as quota_library
from junheng.admissions.quota import load_rules as load_quota_rules
from junheng.admissions.quota import read_numbers as read_quota_numbers
from junheng.admissions.quota import seed_lot as quota_seed_lot
from junheng.admissions.quota import share_out as share_out_quota
from junheng.admissions.quota import write_result as write_quota
from junheng.admissions.reserve import SchoolLists, published_reserve, reserve_lists, whole_orders
from junheng.admissions.rules import RuleSet, SchoolRule, load_rule_set, problem_of
from junheng.admissions.rules import library_rules as rule_library
from junheng.admissions.slip import SlipReason, slip_reason
from junheng.admissions.statistics import statistics
from junheng.admissions.strategy import listing_advice, strategic_warning
from junheng.admissions.strike_off import Replay, strike_off
from junheng.admissions.supplement import remaining_problem
from junheng.admissions.synthetic import City, made_up_zones, make_applications, make_city, make_junior_draw
from junheng.admissions.zones import (
    Eligibility,
    EligibilityRule,
    Evidence,
    InZone,
    Resident,
    ZoneFault,
    ZoneMatch,
    ZoneRow,
    ZoneTable,
    assess,
    check_zone_table,
    in_zone_counts,
    match_address,
    read_eligibility_rule,
    read_zone_table,
    stage_rows,
    write_zone_table,
)

__all__ = [
    "Replay",
    "RuleSet",
    "SchoolLists",
    "SchoolRule",
    "load_rule_set",
    "market_from_parquet",
    "market_from_table",
    "problem_of",
    "published_reserve",
    "remaining_problem",
    "reserve_lists",
    "rule_library",
    "strike_off",
    "whole_orders",
    "Assignment",
    "Certificate",
    "Cutoffs",
    "Market",
    "Order",
    "Pool",
    "Problem",
    "Ranking",
    "Ranks",
    "School",
    "SchoolClass",
    "Seats",
    "Stage",
    "assign",
    "certificate",
    "check_certificate",
    "choose_engine",
    "derive",
    "market_from",
    "order_of",
    "outcome_of",
    "parse_problem",
    "read_problem",
    "run_draw",
    "statistics",
    "QuotaAllocation",
    "QuotaInput",
    "QuotaLot",
    "QuotaResult",
    "QuotaRules",
    "allocate_quota",
    "check_allocation",
    "check_quota_folder",
    "load_quota_rules",
    "quota_document",
    "quota_library",
    "quota_rows",
    "quota_seed_lot",
    "read_quota_input",
    "read_quota_numbers",
    "share_out_quota",
    "write_quota",
    "write_quota_template",
    "Applications",
    "Child",
    "Fault",
    "FaultGroup",
    "IntakeException",
    "IntakeRule",
    "Review",
    "SchoolList",
    "check_applications",
    "group_faults",
    "make_entrants",
    "read_applications",
    "read_exceptions",
    "read_intake_rule",
    "read_schools",
    "write_application_form",
    "write_school_list",
    "Audit",
    "AuditTable",
    "AnonymityReport",
    "Comparison",
    "Group",
    "PublicationRule",
    "audit",
    "audit_tables",
    "compare_mechanisms",
    "default_publication",
    "flag_group",
    "hide_small",
    "k_anonymity",
    "longest_list",
    "mechanism_name",
    "read_publication",
    "Chances",
    "ChoiceChance",
    "Share",
    "chance",
    "chances_of",
    "clopper_pearson",
    "one_school_chance",
    "KIND_NAMES",
    "PersonalDatum",
    "find_personal_data",
    "mask_name",
    "mask_number",
    "SlipReason",
    "slip_reason",
    "listing_advice",
    "strategic_warning",
    "City",
    "make_applications",
    "make_city",
    "make_junior_draw",
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
    "in_zone_counts",
    "match_address",
    "read_eligibility_rule",
    "read_zone_table",
    "stage_rows",
    "write_zone_table",
    "made_up_zones",
]
