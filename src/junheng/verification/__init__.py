"""A second mind: every figure of a finding computed again from the raw cells, exactly, by other code.

Shares with the producers only what states facts and norms: basics, the standards, the raw reader.
"""

from junheng.verification.alerts import AlertCheck, verify_alerts
from junheng.verification.draws import DrawCheck, verify_transcript
from junheng.verification.verify import Made, VerifyResult, verify_finding

__all__ = [
    "AlertCheck",
    "DrawCheck",
    "Made",
    "VerifyResult",
    "verify_alerts",
    "verify_finding",
    "verify_transcript",
]
