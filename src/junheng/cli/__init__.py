"""The command line: one file per command; it asks the rooms below, prints, and computes nothing."""

from junheng.cli.app import main

__all__ = ["main"]
