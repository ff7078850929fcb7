"""``junheng admit``: what a rule would do to the applications, without the ceremony."""

from junheng.cli.admit.command import command

__all__ = ["command"]
