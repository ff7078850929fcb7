"""The user's own workbook back, with the doubtful cells marked and commented."""

from junheng.data.annotate.workbook import annotate

__all__ = ["annotate"]
