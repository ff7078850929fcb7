"""Where the form of a staffing problem is described, for every message about it."""

from junheng.basics import Text

PAGE = "docs/method/plan_staff.md"
FIX = Text(f"写法见 {PAGE}", f"see {PAGE} for the keys")
