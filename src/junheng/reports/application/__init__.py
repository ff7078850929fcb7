"""申报表 and 佐证材料清单: a finding as the form of application, and the evidence it rests on."""

from junheng.reports.application.write import list_evidence, write_application

__all__ = ["list_evidence", "write_application"]
