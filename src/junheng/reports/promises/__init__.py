"""承诺台账: the next steps read out of a report, and the register that keeps them."""

from junheng.reports.promises.collect import collect_promises
from junheng.reports.promises.register import add_promises, read_promises, write_promises

__all__ = ["add_promises", "collect_promises", "read_promises", "write_promises"]
