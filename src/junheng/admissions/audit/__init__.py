"""The audit of an assignment, what may be published of it, and how other rules would have done."""

from junheng.admissions.audit.anonymity import Anonymity, AnonymityReport, k_anonymity
from junheng.admissions.audit.compare import Comparison, compare_mechanisms
from junheng.admissions.audit.groups import Group, flag_group
from junheng.admissions.audit.mechanism import longest_list, mechanism_name
from junheng.admissions.audit.publication import (
    PublicationRule,
    default_publication,
    hide_small,
    read_publication,
)
from junheng.admissions.audit.report import Audit, audit
from junheng.admissions.audit.tables import AuditTable, audit_tables

__all__ = [
    "Anonymity",
    "AnonymityReport",
    "Audit",
    "AuditTable",
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
]
