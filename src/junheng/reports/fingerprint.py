"""The finding's fingerprint as printed in its report."""

from junheng.reports.facts import Facts
from junheng.reports.number_text import UNKNOWN


def finding_fingerprint(facts: Facts) -> str:
    """The manifest's: SHA-256 over the bytes of verdict.json followed by those of values.parquet."""
    return str(facts.manifest.get("fingerprint") or UNKNOWN)
