"""``junheng classes``: form classes on trial, place who comes late, record exceptions."""

from junheng.cli.classes.command import command

__all__ = ["command"]
