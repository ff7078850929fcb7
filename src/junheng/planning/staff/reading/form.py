"""Where the form of a staffing problem is described, for every message about it."""

from junheng.basics import Text

FIX = Text("写法见 docs/method/plan_staff.md", "see docs/method/plan_staff.md for the keys")
