"""``junheng score``: governments and schools scored by an index system."""

from junheng.cli.score.command import command

__all__ = ["command"]
