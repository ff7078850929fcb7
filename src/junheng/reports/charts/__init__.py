"""Charts of a finding as PNG: drawn in Simplified Chinese glyph shapes, readable in grey.

They are drawn with Pillow: importing matplotlib alone takes longer than drawing all charts of a county here.
"""

from junheng.reports.charts.of_finding import chart_names, finding_chart

__all__ = ["chart_names", "finding_chart"]
