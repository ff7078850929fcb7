"""The input workbook: one sheet per table, empty or filled, reading back without loss."""

from junheng.data.template.write import write_template

__all__ = ["write_template"]
