"""Checks a report that people wrote: which of its figures agree, which contradict, which to ask about.

Nothing is mended. A claim is read only where the words make it one ("其中", "共", "占…%", "平均每班"); everything
else is left alone, so that what is reported is worth reading.
"""

from junheng.reports.prose.annotate import annotate
from junheng.reports.prose.check import check_prose
from junheng.reports.prose.reading import Passage, Table, read_prose
from junheng.reports.prose.remark import Remark

__all__ = ["Passage", "Remark", "Table", "annotate", "check_prose", "read_prose"]
