"""The papers of monitoring: alerts as a workbook, 监测通报 every two months, 问责清单 of what is not mended."""

from junheng.reports.monitoring.accountability import write_accountability
from junheng.reports.monitoring.alert_book import write_alert_book
from junheng.reports.monitoring.bulletin import write_bulletin
from junheng.reports.monitoring.papers import AccountabilityList, Bulletin, GapLine
from junheng.reports.monitoring.printing import Language
from junheng.reports.monitoring.register import read_register

__all__ = [
    "AccountabilityList",
    "Bulletin",
    "GapLine",
    "Language",
    "read_register",
    "write_accountability",
    "write_alert_book",
    "write_bulletin",
]
