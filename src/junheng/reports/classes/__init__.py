"""The papers of a class formation: lists for the wall and the sealed copy, and 均衡情况."""

from junheng.reports.classes.balance import anchor_word, anchor_words, write_balance
from junheng.reports.classes.facts import ClassFacts
from junheng.reports.classes.lists import LATE, write_lists

__all__ = ["LATE", "ClassFacts", "anchor_word", "anchor_words", "write_balance", "write_lists"]
