"""``junheng chance``: how likely, before the numbers are drawn, with an honest interval."""

from junheng.cli.chance.command import command

__all__ = ["command"]
